"""A Word document as paragraphs and grids: what is printed of it; what is struck through, deleted or floating is told."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from planledger.formats.annex.grid import Blocks, Grid, GridCell, Paragraph, filled_rows
from planledger.formats.annex.numbering import Numbering, child, number_in, value
from planledger.formats.annex.table import PAGE_NUMBER
from planledger.formats.xlsx.parts import Parts, elements, local_name
from planledger.plan.phrases.texts import quoted, squeeze, unified

_OFF = ("0", "false", "off", "none")
_WRAPPERS = {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple"}
_DELETED = ("del", "moveFrom")
_FLOATING = ("drawing", "pict", "object", "AlternateContent")
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_GOES_ON = "continue"  # a cell that belongs to the one above
_MOST_COLUMNS, _LONGEST_NOTE = 200, 60


class WordReader:
    """Reads one document from its parts."""

    def __init__(self, parts: Parts) -> None:
        """Read its numbering and its footnotes.

        Raises:
            ParseError: a part of it is not well-formed.
        """
        self._parts, self._numbering = parts, Numbering(parts)
        self._questions: list[str] = []
        self._tables = self._paragraphs = 0
        self._footnotes = {
            value(one, "id"): _plain(one)
            for one in elements(parts.get(parts.named(parts.main, "footnotes")) or b"<none/>")
            if local_name(one) == "footnote" and _plain(one)
        }

    def blocks(self) -> Blocks:
        """Return the paragraphs and tables in their order."""
        body = next(
            one for one in elements(self._parts.get(self._parts.main) or b"") if local_name(one) == "body"
        )
        blocks = tuple(self._blocks(body))
        if self._parts.named(self._parts.main, "comments"):
            self._questions.append("文档里有批注，没有读")
        self._questions += self._margins()
        return Blocks(blocks, tuple(self._footnotes.values()), tuple(self._questions))

    def _margins(self) -> Iterator[str]:
        """Give the words at the head and foot of the pages, other than numbers of pages."""
        for part in dict.fromkeys(self._parts.related(self._parts.main).values()):
            if part.kind in ("header", "footer"):
                whole = elements(self._parts.get(part.target) or b"<none/>")
                words = next((_plain(one) for one in whole if local_name(one) in ("hdr", "ftr")), "")
                if words and not PAGE_NUMBER.fullmatch(squeeze(words)):
                    yield f"页眉页脚里的{quoted(words)}没有读"

    def _blocks(self, container: Element) -> Iterator[Paragraph | Grid]:
        for one in _unwrapped(container):
            if local_name(one) == "p":
                self._paragraphs += 1
                yield Paragraph(f"第{self._paragraphs}段", *self._read(one))
            elif local_name(one) == "tbl":
                yield from self._table(one)
            elif local_name(one) == "altChunk":
                self._questions.append("文档里嵌有另一份文件，没有读")
            elif text := _plain(one):
                self._questions.append(f"{quoted(text)}在别的对象里，没有读")

    def _read(self, paragraph: Element) -> tuple[str, tuple[str, ...]]:
        """Return the text of a paragraph with its number, and what is not certain in it."""
        words = [(self._numbering.printed(paragraph), ""), *self._words(paragraph)]
        return unified("".join(text for text, _ in words)), tuple(note for _, note in words if note)

    def _words(self, container: Element) -> Iterator[tuple[str, str]]:
        """Give the pieces of a paragraph: what is printed, and what is not certain in it."""
        for one in _unwrapped(container):
            if local_name(one) in _DELETED and _plain(one):
                yield "", f"修订：{quoted(_plain(one))}已删去，没有读"
            elif local_name(one) == "r":
                yield from self._run(one)
            elif text := _plain(one):
                yield text, f"{quoted(text)}是公式或别的对象，照样读了"

    def _run(self, run: Element) -> Iterator[tuple[str, str]]:
        yield from (("", note) for piece in run for note in self._notes(piece))
        text, looks = "".join(map(_printed, run)), child(run, "rPr")
        if text.strip() and _has(looks, "vanish"):
            yield "", f"隐藏的字{quoted(text)}没有读"
        elif text.strip() and (_has(looks, "strike") or _has(looks, "dstrike")):
            yield text, f"删除线：{quoted(text)}划去了，照样读了"
        else:
            yield text, ""

    def _notes(self, piece: Element) -> Iterator[str]:
        """Give what is not certain in a piece of a run; what floats over the page is asked once for the document."""
        name = local_name(piece)
        if name == "sym":
            yield "有一个符号没有读"
        elif name == "endnoteReference":
            yield "有尾注，没有读"
        elif name == "footnoteReference":
            yield f"有脚注：{self._footnotes.get(value(piece, 'id'), '')[:_LONGEST_NOTE]}"
        elif child(piece, "ffData", "ddList") is not None or child(piece, "ffData", "checkBox") is not None:
            yield "有下拉框或复选框，没有读"
        elif name in _FLOATING:
            self._questions.append(_floating(piece))

    def _table(self, table: Element) -> Iterator[Grid]:
        """Give a table as a grid, and behind it the tables that stand in its cells."""
        self._tables += 1
        rows = [one for one in _unwrapped(table) if local_name(one) == "tr"]
        places = [f"第{self._tables}个表第{at}行" for at in range(1, len(rows) + 1)]
        hidden = [("这一行是隐藏的",) * (child(row, "trPr", "hidden") is not None) for row in rows]
        cells: list[GridCell] = []
        inner: list[Element] = []
        deleted: list[str] = []
        above: dict[int, int] = {}  # of each column, where its merged cell stands in the list
        for at, row in enumerate(rows):
            if child(row, "trPr", "del") is not None:
                deleted.append(f"{places[at]}在修订里已删去，没有读")
                continue
            for columns, merge, one in _placed(row):
                if merge == _GOES_ON and columns.start in above:
                    over = cells[above[columns.start]]
                    cells[above[columns.start]] = over._replace(rows=range(over.rows.start, at + 1))
                    continue
                above.pop(columns.start, None)
                if merge:
                    above[columns.start] = len(cells)
                cells.append(GridCell(range(at, at + 1), columns, *self._cell(one, inner)))
        yield Grid("", filled_rows(cells, list(zip(places, hidden, strict=True))), tuple(deleted))
        for one in inner:
            yield from self._table(one)

    def _cell(self, cell: Element, inner: list[Element]) -> tuple[str, tuple[str, ...]]:
        """Return the text of a cell and what is not certain in it; tables in it are added to the *inner* ones."""
        lines: list[str] = []
        is_gone = child(cell, "tcPr", "cellDel") is not None
        notes = ["修订：这一格已删去，照样读了"] if is_gone else []
        for one in _unwrapped(cell):
            if local_name(one) == "p":
                text, doubts = self._read(one)
                lines.append(text)
                notes += doubts
            elif local_name(one) == "tbl":
                inner.append(one)
                notes.append("这一格里还有一张小表，另作一张表读")
        return "\n".join(lines).strip(), tuple(notes)


def _placed(row: Element) -> Iterator[tuple[range, str, Element]]:
    """Give the cells of a row: which columns each covers, whether it is merged downwards, and the cell."""
    column = number_in(child(row, "trPr", "gridBefore"))
    for one in _unwrapped(row):
        if local_name(one) == "tc":
            width, merge = max(1, number_in(child(one, "tcPr", "gridSpan"))), child(one, "tcPr", "vMerge")
            merged = "" if merge is None else value(merge) or _GOES_ON
            yield range(column, min(column + width, _MOST_COLUMNS)), merged, one
            column += width


def _unwrapped(container: Element) -> Iterator[Element]:
    """Give what stands in an element, without what only wraps it."""
    for one in container:
        if local_name(one) in _WRAPPERS:
            yield from _unwrapped(one)
        else:
            yield one


def _printed(piece: Element) -> str:
    """Return what a piece of a run prints, of words with their sound above them the words."""
    name = local_name(piece)
    if name in _SIGNS:
        return "" if value(piece, "type") == "page" else _SIGNS[name]
    if name == "ruby":
        return "".join(_plain(base) for base in piece if local_name(base) == "rubyBase")
    return (piece.text or "") if name == "t" else ""


def _floating(drawn: Element) -> str:
    box = next((one for one in drawn.iter() if local_name(one) == "txbxContent"), None)
    text = _plain(box) if box is not None else ""
    return f"文本框里的{quoted(text)}没有读" if text else "文档里有图片或嵌入的对象，里面的字没有读"


def _has(looks: Element | None, name: str) -> bool:
    mark = child(looks, name)
    return mark is not None and value(mark) not in _OFF


def _plain(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local_name(one) in ("t", "delText")).strip()
