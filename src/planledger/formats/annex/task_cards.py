"""A task on a card of its own (一事一表): its labels stand left of what they say, so that a card is a row and its labels the heads."""

from collections.abc import Container, Mapping

from planledger.formats.annex.column_words import DUE, OF_UNITS, TEXT, TITLE, kind_of
from planledger.formats.annex.grid import Grid, GridCell, GridRow, compact, filled_rows

_ASKED = "有的表左边是栏目名、右边是内容，这样的一张读作一项；只是说明、不是事项的，请删去那一项"


def turned(grid: Grid) -> Grid:
    """Return a grid of cards, one or several below each other, as a table with heads; any other grid as it is.

    Only what is certain is turned: labels and values take turns in each row, no value is a head, where a label stands one
    of the rows has a head, and each card says what is to be done and by whom or until when.
    """
    rows = [row for row in grid.rows if row.words]
    above = next((at for at, row in enumerate(rows) if len(row.words) > 1), len(rows))
    cards: list[dict[str, GridCell]] = []
    places = [(row.place, row.notes) for row in rows[:above]]
    heads_at = {column for row in rows for column, cell in row.words.items() if kind_of(cell.text)}
    below = [(row, _pairs(row, heads_at)) for row in rows[above:]]
    for row, pairs in below:
        if not cards or cards[-1].keys() & pairs.keys():
            places += [(row.place, ())] * (1 if cards else 2)  # the heads come before the first card
            cards.append({})
        cards[-1] |= pairs
    are_cards = len(below) > 1 and all(pairs for _, pairs in below) and not grid.hidden
    firsts = {next(iter(card), "") for card in cards}
    if not are_cards or len(firsts) > 1 or not all(map(_is_task, cards)):
        return grid
    heads = list(dict.fromkeys(label for card in cards for label in card))
    titles = [{heads[0]: next(iter(row.words.values()))} for row in rows[:above]]
    lines = [*titles, {head: GridCell(range(1), range(1), head) for head in heads}, *cards]
    cells = [
        line[head]._replace(rows=range(at, at + 1), columns=range(column, column + 1))
        for at, line in enumerate(lines)
        for column, head in enumerate(heads)
        if head in line
    ]
    return grid._replace(rows=filled_rows(cells, places), notes=(*grid.notes, _ASKED))


def _pairs(row: GridRow, heads_at: Container[int]) -> dict[str, GridCell]:
    """Return what stands to the right of each label of a row, these in columns that have heads; nothing where it has another form."""
    cells = [cell for column, cell in enumerate(row.cells) if cell.columns[0] == column]
    cells += [GridCell(range(1), range(1))] * (len(cells) % 2)
    pairs = [
        pair for pair in zip(cells[::2], cells[1::2], strict=True) if any(one.text.strip() for one in pair)
    ]
    values = {
        compact(label.text): value._replace(notes=(*row.notes, *value.notes))
        for label, value in pairs
        if label.text.strip() and not label.notes and label.columns.start in heads_at
    }
    is_plain = len(values) == len(pairs) and not any(kind_of(value.text) for value in values.values())
    return values if is_plain else {}


def _is_task(values: Mapping[str, GridCell]) -> bool:
    """Whether most labels of a card are heads, and it says what is to be done and by whom or until when."""
    kinds = {kind_of(label) for label, value in values.items() if value.text.strip()}
    are_heads = sum(bool(kind_of(label)) for label in values) * 2 >= len(values)
    return are_heads and bool({TEXT, TITLE} & kinds) and bool({*OF_UNITS, DUE} & kinds)
