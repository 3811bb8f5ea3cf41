"""One row of the plan file's annex: its words, its last day, who answers, what is counted, on which papers."""

from collections.abc import Iterable

from planledger.plan.file.duties import UNITS, duties_of
from planledger.plan.file.figures import indicators_of, read_milestones
from planledger.plan.file.reading import Reader, RowReading
from planledger.plan.file.stages import read_stages
from planledger.plan.file.tree import Fields
from planledger.plan.model.row_values import CODE
from planledger.plan.model.rows import NUMBER, ColumnText, Indicator, Item, Requirement
from planledger.plan.model.terms import Measure
from planledger.plan.model.version import Finding, FindingKind
from planledger.plan.phrases.days import read_day
from planledger.plan.phrases.deadlines import Deadline, read_deadline
from planledger.plan.phrases.texts import fold, quoted
from planledger.plan.phrases.undated import DeadlineKind

LONGEST_TITLE = 14
# heads of the annex that have keys of their own
_KEYS = {NUMBER: "number", "编号": "number", "重点工作": "areas", "具体事项": "text"}
_KEYS |= {"完成时限": "due", "备注": "remark", "责任单位": "units"}
_KEYS |= {"牵头单位": "lead", "配合单位": "assist"}


def read_item(fields: Fields, area: str, reader: Reader) -> str:
    """Read one row of the annex with everything that belongs to it, and return its code."""
    code = fields.code("code", required=True)
    if code and not CODE.fullmatch(code):
        fields.fault("code", f'事项编号{quoted(code)}看不懂；请写成 "6.1" 或 "5.2.1" 这样的数字编号。')
    elif code:
        fields.what = f"事项 {code} "
    row = RowReading(fields, code, reader)
    text, remark, due = fields.text("text", required=True), fields.text("remark"), fields.text("due")
    cells = _cells(row)
    slips(fields, code, (text, remark, due, *map(fields.text, UNITS), *(cell.text for cell in cells)), reader)
    title, is_ours = _title(fields)
    last_day, kind = _deadline(row, due)
    reader.rhythm(fields, due, code, "", last_day)
    duties, units_text, open_units = duties_of(row)
    row = row._replace(duties=duties)
    indicators, is_declared = indicators_of(row)
    item = Item(
        code=code,
        area=area,
        title=title,
        title_is_ours=is_ours,
        text=text,
        due=due,
        units=units_text,
        remark=remark,
        clause=clause_named(fields, "clause", reader),
        last_day=last_day,
        deadline_kind=kind.value,
        open_units=open_units,
        declare=fields.flag("declare") or is_declared,
    )
    reader.rows.extend((item, *cells, *duties, *indicators))
    read_milestones(row, last_day, indicators)
    read_stages(row, last_day, indicators)
    _read_papers(row, indicators)
    because = fields.text("because")
    if because:
        reader.rows.append(Finding(FindingKind.STANDARD.value, code, "完成标准由本台账约定", "", "", because))
    fields.finish()
    return code


def _cells(row: RowReading) -> list[ColumnText]:
    """Read the number that the document gives a row, and what stands in columns of its own."""
    fields = row.fields
    for key in ("number", "columns"):
        row.reader.is_further(fields, key)
    number, what = fields.text("number"), f"{fields.what}的 columns "
    texts = _column_texts(fields, what)
    for head in texts:
        if not head or "=" in fold(head):
            fields.fault("columns", f"{what}里的栏目名{quoted(head)}是空的，或者有“=”；请写原文的栏目名。")
        if head in _KEYS:
            fields.fault("columns", f"{what}里的{quoted(head)}不是另外的栏目；请写在 {_KEYS[head]} 里。")
    numbered = {NUMBER: number} if number else {}
    return [ColumnText(row.code, head, text) for head, text in (numbered | texts).items()]


def _column_texts(fields: Fields, what: str) -> dict[str, str]:
    """Read the texts of the columns by their heads; a column without a text is left out."""
    if fields.is_blank("columns"):
        return {}
    columns = fields.child("columns", what, "{分管领导: 张三}")
    columns.faults.once([(columns.line_of(head), head.strip()) for head in columns.names()], f"{what}里的")
    return {head.strip(): text for head in columns.names() if (text := columns.text(head))}


def slips(fields: Fields, place: str, texts: tuple[str, ...], reader: Reader) -> None:
    """Read the slips of the original, which stay in its text and are noted as findings."""
    for child in fields.each("slips", "笔误"):
        slip, because = child.text("text", required=True), child.text("because", required=True)
        if slip and not any(slip in text for text in texts):
            child.fault("text", f"笔误{quoted(slip)}不在{fields.what}的原文里；请照原文写。")
        reader.rows.append(Finding(FindingKind.SLIP.value, place, slip, "", "", because))


def clause_named(fields: Fields, key: str, reader: Reader) -> str:
    """Read the number of a clause of the body, which must be there."""
    number = fields.text(key)
    if number and number not in reader.clauses:
        fields.fault(key, f"{fields.what}的 {key} 写的条款{quoted(number)}不在 clauses 里。")
    return number


def _title(fields: Fields) -> tuple[str, bool]:
    theirs, ours = fields.text("title"), fields.text("our_title")
    if bool(theirs) == bool(ours):
        fields.faults.add(
            fields.line, f"{fields.what}要有短标题：取自原文写 title，自拟写 our_title，两者写一个。"
        )
    title, key = (theirs, "title") if theirs else (ours, "our_title")
    if len(title) > LONGEST_TITLE:
        why = f"有{len(title)}个字，最多{LONGEST_TITLE}个"
        fields.fault(key, f"{fields.what}的短标题{quoted(title)}{why}。")
    return title, not theirs


def _deadline(row: RowReading, due: str) -> tuple[str, DeadlineKind]:
    """Read the last day by rule; where the words name none, the writer may, with a reason."""
    fields, year = row.fields, row.reader.year
    deadline = read_deadline(due, year)
    if fields.is_blank("last_day"):
        return _of_words(row, deadline)
    given = fields.child("last_day", "last_day（认定的最后一天）", "{day: 2020-12-31, because: 理由}")
    typed, why = given.text("day", required=True), given.text("because", required=True)
    reading = read_day(typed, year)
    if typed and reading.fault:
        given.fault("day", f"{fields.what}的 last_day：{reading.fault}")
    if reading.day and int(reading.day[:4]) < year:
        given.fault("day", f"{fields.what}的 last_day 早于方案年度（{year}年）；请核对年份。")
    if deadline.last_day and not deadline.assumed and reading.day and deadline.last_day != reading.day:
        given.fault(
            "day",
            f"{fields.what}的完成时限“{due}”按规则是 {deadline.last_day}，last_day 写的是 {reading.day}；请核对后只留一个。",
        )
    row.assume(f"完成时限“{due}”按 {reading.day} 认定", why)
    row.reader.note_early(row.code, "last_day ", reading.day)
    given.finish()
    return reading.day, deadline.kind if reading.day == deadline.last_day else DeadlineKind.DAY


def _of_words(row: RowReading, deadline: Deadline) -> tuple[str, DeadlineKind]:
    """Return the last day that the words of a row name, or those that the plan has for rows without any."""
    rules = row.reader.rules
    if rules.default_due and not deadline.text:
        deadline = read_deadline(rules.default_due, row.reader.year)
        row.assume(f"没有写完成时限，按“{rules.default_due}”认定", rules.default_because)
    if deadline.fault:
        row.fields.fault("due", f"{row.fields.what}的 due：{deadline.fault}")
    if deadline.assumed:
        row.assume(f"完成时限“{deadline.text}”", deadline.assumed)
    row.reader.note_early(row.code, f"完成时限“{deadline.text}”", deadline.last_day)
    return deadline.last_day, deadline.kind


def _read_papers(row: RowReading, indicators: Iterable[Indicator]) -> None:
    """Read the kinds of paper that the row must have, once or of each thing that is counted."""
    flows = {i.key: i.label for i in indicators if i.measure == Measure.FLOW}
    for fields in row.fields.each("papers", "材料要求", "kind", of=f"{row.fields.what}的"):
        kind, per = fields.text("kind", required=True), fields.word("per", flows, "")
        row.reader.rows.append(Requirement(row.code, kind, row.reader.scope(fields).value, per))
        because = fields.text("because", required=bool(per))
        if because:
            row.assume(f"材料“{kind}”{f'每次{flows[per]}各要一份' if per else ''}", because)
