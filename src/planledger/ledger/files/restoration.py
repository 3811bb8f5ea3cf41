"""Restoring (恢复): a backup, or what an earlier restore put aside, takes the place of a ledger once it is plain what that would lose."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from planledger.ledger.files import safekeeping
from planledger.ledger.files.stocktaking import End, ends, ends_of, loss_of
from planledger.plan.refusal import Refusal
from planledger.questions.answers.soundness import Loss, Stock
from planledger.store import errors
from planledger.store.database import NAME, Store
from planledger.store.files import replacement
from planledger.store.files.disk import free_name, stored_in
from planledger.store.files.draft import Purpose, make_draft
from planledger.store.files.replacement import earlier_ledgers
from planledger.store.files.vault import FileState, Vault
from planledger.store.paths import files_beside, is_ledger, is_there
from planledger.store.sqlite import package
from planledger.store.sqlite.opening import open_to_hold, open_to_read, refuse_what_is_no_file

Agreed = Callable[[Loss], None]


def restore(
    source: Path, named: Path, moment: str, agreed: Agreed, watched: safekeeping.Watched = iter
) -> safekeeping.BackupContents:
    """Let a backup take the place of a ledger; the one that stood there is kept under another name.

    Args:
        source: a backup, or a ledger that was put aside.
        named: the ledger; of a link, the one that it leads to is meant.
        moment: what is put aside is named by it.
        agreed: gets what would be lost before anything is moved, and refuses where nobody wants that.
        watched: passes several things on one by one, and shows the progress.

    Raises:
        Unsound: the chain of the backup is broken; nothing was touched.
        NotALedger: it is no backup, or a folder stands at the name of the ledger.
        StorageTrouble: it cannot be written there.
    """
    with errors.translate_os_errors(f"备份换不到 {named}", "请检查路径、权限和磁盘空间，再试一次。"):
        ledger = Path(os.path.realpath(named)) if named.is_symlink() else named
        refuse_what_is_no_file(ledger)
        _refuse_source(source, ledger)
        replacement.delete_second_names(ledger, earlier_ledgers(ledger))
        with make_draft(ledger, Purpose.RESTORE, str(ledger)) as work:
            with _named(source, work):
                new = _unpacked(source, work / "unpacked", watched)
                verified, stock = safekeeping.verify_unpacked(
                    new, str(source), watched, safekeeping.NOT_ADOPTED
                )
            old = ends(ledger)
            agreed(loss_of(ledger, old, new, stock.lost))
            before = _replaced(ledger, old, new, _free(ledger, moment), work / "before")
            stock = _of_both(stock, ledger)
    return safekeeping.BackupContents(verified, stock, before)


@contextmanager
def _named(source: Path, work: Path) -> Iterator[None]:
    """Let a refusal name the backup where it names what was unpacked of it into *work*, which is gone by then."""
    try:
        yield
    except (errors.NotALedger, errors.NewerLedger) as refusal:
        if str(work) not in refusal.sentence:
            raise
        if isinstance(refusal, errors.NewerLedger):
            raise errors.NewerLedger(
                f"备份 {source} 由更新的版本写成；请先升级 planledger。没有采用。"
            ) from refusal
        raise errors.NotALedger(f"备份 {source} 里没有台账，或已损坏。{safekeeping.NOT_ADOPTED}") from refusal


def _refuse_source(source: Path, ledger: Path) -> None:
    """Refuse to restore from what is no file, or is the ledger itself."""
    with errors.translate_os_errors(f"备份 {source} 读不出来", "请检查文件名和权限。"):
        is_the_ledger = source.exists() and ledger.exists() and source.samefile(ledger)
        is_none = source.exists() and not source.is_file()
    if is_the_ledger:
        raise Refusal(f"{source} 就是现在的台账，不用恢复。")
    if is_none:
        raise errors.NotALedger(f"{source} 不是文件，不是备份；请写 backup 写成的文件。")


def _unpacked(source: Path, folder: Path, watched: safekeeping.Watched) -> Path:
    """Unpack a backup, or lay out what was put aside; refuse one with files of a chain that its ledger does not have."""
    if is_ledger(source):
        with closing(open_to_read(source)) as store:
            safekeeping.refuse_unsound(store, safekeeping.NOT_ADOPTED)
            new = package.lay_out(store, watched(safekeeping.wanted_of(store)), folder, source)
    else:
        new = package.unpack(source, folder, watched)
    with closing(open_to_read(new)) as store:
        known = {chain.name for chain in store.chains()}
    strangers = (one.name for one in files_beside(new).glob("*") if len(one.name) == NAME)
    if set(strangers) - known:
        raise errors.NotALedger(f"{source} 里有不属于这个台账的文件，不是 planledger 的备份；请换一份。")
    return new


def _of_both(stock: Stock, ledger: Path) -> Stock:
    """Count as there what the backup lacks and the folder of the ledger has."""
    if not stock.lost:
        return stock
    with closing(open_to_read(ledger)) as store:
        whole = {
            one.digest
            for one in safekeeping.wanted_of(store)
            if Vault(store.of(one.chain).files).state(one.digest) == FileState.WHOLE
        }
    lost = tuple(file for file in stock.lost if file.sha256 not in whole)
    return stock._replace(lost=lost, whole=stock.whole + len(stock.lost) - len(lost))


def _free(ledger: Path, moment: str) -> Path:
    """A name for the ledger that is put aside, under which nothing is yet."""
    return free_name(
        ledger.with_name(f"{ledger.name}.{moment}.before"),
        lambda one: os.path.lexists(one) or os.path.lexists(files_beside(one)),
    )


def _replaced(
    ledger: Path, old: Mapping[str, End] | Refusal, new: Path, before: Path, aside: Path
) -> Path | None:
    """Put the ledger aside and the new one in its place, while nobody writes into it; return where the old one is."""
    there = stored_in(files_beside(ledger)) if is_there(ledger) else []
    replacement.link_files(ledger, aside)
    come = replacement.move_files_in(new, ledger)
    try:
        with _held(ledger) as held:
            _refuse_changed(held, old, ledger)
            is_kept = replacement.replace_ledger(new, ledger, before, aside)
    except BaseException as error:
        if not replacement.is_replaced(new, ledger):
            replacement.delete_second_names(ledger, [before])
            replacement.delete_files(come)
        elif isinstance(error, OSError):
            raise errors.StorageTrouble(
                f"备份已换到 {ledger}，原来的在 {before}，但磁盘没有确认（{errors.os_error_text(error)}）；请检查磁盘，再运行 planledger verify。"
            ) from error
        raise
    with _held(ledger) as held:
        if held is not None:
            _dismissed(held, ledger, there)
    return before if is_kept else None


def _refuse_changed(held: Store | None, old: Mapping[str, End] | Refusal, ledger: Path) -> None:
    """Refuse where somebody recorded after the loss was worked out."""
    if held is not None and ends_of(held) != old:
        raise errors.Busy(f"台账 {ledger} 刚被别的程序登记过；没有恢复，请再运行一次。")


def _dismissed(store: Store, ledger: Path, there: Collection[Path]) -> None:
    """Remove the files that the old ledger alone named: they lie with what was put aside."""
    known = {one.place_in(files_beside(ledger)) for one in safekeeping.wanted_of(store)}
    replacement.delete_files([path for path in there if path not in known])


@contextmanager
def _held(ledger: Path) -> Iterator[Store | None]:
    """Let nobody write into a ledger while it is put away; what is no ledger any more needs no care.

    Raises:
        Busy: somebody does not let go of it.
    """
    try:
        store = open_to_hold(ledger)
    except (errors.NotALedger, errors.NewerLedger, errors.StorageTrouble):
        yield None
        return
    with closing(store), store.alone():
        yield store
