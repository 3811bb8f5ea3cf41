"""Who has which part in a row: the words of its columns, expanded by rule, held against the known units."""

from collections.abc import Iterable, Iterator

from planledger.plan.file.reading import Reader
from planledger.plan.file.tree import Fields
from planledger.plan.model.rows import Duty
from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import hint, quoted
from planledger.plan.phrases.unit_names import agency_choices
from planledger.plan.phrases.units import UnitDuty, UnitReading, read_units

COLUMNS = (
    ("units", Role.UNSTATED),
    ("lead", Role.LEAD),
    ("responsible", Role.RESPONSIBLE),
    ("assist", Role.ASSIST),
)

BY_RULE, ONLY_ONE = "按通行写法由规则读出", "名册里只有这一家叫这个名字"
TWO_COLUMNS = "一家单位在一行里只算一份责任"
"""Why units are read as they are, where the writer of the file gives no reason of their own."""


def duties_of(fields: Fields, code: str, reader: Reader) -> tuple[tuple[Duty, ...], str, str]:
    """Read who is responsible for a row.

    The document may have one column (`units`) or one for each role (`lead`, `responsible`, `assist`).

    Returns:
        The duties, the columns' words as one text, and what they leave open.
    """
    duties: dict[str, Duty] = {}
    words: list[str] = []
    opens: list[str] = []
    assumed: list[str] = []
    readings = _readings(fields, code, reader)
    for column, role in COLUMNS:
        text = fields.text(column)
        if not text:
            continue
        words.append(text if column == "units" else f"{role.label}：{text}")
        if not reader.sides:  # a fault already
            continue
        reading = _read(text, readings, reader, role)
        if reading.fault:
            fields.fault(column, f"{fields.what}的 {column}：{reading.fault}")
        assumed += reading.assumed
        opens += [reading.open] if reading.open else []
        for unit in _members(reading.duties, code, reader):
            duty = _duty(unit, fields, column, code, reader)
            if duty:
                _add(duties, duty, reader)
    if all(fields.is_blank(column) for column, _ in COLUMNS):
        fields.faults.add(
            fields.line, f"{fields.what}没有责任单位；请照原文写 units，或分栏写 lead、responsible、assist。"
        )
    _note_assumed(code, assumed, readings, reader)
    return tuple(duties.values()), "；".join(words), "、".join(opens)


def _readings(fields: Fields, code: str, reader: Reader) -> list[tuple[str, str, str]]:
    """Read the readings that a rule cannot make: (the document's words, how they are read, why)."""
    columns = [fields.text(column) for column, _ in COLUMNS]
    readings = []
    for child in fields.each("readings", "读法"):
        of, read_as = child.text("of", required=True), child.text("as")
        because = child.text("because", required=True)
        if of and not any(of in column for column in columns):
            child.fault("of", f"读法{quoted(of)}不在{fields.what}的责任单位里；请照原文写。")
        if read_as:
            reader.assume(code, f"责任单位“{of}”读作“{read_as}”", because)
        readings.append((of, read_as, because))
    return readings


def _read(text: str, readings: list[tuple[str, str, str]], reader: Reader, role: Role) -> UnitReading:
    text = as_read(text, ((of, read_as) for of, read_as, _ in readings))
    shared = reader.rules.role if role is Role.UNSTATED else None
    reading = read_units(text, reader.sides, Role.RESPONSIBLE if shared is Role.RESPONSIBLE else role)
    is_first = shared is Role.LEAD and {unit.role for unit in reading.duties} == {Role.UNSTATED}
    first = tuple(unit._replace(role=Role.LEAD) for unit in reading.duties[: int(is_first)])
    return reading._replace(duties=first + reading.duties[len(first) :])


def as_read(text: str, readings: Iterable[tuple[str, str]]) -> str:
    """Return a phrase with what the writer of the file reads in place of some of its words; an empty reading leaves them."""
    for of, read_as in readings:
        text = text.replace(of, read_as or of, 1)
    return text


def _members(units: tuple[UnitDuty, ...], code: str, reader: Reader) -> Iterator[UnitDuty]:
    """Yield the units, in place of a group the members that the plan file names, each with the group's role."""
    for unit in units:
        members = reader.rules.groups.get(unit.agency.removeprefix(unit.side)) or reader.rules.groups.get(
            unit.agency
        )
        if not (unit.is_group and members):
            yield unit
            continue
        of_side = [one for one in members if unit.side in ("", one.side)]
        reader.assume(
            code, f"“{unit.agency}”是{'、'.join(one.name for one in of_side)}", "方案文件的 groups 列明"
        )
        yield from (UnitDuty(one.name, one.side, unit.role, is_group=False) for one in of_side)


def _duty(unit: UnitDuty, fields: Fields, column: str, code: str, reader: Reader) -> Duty | None:
    """Return the known unit that an expanded name means."""
    if unit.is_group:
        return Duty(code, unit.agency, unit.side, unit.role.value, is_group=True)
    matches = reader.names.find(unit.agency)
    if not matches:
        near = hint(unit.agency, agency_choices(reader.agencies, reader.sides))
        fields.fault(
            column,
            f"{fields.what}的责任单位 {unit.agency} 不在 agencies 里。{near}请在 agencies 里补上，或改正写法。",
        )
        return None
    if len(matches) > 1:
        names = "、".join(agency.name for agency in matches)
        fields.fault(
            column,
            f"{fields.what}的责任单位 {unit.agency} 可以是 {names}；请用 readings 写明（of、as、because）。",
        )
        return None
    if not unit.side:
        reader.assume(code, f"责任单位“{unit.agency}”认作{matches[0].name}", ONLY_ONE)
    return Duty(code, matches[0].name, matches[0].side, unit.role.value, is_group=False)


def _add(duties: dict[str, Duty], duty: Duty, reader: Reader) -> None:
    """Keep one duty for each unit: where two columns name it, the stronger role."""
    known = duties.setdefault(duty.agency, duty)
    if known.role != duty.role:
        duties[duty.agency] = min(known, duty, key=lambda d: Role(d.role).strength)
        reader.assume(
            duty.code,
            f"{duty.agency} 在两栏里都有，按{Role(duties[duty.agency].role).label}认定",
            TWO_COLUMNS,
        )


def _note_assumed(
    code: str, assumed: list[str], readings: list[tuple[str, str, str]], reader: Reader
) -> None:
    """Note what the rule assumed, with the writer's reason where there is one."""
    reasons = [because for _, read_as, because in readings if not read_as]
    if assumed:
        texts = "；".join(text.rstrip("。") for text in assumed)
        reader.assume(code, texts, "；".join(reasons) or BY_RULE)
        return
    for reason in reasons:
        reader.assume(code, "责任单位按规则读出", reason)
