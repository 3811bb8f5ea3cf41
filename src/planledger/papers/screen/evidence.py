"""The files that stand as proof: of what, called how, from whom."""

from rich.console import Console

from planledger.papers import figures, words
from planledger.papers.screen import console as screen
from planledger.papers.screen.console import Column, say, table
from planledger.questions.evidence import Evidence, Holdings


def draw(console: Console, answer: Holdings) -> None:
    """Draw the files item by item."""
    told = f"截至{answer.sheet.as_of}{words.moment(answer.sheet.known_at)}"
    if not answer.evidence:
        say(console, f"{told}：没有存入的佐证材料。")
        return
    here = [one for one in answer.evidence if not one.destroyed_by]
    gone = len(answer.evidence) - len(here)
    total = figures.size(sum(one.size for one in here))
    say(console, f"{told}：佐证材料{len(here)}份，{total}{f'；另有{gone}份已销毁' if gone else ''}")
    wide = screen.is_wide(console)
    heads = [
        Column("号", 5, is_right=True),
        Column("编号", 5),
        Column("材料", 10),
        Column("文件"),
        Column("日期", 10),
        Column("责任单位", 18 if wide else 14),
    ]
    if wide:
        heads[2:2] = [Column("哪一次", 20)]
    table(console, heads, [_line(one, is_wide=wide, is_full=answer.is_full) for one in answer.evidence])


def _line(one: Evidence, *, is_wide: bool, is_full: bool) -> tuple[str, ...]:
    occasion = words.proven(one.row, one.meeting, one.mark.side)
    said = [] if is_wide or not one.meeting else [occasion]
    said += [figures.size(one.size)]
    said += ["含个人信息"] if one.is_personal else []
    said += [f"已由第{one.destroyed_by}号销毁"] if one.destroyed_by else []
    return (
        str(one.mark.entry),
        one.row.item.code,
        *((occasion,) if is_wide else ()),
        one.mark.subject,
        f"{one.name(is_full=is_full)}（{'，'.join(said)}）",
        one.mark.day,
        words.who(one.holder, one.mark.side),
    )
