"""What must never enter a ledger: identity numbers, right, mistyped, old or spoilt by Excel; marks of state secrets (涉密)."""

import re
from datetime import date
from itertools import accumulate
from unicodedata import category, decimal, normalize

LENGTH, OLD_LENGTH = 18, 15
_FEWEST = 3  # digits of the shortest number that is recognised: 5E+17
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SEPARATOR = r"[ \t.·—－_/-]"
_BETWEEN_DIGITS = f"{_SEPARATOR}{{0,3}}"  # between two digits: 110105 - 19491231
_WHOLE_NUMBER = f"[0-9](?:{_BETWEEN_DIGITS}[0-9]){{16}}{_BETWEEN_DIGITS}[0-9X](?![0-9])"
_OLD_NUMBER = f"[0-9](?:{_BETWEEN_DIGITS}[0-9]){{14}}(?![0-9])"
_WIDEST = LENGTH * len("-.-1") + 1  # characters of a number with all its separators, and the one behind it
_LIKE_X = str.maketrans("×✕╳ХΧ", "XXXXX")  # what stands for it
# The first two digits of a region, a province and what is like one (GB/T 2260): the second by the first, 1 to 8.
_SECOND_DIGITS = ("12345", "123", "1234567", "123456", "01234", "12345", "1", "123")
_PROVINCES = frozenset(
    f"{first}{second}" for first, several in enumerate(_SECOND_DIGITS, 1) for second in several
)
_FIRST_DIGITS = frozenset(province[0] for province in _PROVINCES)
# Of an old number with gaps: in threes or fours as numbers are read out, or between region, birthday and serial.
_OLD_GAPS = frozenset((3, 4, 6, 8, 9, 10, 12))
# 4.52E+17, as a spreadsheet writes eighteen digits; of fifteen it writes 4.52E+14. 4e17 in a digest or a room is none.
SCIENTIFIC = r"(?a)(?<![\w.])(\d)(?:\.(\d+) ?[Ee] ?\+?| ?[Ee] ?\+)0*(1[47])(?!\w)"


def masked_identity(text: str) -> str:
    """Return an identity number in *text* and give it masked; empty if there is none.

    One is: eighteen digits (GB 11643) with a right check digit, or that begin with a region and a possible birthday,
    because a mistyped one discloses as much; fifteen digits of the old kind that do; either of them as a spreadsheet
    rounds it. A number counts only if no further digit touches it, so that the number of a bank account is not taken
    for a person. Digits may be of any script, and a few separators may stand between two of them.
    """
    if sum(map(str.isdigit, text)) < _FEWEST:
        return ""
    plain = "".join(char for char in text if category(char) != "Cf")
    folded = normalize("NFKC", plain)
    if sum(map(str.isdigit, folded)) >= OLD_LENGTH:
        for shape in (plain, folded):
            digits = "".join(str(decimal(char, char)) for char in shape).upper().translate(_LIKE_X)
            for start in re.finditer("(?<![0-9])[0-9]", digits):
                if number := _number_in_front(digits[start.start() : start.start() + _WIDEST]):
                    return number[:4] + "*" * (len(number) - 7) + number[-3:]
    return _rounded(folded)


def _number_in_front(text: str) -> str:
    """Return the identity number that a text begins with, its separators left out; empty if there is none."""
    whole, old = re.match(_WHOLE_NUMBER, text), re.match(_OLD_NUMBER, text)
    if whole:
        number = re.sub(_SEPARATOR, "", whole[0])
        if _is_of_person(number[:6], number[6:14]) or _is_right(number):
            return number
    if old:
        parts = re.split(f"{_SEPARATOR}+", old[0])
        number, gaps = "".join(parts), set(accumulate(map(len, parts[:-1])))
        is_gapped_well = gaps <= _OLD_GAPS or gaps == set(range(1, OLD_LENGTH))
        if is_gapped_well and _is_of_person(number[:6], f"19{number[6:12]}"):
            return number
    return ""


def _rounded(text: str) -> str:
    """Return what a spreadsheet makes of an identity number that was typed as a number: most of its digits are gone."""
    for match in re.finditer(SCIENTIFIC, text):
        known, length = match[1] + (match[2] or ""), LENGTH if match[3] == "17" else OLD_LENGTH
        is_region = known[:2] in _PROVINCES if len(known) > 1 else known in _FIRST_DIGITS
        if is_region and (length == LENGTH or len(known) > 1):
            return known[:4] + "*" * (length - len(known[:4]))
    return ""


def _is_of_person(region: str, birthday: str) -> bool:
    """Whether digits are a region and a day on which somebody may have been born."""
    try:
        year = date.fromisoformat(birthday).year
    except ValueError:
        return False
    return region[:2] in _PROVINCES and 1900 <= year <= 2099  # noqa: PLR2004  (years of birth)


def _is_right(number: str) -> bool:
    """Whether the check digit is right, of whatever region; then a day that the month does not have is a day."""
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not (1850 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004  (a calendar)
        return False
    return number[-1] == _CHECKS[sum(int(d) * w for d, w in zip(number[:-1], _WEIGHTS, strict=True)) % 11]


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
_SPOKEN_OF = r"(?! ?[内后前来间以之起期])"  # 秘密3年内 is prose, 秘密3年 is a mark
_DEGREE = rf"{_LEVEL}{_GAP}级?"
_BRACKETED = rf"[(\[【〔]{_GAP}{_LEVEL}{_GAP}[级件]?{_GAP}[)\]】〕]"
# 密级：机密; not the choice 密级：绝密、机密、秘密, and not 密级：秘密文件
_NAMED = (
    rf"(?:密{_GAP}级|[保涉]密(?:等级|级别)){_GAP}[: ]{_GAP}{_DEGREE}(?! ?(?:[{_HAN}、/]|,{_GAP}{_LEVEL}))"
)
# the line that a document begins with: 份号, 密级 and 紧急程度, of which only the level has to be there
_URGENT = r"(?:特急|加急|急件|平急|特提)"
_LINE = rf"(?<![^\0\r\n]){_GAP}(?:\d{{1,6}} )?{_DEGREE}{_GAP}{_URGENT}?{_GAP}(?![^\0\r\n])"
_OUTRIGHT = f"{_BRACKETED}|{_NAMED}|{_LINE}"
# 机密文件.docx; 机密级网络 is equipment, and what is done secretly is no paper
_OF_NAME = rf"(?<![^/\\])[^{_HAN}A-Za-z/\\]*{_LEVEL}(?!{_GAP}(?:级[{_HAN}]|武器|战线|交通|联络|投票))"
_IN_TEXT = f"{_STARRED}|{_PLAIN}{_TERMED}{_SPOKEN_OF}|{_OUTRIGHT}"
_ALONE = rf"(?:(?<![{_HAN}])|(?<=密级)|(?<=密级为)|(?<=密级是))"
_ON_PAGE = f"{_STARRED}|{_ALONE}{_TERMED}(?![{_HAN}])|{_OUTRIGHT}"
_UNSEEN = ("Cf", "Mn")
_BLANKS = r"[^\S\n\r]+"


def marking(text: str) -> str:
    """Return the mark of a state secret in something that was typed; empty if there is none.

    One is: a level (绝密, 机密, 秘密) with a star or a term of years, in brackets, behind 密级：, or as all of a line.
    """
    return _mark_in(_IN_TEXT, text)


def marking_of_name(name: str) -> str:
    """Return the mark of a state secret in the name of a file or of a part of one; a level that it begins with is one too."""
    return _mark_in(f"{_IN_TEXT}|{_OF_NAME}", name)


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
    # a pattern is compiled only for a text with 密 in it, which hardly any has: that takes a tenth of a command
    mark = re.search(pattern, re.sub(_BLANKS, " ", seen))
    return "".join(mark[0].split())[:_MOST] if mark else ""
