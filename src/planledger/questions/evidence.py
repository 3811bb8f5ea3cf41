"""The files that prove something (佐证材料): of which item and meeting, from whom, and what became of their bytes."""

from typing import NamedTuple

from planledger.plan.masking import masked_file
from planledger.plan.refusal import Refusal
from planledger.plan.sayable import Details
from planledger.plan.terms import EntryKind
from planledger.questions.files import destructions, digest_of
from planledger.questions.history import Entry, entry_numbered
from planledger.questions.progress import Mark, Single, detail, event_of
from planledger.questions.sheet import Row, Sheet
from planledger.store.database import Store


class Evidence(NamedTuple):
    """One file that stands as proof of an item."""

    row: Row
    mark: Mark
    meeting: Single | None  # the meeting that it proves; None: the item as a whole
    destroyed_by: int  # the entry that says that its bytes are gone; 0 while they are there

    @property
    def sha256(self) -> str:
        """What the file is known by."""
        return digest_of(self.mark.details)

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.mark.details.number("size")

    @property
    def is_personal(self) -> bool:
        """Whether it tells of private people (含个人信息): its name is masked, and its bytes stay where they are."""
        return bool(detail(self.mark.details, "personal"))

    @property
    def holder(self) -> str:
        """From whom it came; empty where the office took it in by itself."""
        return self.mark.agency

    def name(self, *, is_full: bool) -> str:
        """Say what the file was called."""
        return shown_name(self.mark.details, is_full=is_full)


class Holdings(NamedTuple):
    """The files of a plan on a day, in the order of the items and then of their days."""

    sheet: Sheet
    evidence: tuple[Evidence, ...]
    is_full: bool = False


def shown_name(details: Details, *, is_full: bool) -> str:
    """Say what a file was called; of one that tells of private people only so much that one knows it again."""
    name = detail(details, "name")
    return name if is_full or not detail(details, "personal") else masked_file(name)


def holdings(
    store: Store, sheet: Sheet, codes: tuple[str, ...] = (), agencies: tuple[str, ...] = ()
) -> Holdings:
    """List the files that stand as proof; of which the bytes are gone is said of today, whatever day is asked about.

    Args:
        store: the ledger.
        sheet: the annex on the day of the question.
        codes: item codes; empty for all.
        agencies: official names of the units from which the files came; empty for all.
    """
    marks = [
        (row, mark)
        for row in sheet.rows
        if not codes or row.item.code in codes
        for mark in row.progress.marks
        if mark.kind == EntryKind.EVIDENCE and (not agencies or mark.agency in agencies)
    ]
    destroyed = destructions(store) if marks else {}
    return Holdings(
        sheet,
        tuple(
            Evidence(
                row,
                mark,
                row.progress.held(event_of(mark.entry, mark.details)),
                destroyed.get(mark.entry, 0),
            )
            for row, mark in marks
        ),
    )


def evidence_numbered(store: Store, number: int, *, is_full: bool) -> Entry:
    """Find the entry of a file that somebody wants to see.

    Raises:
        Refusal: it names no file, the file is destroyed, or it tells of private people and that was not asked for.
    """
    entry = entry_numbered(store, number, Refusal)
    if entry.kind != EntryKind.EVIDENCE:
        raise Refusal(
            f"第 {number} 号是{EntryKind(entry.kind).label}，不是存入的文件；运行 planledger evidence list 可看编号。"
        )
    destroyed_by = destructions(store).get(number, 0)
    if destroyed_by:
        raise Refusal(f"第 {number} 号的文件已销毁（第 {destroyed_by} 号），取不出来；有原件的请重新存入。")
    if entry.said("personal") and not is_full:
        raise Refusal(f"第 {number} 号的文件含个人信息；确需查看请加 --full。")
    return entry
