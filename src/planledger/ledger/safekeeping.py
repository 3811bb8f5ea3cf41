"""Backups: a copy that was checked before anybody relies on it, and a ledger that takes its place only when it is sound."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from planledger.ledger.journal import head
from planledger.ledger.stocktaking import stocktaking
from planledger.ledger.verification import verify
from planledger.plan.refusal import ExitCode, Refusal
from planledger.plan.rows import NamedTuple
from planledger.questions.files import files
from planledger.questions.soundness import Behind, ChainEnd, Stock, Verification
from planledger.store import package
from planledger.store.database import NAME, Busy, NewerLedger, NotALedger, StorageTrouble, Store
from planledger.store.disk import appear
from planledger.store.embedded import files_beside
from planledger.store.opening import open_to_read, open_to_write
from planledger.store.trouble import meaning

Watched = Callable[[Any], Iterable[Any]]


class Kept(NamedTuple):
    """What a backup holds, or what took the place of a ledger."""

    found: Verification
    stock: Stock
    before: Path | None = None  # where the ledger is that stood there before
    behind: tuple[Behind, ...] = ()  # the chains of which that knew more
    is_other: bool = False  # none of its chains is in the backup


class Unsound(Refusal):
    """A ledger or a backup does not verify: nobody may rely on it."""

    exit_code = ExitCode.VERIFICATION


def back_up(store: Store, target: Path, watched: Watched = iter) -> Kept:
    """Write a backup, then read it again and verify it; it appears under its name only when it is sound.

    Files that are lost or altered make no backup worthless: they are told of.

    Raises:
        Unsound: the chain of the ledger is broken.
        StorageTrouble: it cannot be written there, or something stands there.
    """
    if target.exists():
        raise StorageTrouble(f"已经有 {target}，没有覆盖；请换一个文件名。")
    copy = target.with_name(f".{target.name}.{os.getpid()}.copy")
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        package.copied(store, copy, target)
        snapshot = open_to_read(copy)
        try:
            wanted = [
                package.Wanted(chain, file.sha256)
                for chain in snapshot.chains()
                for file in files(snapshot.of(chain))
                if not file.destroyed_by
            ]
        finally:
            snapshot.close()
        package.write(store, copy, watched(wanted), draft, target)
        kept = _checked(draft, target, watched)
        appear(draft, target)
    except FileExistsError:
        raise StorageTrouble(f"已经有 {target}，没有覆盖；请换一个文件名。") from None
    finally:
        for path in (copy, draft):
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return kept


def restore(source: Path, ledger: Path, moment: str, watched: Watched = iter) -> Kept:
    """Let a backup take the place of a ledger; the one that stood there is kept under another name.

    Raises:
        Unsound: the chain of the backup is broken; nothing was touched.
        NotALedger: it is no backup.
        StorageTrouble: it cannot be written there.
    """
    before = _free(ledger, moment)
    with package.unpacked(source, ledger, watched) as unpacked:
        found, stock = _verified(unpacked, source, watched)
        new = _ends(unpacked)
        _refuse_strangers(unpacked, source, new)
        old = _ends(ledger)
        try:
            with _held(ledger):
                there = package.takes_place(unpacked, ledger, before)
        except OSError as error:
            raise StorageTrouble(
                f"备份换不到 {ledger}（{meaning(error)}）；原来的台账在 {before} 或原处。"
            ) from error
    both = old.keys() & new.keys()
    behind = tuple(
        Behind(old[name].office, old[name].entries, new[name].entries)
        for name in sorted(both)
        if old[name].entries > new[name].entries
    )
    return Kept(found, stock, before if there else None, behind, bool(old) and not both)


def _ends(ledger: Path) -> dict[str, ChainEnd]:
    """Say how far each chain of a ledger reaches; of what is no ledger there is none."""
    try:
        store = open_to_read(ledger)
    except (NotALedger, NewerLedger, StorageTrouble, Busy):
        return {}
    try:
        ends = [(chain, head(store.of(chain))) for chain in store.chains()]
        return {chain.name: ChainEnd(chain.office, end.seq, end.hash) for chain, end in ends}
    except (NotALedger, StorageTrouble):  # whoever restores may well have a damaged one
        return {}
    finally:
        store.close()


def _refuse_strangers(unpacked: Path, source: Path, known: Collection[str]) -> None:
    """Refuse a backup with files of a chain that its ledger does not have: nobody would ever look at them."""
    if any(
        len(folder.name) == NAME and folder.name not in known for folder in files_beside(unpacked).glob("*")
    ):
        raise NotALedger(f"{source} 里有不属于这个台账的文件，不是 planledger 的备份；请换一份。")


def _free(ledger: Path, moment: str) -> Path:
    """Name what a ledger is kept as, so that it covers nothing."""
    number, name = 1, f"{ledger.name}.{moment}"
    while (found := ledger.with_name(f"{name}{f'-{number}' if number > 1 else ''}.before")).exists():
        number += 1
    return found


@contextmanager
def _held(ledger: Path) -> Iterator[None]:
    """Let nobody write into a ledger while it is put away; what is no ledger any more needs no care.

    Raises:
        Busy: somebody does not let go of it.
    """
    try:
        store = open_to_write(ledger)
    except (NotALedger, NewerLedger, StorageTrouble):
        yield
        return
    try:
        with store.alone():
            yield
    finally:
        store.close()


def _checked(draft: Path, target: Path, watched: Watched) -> Kept:
    with package.unpacked(draft, draft, watched, target) as unpacked:
        return Kept(*_verified(unpacked, target, watched))


def _verified(ledger: Path, said: Path, watched: Watched) -> tuple[Verification, Stock]:
    """Verify a ledger that was unpacked; *said* is what the user knows it by."""
    store = open_to_read(ledger)
    try:
        found = verify(store)
        if found.fault:
            raise Unsound(
                f"{said} 校验未通过：{found.fault}没有采用；请换一份备份，或用 planledger verify 核对台账。"
            )
        return found, stocktaking(store, watched)
    finally:
        store.close()
