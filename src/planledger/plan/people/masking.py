"""Names and numbers of people, as they are shown to whoever did not ask for them whole (打码).

The one place that hides: enough is left to recognise a person that one knows, and too little to call a stranger.
What entries say of people in passing is masked where it is read: every answer shows the same, and none shows it whole.
What a rule reads (a target, a digest, another entry's number) is never touched.
"""

import re
from typing import Any, TypeVar

from planledger.plan.model.entry_details import Details, write_details
from planledger.plan.model.entry_kinds import TYPED
from planledger.plan.people.identity import SCIENTIFIC, masked_identity
from planledger.plan.phrases.texts import fold

HIDDEN = "**"
_MOBILE = 11  # digits of a mobile number; it begins with 1
_COUNTRY = "86"
_SHORTEST = 7  # digits of the shortest telephone number
_DIGITS = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF0B: 0x2B, 0xFF0D: 0x2D, 0xFF0E: 0x2E, 0x3000: 0x20}
# Patterns are compiled where a text is looked at, which a command seldom does; `re` keeps them then.
_MANY = r"\d(?:[ .\-\u3000\uff0d\uff0e]?\d){9}"
_IDENTITY = r"(?a)(?<!\d)\d{6}[ -]?\d{4}[ -]?\d\d[ -]?\d\d[ -]?\d{3}[ -]?[0-9Xx](?!\d)"
_OLD_IDENTITY = r"(?a)(?<!\d)\d{6}[ -]?\d{6}[ -]?\d{3}(?!\d)"
_MOBILE_NUMBER = r"(?a)(?<!\d)(?:\+?86[ .-]?)?1[3-9]\d(?:[ .-]?\d{4}){2}(?!\d)(?!\.\d{1,2}(?!\d))"
# One digit of a mobile number was lost: nobody can call it, and whoever knows it has it nearly whole.
_SHORT_MOBILE = r"(?a)(?<![\d￥¥$])(?:\+?86[ .-]?)?1[3-9]\d[ .-]?(?:\d{4}[ .-]?\d{3}|\d{3}[ .-]?\d{4})(?!\d|\.\d{1,2}(?!\d)|[ ]?[元万亿人次户亩吨份个])"
_CARD = r"(?a)(?<!\d)(?:\d{13,19}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,3})?)(?!\d)"
# All that lies before the @ of an address, however it was typed, but for a user alone; and what is called a password.
_LOGIN = r"(?i)([:：;；])(?!//[^\s:：;；@＠/]*[@＠])\S*(?=[@＠])|([?&\s]password=)[^\s&]+"
_HEX = frozenset("0123456789abcdef")
_SHORTEST_DIGEST = 16
_ENDING = 5
_OF_PEOPLE = "领导|负责人|责任人|联系人|联络员|经办|干部|姓名|电话|手机|[县区市镇乡]长|书记|常委|主任"  # of the head of a column
WRITTEN = ("note", "by")
R = TypeVar("R", bound=Any)  # a row read of an entry
_SPREAD = r"(?<=\b[^\W\d_]) +(?=[^\W\d_])|(?<=[^\W\d_]) +(?=[^\W\d_]\b)"  # 张 三, the blank in a short name
_PARTS = r"(?P<number>\+?\d(?:[ -]*\d)+)|[^\W\d_]+"


def masked_name(name: str) -> str:
    """Keep the first character of a name: 试**."""
    return name[:1] + HIDDEN if name else ""


def masked_phone(phone: str) -> str:
    """Keep three and four digits of a mobile number (138****5678), of any other number the last four."""
    digits = "".join(char for char in phone if char.isdigit())
    mobile = digits.removeprefix(_COUNTRY) if len(digits) == _MOBILE + len(_COUNTRY) else digits
    if len(mobile) == _MOBILE and mobile.startswith("1"):
        return f"{mobile[:3]}****{mobile[-4:]}"
    return "****" + (digits[-4:] if len(digits) >= _SHORTEST else "")


def masked_text(text: str) -> str:
    """Mask a contact that was written as one text: every number in it, and of every word all but its beginning."""
    text = re.sub(_SPREAD, "", fold(text))
    return re.sub(
        _PARTS, lambda part: masked_phone(part[0]) if part["number"] else masked_name(part[0]), text
    )


def masked_column(head: str, text: str) -> str:
    """Mask what stands in a column of the document's own: as a contact where the head says that it names people."""
    return masked_text(text) if re.search(_OF_PEOPLE, head) else masked_private(text)


def masked_file(name: str) -> str:
    """Mask the name of a file that is about private people, and leave what says which program opens it: 试**.jpg."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not (ending.isascii() and ending.isalnum() and len(ending) <= _ENDING):
        stem, dot, ending = name, "", ""
    return masked_name(stem.strip()) + dot + ending


def masked_numbers(text: str) -> str:
    """Mask what may be a telephone number in a text, and leave its words."""
    return re.sub(_PARTS, lambda part: masked_phone(part[0]) if _is_long(part["number"]) else part[0], text)


def masked_private(text: str) -> str:
    """Mask mobile numbers, bank cards and identity numbers that stand in a text, and leave everything else.

    What stands next to a number does not matter, as long as no digit touches it; an amount with its fractions and a digest are none.
    """
    if not has_digits(text):
        return text
    for pattern, mask in (
        (_IDENTITY, masked_identity),
        (_OLD_IDENTITY, masked_identity),
        (SCIENTIFIC, masked_identity),
        (_MOBILE_NUMBER, masked_phone),
        (_SHORT_MOBILE, masked_phone),
        (_CARD, _masked_card),
    ):
        plain = text.translate(_DIGITS)
        for match in reversed([*re.finditer(pattern, plain)]):  # so that the places before stay what they are
            masked = "" if _is_in_digest(plain, *match.span()) else mask(match[0])
            if masked:
                text = text[: match.start()] + masked + text[match.end() :]
    return text


def masked_aside(text: str) -> str:
    """Mask what may stand in a sentence that goes with an answer: numbers of people, and passwords in addresses."""
    return masked_private(re.sub(_LOGIN, lambda match: (match[1] or match[2]) + HIDDEN, text))


def lacks_a_digit(text: str) -> bool:
    """Whether a text holds ten digits that look like a mobile number of which one was lost."""
    return re.search(_SHORT_MOBILE, text.translate(_DIGITS)) is not None


def has_digits(text: str) -> bool:
    """Whether a text may hold a number of a person; of most it is plain that they do not."""
    return len(text) >= _MOBILE - 1 and re.search(_MANY, text) is not None


def masked_details(details: Details) -> Details:
    """Mask what people typed among the details of an entry, as far as it is about people."""
    if not details or not has_digits(details):
        return details
    parts = {name: masked_private(text) if name in TYPED else text for name, text in details.parts.items()}
    return write_details(**parts)


def masked(read: R) -> R:
    """Mask what was read of an entry: its details, and its note and clerk where it has them."""
    written = {name: getattr(read, name) for name in WRITTEN if hasattr(read, name)}
    changed: dict[str, str] = {name: masked_private(text) for name, text in written.items()}
    changed["details"] = masked_details(read.details)
    if changed == {**written, "details": read.details}:
        return read
    altered: R = read._replace(**changed)
    return altered


def note_lacks_a_digit(note: str, details: Details) -> bool:
    """Whether a note, or what the details of an entry say of people, holds a mobile number that lost a digit."""
    if not has_digits(note) and not has_digits(details):
        return False
    texts = [text for name, text in details.parts.items() if name in {*TYPED, "phone"}]
    return any(map(lacks_a_digit, (note, *texts)))


def tells_of_people(note: str, details: Details) -> bool:
    """Whether a note or the texts among the details of an entry hold a number that is masked."""
    return masked_private(note) != note or masked_details(details) != details


def _masked_card(number: str) -> str:
    digits = "".join(filter(str.isdigit, number))
    return f"{digits[:4]}****{digits[-4:]}" if _is_card(digits) else ""


def _is_in_digest(text: str, start: int, end: int) -> bool:
    """Whether digits are part of a SHA-256 or of a head of the chain."""
    while start and text[start - 1] in _HEX:
        start -= 1
    while end < len(text) and text[end] in _HEX:
        end += 1
    run = text[start:end]
    return len(run) >= _SHORTEST_DIGEST and set(run) <= _HEX and not run.isdigit()


def _is_card(digits: str) -> bool:
    """Whether the check digit of a bank card is right (Luhn), and it is not one digit all over."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    total = sum(int(digit) for digit in digits[::-2]) + sum(n - 9 if n > 9 else n for n in doubled)  # noqa: PLR2004  (of two digits)
    return total % 10 == 0 and len(set(digits)) > 1


def _is_long(number: str | None) -> bool:
    return sum(char.isdigit() for char in number or "") >= _SHORTEST
