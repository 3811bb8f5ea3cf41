"""What may be written into a ledger from which nothing can be erased: notes, reasons, names."""

from unicodedata import normalize

from planledger.plan.breaks import alike
from planledger.plan.identity import masked_identity
from planledger.plan.refusal import NotRecorded
from planledger.plan.secrecy import UNTOLD, marking

LONGEST = 2000


def checked(text: str, what: str) -> str:
    """Take a text that somebody typed, in its composed form (NFC) and with one kind of line break, or refuse it.

    Raises:
        Refusal: it carries an identity number or the mark of a state secret, cannot be stored, or is too long.
    """
    masked = masked_identity(text)
    if masked:
        raise NotRecorded(f"{what}里有身份证号，台账记下后不能删除，不能写入；请改写为 {masked} 或不写。")
    mark = marking(text)
    if mark:
        raise NotRecorded(
            f"{what}里有密级标志（{mark}），涉密内容不得写入本台账；请改写，涉密文件只登记文号和存放单位，文号不便登记的写 {UNTOLD}。"
        )
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in text):
        raise NotRecorded(f"{what}里有无法保存的字符；请重新输入这段文字。")
    if len(text) > LONGEST:
        raise NotRecorded(f"{what}有 {len(text)} 个字，最多 {LONGEST} 个；请缩短，全文可作为佐证材料存放。")
    return normalize("NFC", alike(text).strip())


def reason(text: str) -> str:
    """Take the reason of a reversal or a reopening, which must say something.

    Raises:
        Refusal: it is empty or :func:`checked` refuses it.
    """
    if not text.strip():
        raise NotRecorded("请用 --because 写明原因，例如 --because 重复登记。")
    return checked(text, "原因")
