"""The head of a table: which column says what, by the words that counties put above it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from planledger.formats.annex.grid import WRAP, Grid, GridCell, GridRow
from planledger.plan.phrases.texts import quoted, squeeze

CODE, AREA, TITLE, TEXT, DUE = "code", "area", "title", "text", "due"
UNITS, LEAD, RESPONSIBLE, ASSIST, REMARK = "units", "lead", "responsible", "assist", "remark"
OTHER = ""
OF_UNITS = (UNITS, LEAD, RESPONSIBLE, ASSIST)
_BODY = "(?:单位|部门|科室|股室|处室|主体)"
_WORK = "(?:工作|任务|事项|项目)"
_TOPIC = f"(?:具体|主要|重点|年度|目标|建设|整改|内容|规模|措施|要求|及|和|与|、|{_WORK})*"
_KINDS = (  # the first that fits; what only looks like a column of units or of days goes before it
    (OTHER, "(?!.*(?:单位|部门)).*(?:领导|责任人|负责人|联系人|联络人|电话|姓名)"),
    (CODE, f"序号?|{_WORK}?编号|项次|序列|号|[Nn][Oo]\\.?"),
    (LEAD, f"(?:牵头|主办){{1,2}}|.*(?:牵头|主办|主责).*{_BODY}.*|.*{_BODY}.*(?:牵头|主办|主责).*"),
    (
        ASSIST,
        f"配合|协办|协助|参与|.*(?:配合|协办|协助|协同|参与|参加).*{_BODY}.*|.*{_BODY}.*(?:配合|协办|协助|参与).*",
    ),
    (
        UNITS,
        f".*(?:责任|承办|落实|实施|负责|主管)的?{_BODY}.*|.*{_BODY}(?:责任|承办|落实|实施|负责)|{_BODY}(?:名称)?|(?:责任|任务)分工|负责",
    ),
    (DUE, ".*(?:完成|办结|整改|办理|结束|责任|时间|工作).{0,2}(?:时限|期限|时间|日期|节点).{0,6}"),
    (DUE, "(?:时限|期限|开工|竣工|完工|办结|时间)(?:要求|安排|节点)?.{0,6}|进度安排"),
    (REMARK, "备注|说明"),
    (AREA, f"{_WORK}?(?:类别|板块|领域|方面|分类|类型|大类)|重点(?:工作|领域)|一级指标|专项(?:行动)?"),
    (
        TITLE,
        f"{_WORK}?名称|(?:重点|主要|改革|实事|民生实事)?{_WORK}|(?:工作|任务)(?:任务|事项|项目)|事项组|(?:二级|考核|工作)指标",
    ),
    (
        TEXT,
        f"{_TOPIC}(?:内容|措施|举措|要求|目标|任务|事项|工作|分解|规模)|民生实事",
    ),
)
_PATTERNS = tuple((kind, re.compile(words)) for kind, words in _KINDS)
_NOTE = re.compile(r"[（(](?!.{0,3}(?:牵头|主办|配合|协办)).*?[）)]|[：:*＊]")
_LONGEST_WORD = 16
_SHORTEST_HEAD, _WITH_UNITS = 3, 2  # kinds of column that make a head; where one of them is of units or days


class TableHead(NamedTuple):
    """A head: of each column its kind and its words as they are printed."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]
    depth: int  # rows of the grid
    questions: tuple[str, ...] = ()

    def columns(self, kind: str) -> list[int]:
        """The columns of a kind, from 0."""
        return [column for column, one in enumerate(self.kinds) if one == kind]


def read_table_head(grid: Grid, row: int) -> TableHead | None:
    """Read the head that begins in a row of a grid, of one row or of several; None where there is none."""
    cells = grid.rows[row].cells
    if not _is_head([kind_of(cell.text) for cell in cells]):
        return None
    words = list(map(_word, cells))
    depth = 1
    while row + depth < len(grid.rows) and _goes_on(grid.rows[row + depth - 1], grid.rows[row + depth]):
        above, below = grid.rows[row + depth - 1].cells, grid.rows[row + depth].cells
        words = [
            words[column] if cell.corner == above[column].corner else _joined(words, column, _word(cell))
            for column, cell in enumerate(below)
        ]
        depth += 1
    return _resolved(grid, row + depth, words)._replace(depth=depth)


def kind_of(word: str) -> str:
    """Return what a column with these words above it says; empty where nobody can tell."""
    bare = _NOTE.sub("", squeeze(word))
    if not bare or len(bare) > _LONGEST_WORD:
        return OTHER
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(bare)), OTHER)


def _is_head(kinds: Sequence[str]) -> bool:
    known = {kind for kind in kinds if kind}
    has_units = bool(known & {*OF_UNITS, DUE}) and bool(known & {TEXT, TITLE, AREA})
    return len(known) >= (_WITH_UNITS if has_units else _SHORTEST_HEAD)


def _joined(words: Sequence[str], column: int, below: str) -> str:
    """Join the word of a column with what stands below; one without a word belongs to the nearest on its left."""
    above = next((word for word in words[column::-1] if word), "") if below else words[column]
    return above if above == below else above + below


def _word(cell: GridCell) -> str:
    return "".join(cell.text.replace(WRAP, "").split())


def _goes_on(here: GridRow, below: GridRow) -> bool:
    """Whether the head has another row: a cell of it ends there, or is divided there."""
    pairs = list(zip(here.cells, below.cells, strict=True))
    corners = [cell.corner for cell in here.cells if cell.text]
    if any(under.corner in corners for under in below.cells):
        return True
    divided = [under for cell, under in pairs if under.text and corners.count(cell.corner) > 1]
    named = [under for _, under in pairs if under.text and kind_of(under.text)]
    parts = {_word(under) for _, under in pairs if under.text}
    return len(parts) > 1 and parts == {_word(cell) for cell in (*divided, *named)}


def _resolved(grid: Grid, first: int, words: Sequence[str]) -> TableHead:
    """Decide what the columns say where their words leave it open, by the others and by what is merged below."""
    kinds, questions = _with_work(grid, first, words)
    if kinds.count(CODE) > 1:
        right = kinds.index(CODE, kinds.index(CODE) + 1)
        kinds = [kind if column < right else OTHER for column, kind in enumerate(kinds)]
        questions.append("表头里有两个序号，像是左右两张表并排，只读了左边的，右边的照录为另外的栏")
    if TEXT not in kinds:
        weak = [column for kind in (TITLE, AREA) for column, one in enumerate(kinds) if one == kind]
        last = max((column for column in weak if kinds[column] == kinds[weak[0]]), default=None)
        kinds = [TEXT if column == last else kind for column, kind in enumerate(kinds)]
    if AREA not in kinds:
        over = [at for at, kind in enumerate(kinds) if kind == TITLE and _covers_rows(grid, first, at)]
        kinds = [AREA if at in over else kind for at, kind in enumerate(kinds)]
    if TITLE not in kinds:  # of two groups of work, one in the other, the inner one is the title of its rows
        areas = [column for column, kind in enumerate(kinds) if kind == AREA]
        kinds = [TITLE if column in areas[1:2] else kind for column, kind in enumerate(kinds)]
    if {LEAD, ASSIST} & set(kinds):
        kinds = [RESPONSIBLE if kind == UNITS else kind for kind in kinds]
    questions += _doubts(kinds, words)
    for kind in (TEXT, DUE, TITLE, AREA):
        several = [column for column, one in enumerate(kinds) if one == kind]
        kept = several[-1:] if kind == DUE else several[:1]
        if len(several) > 1:
            names = "、".join(f"“{words[column]}”" for column in several)
            questions.append(f"{names}几栏意思相近，按“{words[kept[0]]}”读，其余照录为另外的栏")
        kinds = [OTHER if one == kind and column not in kept else one for column, one in enumerate(kinds)]
    return TableHead(tuple(kinds), tuple(words), 1, tuple(questions))


def _with_work(grid: Grid, first: int, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what the columns say by their words, and what to ask: where none is known as work, the fullest of the others is."""
    kinds = [kind_of(word) for word in words]
    is_known = {TEXT, TITLE, AREA} & set(kinds)
    others = [at for at, kind in enumerate(kinds) if kind == OTHER and words[at] and not is_known]
    if not others:
        return kinds, []
    lengths = {at: sum(len(row.cells[at].text) for row in grid.rows[first:]) for at in others}
    fullest = max(others, key=lengths.__getitem__)
    kinds[fullest] = TEXT
    return kinds, [f"没有认出哪一栏是具体事项，按“{words[fullest]}”读"]


def _covers_rows(grid: Grid, first: int, column: int) -> bool:
    """Whether cells of a column cover several rows of the table, or are left empty below."""
    cells = [row.cells[column] for row in grid.rows[first:]]
    return any(cell.text and cell.corner[0] < row for row, cell in enumerate(cells, first))


def _doubts(kinds: Sequence[str], words: Sequence[str]) -> list[str]:
    """What nobody can be sure of in the columns of units."""
    pairs = zip(kinds, words, strict=True)
    doubts = [
        f"表头{quoted(word)}的括号里另有说明；要照办的，请写进 rules、default_due 或各行"
        for kind, word in pairs
        if kind in (*OF_UNITS, DUE) and _NOTE.search(word.rstrip("：:*＊"))
    ]
    for kind in OF_UNITS:
        units = [word for one, word in zip(kinds, words, strict=True) if one == kind]
        if len(units) > 1:
            doubts.append(f"{'、'.join(f'“{word}”' for word in units)}几栏意思相近，合在一起读")
        doubts += [f"“{word}”一栏按责任单位读" for word in units if word in ("单位", "部门", "单位名称")]
        doubts += [f"“{word}”一栏里可能有人名，按责任单位读" for word in units if "人" in word]
    return doubts
