"""The lines of a plan file before YAML sees them: what it would let pass with another meaning, or blame on another line."""

import re
from collections.abc import Iterator

from planledger.plan.identity import masked_identity
from planledger.plan.secrecy import marking
from planledger.plan.tree import FaultList

_SLIPS = (
    (re.compile(r" *\t|\s*- *\t|\s*(?:- +)?\w+: *\t"), "用了制表符（Tab）；请改用空格。"),
    (re.compile(r"\s*(?:- +)?[A-Za-z_]+："), "键后面的冒号是全角“：”；请改成半角冒号加一个空格。"),
    (re.compile(r"\s*(?:- +)?[A-Za-z_]+:(?![\s/]|$)"), "键后面的冒号没有跟空格；请在冒号后面加一个空格。"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def slips_of(text: str) -> dict[int, str]:
    """Find the lines that look like a slip of a key, its colon or its indentation; in a block of text they are none."""
    found = {}
    for number, line in _numbered(text):
        slip = next((message for pattern, message in _SLIPS if pattern.match(line)), "")
        if slip:
            found[number] = slip
    return found


def tell_unwelcome(text: str, faults: FaultList) -> bool:
    """Report what may stand nowhere; say whether YAML will stumble over it too."""
    has_control = False
    for number, line in _numbered(text):
        if _CONTROL.search(line):
            has_control = True
            faults.add(number, "有看不见的控制字符；请删去。")
        identity = masked_identity(line)
        if identity:
            faults.add(number, f"有身份证号（{identity}）；台账不收身份证号，请删去。")
        mark = marking(line)
        if mark:
            faults.add(number, f"有密级标志（{mark}）；涉密内容不得写入本台账，请删去。")
    return has_control


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Number the lines as YAML counts them."""
    return enumerate(re.split("\r\n|[\r\n\x85\u2028\u2029]", text), 1)
