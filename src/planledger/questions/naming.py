"""Items, areas, filings and entries by the words that people type, or a refusal with the nearest right word."""

import re
from collections.abc import Iterable, Sequence

from planledger.plan.model.rhythm_periods import first_day
from planledger.plan.model.rows import Area, ColumnText, Filing
from planledger.plan.phrases.texts import codes_numbered, fold, hint, squeeze
from planledger.plan.phrases.texts import shell_word as typed_word
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import NotRecorded, Refusal, each
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.sheet import Row, Sheet

LONGEST_NUMBER = 12  # no ledger has so many entries
MOST = 8  # texts of a column that a refusal lists
LONGEST = 60  # of a word that is repeated in a refusal
_BEFORE = "“”‘’\"'#"  # what is typed in front of a code or a number and is no part of it
_BEHIND = _BEFORE + "。.,、;:?!"


def rows_named(sheet: Sheet, word: str) -> tuple[Row, ...]:
    """Find the rows that an item code means; `5.2` means both of its rows. A number of the document's own means its one row.

    Raises:
        Refusal: no row is called so.
    """
    code = code_typed(word)
    exact = tuple(row for row in sheet.rows if row.item.code == code)
    if exact:
        return exact
    below = tuple(row for row in sheet.rows if row.item.code.startswith(code + ".")) if code else ()
    areas = {area.code for area in sheet.areas}
    if below and code not in areas:
        return below
    if below:
        raise Refusal(
            f"{code} 是重点工作，不是具体事项；请写事项编号，例如 {below[0].item.code}，或用 status --area {code}。"
        )
    numbered = codes_numbered({row.item.code: row.progress.number for row in sheet.rows}, word)
    if len(numbered) > 1:
        raise Refusal(
            f"方案里序号是 {word[:LONGEST]} 的有{len(numbered)}行，请写编号：{'、'.join(numbered)}。"
        )
    if numbered:
        return tuple(row for row in sheet.rows if row.item.code in numbered)
    _refuse_other_kinds(sheet, word)
    near = hint(code, [row.item.code for row in sheet.rows])
    titled = [
        f"{row.item.code} {row.item.title}" for row in sheet.rows if code[1:] and code in row.item.title
    ]
    if titled and not near:
        near = f"名称里有 {code} 的：{'；'.join(titled[:MOST])}。请写编号；"
    raise Refusal(f"没有事项 {word[:LONGEST]}。{near}运行 planledger status 可看全部编号。")


def code_typed(word: str) -> str:
    """Return the code of an item without what people type around it: `第6.1项，`; a point in front may be all that is left of 5.1."""
    return fold(word).lstrip(_BEFORE).rstrip(_BEHIND).removeprefix("第").removesuffix("项")


def codes_named(sheet: Sheet, word: str) -> tuple[str, ...]:
    """Find the codes of the rows that a word means; none where nothing was typed."""
    return tuple(row.item.code for row in rows_named(sheet, word)) if word else ()


def _refuse_other_kinds(sheet: Sheet, word: str) -> None:
    """Refuse a unit or an area where an item belongs, with the question that is about it."""
    if word and find_agencies(word, sheet.agencies, sheet.sides):
        raise Refusal(
            f"{word} 是责任单位，不是具体事项；它承担的事项见 planledger status --agency {typed_word(word)}"
        )
    if any(area.name == fold(word) for area in sheet.areas):
        raise Refusal(
            f"{word} 是重点工作，不是具体事项；它的事项见 planledger status --area {typed_word(word)}"
        )


def row_named(sheet: Sheet, word: str) -> Row:
    """Find the one row that an item code means, for an action.

    Raises:
        Refusal: no row is called so, or several are.
    """
    rows = rows_named(sheet, word)
    if len(rows) > 1:
        choices = "；".join(f"{row.item.code} {row.item.title}" for row in rows)
        raise Refusal(f"{fold(word)} 有{len(rows)}行，请写明是哪一行：{choices}。")
    return rows[0]


def codes_in_column(cells: Sequence[ColumnText], typed: str) -> set[str]:
    """Find the rows of which a column of the document's own says what was typed: 分管领导=张三.

    It is all that stands there, or one of the names; or a part of what stands there, where no other row has it in other words.

    Raises:
        Refusal: there is no such column, or it says that nowhere, or in several ways.
    """
    head, _, word = (squeeze(part) for part in fold(typed).partition("="))
    texts = {cell.code: cell.text for cell in cells if squeeze(cell.head) == head}
    if not texts or not word:
        heads = list(dict.fromkeys(cell.head for cell in cells))
        known = f"{hint(head, heads)}方案自己的栏目：{'、'.join(heads) or '无'}。"
        raise Refusal(f"--where {typed[:LONGEST]} 看不懂，请写成 栏目=内容。{known}")
    whole = {text for text in texts.values() if word in _names_in(text)}
    parts = {text for text in texts.values() if word in squeeze(text)}
    if not whole and len(parts) != 1:
        from planledger.plan.people.masking import masked_column

        listed = "；".join(list(dict.fromkeys(masked_column(head, text) for text in texts.values()))[:MOST])
        how = f"{word[:LONGEST]} 有{len(parts)}种写法，请写全" if parts else f"没有一行是 {word[:LONGEST]}"
        raise Refusal(f"{head} {how}；栏目里有：{listed}。")
    return {code for code, text in texts.items() if text in (whole or parts)}


def _names_in(text: str) -> set[str]:
    """Return all that stands in a cell, and each name of it; a name of two characters is often printed with a blank inside."""
    pieces = [squeeze(piece) for piece in re.split("[、,;/()]+", fold(text))]
    return {squeeze(text), *pieces, *re.split(r"[、,;/()\s]+", fold(text))}


def area_named(word: str, areas: Sequence[Area]) -> Area:
    """Find the area that a word means, by its code or its name.

    Raises:
        Refusal: no area is called so.
    """
    folded = fold(word)
    for area in areas:
        if folded in (area.code, area.name):
            return area
    names = [name for area in areas for name in (area.code, area.name)]
    listed = "、".join(f"{area.code} {area.name}" for area in areas)
    raise Refusal(f"没有重点工作 {word[:LONGEST]}。{hint(folded, names)}现有：{listed}。")


def entry_number(word: str, what: str = "记录号") -> int:
    """Read the number of an entry as people type it: 17, 第17号, 第17号记录, １７.

    Raises:
        Refusal: it is no number; *what* is what it was typed after.
    """
    folded = fold(word).lstrip(_BEFORE).rstrip(_BEHIND)
    folded = folded.removeprefix("第").removesuffix("记录").removesuffix("号")
    if not (folded.isascii() and folded.isdigit()) or len(folded) > LONGEST_NUMBER:
        raise NotRecorded(
            f"{what} {word[:LONGEST]} 应是一个整数，如 17；运行 planledger history 可看记录号。"
        )
    return int(folded)


def split_list(*typed: str) -> tuple[str, ...]:
    """What was typed as several things with 、 or commas between them: 江海区妇联、大新县妇联, 5，6."""
    parts = (part.strip() for text in typed for part in fold(text).replace(",", "、").split("、"))
    return tuple(part for part in parts if part)


def once_each(names: Iterable[str]) -> None:
    """Refuse the same thing typed twice: whoever typed it may have meant another one.

    Raises:
        Refusal: a name stands there twice.
    """
    known: set[str] = set()
    for name in names:
        if name in known:
            raise NotRecorded(f"{name} 写了两次；请核对是不是要写另一个，再去掉多的。")
        known.add(name)


def entry_numbers(*words: str) -> tuple[int, ...]:
    """Read the numbers of several entries, every one of them once: 17 18, 17、18, 第17号、第18号.

    Raises:
        Refusal: one is no number, or stands there twice.
    """
    typed = split_list(*words)
    numbers = tuple(each(typed, entry_number)) if typed else (entry_number("".join(words)),)
    once_each(f"第{number}号" for number in numbers)
    return numbers


def filings_named(word: str, form: EmptySheet | Sheet) -> tuple[Filing, ...]:
    """Find the filing that a word means, by its key or its label: 月报（3月）, 月报3月; 月报 alone is that of every period.

    Raises:
        Refusal: no filing is called so.
    """
    meant = fold(word)
    once = [filing for filing in form.filings if not first_day(filing)]
    once += [one.filing for one in form.periodic]
    for filing in (*form.filings, *once):
        if meant in (filing.key, label := fold(filing.label)) or meant == re.sub("[()]", "", label):
            of_periods = (one.of_periods for one in form.periodic if one.filing == filing)
            return next(of_periods, (filing,))
    if not once:
        raise NotRecorded("这个方案没有要求报送；方案文件写了 filings 才能登记报送。")
    names = [name for filing in (*form.filings, *once) for name in (filing.key, filing.label)]
    listed = "、".join(f"{filing.key}（{filing.label}）" for filing in once)
    raise NotRecorded(f"没有报送 {word[:LONGEST]}。{hint(meant, names)}方案要求的报送：{listed}。")
