"""The lists of an archive: 卷内目录, what is missing, what a supplement adds. Each is made once, for page and workbook."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from planledger.formats.archive.page import Link, Table
from planledger.formats.entry_wording import SUPPLEMENTED, WITHDRAWN, WORDING
from planledger.formats.text import entry_text, figures, lack_text, phrases
from planledger.formats.text.figures import Columns, cells_of
from planledger.formats.workbook.style import WHOLE
from planledger.formats.workbook.tables import Head
from planledger.plan.days import to_the_minute
from planledger.plan.model.entry_kinds import PROOFS
from planledger.questions.answers.archive import Archive
from planledger.questions.answers.evidence import Evidence
from planledger.questions.answers.missing import KeptPaper, Missing, Papers, Unattached
from planledger.questions.facts.entry_rows import SHOWN_DIGITS, Entry

T = TypeVar("T")
_NUMBER = Head("序号", 6, WHOLE, centred=True)
_CODE, _OCCASION, _KIND = Head("编号", 7, centred=True), Head("哪一次", 20), Head("材料", 12)
_LACKING: Columns[Head, Missing] = {
    _CODE: lambda one: one.row.item.code,
    _OCCASION: lack_text.occasion_text,
    _KIND: lambda one: one.kind,
}
_FROM_WHOM: Columns[Head, Missing | Unattached] = {Head("向谁要", 50): lambda one: "、".join(one.units)}
_MISSING: Columns[Head, Missing] = {
    **_LACKING,
    Head("自何时", 12, centred=True): lambda one: one.since,
    Head("天数", 8, WHOLE): lambda one: one.days,
    **_FROM_WHOM,
}
_PENDING: Columns[Head, Missing] = {
    **_LACKING,
    Head("最后一天", 12, centred=True): lambda one: phrases.last_day(one.row),
    **_FROM_WHOM,
}
_UNATTACHED: Columns[Head, Unattached] = {
    _CODE: lambda one: one.row.item.code,
    Head("事项", 40): lambda one: one.row.item.title,
    Head("状态", 18, centred=True): phrases.claimed,
    **_FROM_WHOM,
}


def inventory_table(archive: Archive, placed: Mapping[int, str]) -> Table:
    """Return the list of papers that are there or lie elsewhere (卷内目录).

    Args:
        archive: the answers.
        placed: where the file of an entry lies in the archive, for those that are in it.
    """

    def place(one: Evidence | KeptPaper) -> str | Link:
        if isinstance(one, KeptPaper):
            return f"另存{one.held_by}"
        path = placed.get(one.mark.entry, "")
        return Link(path, path) if path else absence_reason(one, is_full=archive.is_full)

    def title(one: Evidence | KeptPaper) -> str:
        return one.reference if isinstance(one, KeptPaper) else one.name(is_full=archive.is_full)

    columns: Columns[Head, Evidence | KeptPaper] = {
        _CODE: lambda one: one.row.item.code,
        _OCCASION: lack_text.proven_text,
        _KIND: lambda one: one.mark.subject,
        Head("题名或文号", 24): title,
        Head("责任者", 16): lambda one: phrases.who(one.mark.agency, one.mark.side),
        Head("日期", 11, centred=True): lambda one: one.mark.day,
        Head("大小", 9, centred=True): lambda one: (
            figures.size_text(one.size) if isinstance(one, Evidence) else ""
        ),
        Head("存放", 28): place,
        Head("记录号", 8, WHOLE, centred=True): lambda one: one.mark.entry,
        Head("SHA-256", 34): lambda one: one.sha256 if isinstance(one, Evidence) else "",
    }
    codes = [row.item.code for row in archive.sheet.rows]
    several: list[Evidence | KeptPaper] = [*archive.holdings.evidence, *archive.papers.kept]
    several.sort(key=lambda one: codes.index(one.row.item.code))
    return _numbered_table("卷内目录", columns, several)


def absence_reason(one: Evidence, *, is_full: bool) -> str:
    """Return why a file is not in the archive."""
    if one.destroyed_by:
        return f"已销毁（第{one.destroyed_by}号）"
    if one.is_personal and not is_full:
        return f"含个人信息，未附；由{one.mark.agency or '本办'}保管"
    return "见前次归档"


def missing_tables(archive: Archive) -> tuple[Table, ...]:
    """Return what is missing (缺), what is not due yet (未到期), and the rows without proof (未附佐证材料)."""
    papers = archive.papers
    return (
        _numbered_table("缺", _MISSING, papers.missing),
        _numbered_table("未到期", _PENDING, papers.pending),
        _numbered_table(phrases.UNATTACHED, _UNATTACHED, papers.unattached),
    )


def _numbered_table(title: str, columns: Columns[Head, T], records: Iterable[T]) -> Table:
    lines = enumerate(cells_of(records, columns), 1)
    return Table(title, (_NUMBER, *columns), tuple((place, *cells) for place, cells in lines))


def lacking_lines(papers: Papers) -> list[str]:
    """Return a line for each missing paper and for each row without proof.

    1.3 江海区7-16常委会 会议材料：自2019-07-16起缺127天，向江海区委办要
    8.1 购买贫困村农产品 已完成，没有佐证材料，向江海区扶贫办要
    """
    return [
        f"{' '.join(str(cell(one)) for cell in _LACKING.values())}：自{one.since}起缺{one.days}天，向{'、'.join(one.units)}要"
        for one in papers.missing
    ] + [
        f"{one.row.item.code} {one.row.item.title} {phrases.claimed(one)}，没有佐证材料，"
        f"向{'、'.join(one.units) or '本办'}要"
        for one in papers.unattached
    ]


def completeness(papers: Papers, *, is_complete: bool) -> str:
    """Return whether an archive is complete; without any proof, or while what is finished lacks its own, it is not 齐."""
    bare = f"{phrases.UNATTACHED}{len(papers.unattached)}项"
    if papers.missing:
        return f"不齐：缺{len(papers.missing)}份" + (f"，{bare}" if papers.unattached else "")
    if papers.unattached:
        return f"没有缺件，但{bare}"
    return "齐：没有缺件" if is_complete else "没有缺件，也没有一份佐证材料"


def proven_share(archive: Archive) -> str:
    """Return how many of how many rows have proof."""
    return f"全部{len(archive.sheet.rows)}项中{archive.papers.proven}项有佐证材料（含另存）"


def entries_table(archive: Archive, title: str, several: tuple[Entry, ...]) -> Table:
    """Return entries with their seals, as far as a person compares them."""
    known = {one.number: one for one in archive.daybook.history.entries}
    columns: Columns[Head, Entry] = {
        Head("记录号", 8, WHOLE, centred=True): lambda one: one.number,
        _CODE: lambda one: one.code,
        Head("发生日期", 12, centred=True): lambda one: one.dated,
        Head("内容", 60): lambda one: _text(archive, one, known.get(one.reverses or 0)),
        Head("责任单位", 24): lambda one: one.agency or one.side or "本办",
        Head("记录人", 10): lambda one: one.by,
        Head("记录时间", 18, centred=True): lambda one: to_the_minute(one.recorded_at),
        Head("封签", 20): lambda one: archive.daybook.seals[one.number][:SHOWN_DIGITS],
    }
    return Table(title, tuple(columns), tuple(map(tuple, cells_of(several, columns))))


def _text(archive: Archive, one: Entry, reversed_one: Entry | None) -> str:
    """Return what an entry says; of the reversal of a paper also which paper it was."""
    history = archive.daybook.history
    text = entry_text.entry_text(one, history)
    if reversed_one is None or reversed_one.kind not in PROOFS:
        return text
    return f"{text}：原为{entry_text.content_text(reversed_one, history)}"


def supplement_tables(archive: Archive, new: tuple[Entry, ...]) -> tuple[Table, ...]:
    """Return what came after an earlier archive (补充归档): files, withdrawals, reversals, and everything else."""
    papers = {one.number for one in archive.daybook.history.entries if one.kind in PROOFS}
    parts: dict[str, list[Entry]] = {title: [] for title in SUPPLEMENTED}
    for one in new:
        parts[supplement_head(one, papers)].append(one)
    return tuple(entries_table(archive, title, tuple(several)) for title, several in parts.items())


def supplement_head(one: Entry, papers: set[int]) -> str:
    """Return under which head of a supplement an entry stands; *papers* are the numbers of entries that are proof."""
    return WITHDRAWN if one.reverses in papers else WORDING[one.kind].supplement
