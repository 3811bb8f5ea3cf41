"""Everything about a row: its words, who, what finishes it, what was recorded, what is missing."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers import figures, sayings, words
from planledger.papers.screen.console import Cell, Column, fitting, heading, say, table
from planledger.papers.screen.history import entries
from planledger.papers.screen.status import standing
from planledger.plan.amendment_kind import AmendmentKind
from planledger.plan.document import FindingKind
from planledger.plan.standard import standard
from planledger.plan.terms import EntryKind, Scope
from planledger.questions.dossier import Dossier
from planledger.questions.progress import detail
from planledger.questions.sheet import Row

LATEST = 10  # entries on the page; all of them are in `history`


def draw(console: Console, answer: Dossier) -> None:
    """Draw each row on a page of its own."""
    for number, row in enumerate(answer.rows):
        if number:
            say(console, "")
        _words(console, answer, row)
        _amendments(console, row)
        _duties(console, row)
        _figures(console, answer, row)
        _dates_and_papers(console, answer, row)
        _evidence(console, row)
        _findings(console, answer, row)
        _entries(console, answer, row)


def _words(console: Console, answer: Dossier, row: Row) -> None:
    item, judgement = row.item, row.judgement
    area = answer.sheet.area_name(item.area)
    indicators = [figure.indicator for figure in row.progress.figures]
    state = standing(row)
    lines: list[tuple[str, str | Cell]] = [
        ("事项", f"{item.code} {item.title}{'（短标题为本台账所拟）' if item.title_is_ours else ''}"),
        ("状态", state._replace(text=f"{state.text}  {words.days_left(row, answer.sheet.as_of)}".rstrip())),
        ("重点工作", f"{item.area} {area}" if area else ""),
        ("具体事项", item.text),
        ("完成时限", _due(row)),
        ("终止于", row.progress.cancelled_on),
        ("责任单位", item.units),
        ("备注", item.remark),
        ("正文条款", f"{item.clause}　{answer.clauses.get(item.clause, '')}" if item.clause else ""),
        ("完成标准", standard(item, indicators, row.progress.requirements, len(answer.sheet.sides))),
        ("还缺", words.lacking(row)),
        ("完成于", judgement.finished_on if not judgement.lacks else ""),
    ]
    table(console, (Column("", 8), Column("")), [line for line in lines if line[1]], has_head=False)


def _due(row: Row) -> str:
    """Say the document's words and the last day that is in force."""
    if not row.item.last_day:
        return row.item.due
    now = any(one.subject == AmendmentKind.DUE for one in row.progress.amendments)
    return f"{row.item.due}（{'调整后' if now else ''}最后一天 {row.item.last_day}，当天算在内）"


def _amendments(console: Console, row: Row) -> None:
    """Say what was changed since the plan was signed, each beside the plan's own words."""
    if not row.progress.amendments:
        return
    heading(console, "调整（方案原文不变）")
    for one in row.progress.amendments:
        figure = row.progress.figure(detail(one.details, "key"))
        changed = sayings.amendment(
            one.subject, one.agency, one.details, figure.indicator if figure else None
        )
        say(console, f"  自{one.day}起 {changed}：{one.because}  第{one.entry}号")


def _duties(console: Console, row: Row) -> None:
    lines = []
    for duty in row.progress.duties:
        owed = words.lacks(row.owed_by(duty), row.progress, duty.agency)
        lines.append(
            (words.role(duty.role), duty.agency, owed or ("泛指，不落到具体单位" if duty.is_group else ""))
        )
    if row.item.open_units:
        lines.append(("", row.item.open_units, "方案未点名"))
    heading(console, "责任")
    table(console, (Column("职责", 4), Column("单位", 24), Column("未了")), lines)


def _figures(console: Console, answer: Dossier, row: Row) -> None:
    if not row.progress.figures:
        return
    sides = answer.sheet.side_names if len(answer.sheet.sides) > 1 else ()
    lines = []
    for figure in row.progress.figures:
        indicator = figure.indicator
        each = "（每方）" if indicator.scope == Scope.EACH and sides else ""
        cells = [f"{indicator.label}{each} --{indicator.key}", figures.against_target(figure)]
        cells += [figures.plain(figure.total(side), indicator) for side in sides]
        lines.append([*cells, figures.by_agency(figure)])
    heads = [Column("指标", 28)]
    heads += [
        fitting(Column(name, 8, is_right=True), [line[place] for line in lines])
        for place, name in enumerate(("累计/目标", *sides), 1)
    ]
    heading(console, "指标")
    table(console, [*heads, Column("按单位")], lines)


def _dates_and_papers(console: Console, answer: Dossier, row: Row) -> None:
    if row.progress.milestones:
        heading(console, "时间节点")
        say(
            console,
            *(f"  {words.milestone(m, row.progress, answer.sheet.as_of)}" for m in row.progress.milestones),
        )
    if row.progress.requirements:
        heading(console, "必备材料")
        say(
            console,
            *(f"  {words.requirement(r, row, answer.sheet.side_names)}" for r in row.progress.requirements),
        )


def _evidence(console: Console, row: Row) -> None:
    """Name the files that were taken in; which of them stand for what is not asked for is seen here too."""
    marks = [mark for mark in row.progress.marks if mark.kind == EntryKind.EVIDENCE]
    if marks:
        heading(console, f"佐证材料（{len(marks)}份，取出：planledger evidence extract 号）")
        say(console, *(f"  {sayings.file(mark)}" for mark in marks))


def _findings(console: Console, answer: Dossier, row: Row) -> None:
    found = [finding for finding in answer.findings if finding.place == row.item.code]
    if found:
        heading(console, "方案没有写定或前后不一之处")
        say(console, *(f"  {FindingKind(finding.kind).label}：{words.finding(finding)}" for finding in found))


def _entries(console: Console, answer: Dossier, row: Row) -> None:
    recorded = answer.entries[row.item.code]
    if not recorded.entries:
        return
    more = (
        f"；只列最新{LATEST}条，全部见 planledger history {row.item.code}"
        if len(recorded.entries) > LATEST
        else ""
    )
    heading(console, f"记录（{len(recorded.entries)} 条，最新的在前{more}）")
    entries(console, recorded, recorded.entries[:LATEST])
