"""The head of a table: which of its columns says what, where their words leave it open by what stands beside and below them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planledger.formats.annex.column_words import (
    AREA,
    ASSIST,
    CODE,
    DUE,
    LEAD,
    OF_UNITS,
    OTHER,
    PRINTED_NUMBER,
    RESPONSIBLE,
    TEXT,
    TITLE,
    UNITS,
    doubts_of_columns,
    is_goal,
    is_of_beginning,
    is_of_people,
    kind_of,
)
from planledger.formats.annex.grid import Grid, GridRow, compact
from planledger.plan.phrases.texts import quoted, squeeze

_SHORTEST_TEXT = 8  # characters that a row has on the average where a column says what is to be done
_SHORTEST_HEAD, _WITH_UNITS = 3, 2  # kinds of column that make a head; where one of them is of units or days


class TableHead(NamedTuple):
    """A head: of each column its kind and its words as they are printed."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]
    depth: int  # rows of the grid
    questions: tuple[str, ...] = ()


def read_table_head(grid: Grid, row: int) -> TableHead | None:
    """Read the head that begins in a row of a grid, of one row or of several; None where there is none."""
    texts = [cell.text for cell in grid.rows[row].cells]
    if not _is_head([*map(kind_of, texts)]) or is_of_people(texts):
        return None
    words = [compact(cell.text) for cell in grid.rows[row].cells]
    end = row + 1
    while end < len(grid.rows) and _goes_on(grid.rows[end - 1], grid.rows[end]):
        words = [
            words[column] if cell.rows.start < end else _joined(words, column, compact(cell.text))
            for column, cell in enumerate(grid.rows[end].cells)
        ]
        end += 1
    if any(_are_labels(one, words) for one in grid.rows[end : end + 1]):
        return None
    kinds, questions = _resolved(grid.rows[end:], words)
    return TableHead(tuple(kinds), tuple(words), end - row, tuple(questions))


def unruled(line: str) -> tuple[str, ...]:
    """What a line outside all tables leaves open that reads like a head: its table has no lines, so that nothing parts its cells."""
    is_labelled = ":" in squeeze(line)  # 牵头单位：甲局 配合单位：乙局 完成时限：6月
    is_head = not is_labelled and _is_head([kind_of(word) for word in line.split()])
    return (f"{quoted(line)}像是表头，这张表没有画框线，没有读",) if is_head else ()


def _are_labels(row: GridRow, above: Sequence[str]) -> bool:
    """Whether a row goes on below the words *above* with labels, each beside what it says, so that there is no head."""
    labels = {compact(cell.text) for cell in row.cells} - set(above)
    return sum(map(bool, map(kind_of, labels))) > 1 and not is_row_below(row, above, [*map(kind_of, above)])


def is_row_below(row: GridRow, words: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether a row is one of a table with a head of these words and kinds, even if it is named as columns are.

    It repeats no word of the head, and what it has for a number, else for a day, else for the work is no word of one.
    """
    texts = [compact(cell.text) for cell in row.cells]
    own = [texts[at] for kind in (CODE, DUE, TEXT) for at in columns_of(kind, kinds) if texts[at]]
    return bool(own) and not kind_of(own[0]) and not set(filter(None, texts)) & set(words)


def begins_other(row: GridRow) -> bool:
    """Whether a row that is no head of work is that of another table: 序号, 姓名, 电话."""
    words = [cell.text for cell in row.words.values()]
    return len(words) > 1 and (kind_of(words[0]) == CODE or is_of_people(words))


def _is_head(kinds: Sequence[str]) -> bool:
    known = {kind for kind in kinds if kind}
    has_units = bool(known & {*OF_UNITS, DUE}) and bool(known & {TEXT, TITLE, AREA})
    return len(known) >= (_WITH_UNITS if has_units else _SHORTEST_HEAD)


def _joined(words: Sequence[str], column: int, below: str) -> str:
    """Join the word of a column with what stands below; one without a word belongs to the nearest on its left."""
    above = next((word for word in words[column::-1] if word), "") if below else words[column]
    return above if above == below else above + below


def _goes_on(here: GridRow, below: GridRow) -> bool:
    """Whether the head has another row: a cell of it ends there, or is divided there."""
    if any(cell.text and cell.rows.start < below.at for cell in below.cells):
        return True
    pairs = [(over, cell) for over, cell in zip(here.cells, below.cells, strict=True) if cell.text]
    parts = {compact(cell.text) for _, cell in pairs}
    divided = {compact(cell.text) for over, cell in pairs if over.text and len(over.columns) > 1}
    named = {compact(cell.text) for _, cell in pairs if kind_of(cell.text)}
    return len(parts) > 1 and parts == divided | named


def columns_of(kind: str, kinds: Sequence[str]) -> list[int]:
    """Return the columns of a kind, from 0."""
    return [column for column, one in enumerate(kinds) if one == kind]


def _resolved(rows: Sequence[GridRow], words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Decide what the columns say, where their words leave it open by the others and by what is merged in the rows below.

    Returns:
        The kinds of the columns, and the questions that remain.
    """
    kinds, questions = _with_work(rows, words)
    of_work = [at for at in range(1, len(kinds)) if kinds[at] in (TEXT, TITLE) and words[at] != words[at - 1]]
    again = [
        at for at in of_work if words[at] in words[:at] and set(words[at + 1 :]) & set(words[:at]) - {""}
    ]
    again += columns_of(CODE, kinds)[1:]
    again += [at for at in range(1, len(words)) if not words[at - 1] and is_of_people(words[at:])]
    again = [at for at in again if {*OF_UNITS, DUE} & set(kinds[:at])]
    if again:
        right = min(again)
        kinds[right:] = [OTHER] * len(kinds[right:])
        questions.append(f"表头右边从{words[right]}起像是另一张表，只读了左边的，右边的照录为另外的栏")
    codes = columns_of(CODE, kinds)
    if codes and {TEXT, TITLE, AREA} & set(kinds[codes[0] : codes[-1]]):  # the groups have numbers too
        kinds[codes[0]] = OTHER
    weak = columns_of(TITLE, kinds) or columns_of(AREA, kinds)
    if TEXT not in kinds and weak:
        kinds[weak[-1]] = TEXT
        questions += _fuller(rows, kinds, words, weak[-1])
    else:
        questions += _work_beside_goal(rows, kinds, words)
    if AREA not in kinds:
        for column in columns_of(TITLE, kinds):
            kinds[column] = AREA if _covers_rows(rows, column) else TITLE
    areas = columns_of(AREA, kinds)
    if TITLE not in kinds and len(areas) > 1:  # one in the other: the inner one is the title of its rows
        kinds[areas[1]] = TITLE
    if {LEAD, ASSIST} & set(kinds):
        kinds = [RESPONSIBLE if kind == UNITS else kind for kind in kinds]
    questions += doubts_of_columns(kinds, words)
    return _one_each(kinds, words, questions), questions


def _one_each(kinds: Sequence[str], words: Sequence[str], questions: list[str]) -> list[str]:
    """Leave one column of each kind of which a row has one; the *questions* get which others there were."""
    left = list(kinds)
    for kind in (TEXT, DUE, TITLE, AREA):
        several = columns_of(kind, kinds)
        if len(several) > 1:
            ends = [at for at in several if not is_of_beginning(words[at])] or several
            kept = ends[-1] if kind == DUE else _first_work(several, words)
            names = "、".join(f"“{words[column]}”" for column in several)
            questions.append(f"{names}几栏意思相近，按“{words[kept]}”读，其余照录为另外的栏")
            left = [OTHER if at in several and at != kept else one for at, one in enumerate(left)]
    return left


def _with_work(rows: Sequence[GridRow], words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what the columns say by their words, and what to ask: where none is known as work, the fullest of the others is."""
    kinds = [kind_of(word) for word in words]
    first = next((at for at, word in enumerate(words) if word), 0)
    if CODE not in kinds and TEXT in kinds and kinds[first] in (AREA, TITLE) and _has_numbers(rows, first):
        kinds[first] = CODE
    if sum(kind in OF_UNITS for kind in kinds) > 1:  # that in which a number is counted, beside 责任单位
        kinds = [OTHER if word == "单位" else kind for word, kind in zip(words, kinds, strict=True)]
    is_known = {TEXT, TITLE, AREA} & set(kinds)
    others = [at for at, kind in enumerate(kinds) if kind == OTHER and words[at] and not is_known]
    if not others:
        return kinds, []
    fullest = max(others, key=_lengths(rows, others).__getitem__)
    kinds[fullest] = TEXT
    return kinds, [f"没有认出哪一栏是具体事项，按“{words[fullest]}”读"]


def _lengths(rows: Sequence[GridRow], columns: Iterable[int]) -> dict[int, int]:
    """Return how much is written in each column."""
    return {at: sum(len(row.cells[at].text) for row in rows) for at in columns}


def _has_numbers(rows: Sequence[GridRow], column: int) -> bool:
    """Whether a column numbers its rows: most of its cells beside which something stands are numbers."""
    cells = [compact(row.cells[column].text) for row in rows if len(row.words) > 1]
    are_numbers = [PRINTED_NUMBER.fullmatch(text) is not None for text in cells if text]
    return are_numbers.count(True) > are_numbers.count(False)


def _fuller(rows: Sequence[GridRow], kinds: Sequence[str], words: Sequence[str], read: int) -> list[str]:
    """Ask about columns of no known kind that say twice as much as the one that is *read* as the work: its text may stand there."""
    lengths = _lengths(rows, range(len(kinds)))
    least = max(2 * lengths[read], _SHORTEST_TEXT * len(rows))
    fuller = [words[at] for at in columns_of(OTHER, kinds) if words[at] and lengths[at] > least]
    return [f"具体事项按“{words[read]}”一栏读；“{word}”一栏的字更多，照录为另外的栏" for word in fuller]


def _work_beside_goal(rows: Sequence[GridRow], kinds: list[str], words: Sequence[str]) -> list[str]:
    """Read the fuller column of work as the text where the column taken for it is of goals (目标); ask wherever the title is fuller.

    The *kinds* get what the columns are then.
    """
    lengths = _lengths(rows, range(len(kinds)))
    text = _first_work(columns_of(TEXT, kinds), words)
    has_goal = is_goal(words[text])
    is_bare = has_goal and lengths[text] < _SHORTEST_TEXT * len(rows)
    names = [at for at in columns_of(TITLE, kinds) if not _covers_rows(rows, at)]
    fuller = [at for at in names if is_bare or lengths[at] > lengths[text]]
    if not fuller:
        return []
    if not has_goal:
        return [f"具体事项按“{words[text]}”一栏读；“{words[fuller[0]]}”一栏的字更多，只作标题"]
    kinds[text], kinds[fuller[0]] = OTHER, TEXT
    return [
        f"具体事项按“{words[fuller[0]]}”一栏读，“{words[text]}”一栏照录为另外的栏；要统计的，请写进 indicators"
    ]


def _first_work(columns: Sequence[int], words: Sequence[str]) -> int:
    """Return the first of some columns that says work and not goals, else the first."""
    return next((at for at in columns if not is_goal(words[at])), columns[0])


def _covers_rows(rows: Sequence[GridRow], column: int) -> bool:
    """Whether cells of a column cover several rows of the table, or are left empty below."""
    return any(row.cells[column].text and row.cells[column].rows.start < row.at for row in rows)
