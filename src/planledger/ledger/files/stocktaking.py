"""Comparing the files with the ledger (盘点): every one is read again; and putting originals back (补回)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import add
from typing import NamedTuple

from planledger.ledger.clerk import SecrecyCheck
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import File, file_of, files
from planledger.questions.answers.soundness import Stock
from planledger.questions.facts.office import office_name
from planledger.store.database import Store
from planledger.store.errors import NoFolder
from planledger.store.files.vault import FileState, Vault

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
    states: dict[str, list[File]] = defaultdict(list)
    for state, file in _states(store, vault, there, watched(known)):
        states[state].append(file)
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
                    f"{file.name} 已由第 {known.destroyed_by} 号登记销毁，不能补回；要重新存入请用 planledger attach。"
                )
            restored.append(
                RestoredFile(file.name, known.entries, vault.state(file.sha256) == FileState.WHOLE)
            )
        with vault.commit(files):
            return tuple(restored)
