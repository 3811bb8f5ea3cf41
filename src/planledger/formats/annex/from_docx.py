"""A Word document as paragraphs and grids: what is printed of it, with a note of what is struck through, deleted or floating."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from planledger.formats.annex.grid import Blocks, Grid, GridCell, Paragraph, filled_rows
from planledger.formats.annex.numbering import STRUCK, Numbering, child, is_on, marks_in, number_in, value
from planledger.formats.annex.prose import unread_margins
from planledger.formats.xlsx.parts import Parts, elements, local_name
from planledger.plan.phrases.texts import quoted, unified

_INSERTED, _DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_WRAPPERS = {*_INSERTED, "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo"}
_FLOATING = ("drawing", "pict", "object")
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROMPT = "prompt"  # of a run that asks what is to be typed
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
        controls = (one for one in body.iter() if local_name(one) == "sdt")
        empty = (one for one in controls if is_on(child(one, "sdtPr", "showingPlcHdr")))
        for run in (run for control in empty for run in control.iter()):
            run.set(_PROMPT, "")
        blocks = tuple(self._blocks(body))
        comments = self._parts.get(self._parts.named(self._parts.main, "comments")) or b"<none/>"
        if any(map(_plain, elements(comments))):
            self._questions.append("文档里有批注，没有读")
        self._questions += unread_margins(self._margins())
        return Blocks(blocks, tuple(self._footnotes.values()), tuple(self._questions))

    def _margins(self) -> Iterator[str]:
        """Give the words of each head and foot of the pages."""
        for part in dict.fromkeys(self._parts.related(self._parts.main).values()):
            if part.kind in ("header", "footer"):
                whole = elements(self._parts.get(part.target) or b"<none/>")
                yield from (_plain(one) for one in whole if local_name(one) in ("hdr", "ftr"))

    def _blocks(self, container: Element) -> Iterator[Paragraph | Grid]:
        for one in _unwrapped(container):
            if local_name(one) == "p":
                self._paragraphs += 1
                yield Paragraph(f"第{self._paragraphs}段", *self._read(one))
            elif local_name(one) == "tbl":
                yield from self._table(one)
            else:
                self._questions += _unread(one)

    def _read(self, paragraph: Element) -> tuple[str, tuple[str, ...]]:
        """Return the text of a paragraph with its number, and what is not certain in it."""
        style = value(child(paragraph, "pPr", "pStyle"))
        words = [(self._numbering.printed(paragraph), ""), *self._words(paragraph, style)]
        return unified("".join(text for text, _ in words)), tuple(note for _, note in words if note)

    def _words(self, paragraph: Element, style: str) -> Iterator[tuple[str, str]]:
        """Give the pieces of a paragraph: what is printed, and what is not certain in it."""
        for one in _unwrapped(paragraph):
            if local_name(one) in _DELETED and _plain(one):
                yield "", f"修订：{quoted(_plain(one))}已删去，没有读"
            elif local_name(one) == "r":
                yield from self._run(one, style)
            elif text := _plain(one):
                yield text, f"{quoted(text)}是公式或别的对象，照样读了"

    def _run(self, run: Element, style: str) -> Iterator[tuple[str, str]]:
        """Give the words of a run in a paragraph of a style, and what is not certain in them."""
        pieces, looks = list(_unwrapped(run)), child(run, "rPr")
        yield from (("", note) for piece in pieces for note in self._notes(piece))
        own = value(child(looks, "rStyle"))
        marks = self._numbering.marks(style) | self._numbering.marks(own) | marks_in(looks)
        text = "".join(map(_printed, pieces))
        if text.strip() and marks.get("vanish"):
            yield "", f"隐藏的字{quoted(text)}没有读"
        elif text.strip() and run.get(_PROMPT) is not None:
            yield "", f"{quoted(text)}是没有填的控件里的提示，没有读"
        elif text.strip() and any(map(marks.get, STRUCK)):
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
        if any(self._numbering.marks(value(child(table, "tblPr", "tblStyle"))).values()):
            what = "的样式里有删除线或隐藏的字，没有逐格认出，请对照原件"
            self._questions.append(f"第{self._tables}个表{what}")
        rows = [one for one in _unwrapped(table) if local_name(one) == "tr"]
        places = [f"第{self._tables}个表第{at}行" for at in range(1, len(rows) + 1)]
        hidden = [("这一行是隐藏的",) * is_on(child(row, "trPr", "hidden")) for row in rows]
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
                    whole = over._replace(rows=range(over.rows.start, at + 1))
                    cells[above[columns.start]] = whole.over(_plain(one))
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
        lines, own = list[str](), list[Element]()
        is_gone = child(cell, "tcPr", "cellDel") is not None
        notes = ["修订：这一格已删去，照样读了"] if is_gone else []
        for one in _unwrapped(cell):
            if local_name(one) == "p":
                text, doubts = self._read(one)
                lines.append(text)
                notes += doubts
            elif local_name(one) == "tbl":
                own.append(one)
            else:
                notes += _unread(one)
        inner += own
        words = "\n".join(lines).strip()
        notes += ["这一格里还有一张小表，另作一张表读"] if own and words else []
        return words, tuple(notes)


def _placed(row: Element) -> Iterator[tuple[range, str, Element]]:
    """Give the cells of a row: which columns each covers, whether it is merged downwards, and the cell."""
    column = number_in(child(row, "trPr", "gridBefore"))
    for one in _unwrapped(row):
        if local_name(one) == "tc":
            width, merge = max(1, number_in(child(one, "tcPr", "gridSpan"))), child(one, "tcPr", "vMerge")
            merged = "" if merge is None else value(merge) or _GOES_ON
            yield range(column, min(column + width, _MOST_COLUMNS)), merged, one
            column += width


def _unwrapped(container: Iterable[Element]) -> Iterator[Element]:
    """Give what stands in an element, without what only wraps it, and of several forms of one thing the plainest."""
    for one in container:
        if local_name(one) in _WRAPPERS:
            yield from _unwrapped(one)
        elif local_name(one) == "AlternateContent":  # the form for programs that know no other comes last
            yield from _unwrapped(next((form for form in reversed(one) if len(form)), ()))
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


def _unread(other: Element) -> list[str]:
    """Ask about what stands where paragraphs and tables do and is neither."""
    if local_name(other) == "altChunk":
        return ["文档里嵌有另一份文件，没有读"]
    text = _plain(other)
    return [f"{quoted(text)}在别的对象里，没有读"] if text else []


def _floating(drawn: Element) -> str:
    text = _plain(drawn)
    return f"文本框里的{quoted(text)}没有读" if text else "文档里有图片或嵌入的对象，里面的字没有读"


def _plain(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local_name(one) in ("t", "delText")).strip()
