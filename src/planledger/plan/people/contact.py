"""Whom to call (联系人), and who answers for a form (填报人): the values, what can be a name, and what a telephone number."""

import re
from typing import NamedTuple

from planledger.plan.model.entry_details import Details
from planledger.plan.phrases.texts import fold, means_nothing, squeeze

FEWEST_DIGITS, MOST_DIGITS = 7, 15
NO_NAME = "不像姓名；至少两个字，不带数字"
NOBODY = "不是姓名；请写这个人的姓名，不写职务、单位或“同上”"
NO_PHONE = f"不像电话；只写一个号码（{FEWEST_DIGITS}到{MOST_DIGITS}位数字、+、- 和空格），分机接在 - 后面"
# Patterns are text: they are compiled when somebody is named, and most commands name nobody.
_MASKED = r"[*×]|[一-龥][xX]{1,2}"
_POST = (
    r"(?:[局处科股部镇乡县区村校院所站队组会厅]|行|秘书)长|主任|书记|主席|经理|秘书|干事|科员|职员|办事员|专干|主管|领导|"
    r"(?:负责|经办|联系|填报|填表|审核|制表)人|人员|同志|先生|女士|小姐|老师|会计|出纳"
)
_UNIT = (
    r"[局股办]|[县区市党纪]委|(?:综合|财务|人事|业务|办公)科|(?:办公|档案|科|处)室|中心|公司|政府|妇联|工会|协会|委员会|"
    r"单位|部门|机关|办公会|会议|班子会?|小组|党[组委]"
)
_FILLER = (
    r"[同如见][上前下左右]|上同|同一人|详见|见附|见.?章|公章|印章|签章|[盖签]了?[章名字]|本人|本单位|自己|没有|[无查]此人|查无|"
    r"不[详知]|未[知填定]|待[定补填]|空[缺白]|[不未没]变|变化|照旧|暂[缺无]|略去|不适用|姓名|上述"
)
_DAY = r"(?:19|20)\d\d(?:0[1-9]|1[0-2]|[ -]+0?[1-9]|[ -]+1[0-2])[ -]*(?:[0-2]?[1-9]|[1-3]0|31)"
_WITHOUT_NOUGHT = r"(?!400|800)(?:(10|2\d)(\d{8})|([3-9]\d\d)(\d{7,8}))"


def name_fault(name: str) -> str:
    """Return why a text names no person; empty where it can be a name.

    A post, a unit or a filler (局长, 办公室, 同上) names nobody: who said so ends at a person.
    """
    text = squeeze(name)
    if re.search(_MASKED, text):
        return "打了码；请写全名"
    if ":" in text:
        return "带着冒号；只写姓名"
    if any(map(str.isdigit, text)) or not re.search(r"[^\W\d_]{2}", text):
        return NO_NAME
    is_nobody = re.fullmatch(f".*(?:{_POST}|{_UNIT})|.*(?:{_FILLER}).*", text) or means_nothing(text)
    return NOBODY if is_nobody else ""


def phone_fault(phone: str) -> str:
    """Return why a text is no telephone number, with the likely one; empty where it can be one."""
    phone = plain_phone(phone)
    digits = "".join(filter(str.isdigit, phone))
    if not re.fullmatch(r"\+?[0-9][0-9 -]*", phone) or not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return NO_PHONE
    if re.fullmatch(_DAY, phone):
        return "像日期，不像电话；真是电话的请写区号"
    landline = None if "+" in phone else re.fullmatch(_WITHOUT_NOUGHT, digits)
    if landline is None:
        return ""
    area, number = filter(None, landline.groups())
    return f"少了区号前面的0，像是 0{area}-{number}；请核对后写全"


# What people write before a name, a number or the day of a form, by the head of the cell in which it belongs.
_LABELS = {
    "单位负责人": "(?:单位|主要)?负责人员?",
    "审核人": "审核(?:人员?)?",
    "填表人": "(?:填[表报]|制表|经办)人员?",
    "联系电话": "(?:联系|办公)?电话|手机号?码?|联系方式",
    "填报日期": "(?:填[表报])?(?:日期|时间)",
    "姓名": "姓名|联系人员?|联络员",
}


def label_before(text: str) -> tuple[str, str]:
    """Return the head of a cell that stands before what was filled in, and as it was written (审核: ); empty where none does."""
    for head, words in _LABELS.items():
        if match := re.match(rf"(?:{words})(?:\(?签[字名章]\)?)?(?:[: ]+|(?<!审核)(?=.))", fold(text)):
            return head, match[0]
    return "", ""


def plain_phone(phone: str) -> str:
    """Return a telephone number as it is kept: folded, (0772)1234567 as 0772-1234567."""
    return re.sub(r"^\(([0-9]{3,4})\)[ -]*", r"\1-", fold(phone))


class Contact(NamedTuple):
    """The named person of a unit, which clause 四（一） asks for."""

    name: str
    phone: str  # empty where the plan file says person and number in one text
    year: int = 0  # of the earlier plan from which it is taken over (沿用); 0 for the plan's own

    def text(self, *, is_full: bool) -> str:
        """Who it is: 试** 138****5678, or all of it where that was asked for; and of which year, where not of this one."""
        from planledger.plan.people.masking import masked_name, masked_phone, masked_text

        if is_full:
            person = f"{self.name} {self.phone}".rstrip()
        elif self.phone:
            person = f"{masked_name(self.name)} {masked_phone(self.phone)}"
        else:
            person = masked_text(self.name)
        return f"{person}（沿用{self.year}年）" if self.year else person


FOOTER = ("单位负责人", "审核人", "填表人", "联系电话", "填报日期")  # of a form; the fields of a sender


class Sender(NamedTuple):
    """Who answers for a form, as its footer names them (填报人); empty what was not filled in."""

    head: str = ""
    reviewer: str = ""
    preparer: str = ""
    phone: str = ""
    day: str = ""


def sender_in(details: Details, *, is_full: bool) -> Sender:
    """Read who answers for a form: 试** and 138****5678, or all of it where that was asked for."""
    from planledger.plan.people.masking import masked_name, masked_phone

    head, reviewer, preparer, phone, day = (details.text(name) for name in Sender._fields)
    if not is_full:
        head, reviewer, preparer = map(masked_name, (head, reviewer, preparer))
        phone = phone and masked_phone(phone)
    return Sender(head, reviewer, preparer, phone, day)
