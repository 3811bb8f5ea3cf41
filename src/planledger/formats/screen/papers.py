"""Papers: what is missing, what is not due yet, where the others lie, and which rows have none."""

from collections.abc import Iterable

from rich.console import Console

from planledger.formats.screen import console as screen
from planledger.formats.screen.console import Column, is_wide, print_heading, print_table, print_texts
from planledger.formats.text import entry_text, figures, phrases
from planledger.questions.answers.evidence import Evidence, Holdings
from planledger.questions.answers.history import Duplicates
from planledger.questions.answers.missing import Missing, Papers


def draw_missing(console: Console, answer: Papers) -> None:
    """Draw the four lists, each only where something is on it."""
    counts = f"缺{len(answer.missing)}份，未到期{len(answer.pending)}份，另存{len(answer.kept)}份"
    counts += f"，{phrases.UNATTACHED}{len(answer.unattached)}项" if answer.unattached else ""
    print_texts(console, f"截至{answer.sheet.as_of}{phrases.moment_text(answer.sheet.known_at)}：{counts}")
    if answer.missing:
        print_heading(console, "缺")
        _missing(console, answer.missing)
    if answer.pending:
        print_heading(console, "未到期")
        _pending(console, answer.pending)
    if answer.kept:
        print_heading(console, "另存（原件不在台账里）")
        _kept(console, answer)
    if answer.unattached:
        print_heading(console, f"{phrases.UNATTACHED}（已完成或已申报）")
        _unattached(console, answer)


def _missing(console: Console, several: Iterable[Missing]) -> None:
    heads = (*_heads(console), Column("自何时", 10), Column("天数", 6, is_right=True), Column("向谁要"))
    print_table(
        console,
        heads,
        [(*_what(one), one.since, f"{one.days}天", "、".join(one.units)) for one in several],
    )


def _pending(console: Console, several: Iterable[Missing]) -> None:
    heads = (*_heads(console), Column("完成时限", 10), Column("向谁要"))
    print_table(
        console, heads, [(*_what(one), phrases.last_day(one.row), "、".join(one.units)) for one in several]
    )


def _heads(console: Console) -> tuple[Column, ...]:
    return Column("编号", 5), Column("哪一次", 24 if is_wide(console) else 20), Column("材料", 10)


def _what(one: Missing) -> tuple[str, str, str]:
    return one.row.item.code, phrases.occasion_text(one.row, one.meeting, one.side), one.kind


def _kept(console: Console, answer: Papers) -> None:
    heads = (
        Column("号", 5, is_right=True),
        Column("编号", 5),
        Column("哪一次", 24 if is_wide(console) else 18),
        Column("材料", 10),
        Column("文号"),
        Column("存放单位", 20 if is_wide(console) else 16),
    )
    lines = [
        (
            str(one.paper.entry),
            one.row.item.code,
            phrases.occasion_text(one.row, one.meeting, one.paper.side),
            one.paper.subject,
            one.reference,
            one.held_by,
        )
        for one in answer.kept
    ]
    print_table(console, heads, lines)


def _unattached(console: Console, answer: Papers) -> None:
    heads = (
        Column("编号", 5),
        Column("事项", 28 if is_wide(console) else 24),
        Column("状态", 10),
        Column("向谁要"),
    )
    lines = [
        (one.row.item.code, one.row.item.title, phrases.claimed(one), "、".join(one.units))
        for one in answer.unattached
    ]
    print_table(console, heads, lines)


def draw_evidence(console: Console, answer: Holdings) -> None:
    """Draw the files item by item."""
    told = f"截至{answer.sheet.as_of}{phrases.moment_text(answer.sheet.known_at)}"
    if not answer.evidence:
        print_texts(console, f"{told}：没有存入的佐证材料。")
        return
    here = [one for one in answer.evidence if not one.destroyed_by]
    gone = len(answer.evidence) - len(here)
    total = figures.size_text(sum(one.size for one in here))
    print_texts(console, f"{told}：佐证材料{len(here)}份，{total}{f'；另有{gone}份已销毁' if gone else ''}")
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
    print_table(console, heads, [_line(one, is_wide=wide, is_full=answer.is_full) for one in answer.evidence])


def _line(one: Evidence, *, is_wide: bool, is_full: bool) -> tuple[str, ...]:
    occasion = phrases.proven_text(one.row, one.meeting, one.mark.side)
    said = [] if is_wide or not one.meeting else [occasion]
    said += [figures.size_text(one.size)]
    said += ["含个人信息"] if one.is_personal else []
    said += [f"已由第{one.destroyed_by}号销毁"] if one.destroyed_by else []
    return (
        str(one.mark.entry),
        one.row.item.code,
        *((occasion,) if is_wide else ()),
        one.mark.subject,
        f"{one.name(is_full=is_full)}（{'，'.join(said)}）",
        one.mark.day,
        phrases.who(one.holder, one.mark.side),
    )


def draw_duplicates(console: Console, answer: Duplicates) -> None:
    """Draw each pair: the later entry, then the one that it resembles."""
    heads = (Column("号", 5, is_right=True), Column("事项", 5), Column("发生日期", 10), Column("内容"))
    lines = [
        (str(one.id), one.code, one.dated, entry_text.entry_text(one, answer.history), one.agency)
        for pair in answer.pairs
        for one in pair
    ]
    if lines:
        print_table(console, (*heads, Column("责任单位", 24 if is_wide(console) else 16)), lines)
        print_texts(
            console,
            f"共{len(answer.pairs)}处疑似重复上报；确是重复的，请冲正：planledger reverse 号 --because 重复上报",
        )
    else:
        print_texts(console, "没有疑似重复上报。")
