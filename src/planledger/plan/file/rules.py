"""What a plan file says once for all its rows: when it was issued, the last day of rows without one, roles, groups and their members."""

from planledger.plan.file.reading import DayField, PlanRules, Reader
from planledger.plan.file.tree import Fields
from planledger.plan.model.rows import Agency
from planledger.plan.model.terms import Role
from planledger.plan.phrases.days import read_day
from planledger.plan.phrases.texts import quoted

_ROLES = {"shared": Role.RESPONSIBLE, "first_leads": Role.LEAD}


def read_rules(top: Fields, head: Fields, reader: Reader) -> PlanRules:
    """Read what holds for every row; all of it stands in format 2 only."""
    for fields, key in ((head, "issued"), (head, "default_due"), (top, "rules"), (top, "groups")):
        reader.is_further(fields, key)
    issued = read_day(head.text("issued"), reader.year) if head.text("issued") else None
    if issued and issued.fault:
        head.fault("issued", f"方案的 issued：{issued.fault}")
    due, because = _default_due(head, reader)
    return PlanRules(issued.day if issued else "", due, because, _role(top, reader), _groups(top, reader))


def _default_due(head: Fields, reader: Reader) -> tuple[str, str]:
    """Read the words that stand for the deadline of every row that has none, and why."""
    if not head.has("default_due"):
        return "", ""
    child = head.child("default_due", "default_due（没有完成时限的行）", "{due: 年底前, because: 理由}")
    because = child.text("because", required=True)
    reader.last_day(DayField(child, "due", "年底前"), what="default_due ")
    child.finish()
    return child.text("due"), because


def _role(top: Fields, reader: Reader) -> Role | None:
    """Read what the document says once of the roles of all rows (下同)."""
    roles = []
    for fields in top.each("rules", "规则"):
        words, place = fields.text("of", required=True), fields.text("where", required=True)
        roles.append(_ROLES[fields.word("roles", _ROLES, "shared")])
        reader.assume("", f"“{words}”及于各行", place)
        if len(roles) > 1:
            fields.fault("roles", "rules 里只能有一条说明职责的规则；请只留一条。")
    return roles[0] if roles else None


def _groups(top: Fields, reader: Reader) -> dict[str, tuple[Agency, ...]]:
    """Read the members of groups that the document names as a kind (各乡镇)."""
    groups: dict[str, tuple[Agency, ...]] = {}
    for fields in top.each("groups", "分组", "name"):
        name = fields.text("name", required=True)
        members = [reader.agency(word, fields, "members") for word in fields.texts("members")]
        if not members:
            fields.fault("members", f"分组{quoted(name)}没有写 members（有哪些单位）；请照名册逐个写。")
        groups[name] = tuple(dict.fromkeys(filter(None, members)))
    return groups
