"""From the tree of a plan file to the plan: what the document says, and what we read out of it.

Whatever a rule can read from the document's words (the last day, the units) is read here and never
typed a second time; a reading of the file's writer is kept with its reason.
"""

import re

from planledger.plan.file.items import clause_named, read_item, slips
from planledger.plan.file.reading import DayField, Reader, read_rules
from planledger.plan.file.tree import FaultList, Fields, Tree
from planledger.plan.model import rows
from planledger.plan.model.version import Clause, Finding, FindingKind, Meta, Plan, assembled_plan
from planledger.plan.phrases.texts import fold, quoted
from planledger.plan.phrases.unit_names import AgencyNames

FORMATS = ("1", "2")
_PLAN_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


def plan_from(tree: Tree, faults: FaultList) -> Plan | None:
    """Build the plan from *tree*; what is wrong goes to *faults*, and then the plan must not be used."""
    top = Fields(tree, faults, "方案文件", "format: 1")
    if not isinstance(tree.value, dict):
        return None
    sides = _sides(top)
    written_in = top.text("format", required=True)
    if written_in not in ("", *FORMATS):
        top.fault("format", f"format 只认 {'、'.join(FORMATS)}；这份文件可能是给更新的程序写的。")
    agencies = _agencies(top, sides)
    head = top.child("plan", "方案", "{id: …, title: …, year: …}")
    head.text("year", required=True)
    year = head.whole("year", 1990, least=1990, most=2999)
    names, version = AgencyNames(agencies, sides), 1 if written_in == "1" else 2
    reader = Reader(year, sides, agencies, names, version, {}, [*sides, *agencies])
    reader = reader._replace(rules=read_rules(top, head, reader))
    _routes(top, reader)
    _clauses(top, reader)
    meta = _meta(head, reader)
    _areas(top, reader)
    _filings(top, reader)
    for key, kind in (("discrepancies", FindingKind.DISCREPANCY), ("assumptions", FindingKind.ASSUMPTION)):
        for fields in top.each(key, "说明"):
            reader.rows.append(_finding(fields, kind, reader))
    top.finish()
    return assembled_plan(meta, reader.of, reader.format)


def _meta(head: Fields, reader: Reader) -> Meta:
    key = head.text("id", required=True)
    if key and not _PLAN_ID.fullmatch(key):
        head.fault("id", f"方案的 id 只用小写字母、数字和连字符（2到40个），不能写{quoted(key)}。")
    offices = head.texts("offices")
    names = {agency.name for agency in reader.agencies}
    for office in offices:
        if office not in names:
            head.fault(
                "offices",
                f"方案的 offices 里的{quoted(office)}不在 agencies 里；请写单位全称，名册里没有的先补上。",
            )
    meta = Meta(
        key=key,
        title=head.text("title", required=True),
        year=reader.year,
        warn_days=head.whole("warn_days", 30, least=0, most=366),
        offices="、".join(offices),
        contact_clause=clause_named(head, "contacts", reader),
    )
    head.finish()
    return meta


def _sides(top: Fields) -> tuple[rows.Side, ...]:
    """Read the sides; none where one is at fault, since then it is not known whose a unit is."""
    known = len(top.faults)
    sides = []
    for fields in top.each("sides", "方", "name", required=True):
        name = fields.text("name", required=True)
        sides.append(rows.Side(name, fields.text("short") or name))
    return tuple(sides) if len(top.faults) == known else ()


def _agencies(top: Fields, sides: tuple[rows.Side, ...]) -> tuple[rows.Agency, ...]:
    """Read the units; one that stands twice is a fault, and counts once."""
    agencies: dict[str, rows.Agency] = {}
    names = [side.name for side in sides]
    for fields in top.each("agencies", "单位", "name", required=True):
        name = fields.text("name", required=True)
        of_name = next((side for side in names if name.startswith(side)), "")
        only = names[0] if len(names) == 1 else ""
        if "、" in name:
            fields.fault("name", f"单位{quoted(name)}里有“、”；一个 name 只写一家单位。")
        side = fields.word("side", names or [fields.text("side")], of_name or only)
        if name and names and not (side or fields.text("side")):
            fields.fault(
                "name", f"单位{quoted(name)}看不出属于哪一方；请加 side: {' 或 side: '.join(names)}。"
            )
        if of_name and side not in ("", of_name):
            fields.fault("side", f"单位{quoted(name)}的名称写的是{of_name}，side 写的是{side}；请改成一致。")
        fields.text("through")  # read when all units are known
        short, initials = "、".join(fields.texts("short")), "、".join(fields.texts("initials"))
        agencies.setdefault(name, rows.Agency(name, side, short, initials, fields.text("contact")))
    return tuple(agencies.values())


def _routes(top: Fields, reader: Reader) -> None:
    """Read through which other unit one is reached; a circle reaches nobody."""
    through: dict[str, str] = {}
    for fields in top.children("agencies", "单位"):
        name, word = fields.text("name"), fields.text("through")
        if not reader.is_further(fields, "through") or not word:
            continue
        other = reader.agency(word, fields, "through")
        way = [name, other.name if other else ""]
        while way[-1] in through and way[-1] != name:
            way.append(through[way[-1]])
        if way[-1] == name:
            around = "经".join(quoted(one) for one in way)
            fields.fault(
                "through",
                f"单位{quoted(name)}的 through 绕了一圈（{around}）；请写另一家能直接联系到的单位。",
            )
        elif other:
            through[name] = other.name
            reader.rows.append(rows.Route(name, other.name))


def _clauses(top: Fields, reader: Reader) -> None:
    for fields in top.each("clauses", "条款", "number"):
        clause = Clause(fields.text("number", required=True), fields.text("text", required=True))
        slips(fields, clause.number, (clause.text,), reader)
        reader.rows.append(clause)
    reader.clauses.update(reader.of(Clause))


def _areas(top: Fields, reader: Reader) -> None:
    """Read the areas and the rows in them; a plan without areas has its rows at the top."""
    lines = []
    items = [("", fields) for fields in top.children("items", "事项")]
    for fields in top.each("areas", "重点工作"):
        area = rows.Area(fields.code("code", required=True), fields.text("name", required=True))
        reader.rows.append(area)
        lines.append((fields.line_of("code"), area.code))
        items += [(area.code, item) for item in fields.children("items", "事项", required=True)]
    if top.is_blank("items") and top.is_blank("areas"):
        top.faults.add(top.line, "方案里没有事项；请写 areas（分重点工作）或 items（不分）。")
    top.faults.once(lines, "重点工作")
    read = [(fields, read_item(fields, area, reader)) for area, fields in items]
    top.faults.once(((fields.line_of("code"), code) for fields, code in read), "事项编号")
    codes = {code for _, code in read}
    for fields, code in read:  # whoever types such a number would mean either row
        if (number := fold(fields.text("number"))) != code and number in codes:
            fields.fault(
                "number",
                f"{fields.what}的 number {quoted(number)}是另一行的 code；请把那一行的 code 改成别的。",
            )


def _filings(top: Fields, reader: Reader) -> None:
    for fields in top.each("filings", "报送", "key"):
        key, due = fields.text("key", required=True), fields.text("due", required=True)
        recurs = reader.rhythm(fields, due, "", key, "")
        if recurs and "/" in key:
            fields.fault("key", "逐期报送的 key 里不能有“/”；请换一个英文短词。")
        last_day = "" if recurs else reader.last_day(DayField(fields, "due", "11月30日"), can_recur=True)
        filing = rows.Filing(
            key=key,
            label=fields.text("label", required=True),
            last_day=last_day,
            forms="、".join(fields.texts("forms")),
            stamped=fields.flag("stamped"),
            recipients="、".join(fields.texts("to")),
            clause=clause_named(fields, "clause", reader),
        )
        reader.rows.append(filing)


def _finding(fields: Fields, kind: FindingKind, reader: Reader) -> Finding:
    items = reader.of(rows.Item)
    both = kind == FindingKind.DISCREPANCY
    finding = Finding(
        kind=kind.value,
        place=fields.code("place"),
        text=fields.text("text", required=True),
        body=fields.text("body", required=True) if both else "",
        annex=fields.text("annex", required=True) if both else "",
        because=fields.text("because", required=not both),
    )
    if finding.place and finding.place not in {*reader.clauses, *(item.code for item in items)}:
        fields.fault("place", f"说明的 place 写的{quoted(finding.place)}不是事项编号，也不是条款。")
    if not any(finding.body in text for text in reader.clauses.values() or [finding.body]):
        fields.fault("body", f"说明的 body{quoted(finding.body)}不在条款的原文里；请照原文写。")
    if not any(finding.annex in "\n".join(map(str, row)) for row in (*items, *reader.of(rows.ColumnText))):
        fields.fault("annex", f"说明的 annex{quoted(finding.annex)}不在事项的原文里；请照原文写。")
    return finding
