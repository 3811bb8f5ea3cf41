"""The files that stand as proof: of what, called how, from whom."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers import figures, words
from planledger.papers.screen.console import Column, is_wide, say, table
from planledger.questions.evidence import Evidence, Holdings


def draw(console: Console, answer: Holdings) -> None:
    """Draw the files item by item."""
    told = f"截至{answer.sheet.as_of}{words.moment(answer.sheet.known_at)}"
    if not answer.evidence:
        say(console, f"{told}：没有存入的佐证材料。")
        return
    total = sum(one.size for one in answer.evidence)
    say(console, f"{told}：佐证材料{len(answer.evidence)}份，{figures.size(total)}")
    wide = is_wide(console)
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
    table(console, heads, [_line(one, wide, is_full=answer.is_full) for one in answer.evidence])


def _line(one: Evidence, wide: bool, *, is_full: bool) -> tuple[str, ...]:  # noqa: FBT001
    said = [figures.size(one.size)]
    said += ["含个人信息"] if one.is_personal else []
    said += [f"已由第{one.destroyed_by}号销毁"] if one.destroyed_by else []
    occasion = (words.occasion(one.row, one.meeting, one.mark.side),) if wide else ()
    return (
        str(one.mark.entry),
        one.row.item.code,
        *occasion,
        one.mark.subject,
        f"{one.name(is_full=is_full)}（{'，'.join(said)}）",
        one.mark.day,
        one.holder or "本办",
    )
