"""Papers: what is missing, what is not due yet, which originals are elsewhere, and which rows have no proof."""

from collections.abc import Sequence
from typing import TypeVar

from planledger.formats.screen.console import Column, Columns, Screen
from planledger.formats.screen.recorded import draw_entries
from planledger.formats.text import figures, lack_text, phrases
from planledger.questions.answers.evidence import Evidence, Holdings
from planledger.questions.answers.history import Duplicates
from planledger.questions.answers.missing import KeptPaper, Missing, Papers, Unattached

T = TypeVar("T")


def draw_missing(screen: Screen, answer: Papers) -> None:
    """Draw the four lists, each only where something is on it."""
    counts = f"缺{len(answer.missing)}份，未到期{len(answer.pending)}份，另存{len(answer.kept)}份"
    counts += f"，{phrases.UNATTACHED}{len(answer.unattached)}项" if answer.unattached else ""
    screen.print_texts(f"{phrases.extent_text(answer.sheet)}：{counts}")
    wide = screen.is_wide
    wanted: Columns[Missing] = {
        Column("编号", 5): lambda one: one.row.item.code,
        Column("哪一次", 24 if wide else 20): lack_text.occasion_text,
        Column("材料", 10): lambda one: one.kind,
    }
    since: Columns[Missing] = {
        Column("自何时", 10): lambda one: one.since,
        Column("天数", 6, is_right=True): lambda one: f"{one.days}天",
    }
    until: Columns[Missing] = {Column("完成时限", 10): lambda one: phrases.last_day(one.row)}
    units: Columns[Missing] = {Column("向谁要"): lambda one: "、".join(one.units)}
    _section(screen, "缺", answer.missing, {**wanted, **since, **units})
    _section(screen, "未到期", answer.pending, {**wanted, **until, **units})
    _section(screen, "另存（原件不在台账里）", answer.kept, _kept_columns(wide=wide))
    unattached: Columns[Unattached] = {
        Column("编号", 5): lambda one: one.row.item.code,
        Column("事项", 28 if wide else 24): lambda one: one.row.item.title,
        Column("状态", 10): phrases.claimed,
        Column("向谁要"): lambda one: "、".join(one.units),
    }
    _section(screen, f"{phrases.UNATTACHED}（已完成或已申报）", answer.unattached, unattached)


def _kept_columns(*, wide: bool) -> Columns[KeptPaper]:
    return {
        Column("号", 5, is_right=True): lambda one: str(one.mark.entry),
        Column("编号", 5): lambda one: one.row.item.code,
        Column("哪一次", 24 if wide else 18): lack_text.occasion_text,
        Column("材料", 10): lambda one: one.mark.subject,
        Column("文号"): lambda one: one.reference,
        Column("存放单位", 20 if wide else 16): lambda one: one.held_by,
    }


def _section(screen: Screen, head: str, records: Sequence[T], columns: Columns[T]) -> None:
    if records:
        screen.print_heading(head)
        screen.print_records(records, columns)


def draw_evidence(screen: Screen, answer: Holdings) -> None:
    """Draw the files item by item."""
    moment = phrases.extent_text(answer.sheet)
    if not answer.evidence:
        screen.print_texts(f"{moment}：没有存入的佐证材料。")
        return
    here = [one for one in answer.evidence if not one.destroyed_by]
    gone = len(answer.evidence) - len(here)
    files = {one.sha256: one.size for one in here}  # one file may prove several things
    several = f"（{len(files)}个文件）" if len(files) != len(here) else ""
    destroyed = f"；另有{gone}份已销毁" if gone else ""
    total = figures.size_text(sum(files.values()))
    screen.print_texts(f"{moment}：佐证材料{len(here)}份{several}，{total}{destroyed}")
    wide = screen.is_wide
    occasion: Columns[Evidence] = {Column("哪一次", 20): lack_text.proven_text} if wide else {}
    columns: Columns[Evidence] = {
        Column("号", 5, is_right=True): lambda one: str(one.mark.entry),
        Column("编号", 5): lambda one: one.row.item.code,
        **occasion,
        Column("材料", 10): lambda one: one.mark.subject,
        Column("文件"): lambda one: _file(one, has_occasion=not wide, is_full=answer.is_full),
        Column("日期", 10): lambda one: one.mark.day,
        Column("责任单位", 18 if wide else 14): lambda one: phrases.who(one.mark.agency, one.mark.side),
    }
    screen.print_records(answer.evidence, columns)


def _file(one: Evidence, *, has_occasion: bool, is_full: bool) -> str:
    """Return the name of a file, and in brackets its meeting where *has_occasion*, its size and what is special of it."""
    parts = [lack_text.proven_text(one)] if has_occasion and one.meeting else []
    parts += [figures.size_text(one.size)]
    parts += ["含个人信息"] if one.is_personal else []
    parts += [f"已由第{one.destroyed_by}号销毁"] if one.destroyed_by else []
    return f"{one.name(is_full=is_full)}（{'，'.join(parts)}）"


def draw_duplicates(screen: Screen, answer: Duplicates) -> None:
    """Draw each pair: the later entry, then the one that it resembles."""
    if not answer.pairs:
        screen.print_texts("没有疑似重复上报。")
        return
    draw_entries(screen, answer.history, tuple(one for pair in answer.pairs for one in pair))
    screen.print_texts(
        f"共{len(answer.pairs)}处疑似重复上报；确是重复的，请冲正：planledger reverse 号 --because 重复上报",
    )
