"""From the tree of a plan file to the plan: what the document says, and what we read out of it.

Whatever a rule can read from the document's words (the last day, the units) is read here and never
typed a second time; a reading of the file's writer stands beside its reason.
"""

import re

from planledger.plan.deadline import read_deadline
from planledger.plan.items import Reader, item_from, slips
from planledger.plan.model import Agency, Area, Clause, Filing, Finding, Meta, Plan, Side
from planledger.plan.terms import FindingKind
from planledger.plan.tree import FaultList, Fields, Tree

FORMAT = "1"
_PLAN_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


def plan_from(tree: Tree, faults: FaultList) -> Plan:
    """Build the plan from *tree*; what is wrong goes to *faults*, and then the plan must not be used."""
    top = Fields(tree, faults, "方案文件")
    if top.text("format", required=True) not in ("", FORMAT):
        top.fault("format", f"format 只认 {FORMAT}；这份文件可能是给更新的程序写的。")
    meta = _meta(top)
    sides = tuple(_side(fields) for fields in top.children("sides", "方", required=True))
    agencies = _agencies(top, sides)
    _known_offices(top, meta, agencies)
    reader = Reader(meta.year, sides, agencies, set(), [])
    clauses = tuple(_clause(fields, reader) for fields in top.children("clauses", "条款"))
    reader.clauses.update(clause.number for clause in clauses)
    areas, rows = _areas(top)
    parts = [item_from(fields, area, reader) for area, fields in rows]
    once(
        [(f.line_of("code"), part.item.code) for (_, f), part in zip(rows, parts, strict=True)],
        faults,
        "事项编号",
    )
    filings = tuple(_filing(fields, reader) for fields in top.children("filings", "报送"))
    for key, kind in (("discrepancies", FindingKind.DISCREPANCY), ("assumptions", FindingKind.ASSUMPTION)):
        reader.findings.extend(_finding(fields, kind) for fields in top.children(key, kind.label))
    top.finish()
    return Plan(
        meta=meta,
        sides=sides,
        agencies=agencies,
        areas=areas,
        clauses=clauses,
        items=tuple(part.item for part in parts),
        indicators=tuple(row for part in parts for row in part.indicators),
        duties=tuple(row for part in parts for row in part.duties),
        milestones=tuple(row for part in parts for row in part.milestones),
        requirements=tuple(row for part in parts for row in part.requirements),
        filings=filings,
        findings=tuple(reader.findings),
    )


def once(named: list[tuple[int, str]], faults: FaultList, what: str) -> None:
    """Report every name that stands twice where it may stand once; *named* gives (line, name)."""
    seen: dict[str, int] = {}
    for line, name in named:
        if name and name in seen:
            faults.add(line, f"{what} {name} 写了两次（上一次在第{seen[name]}行）；只能留一个。")
        seen.setdefault(name, line)


def _meta(top: Fields) -> Meta:
    fields = top.child("plan", "方案")
    key = fields.text("id", required=True)
    if key and not _PLAN_ID.fullmatch(key):
        fields.fault("id", f"方案的 id 只用小写字母、数字和连字符（2到40个），不能写 {key}。")
    fields.text("year", required=True)
    meta = Meta(
        key=key,
        title=fields.text("title", required=True),
        year=fields.whole("year", 2000, least=1990, most=2999),
        warn_days=fields.whole("warn_days", 30, least=0, most=366),
        offices="、".join(fields.texts("offices")),
        contact_clause=fields.text("contacts"),
    )
    fields.finish()
    return meta


def _known_offices(top: Fields, meta: Meta, agencies: tuple[Agency, ...]) -> None:
    names = {agency.name for agency in agencies}
    for office in filter(None, meta.offices.split("、")):
        if office not in names:
            top.fault("plan", f"offices 里的 {office} 不在 agencies 里；请写单位全称。")


def _side(fields: Fields) -> Side:
    name = fields.text("name", required=True)
    side = Side(name, fields.text("short") or name)
    fields.finish()
    return side


def _agencies(top: Fields, sides: tuple[Side, ...]) -> tuple[Agency, ...]:
    found, lines = [], []
    for fields in top.children("agencies", "单位", required=True):
        name = fields.text("name", required=True)
        of_name = next((side.name for side in sides if name.startswith(side.name)), "")
        only = sides[0].name if len(sides) == 1 else ""
        side = fields.word("side", [side.name for side in sides], of_name or only)
        if name and not side:
            fields.fault(
                "name", f"{name} 看不出属于哪一方；请加 side: {' 或 '.join(s.name for s in sides)}。"
            )
        short, initials = "、".join(fields.texts("short")), "、".join(fields.texts("initials"))
        found.append(Agency(name, side, short, initials, fields.text("contact")))
        lines.append((fields.line_of("name"), name))
        fields.finish()
    once(lines, top.faults, "单位")
    return tuple(found)


def _clause(fields: Fields, reader: Reader) -> Clause:
    clause = Clause(fields.text("number", required=True), fields.text("text", required=True))
    slips(fields, clause.number, clause.text, reader)
    fields.finish()
    return clause


def _areas(top: Fields) -> tuple[tuple[Area, ...], list[tuple[str, Fields]]]:
    """Find the areas and the rows in them; a plan without areas has its rows at the top."""
    areas = []
    rows = [("", fields) for fields in top.children("items", "事项")]
    for fields in top.children("areas", "重点工作"):
        area = Area(fields.code("code", required=True), fields.text("name", required=True))
        areas.append(area)
        rows += [(area.code, item) for item in fields.children("items", "事项", required=True)]
        fields.finish()
    if not rows:
        top.faults.add(top.line, "方案里没有事项；请写 areas（分重点工作）或 items（不分）。")
    return tuple(areas), rows


def _filing(fields: Fields, reader: Reader) -> Filing:
    due = fields.text("due", required=True)
    deadline = read_deadline(due, reader.year)
    if due and (deadline.fault or not deadline.last_day):
        fields.fault("due", deadline.fault or f"“{due}”没有说出最后一天；报送要有期限。")
    filing = Filing(
        key=fields.text("key", required=True),
        label=fields.text("label", required=True),
        last_day=deadline.last_day,
        forms="、".join(fields.texts("forms")),
        stamped=fields.flag("stamped"),
        recipients="、".join(fields.texts("to")),
        clause=fields.text("clause"),
    )
    fields.finish()
    return filing


def _finding(fields: Fields, kind: FindingKind) -> Finding:
    both = kind == FindingKind.DISCREPANCY
    finding = Finding(
        kind=kind.value,
        place=fields.text("place"),
        text=fields.text("text", required=True),
        body=fields.text("body", required=both) if both else "",
        annex=fields.text("annex", required=both) if both else "",
        because=fields.text("because", required=not both),
    )
    fields.finish()
    return finding
