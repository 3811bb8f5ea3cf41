"""Items: everything about each, and what each lacks."""

from typing import TYPE_CHECKING

from rich.console import Console

from planledger.formats.screen.console import (
    Column,
    StyledCell,
    fitting_column,
    print_heading,
    print_listed,
    print_table,
    print_texts,
)
from planledger.formats.screen.recorded import draw_entries
from planledger.formats.text import figures, phrases, row_text
from planledger.questions.answers.history import History
from planledger.questions.sheet import Row

if TYPE_CHECKING:
    from planledger.questions.answers.evidence import Dossier

LATEST = 10  # entries on the page; all of them are in `history`


def draw_dossier(console: Console, answer: "Dossier") -> None:
    """Draw each row with everything about it, one below the other."""
    from planledger.formats.text import reason_text

    for number, (row, recorded, reasons) in enumerate(answer.records):
        if number:
            print_texts(console, "")
        _particulars(console, answer, row)
        print_listed(console, "调整（方案原文不变）", row_text.amendments_section(row))
        print_heading(console, "责任")
        heads = (Column("职责", 4), Column("单位", 24), Column("未了"))
        print_table(console, heads, row_text.duties_section(row))
        _counted(console, answer, row)
        print_listed(console, "为什么", reason_text.reasons_section(row, reasons))
        print_listed(console, "时间节点", row_text.milestones_section(answer, row))
        print_listed(console, "阶段", row_text.stages_section(answer, row))
        print_listed(console, "逐期（漏报不改变事项的状态）", row_text.periods_section(answer, row))
        print_listed(console, "必备材料", row_text.requirements_section(answer, row))
        print_listed(console, "佐证材料（取出：planledger evidence extract 号）", row_text.files_section(row))
        print_listed(console, "方案没有写定或前后不一之处", row_text.findings_section(answer, row))
        _entries(console, row.item.code, recorded)


def _particulars(console: Console, answer: "Dossier", row: Row) -> None:
    style = phrases.LOOKS[row.judgement.standing].colour
    lines: list[tuple[str, str | StyledCell]] = [
        (name, StyledCell(text, style) if name == row_text.STATE else text)
        for name, text in row_text.particulars_section(answer, row)
    ]
    print_table(console, (Column("", 8), Column("")), lines, has_head=False)


def _counted(console: Console, answer: "Dossier", row: Row) -> None:
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
    print_heading(console, "指标")
    print_table(console, [Column("指标", 28), *heads, Column("按单位")], lines)
    for text in filter(None, map(figures.doubled_text, row.progress.figures)):
        print_texts(console, f"注意：{text}。")


def _entries(console: Console, code: str, recorded: History) -> None:
    count = len(recorded.entries)
    if not count:
        return
    more = f"；只列最新{LATEST}条，全部见 planledger history {code}" if count > LATEST else ""
    print_heading(console, f"记录（{count}条，最新的在前{more}）")
    draw_entries(console, recorded, recorded.entries[:LATEST])
