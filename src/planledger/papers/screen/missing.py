"""Papers: what is missing, what is not due yet, where the others lie, and which rows have none."""

from collections.abc import Iterable

from rich.console import Console

from planledger.papers import proofs, words
from planledger.papers.screen.console import Column, heading, is_wide, say, table
from planledger.questions.missing import Missing, Papers


def draw(console: Console, answer: Papers) -> None:
    """Draw the four lists, each only where something is on it."""
    counts = f"缺{len(answer.missing)}份，未到期{len(answer.pending)}份，另存{len(answer.kept)}份"
    counts += f"，{proofs.UNATTACHED}{len(answer.unattached)}项" if answer.unattached else ""
    say(console, f"截至{answer.sheet.as_of}{words.moment(answer.sheet.known_at)}：{counts}")
    if answer.missing:
        heading(console, "缺")
        _missing(console, answer.missing)
    if answer.pending:
        heading(console, "未到期")
        _pending(console, answer.pending)
    if answer.kept:
        heading(console, "另存（原件不在台账里）")
        _kept(console, answer)
    if answer.unattached:
        heading(console, f"{proofs.UNATTACHED}（已完成或已申报）")
        _unattached(console, answer)


def _missing(console: Console, several: Iterable[Missing]) -> None:
    heads = (*_heads(console), Column("自何时", 10), Column("天数", 6, is_right=True), Column("向谁要"))
    table(
        console,
        heads,
        [(*_what(one), one.since, f"{one.days}天", "、".join(one.units)) for one in several],
    )


def _pending(console: Console, several: Iterable[Missing]) -> None:
    heads = (*_heads(console), Column("完成时限", 10), Column("向谁要"))
    table(console, heads, [(*_what(one), words.last_day(one.row), "、".join(one.units)) for one in several])


def _heads(console: Console) -> tuple[Column, ...]:
    return Column("编号", 5), Column("哪一次", 24 if is_wide(console) else 20), Column("材料", 10)


def _what(one: Missing) -> tuple[str, str, str]:
    return one.row.item.code, words.occasion(one.row, one.meeting, one.side), one.kind


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
            words.occasion(one.row, one.meeting, one.paper.side),
            one.paper.subject,
            one.reference,
            one.held_by,
        )
        for one in answer.kept
    ]
    table(console, heads, lines)


def _unattached(console: Console, answer: Papers) -> None:
    heads = (
        Column("编号", 5),
        Column("事项", 28 if is_wide(console) else 24),
        Column("状态", 10),
        Column("向谁要"),
    )
    lines = [
        (one.row.item.code, one.row.item.title, proofs.claimed(one), "、".join(one.units))
        for one in answer.unattached
    ]
    table(console, heads, lines)
