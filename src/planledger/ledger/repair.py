"""Putting back the bytes of files that were lost or altered (补回): nothing is recorded, because nothing new is said."""

from collections.abc import Sequence
from typing import NamedTuple

from planledger.ledger.secrecy import Doorkeeper
from planledger.plan.refusal import Refusal
from planledger.questions.files import file_of
from planledger.store.database import Store
from planledger.store.vault import FileState, Vault


class NotPutBack(Refusal):
    """An original is not put back."""

    outcome = "没有补回。"


class Repaired(NamedTuple):
    """What became of one original."""

    name: str
    entries: tuple[int, ...]  # that took this file in
    was_whole: bool  # nothing was wrong with it


def repaired(store: Store, paths: Sequence[str]) -> tuple[Repaired, ...]:
    """Put originals in the place of what was lost or altered; what they are is known by their SHA-256.

    Raises:
        Refusal: one of them was never taken in, or was destroyed; nothing is put back then.
    """
    vault = Vault(store.files)
    with vault.taken(paths, admit=Doorkeeper(refusal=NotPutBack).admit) as files, store.transaction():
        found = []
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
            found.append(Repaired(file.name, known.entries, vault.state(file.sha256) == FileState.WHOLE))
        with vault.kept(files):
            return tuple(found)
