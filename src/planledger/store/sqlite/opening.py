"""A ledger file is opened: what is none is refused before SQLite touches it, a read changes nothing, an older one is upgraded.

A journal (`-journal`) undoes a write that was killed; a log (`-wal`) holds what is not in the file yet. Somebody who
renames files, or puts a copy where another ledger lay, can leave those of another database there, and SQLite would
play them back without asking: they are refused too.
"""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from planledger.plan.phrases.texts import shell_word
from planledger.store import paths
from planledger.store.errors import NewerLedger, NotALedger, StorageTrouble
from planledger.store.schema import steps
from planledger.store.sqlite.embedded import Embedded, sole_chain, translate_errors

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
    log, journal = paths.journal_files(path, "wal"), paths.journal_files(path, "journal")
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
        before = paths.read_header(ledger)
        kept = next((page for number, page in _pages(journal.read_bytes()) if number == 1), None)
        stands_still = before == paths.read_header(ledger) and journal.exists()
    except OSError:  # it has just gone, or SQLite says what is wrong when it opens the file
        return False
    if kept is None or not stands_still:
        return False
    changes = _number(before[24:28]) - _number(kept[24:28])
    return kept[68:72] != before[68:72] or changes not in (0, 1)


def _number(written: bytes) -> int:
    return int.from_bytes(written, "big")


def _pages(journal: bytes) -> Iterator[tuple[int, bytes]]:
    """The pages that a journal would put back, each with its number."""
    at = 0
    while journal[at : at + len(_MAGIC)] == _MAGIC:
        count, sector, size = (_number(journal[at + part : at + part + _NUMBER]) for part in (8, 20, 24))
        if sector < _SMALLEST_SECTOR:  # made up, or cut off
            return
        record = size + 2 * _NUMBER
        at += sector
        left = (len(journal) - at) // record
        for _ in range(left if count == _TO_THE_END else min(count, left)):
            yield _number(journal[at : at + _NUMBER]), journal[at + _NUMBER : at + _NUMBER + size]
            at += record
        at += -at % sector


def require_ledger(path: Path) -> None:
    """Refuse what is not a ledger of ours before SQLite touches it.

    Raises:
        NotALedger: it is missing, something else, or not whole.
        NewerLedger: a newer program made it.
        StorageTrouble: it cannot be read.
    """
    refuse_what_is_no_file(path)
    with paths.translate_opening(path):
        try:
            header = paths.read_header(path)
        except FileNotFoundError:
            raise _missing(path) from None
    if len(header) < paths.HEAD or not header.startswith(paths.MAGIC):
        raise NotALedger(f"{path} 不是台账文件；请检查 --ledger 后面的路径。文件未改动。")
    if paths.application_of(header) != paths.APPLICATION_ID:
        raise NotALedger(f"{path} 是别的程序的数据库，不是台账；请检查 --ledger 后面的路径。文件未改动。")
    version = _number(header[60:64])
    if version > steps.SCHEMA_VERSION:
        raise NewerLedger(
            f"台账 {path} 由更新的版本建立（第{version}版结构），请先升级 planledger。文件未改动。"
        )
    if version < 1:
        raise _without_tables(path)
    refuse_foreign_journal(path, header)


def _without_tables(path: Path) -> NotALedger:
    return NotALedger(f"{path} 里没有台账的表，可能没有建完；请用备份恢复或换一个路径。")


def _missing(path: Path) -> NotALedger:
    from planledger.store.files.replacement import remains_at

    if remains := remains_at(path):
        return NotALedger(f"没有台账 {path}，可是{remains}")
    return NotALedger(f"没有台账 {path}；若要新建，请运行：planledger init --ledger {shell_word(str(path))}")


def refuse_what_is_no_file(path: Path) -> None:
    """Refuse a folder, and what would be waited for.

    Raises:
        NotALedger: it is one.
    """
    if not paths.is_there(path) or path.is_file():
        return
    if path.is_dir():
        raise NotALedger(f"{path} 是文件夹，不是台账文件；请写出台账文件的名字，例如 {path / 'ledger.db'}。")
    raise NotALedger(f"{path} 不是普通文件（设备或管道），不能是台账；请检查 --ledger 后面的路径。")


def open_to_read(path: Path) -> Embedded:
    """Open a ledger for questions; nothing is written, not even next to it.

    Only a write that was killed half-way leaves work: SQLite must roll it back, and for that alone
    the file is opened for writing.
    """
    require_ledger(path)
    try:
        store = _opened(path, "ro")
    except StorageTrouble:
        if not paths.journal_files(path, "journal").exists():
            raise
        store = _opened(path, "rw")
    if _is_newest(store):
        return store
    from planledger.store.sqlite.copies import upgraded_copy

    return upgraded_copy(path, store)


def open_to_write(path: Path) -> Embedded:
    """Open a ledger for one write; one of an older program is copied and upgraded first."""
    require_ledger(path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StorageTrouble(f"台账 {path} 是只读的，写不进去；请检查文件和文件夹的权限。台账未改动。")
    store = _opened(path, "rw")
    if _is_newest(store):
        return store
    store.close()
    from planledger.store.sqlite.copies import upgrade

    copy = upgrade(path)
    store = _opened(path, "rw")
    store.copy_before_upgrade = copy
    return store


def open_to_hold(path: Path) -> Embedded:
    """Open a ledger to keep others away from it while it changes its place; an older one stays as it is."""
    require_ledger(path)
    return _opened(path, "rw")


def _is_newest(store: Embedded) -> bool:
    """Ask for the layout again: what was read before may have been of an upgrade that was killed, and is undone by now."""
    return store.schema_version() == steps.SCHEMA_VERSION


def _opened(path: Path, mode: str) -> Embedded:
    """Connect in *mode*, with every pragma that the invariants need, and touch the file once."""
    with translate_errors(str(path)):
        pragmas = paths.READING if mode == "ro" else paths.WRITING
        connection = paths.connect(paths.file_uri(path, mode), pragmas)
        try:
            chain = sole_chain(connection)
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorname == "SQLITE_ERROR":
                raise _without_tables(path) from error
            raise
        except BaseException:
            connection.close()
            raise
        return Embedded(connection, str(path), chain)
