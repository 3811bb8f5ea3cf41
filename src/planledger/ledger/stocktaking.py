"""Holding the files against the ledger (盘点): every one is read again, and none is there of which nobody knows."""

from collections.abc import Callable, Iterable, Iterator

from planledger.questions.files import File, file_of, files
from planledger.questions.office import office_name
from planledger.questions.soundness import Stock
from planledger.store.database import Store
from planledger.store.errors import NoFolder
from planledger.store.vault import FileState, Vault

_DESTROYED, _UNDESTROYED = "destroyed", "undestroyed"


def stocktaking(store: Store, watched: Callable[[tuple[File, ...]], Iterable[File]] = iter) -> Stock:
    """Read every file again, of the chain that was chosen or of all; nothing is written, and nobody else has to wait.

    Args:
        store: the ledger; it is asked outside of any transaction, because reading all files can take minutes.
        watched: gives the files on, one by one, while somebody watches.
    """
    if store.has_chosen:
        return _of_chain(store, watched)
    whole = Stock(0, 0, (), (), (), 0)
    for chain in store.chains():
        one = _of_chain(store.of(chain), watched)
        office = chain._replace(office=office_name(store, chain)).called
        whole = Stock(
            whole.whole + one.whole,
            whole.destroyed + one.destroyed,
            whole.lost + _of_office(one.lost, office),
            whole.altered + _of_office(one.altered, office),
            whole.undestroyed + _of_office(one.undestroyed, office),
            whole.strays + one.strays,
        )
    return whole


def _of_office(several: tuple[File, ...], office: str) -> tuple[File, ...]:
    return tuple(file._replace(office=office) for file in several)


def _of_chain(store: Store, watched: Callable[[tuple[File, ...]], Iterable[File]]) -> Stock:
    try:
        vault = Vault(store.files)
    except NoFolder:
        if files(store):
            raise
        return Stock(0, 0, (), (), (), 0)
    there = vault.digests()  # looked at first: what is taken in meanwhile is no stray
    known = files(store)
    found: dict[str, list[File]] = {}
    for state, file in _states(store, vault, there, watched(known)):
        found.setdefault(state, []).append(file)
    return Stock(
        whole=len(found.get(FileState.WHOLE, ())),
        destroyed=len(found.get(_DESTROYED, ())),
        lost=tuple(found.get(FileState.LOST, ())),
        altered=tuple(found.get(FileState.ALTERED, ())),
        undestroyed=tuple(found.get(_UNDESTROYED, ())),
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
