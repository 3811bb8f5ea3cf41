"""Who writes in the ledger, and when."""

import os
from collections.abc import Callable
from typing import IO, NamedTuple
from unicodedata import normalize

from planledger.plan.people.identity import (
    CLASSIFIED,
    UNTOLD,
    marking,
    marking_of_name,
    marking_on_page,
    masked_identity,
)
from planledger.plan.phrases.texts import with_one_line_break
from planledger.plan.refusal import NotRecorded, Refusal


class Clerk(NamedTuple):
    """Who writes, and when: the claim that every entry carries."""

    by: str
    now: str  # YYYY-MM-DDTHH:MM:SS.ffffff+08:00

    @property
    def today(self) -> str:
        """The day of the writing."""
        return self.now[:10]


def login() -> str:
    """Name the login: a claim, kept as one."""
    names = map(os.environ.get, ("LOGNAME", "USER", "LNAME", "USERNAME"))
    return next(filter(None, names), "未署名")


LONGEST = 2000
# In a line that is suggested, for what nobody has typed yet.
STAND_INS = ("文字", "文号", "姓名", "审定人", "名称", "新名称", "材料")


def checked_text(text: str, what: str, mark_in: Callable[[str], str] = marking) -> str:
    """A text that somebody typed, in its composed form (NFC) and with one kind of line break.

    Args:
        text: what was typed.
        what: what it is, for the refusal.
        mark_in: finds the mark of a state secret; in the name of a file there are more.

    Raises:
        Refusal: it carries an identity number or the mark of a state secret, is a word that stands for a text, cannot
            be stored, or is too long.
    """
    if (typed := _without_end(text)) in STAND_INS:
        raise NotRecorded(f"{what}不能只写“{typed}”，它只代替内容；请写上内容。")
    masked = masked_identity(text)
    if masked:
        raise NotRecorded(f"{what}里有身份证号，台账记下后不能删除，不能写入；请改写为 {masked} 或不写。")
    mark = mark_in(text)
    if mark:
        raise NotRecorded(
            f"{what}里有密级标志（{mark}），涉密内容不得写入本台账；请改写，涉密文件只登记文号和存放单位，文号不便登记的写 {UNTOLD}。"
        )
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in text):
        raise NotRecorded(f"{what}里有无法保存的字符；请重新输入这段文字。")
    if len(text) > LONGEST:
        raise NotRecorded(f"{what}有{len(text)}个字，最多{LONGEST}个；请缩短，全文可作为佐证材料存放。")
    return normalize("NFC", with_one_line_break(text).strip())


def _without_end(text: str) -> str:
    """A text without the blanks around it, and the 。 that stands behind a suggested line."""
    return text.strip().rstrip("。")


def reason(text: str) -> str:
    """The reason of a reversal or a reopening.

    Raises:
        Refusal: it is empty, the word that stands for one in a suggested line, or :func:`checked_text` refuses it.
    """
    if _without_end(text) in ("", "原因"):
        raise NotRecorded("请用 --because 写明原因，例如 --because 重复登记。")
    return checked_text(text, "原因")


def checked_basis(basis: str) -> str:
    """The 文号 on which a change stands.

    Raises:
        Refusal: nothing was typed, the word that stands for one, or :func:`checked_text` refuses it.
    """
    if _without_end(basis) in ("", "文号"):
        raise NotRecorded("请用 --basis 写明依据的文号；没有文号写 --basis 无文号。")
    return checked_text(basis, "文号")


class SecrecyCheck(NamedTuple):
    """The check of a file before it is copied, with what is to be typed instead of a secret one."""

    code: str = "事项编号"
    kind: str = ""  # of paper, as it was typed
    refusal: type[Refusal] = NotRecorded

    def admit(self, name: str, file: IO[bytes]) -> None:
        """Check one file.

        Raises:
            Refusal: its name, its first page, or a part that lies in it bears the mark of a state secret.
        """
        from planledger.store.files.source import first_page

        mark = marking_of_name(name)
        if mark:
            raise self._refused(f"{name} 的文件名", mark)
        for part in first_page(file):
            mark = marking_of_name(part.text) if part.is_name else marking_on_page(part.text)
            if mark:
                raise self._refused(f"{name} 里的 {part.place}" if part.place else f"{name} 的首页", mark)

    def _refused(self, where: str, mark: str) -> Refusal:
        kind = f"；该项不要求这种材料的写 --paper {CLASSIFIED}" if self.kind else ""
        return self.refusal(
            f"{where}标有密级（{mark}）：涉密文件不得存入本台账；请登记文号和存放单位："
            f"planledger record {self.code} --paper {self.kind or CLASSIFIED} --ref 文号 --held-by 单位"
            f"（文号不便登记的写 --ref {UNTOLD}{kind}）。"
        )
