"""Backups: a copy that was checked before anybody relies on it."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from planledger.ledger.chain.verification import verify
from planledger.ledger.files.stocktaking import stocktaking
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import files
from planledger.questions.answers.soundness import Stock, Verification
from planledger.questions.facts.entry_rows import ForgedEntry
from planledger.store.database import Store
from planledger.store.errors import Unsound, translate_os_errors
from planledger.store.files.disk import appear
from planledger.store.files.draft import Purpose, make_draft
from planledger.store.sqlite import package
from planledger.store.sqlite.copies import copy_ledger
from planledger.store.sqlite.opening import open_to_read

Watched = Callable[[Any], Iterable[Any]]


NOT_BACKED_UP = "没有备份；请勿再登记，保留此台账，用最近的备份核对。"
NOT_ADOPTED = "没有采用；请换一份备份。"


class BackupContents(NamedTuple):
    """What a backup holds, or what took the place of a ledger."""

    verification: Verification
    stock: Stock
    before: Path | None = None  # where the ledger is that stood there before


def back_up(store: Store, target: Path, watched: Watched) -> BackupContents:
    """Write a backup, then read it again and verify it; it appears under its name only when it is sound.

    Files that are lost or altered make no backup worthless: the contents name them.

    Raises:
        Unsound: the chain or the structure of the ledger is broken.
        Refusal: something stands there.
        StorageTrouble: it cannot be written there.
    """
    taken = Refusal(f"已经有 {target}，没有覆盖；请换一个文件名。")
    with translate_os_errors(f"备份写不进 {target}", "请检查路径、权限和磁盘空间。"):
        if target.exists():  # before anything is copied
            raise taken
        refuse_unsound(store, NOT_BACKED_UP)
        with make_draft(target, Purpose.BACKUP, store.path) as work:
            copy, draft = work / "copy.db", work / "backup.zip"
            copy_ledger(store, copy, target)
            try:
                with closing(open_to_read(copy)) as snapshot:
                    wanted = wanted_of(snapshot)
            except ForgedEntry as forged:
                raise Unsound(str(forged)) from None
            package.write_package(store, copy, watched(wanted), draft)
            unpacked = package.unpack(draft, work / "unpacked", watched, target)
            kept = BackupContents(*verify_unpacked(unpacked, store.path, watched, NOT_BACKED_UP))
            try:
                appear(draft, target)
            except FileExistsError:  # meanwhile
                raise taken from None
    return kept


def refuse_unsound(store: Store, ending: str) -> None:
    """Refuse what a copy would not show: it is laid out anew where the ledger is on a server, and its indexes always are.

    Raises:
        Unsound: the structure is not what the program makes, or tables and indexes disagree.
    """
    fault = store.structure_fault() or store.inner_fault()
    if fault:
        raise Unsound(f"{store.path} 校验未通过：{fault}{ending}")


def wanted_of(store: Store) -> list[package.Wanted]:
    """Every file that is to be there, of all chains."""
    known = ((chain, file) for chain in store.chains() for file in files(store.of(chain)))
    return [package.Wanted(chain, file.sha256) for chain, file in known if not file.destroyed_by]


def verify_unpacked(ledger: Path, name: str, watched: Watched, ending: str) -> tuple[Verification, Stock]:
    """Verify a ledger that was unpacked; *name* is what the user knows it by, *ending* what becomes of one that is unsound."""
    with closing(open_to_read(ledger)) as store:
        verified = verify(store)
        if verified.fault:
            raise Unsound(f"{name} 校验未通过：{verified.fault}{ending}")
        return verified, stocktaking(store, watched)
