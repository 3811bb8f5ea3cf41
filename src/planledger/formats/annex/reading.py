"""The document on the desk, read as it is printed: an .xlsx, a .docx or a PDF, within the bounds of a form.

By what a file holds it is known, never by its name.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from planledger.formats.annex import prose
from planledger.formats.annex.from_docx import WordReader
from planledger.formats.annex.from_pdf import pdf_blocks
from planledger.formats.annex.from_xlsx import workbook_blocks
from planledger.formats.annex.grid import Blocks, Grid, Paragraph, joined
from planledger.formats.annex.heads import unruled
from planledger.formats.annex.items import annex_row, ask_twins, number_rows
from planledger.formats.annex.table import NOTE, SIGNED, TableReader
from planledger.formats.xlsx.bounds import Meter, TooLargeError, is_xml
from planledger.formats.xlsx.opening import LARGEST_FILE, NO_FILE, OLE, ZIP, WorkbookRefused, bounded_bytes
from planledger.formats.xlsx.parts import Parts
from planledger.plan.draft.annex import AnnexRow, ReadAnnex
from planledger.plan.people.identity import marking
from planledger.plan.phrases.texts import quoted, squeeze
from planledger.plan.refusal import Refusal

_SAVE_AS_DOCX = "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”再起草"
_SAVE_AS_XLSX = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再起草"
_SAVE_AS = "请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 再起草"
_COPY_AGAIN = f"请重新拷贝一份，或{_SAVE_AS.removeprefix('请')}"
_OTHER_KIND = "不是 .xlsx、.docx 或 PDF，或已损坏", f"{_SAVE_AS}；图片请找原件，压缩包请先解压"
_KINDS_OF_OLE = (  # by the name of a stream that only they have
    ("EncryptedPackage", ("加了打开密码", f"{_SAVE_AS}，存时取消密码")),
    ("Workbook\0", ("是旧格式（.xls、.et）", _SAVE_AS_XLSX)),
    ("Book\0", ("是旧格式（.xls、.et）", _SAVE_AS_XLSX)),
    ("", ("是旧格式（.doc、.wps）或加了密码", _SAVE_AS_DOCX)),
)
_NO_ITEM = "表格要有表头（如：序号、具体事项、完成时限、责任单位）；没有表格的，每段末尾的括号里要有责任单位"
_UNRULED = "，也没有画出框线的表格，认不出哪些字是一格"  # of a PDF
_WORD_BOUNDS = {"tr": 5_000, "tc": 100_000}
_MOST_IN_WORD, _MOST_PARAGRAPHS = 200_000, 5_000
_MOST_ROWS, _MOST_OF_UNITS, _MOST_WORDS = 2_000, 50_000, 400_000  # rows with the notes; characters
_IN_PARTS = "请分成几份起草，再把各份的事项合进一个方案文件"
_LONGEST_HEADING = 40
_MONEY = re.compile(r"[（(]?(?:金额|资金|计量)?单位[：:].{0,3}元")


def read_annex(path: Path) -> ReadAnnex:
    """Read a document.

    Raises:
        WorkbookRefused: it is too large, damaged, encrypted, of another kind, made to do harm, or has no item.
    """
    name = path.name or str(path)
    data = bounded_bytes(path, name, _refused(name, NO_FILE, _SAVE_AS))
    try:
        document = _blocks(name, data)
        annex = annex_of(document)
    except (Refusal, WorkbookRefused):
        raise
    except TooLargeError as error:
        raise _refused(name, str(error), "请把表格抄到一份新的 .xlsx 再起草") from error
    except Exception as error:  # whatever it stumbles over, the file is at fault
        raise _refused(name, "不完整或内容损坏，读不出来", _COPY_AGAIN) from error
    if not annex.rows:
        asked = "".join(f"（{one}）" for one in annex.questions[:1])
        is_unruled = _is_pdf(data) and not any(isinstance(block, Grid) for block in document.blocks)
        why, remedy = (_UNRULED, _SAVE_AS) if is_unruled else ("", _NO_ITEM)
        raise _refused(name, f"里没有认出事项{asked}{why}", remedy)
    excess = _excess(annex)
    if excess:
        raise _refused(name, f"不像一个方案的附表：{excess}", _IN_PARTS)
    return annex


def _excess(annex: ReadAnnex) -> str:
    """Return what a document has more of than any plan, so that to read units, days and figures out of it would take long."""
    units = sum(len(row.units + row.lead + row.responsible + row.assist) for row in annex.rows)
    words = sum(len(row.title + row.text + row.due + row.remark + str(row.columns)) for row in annex.rows)
    sizes = (
        ("事项和附注", len(annex.rows) + len(annex.footnotes), _MOST_ROWS, "条"),
        ("责任单位", units, _MOST_OF_UNITS, "个字"),
        ("其他各栏", words, _MOST_WORDS, "个字"),
    )
    return "，".join(
        f"{of}有{size:,}{each}，最多{most:,}{each}" for of, size, most, each in sizes if size > most
    )


def _is_pdf(data: bytes) -> bool:
    return data.lstrip()[:5].startswith(b"%PDF")


def _blocks(name: str, data: bytes) -> Blocks:
    if len(data) > LARGEST_FILE:
        raise TooLargeError(f"超过 {LARGEST_FILE // 1_000_000}MB")
    if _is_pdf(data):
        return pdf_blocks(name, data)
    if not data.startswith(ZIP):
        old = [kind for mark, kind in _KINDS_OF_OLE if mark.encode("utf-16-le") in data]
        raise _refused(name, *(old[0] if data.startswith(OLE) else _OTHER_KIND))
    parts = Parts(data, Meter(_WORD_BOUNDS, _MOST_IN_WORD) if b"word/" in data else None)
    if not is_xml(parts.get(parts.main) or b""):
        raise _refused(name, *_OTHER_KIND)
    return WordReader(parts).blocks() if parts.has("word/") else workbook_blocks(parts)


def annex_of(document: Blocks) -> ReadAnnex:
    """Return what a document says: the rows of its tables, or its numbered paragraphs where it has none.

    Raises:
        TooLargeError: it has more paragraphs than any plan.
    """
    reader, before, between = TableReader(), list[Paragraph](), list[Paragraph]()
    footnotes = list(document.footnotes)
    for block in document.blocks:
        if isinstance(block, Grid):
            is_below = bool(reader.headings)  # of a table, so that what stands between is a note
            reader.read(block, block.name or _heading(between), goes_on=not block.name and not between)
            before += [] if is_below else between
            footnotes += [one.text for one in between if is_below and joined(one.text) not in reader.headings]
            between = []
        elif block.text.strip() and not prose.PAGE_NUMBER.fullmatch(squeeze(block.text)):
            between.append(block)
            if len(between) > _MOST_PARAGRAPHS:
                raise TooLargeError("段落过多")
    reader.end()
    before += [] if reader.headings else between
    footnotes += [*reader.footnotes, *(one.text for one in between if reader.headings)]
    title, start = prose.title_of([paragraph.text for paragraph in before])
    clauses = prose.clauses_of(before[start:])
    headings = [one if one != title else "" for one in reader.headings]
    areas = headings if len(set(headings)) > 1 else []  # where they tell the tables apart
    of_tables = _table_rows(reader, areas)
    rows, unread = (of_tables, list[str]()) if of_tables else prose.clause_rows(clauses)
    questions = [*document.questions, *reader.questions, *unread]
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    questions += [f"{one.place}：{note}" for one in paragraphs for note in (*one.notes, *unruled(one.text))]
    questions += _asked_before_title(before[:start], title)
    title = title or prose.title_of(reader.above)[0]
    read = "" if reader.headings else " ".join(clause.text for clause in clauses)
    behind = [line for line in prose.behind_annex(before[start:]) if line not in read]
    questions += _asked_of_lines([*behind, *reader.over], {title, *areas, *(row.area for row in rows)})
    return ReadAnnex(
        title,
        tuple((clause.number, clause.text) for clause in clauses),
        tuple(rows),
        tuple(one for one in map(joined, footnotes) if not prose.is_mark_of_annex(one)),
        tuple(dict.fromkeys(questions)),
        _mark_in(document, questions),
    )


def _mark_in(document: Blocks, questions: Sequence[str]) -> str:
    """Return the mark of a state secret that a line or cell bears, or a text outside them that a question quotes."""
    texts = [*document.footnotes, *re.findall("“(.+?)”", "\n".join(questions))]
    for block in document.blocks:
        cells = [cell for row in block.rows for cell in row.cells] if isinstance(block, Grid) else [block]
        texts += [one.text for one in cells]
    return next(filter(None, map(marking, texts)), "")


def _asked_before_title(paragraphs: Sequence[Paragraph], title: str) -> list[str]:
    """Ask about what stands before the title and is neither a part of it nor the word 附件."""
    texts = [joined(paragraph.text) for paragraph in paragraphs]
    left = [text for text in texts if text not in title and not prose.is_mark_of_annex(text.rstrip("：:"))]
    return [f"题目“{title}”之前有{len(left)}段，没有读：{quoted(left[0])}"] if left else []


def _asked_of_lines(lines: Sequence[str], names: AbstractSet[str]) -> Iterator[str]:
    """Ask about the lines above a table that are no part of its *names*: they may bind its rows (未注明时限的，年底前)."""
    for line in lines:
        words = squeeze(line)
        if prose.is_mark_of_annex(line) or any(line in name for name in names):
            continue
        if _MONEY.search(words):
            yield f"表前写着{quoted(line)}，请核对哪些数用这个单位"
        elif line.startswith("单位") or not SIGNED.fullmatch(words):
            yield f"表头上面写着“{line}”；要照办的，请写进 rules、remark 或 assumptions。"


def _heading(paragraphs: Sequence[Paragraph]) -> str:
    """The words above a table, where they are short enough for a heading."""
    text = joined(paragraphs[-1].text) if paragraphs else ""
    is_short = len(text) <= _LONGEST_HEADING and not text.endswith(("。", "；"))
    return text if is_short and not NOTE.match(text) else ""


def _table_rows(reader: TableReader, areas: Sequence[str]) -> list[AnnexRow]:
    """Return the rows of the tables; of several tables each is one of the *areas*, where none of its rows names one."""
    for item in reader.items:
        if areas and not item.area:
            item.area = areas[item.table - 1]
    reader.questions += [
        f"分组{quoted(area)}像是写着单位，没有记到它的各行上；要记的，请写进各行"
        for area in dict.fromkeys(item.area for item in reader.items)
        if prose.names_units(area)
    ]
    number_rows(reader.items)
    ask_twins(reader.items)
    return list(map(annex_row, reader.items))


def _refused(name: str, why: str, remedy: str) -> WorkbookRefused:
    return WorkbookRefused(f"{name} {why}；{remedy}。", outcome="")
