"""Items: everything about each, and what each lacks."""

from typing import TYPE_CHECKING

from planledger.formats.screen.console import Column, Screen, StyledCell, fitting_column
from planledger.formats.screen.recorded import draw_entries
from planledger.formats.text import figures, phrases, row_text
from planledger.questions.answers.history import History
from planledger.questions.sheet import Row

if TYPE_CHECKING:
    from planledger.questions.answers.evidence import Dossier

LATEST = 10  # entries on the page; all of them are in `history`


def draw_dossier(screen: Screen, answer: "Dossier") -> None:
    """Draw each row with everything about it, one below the other."""
    from planledger.formats.text import reason_text

    for number, (row, recorded, reasons) in enumerate(answer.records):
        if number:
            screen.print_texts("")
        _particulars(screen, answer, row)
        screen.print_listed("调整（方案原文不变）", row_text.amendments_section(row))
        screen.print_heading("责任")
        heads = (Column("职责", 4), Column("单位", 24), Column("未了"))
        screen.print_table(heads, row_text.duties_section(row))
        _counted(screen, answer, row)
        screen.print_listed("为什么", reason_text.reasons_section(row, reasons))
        screen.print_listed("时间节点", row_text.milestones_section(answer, row))
        screen.print_listed("阶段", row_text.stages_section(answer, row))
        screen.print_listed("逐期（漏报不改变事项的状态）", row_text.periods_section(answer, row))
        screen.print_listed("必备材料", row_text.requirements_section(answer, row))
        screen.print_listed("佐证材料（取出：planledger evidence extract 号）", row_text.files_section(row))
        screen.print_listed("方案没有写定或前后不一之处", row_text.findings_section(answer, row))
        _entries(screen, row.item.code, recorded)


def _particulars(screen: Screen, answer: "Dossier", row: Row) -> None:
    style = phrases.LOOKS[row.judgement.standing].colour
    lines: list[tuple[str, str | StyledCell]] = [
        (name, StyledCell(text, style) if name == row_text.STATE else text)
        for name, text in row_text.particulars_section(answer, row)
    ]
    screen.print_table((Column("", 8), Column("")), lines, has_head=False)


def _counted(screen: Screen, answer: "Dossier", row: Row) -> None:
    lines = row_text.figures_section(answer, row)
    if not lines:
        return
    heads = [
        Column(name)
        if name == row_text.BY_SIDE
        else fitting_column(Column(name, 8, is_right=True), [line[place] for line in lines])
        for place, name in enumerate(("累计/目标", *row_text.sides_counted(answer)), 1)
    ]
    for line, figure in zip(lines, row.progress.figures, strict=True):
        line[0] += f" --{figure.indicator.key}"
    screen.print_heading("指标")
    screen.print_table([Column("指标", 28), *heads, Column("按单位")], lines)
    for text in filter(None, map(figures.doubled_text, row.progress.figures)):
        screen.print_texts(f"注意：{text}。")


def _entries(screen: Screen, code: str, recorded: History) -> None:
    count = len(recorded.entries)
    if not count:
        return
    more = f"；只列最新{LATEST}条，全部见 planledger history {code}" if count > LATEST else ""
    screen.print_heading(f"记录（{count}条，最新的在前{more}）")
    draw_entries(screen, recorded, recorded.entries[:LATEST])
