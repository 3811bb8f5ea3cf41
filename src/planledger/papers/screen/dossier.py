"""Everything about a row: its words, who, what finishes it, what was recorded, what is missing."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)
from rich.text import Text  # noqa: TID253

from planledger.papers import words
from planledger.papers.screen.console import fixed, folding, heading, say, table
from planledger.papers.screen.history import entries
from planledger.papers.screen.status import COLOURS
from planledger.papers.text import safe
from planledger.plan.standard import standard
from planledger.plan.terms import FindingKind, Scope
from planledger.questions.dossier import Dossier
from planledger.questions.sheet import Row


def draw(console: Console, answer: Dossier) -> None:
    """Draw each row on a page of its own."""
    for number, row in enumerate(answer.rows):
        if number:
            say(console, "")
        _words(console, answer, row)
        _duties(console, row)
        _figures(console, answer, row)
        _milestones(console, answer, row)
        _findings(console, answer, row)
        recorded = answer.entries[row.item.code]
        if recorded.entries:
            heading(console, f"记录（{len(recorded.entries)} 条，最新的在前）")
            entries(console, recorded)


def _words(console: Console, answer: Dossier, row: Row) -> None:
    item, judgement = row.item, row.judgement
    ours = "（短标题为本台账所拟）" if item.title_is_ours else ""
    say(console, f"{item.code} {item.title}{ours}", "bold")
    state = words.standing(row) + words.MARKS[judgement.standing]
    console.print(
        Text(
            f"状态　　{state}  {words.days_left(row, answer.sheet.as_of)}",
            style=COLOURS.get(judgement.standing, ""),
        )
    )
    area = answer.sheet.area_name(item.area)
    lines = [
        ("重点工作", f"{item.area} {area}" if area else ""),
        ("具体事项", item.text),
        ("完成时限", f"{item.due}（最后一天 {item.last_day}，当天算在内）" if item.last_day else item.due),
        ("责任单位", item.units),
        ("备注", item.remark),
        ("正文条款", f"{item.clause}　{answer.clauses.get(item.clause, '')}" if item.clause else ""),
        (
            "完成标准",
            standard(
                item,
                [f.indicator for f in row.progress.figures],
                row.progress.requirements,
                len(answer.sheet.sides),
            ),
        ),
        ("还缺", words.lacks(judgement.lacks, row.progress)),
        ("完成于", judgement.finished_on if not judgement.lacks else ""),
    ]
    grid = table(console)
    grid.show_header = False
    grid.box = None
    grid.add_column(width=10, overflow="fold")
    folding(grid, "")
    for name, said in lines:
        if said:
            grid.add_row(safe(name), safe(said))
    console.print(grid)


def _duties(console: Console, row: Row) -> None:
    lines = table(console)
    fixed(lines, "职责", 4)
    folding(lines, "单位")
    folding(lines, "未了")
    for duty in row.progress.duties:
        owed = words.lacks(row.owed_by(duty), row.progress, duty.agency)
        lines.add_row(
            words.role(duty.role),
            safe(duty.agency),
            safe(owed or ("点名不到具体单位" if duty.is_group else "")),
        )
    if row.item.open_units:
        lines.add_row("", safe(row.item.open_units), "方案未点名")
    heading(console, "责任")
    console.print(lines)


def _figures(console: Console, answer: Dossier, row: Row) -> None:
    if not row.progress.figures:
        return
    sides = answer.sheet.side_names
    lines = table(console)
    folding(lines, "指标")
    fixed(lines, "累计/目标", 16, right=True)
    for side in sides if len(sides) > 1 else ():
        fixed(lines, side, 10, right=True)
    folding(lines, "按单位")
    for figure in row.progress.figures:
        indicator = figure.indicator
        each = "（每方）" if indicator.scope == Scope.EACH and len(sides) > 1 else ""
        cells = [safe(f"{indicator.label}{each} --{indicator.key}"), words.against_target(figure)]
        cells += [words.plain(figure.total(side), indicator) for side in (sides if len(sides) > 1 else ())]
        lines.add_row(*cells, safe(words.by_agency(figure)))
    heading(console, "指标")
    console.print(lines)


def _milestones(console: Console, answer: Dossier, row: Row) -> None:
    if row.progress.milestones:
        heading(console, "时间节点")
    for milestone in row.progress.milestones:
        say(console, f"  {words.milestone(milestone, row.progress, answer.sheet.as_of)}")
    if row.progress.requirements:
        heading(console, "必备材料")
    for requirement in row.progress.requirements:
        say(console, f"  {words.requirement(requirement, row, answer.sheet.side_names)}")


def _findings(console: Console, answer: Dossier, row: Row) -> None:
    found = [finding for finding in answer.findings if finding.place == row.item.code]
    if found:
        heading(console, "方案没有写定或前后不一之处")
    for finding in found:
        say(console, f"  {FindingKind(finding.kind).label}：{words.finding(finding)}")
