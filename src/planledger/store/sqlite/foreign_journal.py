"""Journals of another database next to a ledger: SQLite would play them back into the ledger without asking.

A journal (`-journal`) undoes a write that was killed; a log (`-wal`) holds what is not in the file yet. Somebody who
renames files, or puts a copy where another ledger lay, can leave those of another database there.
"""

from collections.abc import Iterator
from pathlib import Path
from struct import unpack

from planledger.store.errors import NotALedger
from planledger.store.sqlite_file import journal_files, read_header

_ROLLBACK = 1  # how a ledger of ours is written; 2 would be a log
_MAGIC = b"\xd9\xd5\x05\xf9 \xa1c\xd7"  # a journal, or one more part of it
_NUMBER = 4
_SMALLEST_SECTOR = 32  # of SQLite; a header of 28 bytes fills one
_TO_THE_END = 0xFFFFFFFF


def refuse_foreign_journal(path: Path, header: bytes) -> None:
    """Refuse a ledger next to which a journal or a log of another database lies.

    What a writer makes at this moment is its own, however it looks half-way: only what stands still is judged.

    Args:
        path: the ledger as it was named.
        header: the ledger's header.

    Raises:
        NotALedger: something there is not of this ledger.
    """
    log, journal = journal_files(path, "wal"), journal_files(path, "journal")
    if header[19] == _ROLLBACK and log.exists() and log.stat().st_size:
        raise _foreign(path, log)
    if journal.exists() and _is_of_another(path, journal):
        raise _foreign(path, journal)


def _foreign(path: Path, leftover: Path) -> NotALedger:
    return NotALedger(
        f"台账 {path} 旁的 {leftover.name} 不是它的，可能是改名或拷贝时留下的；请移到别处留着，再试一次。文件未改动。"
    )


def _is_of_another(ledger: Path, journal: Path) -> bool:
    """Compare the first page that a journal would put back with the ledger: a write counts the changes up by one."""
    try:
        before = read_header(ledger)
        kept = next((page for number, page in _pages(journal.read_bytes()) if number == 1), None)
        stands_still = before == read_header(ledger) and journal.exists()
    except OSError:  # it has just gone, or SQLite says what is wrong when it opens the file
        return False
    if kept is None or not stands_still:
        return False
    return kept[68:72] != before[68:72] or (_changes(before) - _changes(kept)) not in (0, 1)


def _changes(header: bytes) -> int:
    return int.from_bytes(header[24:28], "big")


def _pages(journal: bytes) -> Iterator[tuple[int, bytes]]:
    """The pages that a journal would put back, each with its number."""
    at = 0
    while journal[at : at + len(_MAGIC)] == _MAGIC:
        count, _, _, sector, size = unpack(">5I", journal[at + 8 : at + 28].ljust(20, b"\0"))
        if sector < _SMALLEST_SECTOR:  # made up, or cut off
            return
        record = size + 2 * _NUMBER
        at += sector
        left = (len(journal) - at) // record
        for _ in range(left if count == _TO_THE_END else min(count, left)):
            yield (
                int.from_bytes(journal[at : at + _NUMBER], "big"),
                journal[at + _NUMBER : at + _NUMBER + size],
            )
            at += record
        at += -at % sector
