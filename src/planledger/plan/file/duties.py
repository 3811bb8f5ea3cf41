"""Who has which part in a row: the words of its columns, expanded by rule, held against the known units."""

import re
from collections.abc import Iterable, Iterator

from planledger.plan.file.reading import RowReading
from planledger.plan.model.rows import Duty
from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import quoted
from planledger.plan.phrases.units import UnitDuty, read_units, shared_end_note

COLUMNS = (
    ("units", Role.UNSTATED),
    ("lead", Role.LEAD),
    ("responsible", Role.RESPONSIBLE),
    ("assist", Role.ASSIST),
)
UNITS = tuple(column for column, _ in COLUMNS)

BY_RULE, ONLY_ONE = "按通行写法由规则读出", "名册里只有这一家叫这个名字"
TWO_COLUMNS = "一家单位在一行里只算一份责任"
"""Why units are read as they are, where the writer of the file gives no reason of their own."""
# 全县各乡镇人民政府, 所有乡镇 and 各乡镇党委 are 各乡镇: for each of them one unit answers.
_AROUND_A_GROUP = (
    "^全[县区市州旗]的?|(?:党（?工?）?委[和与]?)?(?:(?:人民)?政府|办事处|(?<=街道)办)?(?:（办事处）)?$"
)


def duties_of(row: RowReading) -> tuple[tuple[Duty, ...], str, str]:
    """Read who is responsible for a row.

    The document may have one column (`units`) or one for each role (`lead`, `responsible`, `assist`).

    Returns:
        The duties, the columns' words as one text, and what they leave open.
    """
    fields, reader = row.fields, row.reader
    columns = [(column, role, text) for column, role in COLUMNS if (text := fields.text(column))]
    readings, reasons = _writer_readings(row, [text for _, _, text in columns])
    duties: dict[str, Duty] = {}
    opens: list[str] = []
    assumed: list[str] = []
    for column, role, text in columns if reader.sides else ():  # without sides there is a fault already
        written = as_read(text, readings)
        of_plan = reader.rules.role if role is Role.UNSTATED else None
        reading = read_units(written, reader.sides, role, of_plan)
        if reading.fault:
            fields.fault(column, f"{fields.what}的 {column}：{reading.fault}")
        settled = [shared_end_note(unit) for unit in reading.duties if row.reader.names.find(unit.agency)]
        assumed += [sentence for sentence in reading.assumed if sentence not in settled]
        opens.append(reading.open)
        for unit in _members(reading.duties, row):
            _add_duty(duties, unit, column, row)
    if all(map(fields.is_blank, UNITS)):
        fields.faults.add(
            fields.line, f"{fields.what}没有责任单位；请照原文写 units，或分栏写 lead、responsible、assist。"
        )
    _note_assumed(assumed, reasons, row)
    words = (text if column == "units" else f"{role.label}：{text}" for column, role, text in columns)
    return tuple(duties.values()), "；".join(words), "、".join(filter(None, opens))


def _writer_readings(row: RowReading, columns: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Read how the writer of the file reads some words of the *columns* that a rule cannot read, or read otherwise.

    Returns:
        The words and what is read in their place, empty where it is as the rule does; and the reasons for these last.
    """
    readings, reasons = [], []
    for child in row.fields.each("readings", "读法"):
        of, read_as = child.text("of", required=True), child.text("as")
        because = child.text("because", required=True)
        if of and not any(of in column for column in columns):
            child.fault("of", f"读法{quoted(of)}不在{row.fields.what}的责任单位里；请照原文写。")
        if child.has("as") and not read_as:
            advice = "按规则读的请去掉 as，不指单位的请写 as: 无"
            child.fault("as", f"读法{quoted(of)}的 as 是空的；{advice}。")
        if read_as:
            row.assume(f"责任单位“{of}”读作“{read_as}”", because)
        else:
            reasons.append(because)
        readings.append((of, read_as))
    return readings, reasons


def as_read(text: str, readings: Iterable[tuple[str, str]]) -> str:
    """Return a phrase with what the writer of the file reads in place of some of its words; an empty reading leaves them."""
    for of, read_as in readings:
        text = text.replace(of, read_as or of, 1)
    return text


def _members(units: tuple[UnitDuty, ...], row: RowReading) -> Iterator[UnitDuty]:
    """Yield the units, in place of a group the members that the plan file names, each with the group's role."""
    groups = row.reader.rules.groups
    for unit in units:
        own = unit.agency.removeprefix(unit.side)
        whole = re.sub(_AROUND_A_GROUP, "", own)
        plain = re.sub("^(?:所有|全体|全部)", "各", whole)
        names = (own, unit.agency, whole, plain, re.sub("（([镇乡])）", r"\1", plain))
        members = next(filter(None, map(groups.get, names)), ())
        if not (unit.is_group and members):
            yield unit
            continue
        of_side = [one for one in members if unit.side in ("", one.side)]
        listed = "、".join(one.name for one in of_side)
        row.assume(f"“{unit.agency}”是{listed}", "方案文件的 groups 列明")
        yield from (UnitDuty(one.name, one.side, unit.role, is_group=False) for one in of_side)


def _add_duty(duties: dict[str, Duty], unit: UnitDuty, column: str, row: RowReading) -> None:
    """Add what the known unit owes that an expanded name means; where two columns name it, in the stronger role."""
    if unit.is_group:
        duty = Duty(row.code, unit.agency, unit.side, unit.role.value, is_group=True)
    else:
        matches = row.reader.names.find(unit.agency)
        if len(matches) != 1:
            problem = f"责任单位 {unit.agency} {row.reader.which_units(unit.agency, matches)}"
            if unit.may_be and not matches:
                problem += f"和后面的单位合写的，用 readings 写成“{unit.may_be}”；"
            settled = "用 readings 写明（of、as、because）" if matches else "在 agencies 里补上，或改正写法"
            row.fields.fault(column, f"{row.fields.what}的{problem}请{settled}。")
            return
        if not unit.side:
            row.assume(f"责任单位“{unit.agency}”认作{matches[0].name}", ONLY_ONE)
        duty = Duty(row.code, matches[0].name, matches[0].side, unit.role.value, is_group=False)
    known = duties.setdefault(duty.agency, duty)
    if known.role != duty.role:
        stronger = min(known, duty, key=lambda d: Role(d.role).strength)
        duties[duty.agency] = stronger
        row.assume(f"{duty.agency} 在两栏里都有，按{Role(stronger.role).label}认定", TWO_COLUMNS)


def _note_assumed(assumed: list[str], reasons: list[str], row: RowReading) -> None:
    """Note what the rule assumed, with the writer's reason where there is one."""
    if assumed:
        texts = "；".join(text.rstrip("。") for text in assumed)
        row.assume(texts, "；".join(reasons) or BY_RULE)
        return
    for reason in reasons:
        row.assume("责任单位按规则读出", reason)
