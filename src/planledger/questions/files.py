"""What the ledger says of the files that were taken in, whichever plan of its chain they belong to: which are to be there, which are destroyed."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from planledger.plan.sayable import Details
from planledger.plan.terms import EntryKind
from planledger.questions import queries
from planledger.questions.entry_rows import details_of
from planledger.questions.progress import detail
from planledger.store.database import Store


class File(NamedTuple):
    """One file by its SHA-256, with the entries that speak of it."""

    sha256: str
    entries: tuple[int, ...]  # that took it in, reversed ones too
    standing: tuple[int, ...]  # of those, the ones that nobody took back
    destroyed_by: int  # the entry that says its bytes are gone; 0 while they are to be there
    personal: tuple[int, ...] = ()  # standing entries that say that it tells of private people
    office: str = ""  # whose entries these are, where several offices share the database


def digest_of(details: Details) -> str:
    """Say by which SHA-256 an entry names its file: what its kind reads is one."""
    return detail(details, "sha256")


def file_of(store: Store, digest: str) -> File:
    """Say what the ledger says of one file."""
    return _file(digest, _read(store, queries.OF_FILE, {"file": f'["sha256","{digest}"]'}))


def files(store: Store) -> tuple[File, ...]:
    """List every file that was ever taken in, in the order in which they came."""
    found: dict[str, list[Any]] = {}
    for row in sorted(_read(store, queries.FILES)):
        found.setdefault(digest_of(row[2]), []).append(row)
    return tuple(_file(digest, rows) for digest, rows in found.items())


def destructions(store: Store) -> dict[int, int]:
    """Say which entries took in what is destroyed by now, and by which entry it was."""
    ended = (row for row in _read(store, queries.FILES) if row[1] == EntryKind.DESTRUCTION)
    return {said.number("entry"): number for number, _, said, _ in ended}


def _read(store: Store, sql: str, asked: dict[str, Any] | None = None) -> list[tuple[int, str, Details, Any]]:
    rows = store.rows(sql, {"origin": store.chain.origin_id, **(asked or {})})
    return [
        (int(number), kind, details_of(int(number), kind, said), reversed_by)
        for number, kind, said, reversed_by in rows
    ]


def _file(digest: str, rows: Iterable[Any]) -> File:
    """Read what the entries say in their order: a file that is taken in again after its end is there again."""
    entries, standing, personal, destroyed_by = [], [], [], 0
    for number, kind, said, reversed_by in sorted(rows):
        if kind == EntryKind.DESTRUCTION:
            destroyed_by = int(number)
            continue
        destroyed_by = 0
        entries.append(int(number))
        standing += [] if reversed_by else [int(number)]
        personal += [int(number)] if detail(said, "personal") and not reversed_by else []
    return File(digest, tuple(entries), tuple(standing), destroyed_by, tuple(personal))
