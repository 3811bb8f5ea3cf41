"""What a ledger has that a backup does not: known by the seals, because one that both have covers all before it."""

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from planledger.ledger.chain.journal import SEAL_OF, read_head
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import File
from planledger.questions.answers.soundness import Behind, Loss
from planledger.questions.facts.office import office_name
from planledger.store.database import Chain, Store
from planledger.store.errors import NewerLedger, NotALedger, StorageTrouble
from planledger.store.files.vault import Vault
from planledger.store.sqlite.opening import open_to_read
from planledger.store.sqlite_file import HEAD, MAGIC, is_ledger, is_there


class End(NamedTuple):
    """The end of one chain."""

    chain: Chain
    entries: int
    seal: str


def ends(ledger: Path) -> dict[str, End] | Refusal:
    """The end of each chain of a ledger by its name; or the refusal where it cannot be read."""
    try:
        with closing(open_to_read(ledger)) as store:
            return ends_of(store)
    except (
        NotALedger,
        NewerLedger,
        StorageTrouble,
    ) as refusal:  # whoever restores may well have a damaged one
        return refusal


def ends_of(store: Store) -> dict[str, End]:
    """The end of each chain of an open ledger by its name."""
    heads = [(chain, read_head(store.of(chain))) for chain in store.chains()]
    return {
        chain.name: End(chain._replace(office=office_name(store, chain)), head.seq, head.hash)
        for chain, head in heads
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
            Behind(end.chain.office, end.entries, has)
            for name, end in sorted(old.items())
            if (has := _in_common(mine, theirs, end, known.get(name))) < end.entries
        )
        is_other = bool(old) and old.keys().isdisjoint(known)
        folders = [Vault(mine.of(end.chain).files) for end in old.values()]
        lacking = tuple(file for file in lost if any(one.has(file.sha256) for one in folders))
    return Loss(behind, is_other, lacking)


def _was_a_ledger(ledger: Path) -> bool:
    """Whether what cannot be read may be a ledger of ours that was damaged: by its head, or wiped out."""
    with ledger.open("rb") as file:
        begin = file.read(HEAD)
    is_cut_off = len(begin) < HEAD and begin[: len(MAGIC)] == MAGIC[: len(begin)]
    return is_cut_off or not begin.strip(b"\0") or is_ledger(ledger)


def _in_common(mine: Store, theirs: Store, end: End, chain: Chain | None) -> int:
    """Count the entries that a backup knows too: a seal covers all before it, so the last common one is enough."""
    if chain is None:
        return 0
    least, most = 0, min(end.entries, read_head(theirs.of(chain)).seq)
    while least < most:
        middle = (least + most + 1) // 2
        is_same = _seal(mine, end.chain, middle) == _seal(theirs, chain, middle)
        least, most = (middle, most) if is_same else (least, middle - 1)
    return least


def _seal(store: Store, chain: Chain, number: int) -> object:
    return store.row(SEAL_OF, {"id": chain.entry_id(number)})
