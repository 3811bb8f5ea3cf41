"""The items that are still open, to choose one of them."""

from rich.console import Console

from planledger.papers import words
from planledger.papers.screen.console import Column, table
from planledger.questions.sheet import Row


def draw(console: Console, rows: tuple[Row, ...], agency: str, *, is_numbered: bool) -> None:
    """Draw the rows with what is lacking: to the unit *agency* what it owes itself, where it owes anything."""
    heads = (
        Column("编号", 5),
        Column("事项", 28),
        Column("最后一天", 10),
        Column("还缺"),
    )
    lines = [(row.item.code, row.item.title, words.last_day(row), _lacks(row, agency)) for row in rows]
    if not is_numbered:
        table(console, heads, lines)
        return
    numbered = [(str(number), *line) for number, line in enumerate(lines, 1)]
    table(console, (Column("序号", 4, is_right=True), *heads), numbered)


def _lacks(row: Row, agency: str) -> str:
    duty = row.duty_of(agency)
    own = row.owed_by(duty) if duty else ()
    return words.lacks(own, row.progress, agency) or words.lacking(row)
