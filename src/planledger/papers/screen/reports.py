"""Who reported in a month, who did not, and the latest words of each."""

from rich.console import Console

from planledger.papers import sayings
from planledger.papers.screen.console import Column, is_wide, say, table
from planledger.questions.reports import Reports

HEADS = (Column("事项", 5), Column("日期", 10), Column("说了什么"))


def draw(console: Console, answer: Reports) -> None:
    """Draw the units that are silent as one list, then what the others said."""
    say(console, f"{answer.month} 月报：{len(answer.units) - answer.silent}家已报，{answer.silent}家未报")
    lines = [
        (unit.agency.name, one.code, one.dated, sayings.report(one))
        for unit in answer.units
        for one in unit.reports
    ]
    if lines:
        table(console, (Column("责任单位", 24 if is_wide(console) else 18), *HEADS), lines)
    only_figures = [unit.agency.name for unit in answer.units if unit.others and not unit.reports]
    if only_figures:
        say(console, f"只报了数或材料，没有文字（{len(only_figures)}家）：" + "、".join(only_figures))
    if answer.silent:
        say(console, "未报：" + "、".join(unit.agency.name for unit in answer.units if unit.is_silent))
