"""The files that stand as proof (佐证材料) and what became of their bytes; and everything about one row."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from planledger.plan.model.entry_details import Details
from planledger.plan.model.rows import grouped
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.people.masking import masked_file
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal
from planledger.questions import sql
from planledger.questions.answers.history import EntryChoice, History, history
from planledger.questions.answers.why import Reasons, reasons
from planledger.questions.facts.annex import empty_sheet, with_cells
from planledger.questions.facts.entry_rows import Entry, details_of, entry_numbered
from planledger.questions.facts.figure import UnsummedAmount
from planledger.questions.facts.plans import LedgerAsOf, findings_and_clauses
from planledger.questions.facts.progress import Mark
from planledger.questions.naming import rows_named
from planledger.questions.sheet import Row, Sheet, filled_sheet
from planledger.store.database import Store

if TYPE_CHECKING:
    from planledger.plan.model.version import Finding


class File(NamedTuple):
    """One file by its SHA-256, with the entries that name it."""

    sha256: str
    entries: tuple[int, ...]  # that took it in, reversed ones too
    standing: tuple[int, ...]  # of those, the ones that nobody took back
    destroyed_by: int  # the entry that says its bytes are gone; 0 while they are to be there
    personal: tuple[int, ...] = ()  # standing entries by which it is about private people
    office: str = ""  # whose entries these are, where several offices share the database


def file_of(store: Store, digest: str) -> File:
    """What the ledger says of one file."""
    return _file(digest, _read(store, sql.OF_FILE, file=f'["sha256","{digest}"]'))


def files(store: Store) -> tuple[File, ...]:
    """List every file that was ever taken in, in the order in which they came."""
    by_digest = grouped(sorted(_read(store, sql.FILES)), lambda row: row[2].text("sha256"))
    return tuple(_file(digest, rows) for digest, rows in by_digest.items())


def destructions(store: Store) -> dict[int, int]:
    """Which entries took in what is destroyed by now, and by which entry it was."""
    ended = (row for row in _read(store, sql.FILES) if row[1] == EntryKind.DESTRUCTION)
    return {details.number("entry"): number for number, _, details, _ in ended}


def _read(store: Store, statement: str, **asked: str) -> list[tuple[int, str, Details, Any]]:
    rows = store.rows(statement, {"origin": store.chain.origin_id, **asked})
    return [
        (int(number), kind, details_of(int(number), kind, written), reversed_by)
        for number, kind, written, reversed_by in rows
    ]


def _file(digest: str, rows: Iterable[Any]) -> File:
    """Read what the entries say in their order: a file that is taken in again after its end is there again."""
    entries, standing, personal, destroyed_by = [], [], [], 0
    for number, kind, details, reversed_by in sorted(rows):
        if kind == EntryKind.DESTRUCTION:
            destroyed_by = int(number)
            continue
        destroyed_by = 0
        entries.append(int(number))
        standing += [] if reversed_by else [int(number)]
        personal += [int(number)] if details.text("personal") and not reversed_by else []
    return File(digest, tuple(entries), tuple(standing), destroyed_by, tuple(personal))


class Evidence(NamedTuple):
    """One file that stands as proof of an item."""

    row: Row
    mark: Mark  # of the unit from which it came, or of none where the office took it in by itself
    meeting: UnsummedAmount | None  # the meeting that it proves; None: the item as a whole
    destroyed_by: int  # the entry that says that its bytes are gone; 0 while they are there

    @property
    def sha256(self) -> str:
        """What the file is known by."""
        return self.mark.details.text("sha256")

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.mark.details.number("size")

    @property
    def is_personal(self) -> bool:
        """Whether it is about private people (含个人信息): its name is masked, and its bytes stay where they are."""
        return bool(self.mark.details.text("personal"))

    def name(self, *, is_full: bool) -> str:
        """What the file was called."""
        return shown_name(self.mark.details, is_full=is_full)


class Holdings(NamedTuple):
    """The files of a plan on a day, in the order of the items and then of their days."""

    sheet: Sheet
    evidence: tuple[Evidence, ...]
    is_full: bool = False


def shown_name(details: Details, *, is_full: bool) -> str:
    """What a file was called; of one that is about private people only so much that one knows it again."""
    name = details.text("name")
    return name if is_full or not details.text("personal") else masked_file(name)


def holdings(
    store: Store, sheet: Sheet, codes: tuple[str, ...] = (), agencies: tuple[str, ...] = ()
) -> Holdings:
    """List the files that stand as proof; whether the bytes are gone is as of today, whatever day is asked about.

    Args:
        store: the ledger.
        sheet: the annex on the day of the question.
        codes: item codes; empty for all.
        agencies: official names of the units from which the files came; empty for all.
    """
    rows = (row for row in sheet.rows if not codes or row.item.code in codes)
    of_files = ((row, one) for row in rows for one in row.progress.marks if one.kind == EntryKind.EVIDENCE)
    marks = [(row, mark) for row, mark in of_files if not agencies or mark.agency in agencies]
    destroyed = destructions(store) if marks else {}
    several = (
        Evidence(row, mark, row.progress.held(mark), destroyed.get(mark.entry, 0)) for row, mark in marks
    )
    return Holdings(sheet, tuple(several))


def entry_of_file(store: Store, number: int, refusal: type[Refusal]) -> Entry:
    """Find the entry with this number, which must be that of a file.

    Raises:
        Refusal: of the class *refusal*: there is no such entry, or it is another one.
    """
    entry = entry_numbered(store, number, refusal)
    if entry.kind != EntryKind.EVIDENCE:
        raise refusal(
            f"第{number}号是{EntryKind(entry.kind).label}，不是存入的文件；运行 planledger evidence list 可看记录号。"
        )
    return entry


def evidence_numbered(store: Store, number: int, *, is_full: bool) -> Entry:
    """Find the entry of a file that somebody wants to see.

    Raises:
        Refusal: it names no file, the file is destroyed, or it is about private people and that was not asked for.
    """
    entry = entry_of_file(store, number, Refusal)
    destroyed_by = destructions(store).get(number, 0)
    if destroyed_by:
        raise Refusal(f"第{number}号的文件已销毁（第{destroyed_by}号），取不出来；有原件的请重新存入。")
    if entry.detail("personal") and not is_full:
        raise Refusal(f"第{number}号的文件含个人信息；确需查看请加 --full。")
    return entry


class RowRecord(NamedTuple):
    """One row with its entries, newest first, and why it has its standing."""

    row: Row
    history: History
    reasons: Reasons


class Dossier(NamedTuple):
    """One row, or the rows that one code names, with all that hangs on them."""

    sheet: Sheet
    records: tuple[RowRecord, ...]
    findings: tuple["Finding", ...]
    clauses: dict[str, str]


def dossier(ledger: LedgerAsOf, code: str, *, is_full: bool = False) -> Dossier:
    """Gather everything about the rows that *code* names, as of a day and a moment, in one view of the ledger.

    People in columns of the document's own are masked, unless it is to be *full*.
    """
    with ledger.store.snapshot():
        form = with_cells(ledger, empty_sheet(ledger), is_full=is_full)
        exact = fold(code) if any(row.item.code == fold(code) for row in form.rows) else ""
        sheet = filled_sheet(ledger, form, exact)

        def standing_on(day: str, code: str) -> Standing:
            earlier = filled_sheet(ledger._replace(as_of=day), form, code)
            return earlier.rows[0].judgement.standing

        records = []
        for row in rows_named(sheet, code):
            own = history(ledger, EntryChoice((row.item.code,)))
            why = reasons(sheet, row, own, partial(standing_on, code=row.item.code))
            records.append(RowRecord(row, own, why))
        return Dossier(sheet, tuple(records), *findings_and_clauses(ledger))
