"""The head of a table: which column says what, by the words that counties put above it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planledger.formats.annex.grid import Grid, GridRow, compact
from planledger.plan.phrases.texts import quoted, squeeze

CODE, AREA, TITLE, TEXT, DUE = "code", "area", "title", "text", "due"
UNITS, LEAD, RESPONSIBLE, ASSIST, REMARK = "units", "lead", "responsible", "assist", "remark"
OTHER = ""
OF_UNITS = (UNITS, LEAD, RESPONSIBLE, ASSIST)
_BODY = "(?:单位|部门|科室|股室|处室|主体)"
_WORK = "(?:工作|任务|事项|项目)"
_TOPIC = f"(?:具体|主要|重点|年度|全年|目标|建设|整改|内容|规模|措施|要求|及|和|与|、|{_WORK})*"
_LEADS, _HELPS, _ANSWERS = (
    "(?:牵头|主办|主责)",
    "(?:配合|协办|协助|协同|参与|参加)",
    "(?:责任(?!人)|承办|落实|实施)",
)
_AND = "[、/和及与或]"
_SEVERAL_PARTS = (  # 牵头（配合）单位, 责任主体与协同单位: a column of units of which each has a part of its own
    f"(?=.*{_BODY})(?:.*{_LEADS}.*{_HELPS}.*|.*{_HELPS}.*{_LEADS}.*"
    f"|.*(?:{_LEADS}|{_HELPS}).*{_AND}{_ANSWERS}.*|{_ANSWERS}.*{_AND}(?:{_LEADS}|{_HELPS}).*)"
)
_KINDS = (  # the first that fits; what only looks like a column of units or of days goes before it
    (OTHER, "(?!.*(?:单位|部门)).*(?:领导|责任人|负责人|联系人|联络人|电话|姓名)|实际.*"),
    (UNITS, _SEVERAL_PARTS),
    (CODE, f"序号?|{_WORK}?编号|项次|序列|号|[Nn][Oo]\\.?"),
    (LEAD, f"(?:牵头|主办){{1,2}}|.*{_LEADS}.*{_BODY}.*|.*{_BODY}.*{_LEADS}.*"),
    (ASSIST, f"配合|协办|协助|参与|.*{_HELPS}.*{_BODY}.*|.*{_BODY}.*{_HELPS}.*"),
    (
        UNITS,
        f".*(?:责任|承办|落实|实施|负责|主管)的?{_BODY}.*|.*{_BODY}(?:责任|承办|落实|实施|负责)|{_BODY}(?:名称)?|(?:责任|任务)分工|负责",
    ),
    (
        DUE,
        ".*(?:完成|截止|办结|整改|办理|结束|责任|时间|工作|起止|实施|推进).{0,2}(?:时限|期限|时间|日期|节点|年限).{0,6}",
    ),
    (DUE, "(?:时限|期限|开工|竣工|完工|办结|时间)(?:要求|安排|节点)?.{0,6}|进度安排"),
    (REMARK, "备注|说明"),
    (
        AREA,
        f"{_WORK}{{0,2}}(?:类别|板块|领域|方面|分类|类型|大类)|重点(?:工作|领域)|一级(?:指标|任务)|专项(?:行动)?",
    ),
    (
        TITLE,
        f"{_WORK}?名称|(?:重点|主要|改革|实事|民生实事)?{_WORK}|(?:工作|任务)(?:任务|事项|项目)|事项组|(?:二级|三级)?任务|(?:二级|三级|考核|工作|主要)?指标(?:名称)?",
    ),
    (
        TEXT,
        f"{_TOPIC}(?:内容|描述|详情|措施|举措|要求|目标|任务|事项|工作|分解|规模)|民生实事",
    ),
)
_DOUBTED = (  # columns of units of which nobody can be sure
    ("单位|部门|单位名称", "按责任单位读"),
    (".*(?:人|领导).*", "里可能有人名，都按单位读"),
    (_SEVERAL_PARTS, "里分不出谁牵头、谁配合，都按责任单位读；分得出的，请分栏写"),
)
_PATTERNS = tuple((kind, re.compile(words)) for kind, words in _KINDS)
_NOTE = re.compile(r"[（(](?!(?:牵头|主办|配合|协办)(?:单位|部门)?[）)]).*?[）)]|[：:*＊]")
PRINTED_NUMBER = re.compile(r"[0-9A-Za-z.．、,()（）①-⒛Ⅰ-Ⅻ㈠-㈩一二三四五六七八九十\-—]{1,10}")
_LONGEST_WORD, _LONGEST_HEAD = 16, 300  # characters of a head: without its notes, and with them
_GOAL = re.compile(
    "(?!.*(?:内容|措施|任务|事项|描述|详情)).*(?:目标(?:值|要求)?|指标值?|要求|规模|成果)"
)  # what the work is to reach
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
    if not _is_head([kind_of(cell.text) for cell in grid.rows[row].cells]):
        return None
    words = [compact(cell.text) for cell in grid.rows[row].cells]
    end = row + 1
    while end < len(grid.rows) and _goes_on(grid.rows[end - 1], grid.rows[end]):
        words = [
            words[column] if cell.rows.start < end else _joined(words, column, compact(cell.text))
            for column, cell in enumerate(grid.rows[end].cells)
        ]
        end += 1
    kinds, questions = _resolved(grid.rows[end:], words)
    return TableHead(tuple(kinds), tuple(words), end - row, tuple(questions))


def unruled(line: str) -> tuple[str, ...]:
    """What a line outside all tables leaves open that reads like a head: its table has no lines, so that nothing parts its cells."""
    is_labelled = ":" in squeeze(line)  # 牵头单位：甲局 配合单位：乙局 完成时限：6月
    is_head = not is_labelled and _is_head([kind_of(word) for word in line.split()])
    return (f"{quoted(line)}像是表头，这张表没有画框线，没有读",) if is_head else ()


def kind_of(word: str) -> str:
    """Return what a column with these words above it says; empty where nobody can tell."""
    bare = _bare(word)
    if not bare or len(bare) > _LONGEST_WORD or len(word) > _LONGEST_HEAD:
        return OTHER
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(bare)), OTHER)


def _bare(word: str) -> str:
    """Return the words above a column without its notes."""
    return _NOTE.sub("", squeeze(word[:_LONGEST_HEAD]))


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
    again = [at for at in of_work if words[at] in words[:at]] + columns_of(CODE, kinds)[1:]
    again = [at for at in again if {*OF_UNITS, DUE} & set(kinds[:at])]
    if again:
        right = min(again)
        kinds[right:] = [OTHER] * len(kinds[right:])
        questions.append(
            f"表头里有两个{words[right]}，像是左右两张表并排，只读了左边的，右边的照录为另外的栏"
        )
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
    questions += _doubts(kinds, words)
    return _one_each(kinds, words, questions), questions


def _one_each(kinds: Sequence[str], words: Sequence[str], questions: list[str]) -> list[str]:
    """Leave one column of each kind of which a row has one; the *questions* get which others there were."""
    left = list(kinds)
    for kind in (TEXT, DUE, TITLE, AREA):
        several = columns_of(kind, kinds)
        if len(several) > 1:
            kept = several[-1] if kind == DUE else _first_work(several, words)
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
    is_goal = _GOAL.fullmatch(_bare(words[text])) is not None
    is_bare = is_goal and lengths[text] < _SHORTEST_TEXT * len(rows)
    names = [at for at in columns_of(TITLE, kinds) if not _covers_rows(rows, at)]
    fuller = [at for at in names if is_bare or lengths[at] > lengths[text]]
    if not fuller:
        return []
    if not is_goal:
        return [f"具体事项按“{words[text]}”一栏读；“{words[fuller[0]]}”一栏的字更多，只作标题"]
    kinds[text], kinds[fuller[0]] = OTHER, TEXT
    return [
        f"具体事项按“{words[fuller[0]]}”一栏读，“{words[text]}”一栏照录为另外的栏；要统计的，请写进 indicators"
    ]


def _first_work(columns: Sequence[int], words: Sequence[str]) -> int:
    """Return the first of some columns that says work and not goals, else the first."""
    return next((at for at in columns if not _GOAL.fullmatch(_bare(words[at]))), columns[0])


def _covers_rows(rows: Sequence[GridRow], column: int) -> bool:
    """Whether cells of a column cover several rows of the table, or are left empty below."""
    return any(row.cells[column].text and row.cells[column].rows.start < row.at for row in rows)


def _doubts(kinds: Sequence[str], words: Sequence[str]) -> list[str]:
    """What nobody can be sure of in the columns of units."""
    doubts = [
        f"表头{quoted(word)}的括号里另有说明；要照办的，请写进 rules、default_due 或各行"
        for kind, word in zip(kinds, words, strict=True)
        if kind in (*OF_UNITS, DUE) and _NOTE.search(word.rstrip("：:*＊"))
    ]
    for kind in OF_UNITS:
        units = [word for one, word in zip(kinds, words, strict=True) if one == kind]
        if len(units) > 1:
            doubts.append(f"{'、'.join(f'“{word}”' for word in units)}几栏意思相近，合在一起读")
        doubts += [
            f"“{word}”一栏{meant}"
            for word in units
            for words, meant in _DOUBTED
            if re.fullmatch(words, _bare(word))
        ]
    return doubts
