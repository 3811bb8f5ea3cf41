"""Actions on several entries or rows at once: one transaction, all or none, and every refusal is told."""

from itertools import chain

from planledger.ledger.actions.reversal import refuse_other_plan
from planledger.ledger.book import Book
from planledger.ledger.clerk import checked_text, reason
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import each
from planledger.questions.naming import once_each
from planledger.questions.receipt import Receipt
from planledger.store.errors import Busy, StorageTrouble
from planledger.store.files.vault import Vault


class Batch(Book):
    """An open ledger in which several entries or rows are dealt with by one action."""

    def reverse_all(self, numbers: tuple[int, ...], because: str) -> tuple[Receipt, ...]:
        """Cancel several entries for one reason (冲正), the newest first: what hangs on another goes before it."""
        why = reason(because)
        with self.store.transaction():
            done = each(sorted(numbers, reverse=True), lambda number: self._reversed(number, why))
            return self._as_it_stands(done)

    def close_all(self, codes: tuple[str, ...], note: str = "") -> tuple[Receipt, ...]:
        """Confirm of several rows that they are finished (销号)."""
        said = checked_text(note, "说明")
        once_each(map(fold, codes))
        with self.store.transaction():
            return self._as_it_stands(each(codes, lambda code: self._closed(code, said)))

    def destroy_all(self, numbers: tuple[int, ...], because: str) -> tuple[Receipt, ...]:
        """Let the bytes of files go for good, with a reason (销毁); that they were there stays in the ledger.

        The entries come first, the bytes go after them: each file in a transaction of its own, so that nobody takes
        it in again between the look at the ledger and the end of the bytes.
        """
        why, vault = reason(because), Vault(self.store.files)
        digests: dict[str, str] = {}
        with self.store.transaction():
            done = each(
                sorted(numbers, reverse=True), lambda number: self._let_go(vault, number, why, digests)
            )
            receipts = self._as_it_stands(done)
        left = tuple(filter(None, (self._bytes_gone(vault, digest) for digest in digests)))
        return (*receipts[:-1], receipts[-1]._replace(warnings=receipts[-1].warnings + left))

    def _let_go(self, vault: Vault, number: int, why: str, digests: dict[str, str]) -> Receipt:
        from planledger.ledger.actions.evidence import destruction_of
        from planledger.questions.answers.evidence import digest_of

        entry, wanted = destruction_of(self.store, vault, number, why, self.clerk.today)
        refuse_other_plan(entry, self.plan_key)
        digests[digest_of(entry.details)] = entry.plan
        return self._stored(self._blank(key=entry.plan), wanted, entry.code)

    def _bytes_gone(self, vault: Vault, digest: str) -> str:
        """Remove the bytes of a file that the ledger lets go; say what is left to do, else nothing."""
        from planledger.ledger.actions.evidence import discard

        try:
            with self.store.transaction():
                was_there = discard(self.store, vault, digest)
        except (StorageTrouble, Busy) as trouble:
            return f"注意：销毁已登记，但文件还没有删掉：{trouble}解决后请再运行一次同样的命令。"
        return "" if was_there else f"注意：{vault.folder} 里没有这个文件；若在别处还有，请也删掉。"

    def _as_it_stands(self, done: list[Receipt]) -> tuple[Receipt, ...]:
        """Put what concerns one row into one answer, and say where each stands now that all is stored."""
        rows: dict[tuple[str, str], list[Receipt]] = {}
        for place, receipt in enumerate(done):
            name = receipt.after.item.code if receipt.after else f"{place}号"
            rows.setdefault((receipt.sheet.plan.key, name), []).append(receipt)
        return tuple(map(self._together, rows.values()))

    def _together(self, done: list[Receipt]) -> Receipt:
        last = done[-1]
        form, code = self._blank(key=last.sheet.plan.key), last.after.item.code if last.after else ""
        stored = tuple(chain.from_iterable(one.stored for one in done))
        sheet = self._after(form, code, tuple(one.draft for one in stored))
        return last._replace(
            stored=stored,
            after=sheet.rows[0] if code else None,
            sheet=sheet,
            warnings=tuple(dict.fromkeys(chain.from_iterable(one.warnings for one in done))),
        )
