"""What may not come into a ledger or its files because it is a state secret (涉密): files by their names and first pages."""

from typing import IO, NamedTuple

from planledger.plan.refusal import NotRecorded, Refusal
from planledger.plan.secrecy import CLASSIFIED, UNTOLD, marking, marking_on_page


class Doorkeeper(NamedTuple):
    """Looks at a file before it is copied, and knows what is to be typed instead of a secret one."""

    code: str = "事项编号"
    kind: str = ""  # of paper, as it was typed
    refusal: type[Refusal] = NotRecorded

    def admit(self, name: str, file: IO[bytes]) -> None:
        """Let a file in.

        Raises:
            Refusal: its name, its first page, or a part that lies in it bears the mark of a state secret.
        """
        from planledger.store.first_page import first_page

        mark = marking(name)
        if mark:
            raise self._refused(f"{name} 的文件名", mark)
        for found in first_page(file):
            mark = marking(found.text) if found.is_name else marking_on_page(found.text)
            if mark:
                raise self._refused(f"{name} 里的 {found.place}" if found.place else f"{name} 的首页", mark)

    def _refused(self, where: str, mark: str) -> Refusal:
        kind = f"；该项不要求这种材料的写 --paper {CLASSIFIED}" if self.kind else ""
        return self.refusal(
            f"{where}标有密级（{mark}）：涉密文件不得存入本台账；请登记文号和存放单位："
            f"planledger record {self.code} --paper {self.kind or CLASSIFIED} --ref 文号 --held-by 单位"
            f"（文号不便登记的写 --ref {UNTOLD}{kind}）。"
        )
