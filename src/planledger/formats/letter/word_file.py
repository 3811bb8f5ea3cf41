"""An official paper as a Word file: the template has the geometry, each run names its fonts; the same paper, the same bytes.

python-docx is loaded where a paper is written, and nowhere else.
"""

import re
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from planledger.formats.letter.paper import (
    ISSUED,
    NUMBER,
    SIGNER,
    Attachment,
    Paper,
    PaperBlock,
    PaperHeading,
    PaperTable,
    gap_parts,
    proof_text,
)
from planledger.formats.letter.titles import title_lines
from planledger.formats.text.display import columns, lined
from planledger.formats.workbook.tables import reproducible
from planledger.plan.refusal import Refusal

FANG, HEI, KAI, XIAO = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
FACES = {
    "PaperMark": HEI,
    "PaperTitle": XIAO,
    "PaperHeading": HEI,
    "PaperSubheading": KAI,
    "AttachmentMark": HEI,
    "RedHead": XIAO,
    "LetterHead": XIAO,
}  # of a style; all others are 仿宋
HEADINGS = {1: "PaperHeading", 2: "PaperSubheading"}
LINE = 442  # points of a line of text
TEXT = 156  # millimetres of it
CHARACTER = 315  # twips that one of 16 pt takes
ONE_CHARACTER = 100  # as Word counts them
KEPT_ROWS = 3  # of a table, on the page of what follows it
SIGNED = 4  # characters that the day stands away from the right edge
PROPERTY = 255  # characters that a file may say of itself in one place
MAY_BREAK = "\u200b"  # no width; without it LibreOffice breaks a list of numbers inside them
_BETWEEN_NUMBERS = re.compile("(?<=[0-9]、)(?=[0-9])")
LETTER_HEAD, RED_HEAD = 34, 48  # points of the issuer's name, less where it is long


def require_word() -> None:
    """Check that Word files can be written here.

    Raises:
        Refusal: the extra is not installed.
    """
    if find_spec("docx") is None:
        raise Refusal("这台电脑没有装写 Word 文件的部分；请运行 pip install 'planledger[word]'。")


def paper_file(paper: Paper) -> bytes:
    """Return a paper as the bytes of a .docx file."""
    from docx import Document

    document: Any = Document(BytesIO(_template()))
    _properties(document, paper)
    _head(document, paper)
    for line in title_lines(_flat(paper.title), paper.words):
        _paragraph(document, "PaperTitle", line)
    _blank_lines(document, 1)
    if paper.addressee:
        _paragraph(document, "Addressee", f"{paper.addressee}：")
    _write_blocks(document, paper.blocks)
    if paper.attachment:
        _blank_lines(document, 1)
        listed = _paragraph(document, "AttachmentList", f"附件：{paper.attachment.title}", keeps=True)
        _indent(listed, left=2)
    _sign(document, paper)
    if paper.attachment:
        _write_attachment(document, paper.attachment)
    _blank_lines(document, 1)
    _paragraph(document, "PaperProof", proof_text(paper))
    out = BytesIO()
    document.save(out)
    return reproducible(out.getvalue(), paper.day)


@cache
def _template() -> bytes:
    return files("planledger.formats.letter").joinpath("template.docx").read_bytes()


def _properties(document: Any, paper: Paper) -> None:
    """Put in what the file says of itself: the office, the title, the day asked."""
    from datetime import datetime

    about = document.core_properties
    about.author, about.title = _flat(paper.office)[:PROPERTY], _flat(paper.title)[:PROPERTY]
    about.created = about.modified = datetime.fromisoformat(paper.day)


def _head(document: Any, paper: Paper) -> None:
    """Write what stands above the title, in red where a red head is asked for; without one its room stays empty."""
    if paper.is_letter:
        _letter_head(document, paper)
    # a red head stands below the line of the mark
    if paper.mark or (paper.has_red_head and not paper.is_letter):
        _paragraph(document, "PaperMark", paper.mark)
    if paper.is_letter:
        _paragraph(document, "LetterNumber", NUMBER)
        _paragraph(document, "Addressee", f"签发人：{SIGNER}")
        _blank_lines(document, 2)
    elif paper.has_red_head:
        name = f"{paper.issuer}文件"
        _paragraph(document, "RedHead", name, _points(name, RED_HEAD))
        _blank_lines(document, 1)
        _paragraph(document, "RedNumber", NUMBER)
        _blank_lines(document, 2)
    elif paper.mark:
        _blank_lines(document, 1)


def _letter_head(document: Any, paper: Paper) -> None:
    """Set the first page of a letter apart: no page number; the name and the double lines where a red head is asked for."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    if not paper.has_red_head:
        return
    above, below = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    _set_style(above, "LetterHead")
    _set_style(below, "LetterFoot")
    _add_text(above, paper.issuer, XIAO, _points(paper.issuer, LETTER_HEAD))


def _points(name: str, most: int) -> int:
    """Return in which size a name fits into a line."""
    return min(most, LINE * 2 // max(1, columns(name)))


def _write_blocks(document: Any, blocks: tuple[PaperBlock, ...]) -> None:
    """Write the blocks; the last stays on the page of what follows: no page is a signature alone."""
    for place, block in enumerate(blocks, 1):
        if isinstance(block, str):
            _paragraph(document, "PaperBody", block, keeps=place == len(blocks))
        elif isinstance(block, PaperHeading):
            _paragraph(document, HEADINGS[block.level], block.text)
        else:
            _write_table(document, block, keeps=place == len(blocks))


def _sign(document: Any, paper: Paper) -> None:
    """Write who issues the paper and the day, the name centred above it, four characters from the right edge.

    Where no list follows, what proves the paper stays on their page: no page is that line alone.
    """
    _blank_lines(document, 2)
    over = (columns(ISSUED) - columns(paper.issuer)) // 4
    _indent(_paragraph(document, "PaperSignature", paper.issuer, keeps=True), right=max(0, SIGNED + over))
    _indent(_paragraph(document, "PaperSignature", ISSUED, keeps=paper.attachment is None), right=SIGNED)


def _write_attachment(document: Any, attachment: Attachment) -> None:
    _paragraph(document, "AttachmentMark", "附件")
    _blank_lines(document, 1)
    _paragraph(document, "PaperTitle", attachment.title)
    _blank_lines(document, 1)
    _write_table(document, attachment.table, keeps=True)


def _write_table(document: Any, table: PaperTable, *, keeps: bool) -> None:
    """Write a table whose heads stand on every page and whose rows are not parted between pages.

    The heads stay with the first row, and the last rows of one that *keeps* on the page of what follows it.
    """
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    grid = document.add_table(0, len(table.heads), style="PaperGrid")
    grid.autofit = False
    widths = [Mm(TEXT * width / sum(table.widths)) for width in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for place, texts in enumerate((table.heads, *table.rows)):
        cells = grid.add_row()
        properties = cells._tr.get_or_add_trPr()  # noqa: SLF001  (python-docx has no word for it)
        properties.append(OxmlElement("w:cantSplit"))
        if not place:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width, text in zip(cells.cells, widths, texts, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            _set_style(paragraph, "PaperCell")
            if not place or (keeps and place > len(table.rows) - KEPT_ROWS):
                paragraph.paragraph_format.keep_with_next = True
            _add_text(paragraph, text, FANG if place else HEI)


def _blank_lines(document: Any, count: int) -> None:
    """Leave lines empty; they stay on the page of what follows them."""
    for _ in range(count):
        _paragraph(document, "Normal", "", keeps=True)


def _paragraph(document: Any, style: str, text: str, points: int = 0, *, keeps: bool = False) -> Any:
    """Write a paragraph; one that *keeps* stays on the page of the next."""
    paragraph = document.add_paragraph()
    _set_style(paragraph, style)
    if keeps:
        paragraph.paragraph_format.keep_with_next = True
    _add_text(paragraph, text, FACES.get(style, FANG), points)
    return paragraph


def _set_style(paragraph: Any, style: str) -> None:
    """Give a paragraph a style of the template, whose names are its ids: python-docx looks each name up for a millisecond."""
    paragraph.paragraph_format.element.style = style


def _add_text(paragraph: Any, text: str, face: str, points: int = 0) -> None:
    """Add a text in runs that name their fonts; what is to be filled in is marked."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for place, part in enumerate(gap_parts(_BETWEEN_NUMBERS.sub(MAY_BREAK, _flat(text)))):
        if not part:
            continue
        run = paragraph.add_run(part)
        run.font.name = "Times New Roman"
        fonts = run.font.element.rPr.rFonts  # python-docx itself knows only the Latin font
        fonts.set(qn("w:eastAsia"), face)
        fonts.set(qn("w:hint"), "eastAsia")
        if points:
            run.font.size = Pt(points)
        if place % 2:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _indent(paragraph: Any, *, left: int = 0, right: int = 0) -> None:
    """Indent by whole characters, and by their width for readers that do not know that measure."""
    from docx.oxml.ns import qn

    indents = paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_ind()  # by characters
    for edge, count in (("left", left), ("right", right)):
        if count:
            indents.set(qn(f"w:{edge}Chars"), str(count * ONE_CHARACTER))
            indents.set(qn(f"w:{edge}"), str(count * CHARACTER))


def _flat(text: str) -> str:
    """Return a text in one line, with nothing in it that a file may not hold."""
    return " ".join(lined(text).split("\n"))
