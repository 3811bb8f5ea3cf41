"""Destroying files (销毁): their bytes go for good; that they were there, name and SHA-256, stays in the ledger."""

from planledger.ledger.actions.reversal import refuse_other_plan
from planledger.ledger.clerk import reason
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.terms import EntryKind
from planledger.plan.refusal import NotRecorded, each
from planledger.questions.answers.evidence import digest_of, file_of
from planledger.questions.facts.entry_rows import entry_numbered
from planledger.questions.receipt import Draft, Receipt
from planledger.store.errors import Busy, StorageTrouble
from planledger.store.files.vault import Vault


class DestructionActions(PlanSession):
    """The action `evidence destroy`."""

    def destroy_all(self, numbers: tuple[int, ...], because: str) -> tuple[Receipt, ...]:
        """Destroy several files for one reason, all or none.

        The entries come first, the bytes go after them: each file in a transaction of its own, so that nobody takes
        it in again between the look at the ledger and the end of the bytes.

        Raises:
            Refusal: an entry names no file, or one that is gone already or that other entries need.
        """
        why, vault = reason(because), Vault(self.store.files)
        digests: dict[str, None] = {}
        with self.store.transaction():
            receipts = self._combined(
                each(sorted(numbers, reverse=True), lambda number: self._destroy(vault, number, why, digests))
            )
        left = tuple(filter(None, (self._remove_bytes(vault, digest) for digest in digests)))
        return (*receipts[:-1], receipts[-1]._replace(warnings=receipts[-1].warnings + left))

    def _destroy(self, vault: Vault, number: int, why: str, digests: dict[str, None]) -> Receipt:
        """Append the entry; none where it is there and only the bytes are left."""
        entry = entry_numbered(self.store, number)
        if entry.kind != EntryKind.EVIDENCE:
            label = EntryKind(entry.kind).label
            raise NotRecorded(
                f"第 {number} 号是{label}，不是存入的文件；运行 planledger evidence list 可看编号。"
            )
        digest = digest_of(entry.details)
        file = file_of(self.store, digest)
        if file.destroyed_by and not vault.has(digest):
            raise NotRecorded(f"第 {number} 号的文件已由第 {file.destroyed_by} 号登记销毁，不必再销毁。")
        others = () if file.destroyed_by else [one for one in file.standing if one != number]
        if others:
            numbers = "、".join(map(str, others))
            raise NotRecorded(
                f"第 {number} 号的文件也是第 {numbers} 号的佐证材料，销毁后那里也没有了；请先冲正：planledger reverse {others[0]} --because 原因。"
            )
        refuse_other_plan(entry, self.plan_key)
        digests[digest] = None
        draft = Draft(
            EntryKind.DESTRUCTION.value,
            self.clerk.today,
            entry.code,
            side=entry.side,
            agency=entry.agency,
            subject=entry.subject,
            note=why,
            details=write_details(entry=str(number), sha256=digest),
        )
        form = self._empty_sheet(key=entry.plan)
        return self._append(form, () if file.destroyed_by else (draft,), entry.code)

    def _remove_bytes(self, vault: Vault, digest: str) -> str:
        """Remove the bytes of a file that the ledger gives up; return what is left to do, in a sentence, or nothing."""
        try:
            with self.store.transaction():
                is_gone = not file_of(self.store, digest).destroyed_by or vault.discard(digest)
        except (StorageTrouble, Busy) as trouble:
            return f"注意：销毁已登记，但文件还没有删掉：{trouble}解决后请再运行一次同样的命令。"
        return "" if is_gone else f"注意：{vault.folder} 里没有这个文件；若在别处还有，请也删掉。"
