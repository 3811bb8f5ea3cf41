"""State secrets (涉密), which must never enter a ledger or its files: how they are marked, and what is said of them.

A document is marked by its level with a star or a term of years: 秘密★1年, 机密★, 绝密 30年. The words alone mark
nothing: 保密协议, 商业秘密 and a sentence that speaks of 机密 are everyday.
"""

import re
from unicodedata import category, normalize

NOTICE = "本台账不得填报涉密内容；涉密文件不要存入，只登记文号和存放单位。"
CLASSIFIED = "涉密文件"  # the kind of a paper that is secret, where the item asks for none of another kind
UNTOLD = "不便登记"  # instead of a 文号 that is secret itself

_HAN = r"\u4e00-\u9fff"
_MOST = 40  # characters of a mark that are repeated
_GAP = " ?"  # of a run of blanks one is left
_LEVEL = rf"[绝絕机機秘]{_GAP}密"
_TERM = rf"(?:(?<!\d)\d{{1,2}}|[一二两三四五六七八九十]{{1,3}}){_GAP}年"
_LONG = rf"长{_GAP}期"
_STARS = "★☆✡✦✧✩✪✫✬✭✮✯✰⋆⭐🌟"
_CLOSED = r"[)）\]】〕》」』\"”]?"
_BREAK = r"[ \r\n]{0,4}"  # in a narrow cell the star stands below the level
_BELOW = rf"{_BREAK}[{_STARS}]{_BREAK}(?:{_TERM}|{_LONG})(?![{_HAN}])"
_STARRED = rf"{_LEVEL}{_GAP}级?{_GAP}{_CLOSED}{_GAP}(?:[{_STARS}](?:{_GAP}(?:{_TERM}|{_LONG}))?|[*]{_GAP}(?:{_TERM}|{_LONG})|{_BELOW})"
_BETWEEN = rf"(?:{_GAP}[·•‧・\-—–_:/()（）\[\]【】]?){{0,3}}"
_TERMED = rf"{_LEVEL}{_BETWEEN}(?:(?:[,;、]{_GAP})?(?:保密)?期限)?{_BETWEEN}(?:{_TERM}|{_LONG}(?![{_HAN}]))"
_PLAIN = "".join(
    f"(?<!{word})" for word in ("商业", "技术", "工作", "个人", "国家", "保守", "严守", "泄露", "泄漏", "的")
)
_SPOKEN_OF = r"(?! ?[内后前来间以之起期])"  # 秘密3年内 is told, 秘密3年 is a mark
_IN_TEXT = f"{_STARRED}|{_PLAIN}{_TERMED}{_SPOKEN_OF}"
_ALONE = rf"(?:(?<![{_HAN}])|(?<=密级)|(?<=密级为)|(?<=密级是))"
_ON_PAGE = f"{_STARRED}|{_ALONE}{_TERMED}(?![{_HAN}])"
_UNSEEN = ("Cf", "Mn")
_BLANKS = r"[^\S\n\r]+"


def marking(text: str) -> str:
    """Return the mark of a state secret in something that was typed, or in the name of a file; empty if there is none."""
    return _mark_in(_IN_TEXT, text)


def marking_on_page(text: str) -> str:
    """Return the mark of a state secret on a page; a level with a term of years counts where no word touches it.

    A page is prose: 乙方须保守商业秘密三年 stands in many an agreement, and is no mark.
    """
    return _mark_in(_ON_PAGE, text)


def _mark_in(pattern: str, text: str) -> str:
    """Look for a mark in what the eye sees: full-width forms are the same, and what takes no place is not there."""
    if "密" not in text:
        return ""
    seen = "".join(char for char in normalize("NFKC", text) if category(char) not in _UNSEEN)
    # a pattern is compiled where a text speaks of secrets, which hardly any does: that takes a tenth of a command
    mark = re.search(pattern, re.sub(_BLANKS, " ", seen))
    return "".join(mark[0].split())[:_MOST] if mark else ""
