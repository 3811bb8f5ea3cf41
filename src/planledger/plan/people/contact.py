"""Whom to call (联系人、填报人): what can be a name and what a telephone number."""

import re

SHORTEST_NAME = 2
FEWEST_DIGITS, MOST_DIGITS = 7, 15
NO_NAME = "不像姓名；至少两个字，不带数字"
NO_PHONE = f"不像电话；只写数字、+、- 和空格，{FEWEST_DIGITS}到{MOST_DIGITS}位数字"


def name_fault(name: str) -> str:
    """Return why a text is no name; empty where it can be one."""
    return NO_NAME if len(name) < SHORTEST_NAME or any(map(str.isdigit, name)) else ""


def phone_fault(phone: str) -> str:
    """Return why a text is no telephone number; empty where it can be one."""
    digits = sum(map(str.isdigit, phone))
    is_phone = re.fullmatch(r"\+?[0-9][0-9 -]*", phone) and FEWEST_DIGITS <= digits <= MOST_DIGITS
    return "" if is_phone else NO_PHONE
