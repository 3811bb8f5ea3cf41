"""A ledger held against its files and against a backup: what is lost, altered, or known to one alone; originals put back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from operator import add
from pathlib import Path
from typing import NamedTuple

from planledger.ledger.chain.journal import seal_of
from planledger.ledger.clerk import SecrecyCheck
from planledger.plan.model.rows import grouped_pairs
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import File, file_of, files
from planledger.questions.answers.soundness import Behind, Loss, Stock
from planledger.questions.facts.office import ChainHead, office_name, read_head
from planledger.store.database import Chain, Store
from planledger.store.errors import NewerLedger, NoFolder, NotALedger, StorageTrouble
from planledger.store.files.vault import FileState, Vault
from planledger.store.paths import HEAD, MAGIC, is_ledger, is_there, read_header
from planledger.store.sqlite.opening import open_to_read


class End(NamedTuple):
    """The end of one chain."""

    chain: Chain
    head: ChainHead


def ends(ledger: Path) -> dict[str, End] | Refusal:
    """The end of each chain of a ledger by its name; or the refusal where it cannot be read."""
    try:
        with closing(open_to_read(ledger)) as store:
            return ends_of(store)
    # whoever restores may well have a damaged one
    except (NotALedger, NewerLedger, StorageTrouble) as refusal:
        return refusal


def ends_of(store: Store) -> dict[str, End]:
    """The end of each chain of an open ledger by its name."""
    return {
        chain.name: End(chain._replace(office=office_name(store, chain)), read_head(store.of(chain)))
        for chain in store.chains()
    }


def loss_of(ledger: Path, old: dict[str, End] | Refusal, new: Path, lost: tuple[File, ...]) -> Loss:
    """What the ledger has that the backup does not."""
    if not is_there(ledger) or not ledger.stat().st_size:
        return Loss()
    if isinstance(old, Refusal):
        return Loss(unread=str(old), is_damaged=isinstance(old, NotALedger) and _was_a_ledger(ledger))
    with closing(open_to_read(ledger)) as mine, closing(open_to_read(new)) as theirs:
        known = {chain.name: chain for chain in theirs.chains()}
        behind = tuple(
            Behind(end.chain.office, end.head.number, has)
            for name, end in sorted(old.items())
            if (has := _in_common(mine, theirs, end, known.get(name))) < end.head.number
        )
        is_other = bool(old) and old.keys().isdisjoint(known)
        folders = [Vault(mine.of(end.chain).files) for end in old.values()]
        lacking = tuple(file for file in lost if any(one.has(file.sha256) for one in folders))
    return Loss(behind, is_other, lacking)


def _was_a_ledger(ledger: Path) -> bool:
    """Whether what cannot be read may be a ledger of ours that was damaged: by its head, or wiped out."""
    begin = read_header(ledger)
    is_cut_off = len(begin) < HEAD and begin[: len(MAGIC)] == MAGIC[: len(begin)]
    return is_cut_off or not begin.strip(b"\0") or is_ledger(ledger)


def _in_common(mine: Store, theirs: Store, end: End, chain: Chain | None) -> int:
    """Count the entries that a backup knows too: a seal covers all before it, so the last common one is enough."""
    if chain is None:
        return 0
    least, most = 0, min(end.head.number, read_head(theirs.of(chain)).number)
    while least < most:
        middle = (least + most + 1) // 2
        is_same = seal_of(mine, end.chain, middle) == seal_of(theirs, chain, middle)
        least, most = (middle, most) if is_same else (least, middle - 1)
    return least


_DESTROYED, _UNDESTROYED = "destroyed", "undestroyed"
NONE = Stock(0, 0, (), (), (), 0)


def stocktaking(store: Store, watched: Callable[[tuple[File, ...]], Iterable[File]] = iter) -> Stock:
    """Read every file again, of the chain that was chosen or of all; nothing is written, and nobody else has to wait.

    Args:
        store: the ledger; it is asked outside of any transaction, because reading all files can take minutes.
        watched: passes the files on one by one, and shows the progress.
    """
    if store.has_chosen:
        return _of_chain(store, watched)
    whole = NONE
    for chain in store.chains():
        office = chain._replace(office=office_name(store, chain)).shown_name
        whole = Stock._make(map(add, whole, _of_chain(store.of(chain), watched, office)))
    return whole


def _of_chain(store: Store, watched: Callable[[tuple[File, ...]], Iterable[File]], office: str = "") -> Stock:
    try:
        vault = Vault(store.files)
    except NoFolder:
        if files(store):
            raise
        return NONE
    there = vault.digests()  # read first: what is taken in meanwhile is no stray
    known = tuple(file._replace(office=office) for file in files(store))
    states = grouped_pairs(_states(store, vault, there, watched(known)))
    return Stock(
        whole=len(states[FileState.WHOLE]),
        destroyed=len(states[_DESTROYED]),
        lost=tuple(states[FileState.LOST]),
        altered=tuple(states[FileState.ALTERED]),
        undestroyed=tuple(states[_UNDESTROYED]),
        strays=len(there - {file.sha256 for file in known}) + vault.drafts(),
    )


def _states(store: Store, vault: Vault, there: set[str], known: Iterable[File]) -> Iterator[tuple[str, File]]:
    for file in known:
        if file.destroyed_by:
            yield (_UNDESTROYED if file.sha256 in there and vault.has(file.sha256) else _DESTROYED, file)
            continue
        state = vault.state(file.sha256)
        if state == FileState.LOST and file_of(store, file.sha256).destroyed_by:
            yield _DESTROYED, file  # meanwhile
        else:
            yield state, file


class NotPutBack(Refusal):
    """An original is not put back."""

    outcome = "没有补回。"


class RestoredFile(NamedTuple):
    """What became of one original."""

    name: str
    entries: tuple[int, ...]  # that took this file in
    was_whole: bool  # nothing was wrong with it


def restore_files(store: Store, paths: Sequence[str]) -> tuple[RestoredFile, ...]:
    """Put originals in the place of what was lost or altered; what they are is known by their SHA-256.

    Raises:
        Refusal: one of them was never taken in, or was destroyed; nothing is put back then.
    """
    vault = Vault(store.files)
    with vault.stage(paths, admit=SecrecyCheck(refusal=NotPutBack).admit) as files, store.transaction():
        restored = []
        for file in files:
            known = file_of(store, file.sha256)
            if not known.entries:
                raise NotPutBack(
                    f"{file.name} 不是存入过的文件（内容不同就是另一个文件）；新的材料请用 planledger attach。"
                )
            if known.destroyed_by:
                raise NotPutBack(
                    f"{file.name} 已由第{known.destroyed_by}号登记销毁，不能补回；要重新存入请用 planledger attach。"
                )
            was_whole = vault.state(file.sha256) == FileState.WHOLE
            restored.append(RestoredFile(file.name, known.entries, was_whole))
        with vault.commit(files):
            return tuple(restored)
