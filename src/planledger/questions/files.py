"""What the ledger says of the files that were taken in, whichever plan of its chain they belong to: which are to be there, which are destroyed."""

from collections.abc import Iterable
from typing import Any

from planledger.plan.rows import NamedTuple
from planledger.plan.terms import EntryKind
from planledger.questions import queries
from planledger.questions.progress import detail
from planledger.store.database import DIGEST, Forged, Store, is_hex


class File(NamedTuple):
    """One file by its SHA-256, with the entries that speak of it."""

    sha256: str
    entries: tuple[int, ...]  # that took it in, reversed ones too
    standing: tuple[int, ...]  # of those, the ones that nobody took back
    destroyed_by: int  # the entry that says its bytes are gone; 0 while they are to be there
    personal: tuple[int, ...] = ()  # standing entries that say that it tells of private people
    office: str = ""  # whose entries these are, where several offices share the database


def digest_of(number: int, details: str) -> str:
    """Read by which SHA-256 an entry names its file.

    Raises:
        Forged: it is none; as a name it might lead to a file that is not the ledger's.
    """
    digest = detail(details, "sha256")
    if not is_hex(digest, DIGEST):
        raise Forged(
            f"第 {number} 号记录的文件摘要不是 64 位十六进制数，不是程序所写；请勿再登记，运行 planledger verify 核对，用最近的备份恢复。"
        )
    return digest


def file_of(store: Store, digest: str) -> File:
    """Say what the ledger says of one file."""
    rows = store.rows(queries.OF_FILE, {"file": f'["sha256","{digest}"]', **_of(store)})
    return _file(digest, rows)


def files(store: Store) -> tuple[File, ...]:
    """List every file that was ever taken in, in the order in which they came."""
    found: dict[str, list[Any]] = {}
    for row in sorted(store.rows(queries.FILES, _of(store))):
        found.setdefault(digest_of(int(row[0]), str(row[2])), []).append(row)
    return tuple(_file(digest, rows) for digest, rows in found.items())


def destructions(store: Store) -> dict[int, int]:
    """Say which entries took in what is destroyed by now, and by which entry it was."""
    ended = (row for row in store.rows(queries.FILES, _of(store)) if row[1] == EntryKind.DESTRUCTION)
    return {int(detail(str(said), "entry")): int(number) for number, _, said, _ in ended}


def _of(store: Store) -> dict[str, int]:
    return {"origin": store.chain.origin_id}


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
        personal += [int(number)] if detail(str(said), "personal") and not reversed_by else []
    return File(digest, tuple(entries), tuple(standing), destroyed_by, tuple(personal))
