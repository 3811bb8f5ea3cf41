"""Letting a file go for good (销毁): whether it may be, what the ledger says of it, and the end of its bytes."""

from typing import TYPE_CHECKING

from planledger.ledger.evidence import destruction_draft
from planledger.plan.refusal import NotRecorded
from planledger.plan.terms import EntryKind
from planledger.questions.files import digest_of, file_of
from planledger.questions.receipt import Draft
from planledger.store.database import Store
from planledger.store.vault import Vault

if TYPE_CHECKING:
    from planledger.questions.history import Entry


def destruction(
    store: Store, vault: Vault, number: int, why: str, today: str
) -> tuple["Entry", tuple[Draft, ...]]:
    """Find the file that is to go, and the entry that says so; none where it was said and only the bytes are left.

    Raises:
        Refusal: the entry names no file, the file is gone already, or other entries need it.
    """
    from planledger.questions.history import entry_numbered

    entry = entry_numbered(store, number)
    if entry.kind != EntryKind.EVIDENCE:
        raise NotRecorded(
            f"第 {number} 号是{EntryKind(entry.kind).label}，不是存入的文件；运行 planledger evidence list 可看编号。"
        )
    file = file_of(store, digest_of(entry.details))
    if file.destroyed_by:
        if vault.has(file.sha256):
            return entry, ()
        raise NotRecorded(f"第 {number} 号的文件已由第 {file.destroyed_by} 号登记销毁，不必再销毁。")
    others = [one for one in file.standing if one != number]
    if others:
        numbers = "、".join(map(str, others))
        raise NotRecorded(
            f"第 {number} 号的文件也是第 {numbers} 号的佐证材料，销毁后那里也没有了；请先冲正：planledger reverse {others[0]} --because 原因。"
        )
    return entry, (destruction_draft(entry, why, today),)


def discard(store: Store, vault: Vault, digest: str) -> bool:
    """Remove the bytes of a file that is said to be destroyed, inside a transaction; nobody takes it in meanwhile.

    Returns:
        Whether they were there, or are needed again.
    """
    return not file_of(store, digest).destroyed_by or vault.discard(digest)
