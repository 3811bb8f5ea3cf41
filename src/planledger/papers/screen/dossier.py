"""Everything about a row: its words, who, what finishes it, what was recorded, what is missing."""

from collections.abc import Sequence

from rich.console import Console

from planledger.papers import card
from planledger.papers.screen.console import Cell, Column, fitting, heading, say, table
from planledger.papers.screen.history import entries
from planledger.papers.screen.status import COLOURS
from planledger.papers.text import lined
from planledger.questions.dossier import Dossier
from planledger.questions.sheet import Row

LATEST = 10  # entries on the page; all of them are in `history`


def draw(console: Console, answer: Dossier) -> None:
    """Draw each row on a page of its own."""
    for number, row in enumerate(answer.rows):
        if number:
            say(console, "")
        _particulars(console, answer, row)
        _listed(console, "调整（方案原文不变）", card.amendments(row))
        heading(console, "责任")
        table(console, (Column("职责", 4), Column("单位", 24), Column("未了")), card.duties(row))
        _counted(console, answer, row)
        _listed(console, "时间节点", card.milestones(answer, row))
        _listed(console, "必备材料", card.requirements(answer, row))
        _listed(console, "佐证材料（取出：planledger evidence extract 号）", card.files(row))
        _listed(console, "方案没有写定或前后不一之处", card.findings(answer, row))
        _entries(console, answer, row)


def _particulars(console: Console, answer: Dossier, row: Row) -> None:
    style = COLOURS.get(row.judgement.standing, "")
    lines: list[tuple[str, str | Cell]] = [
        (name, Cell(said, style) if name == card.STATE else said)
        for name, said in card.particulars(answer, row)
    ]
    table(console, (Column("", 8), Column("")), lines, has_head=False)


def _listed(console: Console, head: str, lines: Sequence[str]) -> None:
    """Draw a section that is a list; where nothing is on it there is none."""
    if lines:
        heading(console, head)
        say(console, *(lined(f"  {line}", "    ") for line in lines))


def _counted(console: Console, answer: Dossier, row: Row) -> None:
    lines = card.counted(answer, row)
    if not lines:
        return
    names = ("累计/目标", *card.sides_counted(answer))
    heads = [
        fitting(Column(name, 8, is_right=True), [line[place] for line in lines])
        for place, name in enumerate(names, 1)
    ]
    for line, figure in zip(lines, row.progress.figures, strict=True):
        line[0] += f" --{figure.indicator.key}"
    heading(console, "指标")
    table(console, [Column("指标", 28), *heads, Column("按单位")], lines)
    for said in card.looked_at(row):
        say(console, f"注意：{said}。")


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
