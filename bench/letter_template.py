"""Write the template of the official papers, `src/planledger/formats/letter/template.docx`, anew.

Geometry and type are those of GB/T 9704-2012: A4, margins of 37, 28, 35 and 26 mm, 22 lines of 28 characters at 16 pt
(三号), page numbers outside. Lengths are in twips (1/20 pt) unless they are named otherwise.
"""

from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

TARGET = Path(__file__).parents[1] / "src/planledger/formats/letter/template.docx"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FANG, HEI, KAI, XIAO = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
ELSE = {FANG: "仿宋,宋体", HEI: "SimHei", KAI: "楷体,宋体", XIAO: "方正小标宋_GBK,宋体"}
LATIN = "Times New Roman"
LINE = 579  # of which 22 fill the 225 mm of the type area
RED = "FF0000"


def mm(length: float) -> int:
    """Return millimetres in twips."""
    return round(length * 1440 / 25.4)


def style(  # noqa: PLR0913  (each names one thing of a style)
    name: str,
    face: str = FANG,
    *,
    points: float = 16,
    align: str = "both",
    line: int = LINE,
    first: int = 0,
    before: int = 0,
    after: int = 0,
    color: str = "",
    borders: str = "",
    more: str = "",
    is_base: bool = False,
) -> str:
    """Return a style of paragraphs: its face, its size, how its lines stand."""
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{face}" w:hint="eastAsia"/>'
    indent = f'<w:ind w:firstLineChars="{first * 100}" w:firstLine="{first * 315}"/>' if first else ""
    space = (
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
        if line
        else f'<w:spacing w:before="{before}" w:after="{after}"/>'
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="'
        if is_base
        else '<w:style w:type="paragraph" w:customStyle="1" w:styleId="'
    )
    on = "" if is_base else '<w:basedOn w:val="Normal"/>'
    shade = f'<w:color w:val="{color}"/>' if color else ""
    # a quarter of a point less between characters: 28 of them fill the 156 mm of a line
    near = '<w:spacing w:val="-5"/>' if points == 16 else '<w:spacing w:val="0"/>'
    return (
        f'{base}{name}"><w:name w:val="{name}"/>{on}<w:qFormat/>'
        f'<w:pPr>{more}{borders}{space}{indent}<w:jc w:val="{align}"/></w:pPr>'
        f'<w:rPr>{fonts}{shade}{near}<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/></w:rPr></w:style>'
    )


def rule(edge: str, kind: str, eighths: int, space: int) -> str:
    """Return a red line along one edge of a paragraph."""
    return f'<w:pBdr><w:{edge} w:val="{kind}" w:sz="{eighths}" w:space="{space}" w:color="{RED}"/></w:pBdr>'


# the double lines of a letter are 170 mm long, so they go out into both margins
WIDE = f'<w:ind w:left="{-mm(8)}" w:right="{-mm(6)}"/>'
KEEP = "<w:keepNext/>"


def styles() -> str:
    """Return every style, by the names that `formats/letter/word_file.py` uses."""
    letter_head = style(
        "LetterHead",
        XIAO,
        points=34,
        align="center",
        line=mm(14.0),
        color=RED,
        borders=rule("bottom", "thickThinSmallGap", 18, 3),
    )
    letter_foot = style("LetterFoot", points=5, line=20, borders=rule("top", "thinThickSmallGap", 18, 0))
    several = (
        style("Normal", is_base=True),
        style("PaperBody", first=2),
        style("PaperMark", HEI, align="left"),
        style("PaperTitle", XIAO, points=22, align="center", line=640, more=KEEP),
        style("Addressee", align="left"),
        style("PaperHeading", HEI, first=2, more=KEEP),
        style("PaperSubheading", KAI, first=2, more=KEEP),
        style("AttachmentList"),
        style("PaperSignature", align="right"),
        style("AttachmentMark", HEI, align="left", more=KEEP + "<w:pageBreakBefore/>"),
        style("PaperCell", points=12, align="left", line=360),
        style("PaperProof", points=10.5, align="left", line=320),
        style("RedHead", XIAO, points=48, align="center", line=mm(20), before=mm(25.5), color=RED),
        style("RedNumber", align="center", borders=rule("bottom", "single", 12, 5)),
        style("LetterSpace", XIAO, points=34, align="center", line=mm(14), after=mm(2)),
        style("LetterNumber", align="right", before=mm(2.7)),
        style("PageOdd", points=14, align="right", line=mm(5)),
        style("PageEven", points=14, align="left", line=mm(5)),
        style("PageRest", points=5, line=20),
        letter_head.replace("<w:jc", f"{WIDE}<w:jc"),
        letter_foot.replace("<w:jc", f"{WIDE}<w:jc"),
    )
    table = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="PaperGrid"><w:name w:val="PaperGrid"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + f'</w:tblBorders><w:tblCellMar><w:left w:w="{mm(1)}" w:type="dxa"/><w:right w:w="{mm(1)}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    language = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    return f'{XML}<w:styles xmlns:w="{WORD}">{language}{"".join(several)}{table}</w:styles>'


def paragraph(name: str, inside: str = "") -> str:
    """Return a paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{inside}</w:p>'


def run(inside: str) -> str:
    """Return a run in the type of page numbers."""
    fonts = (
        f'<w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="宋体" w:hint="eastAsia"/></w:rPr>'
    )
    return f"<w:r>{fonts}{inside}</w:r>"


def page_number(name: str, indent: str) -> str:
    """Return the foot of a page: its number between dashes, one character from the outer edge."""
    field = '<w:fldSimple w:instr=" PAGE ">' + run("<w:t>1</w:t>") + "</w:fldSimple>"
    number = run('<w:t xml:space="preserve">— </w:t>') + field + run('<w:t xml:space="preserve"> —</w:t>')
    outer = f'<w:p><w:pPr><w:pStyle w:val="{name}"/><w:ind w:{indent}Chars="100" w:{indent}="280"/></w:pPr>{number}</w:p>'
    return (
        outer
        + f'<w:p><w:pPr><w:pStyle w:val="PageRest"/><w:spacing w:line="{mm(5.5)}" w:lineRule="exact"/></w:pPr></w:p>'
    )


def document() -> str:
    """Return the body: nothing but the one section."""
    references = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{number}"/>'
        for kind, page, number in (
            ("header", "first", "rId4"),
            ("footer", "default", "rId5"),
            ("footer", "even", "rId6"),
            ("footer", "first", "rId7"),
        )
    )
    margins = f'w:top="{mm(37)}" w:right="{mm(26)}" w:bottom="{mm(35)}" w:left="{mm(28)}" w:header="{mm(30.6)}" w:footer="{mm(20)}" w:gutter="0"'
    section = f'<w:sectPr>{references}<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/><w:pgMar {margins}/><w:docGrid w:linePitch="{LINE}"/></w:sectPr>'
    return f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{section}</w:body></w:document>'


def margin_part(kind: str, inside: str) -> str:
    """Return what stands in a margin, above (`hdr`) or below (`ftr`)."""
    return f'{XML}<w:{kind} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{inside}</w:{kind}>'


def fonts() -> str:
    """Return what stands in for a face that a machine does not have."""
    several = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{escape(others)}"/><w:charset w:val="86"/></w:font>'
        for name, others in ELSE.items()
    )
    return f'{XML}<w:fonts xmlns:w="{WORD}">{several}<w:font w:name="{LATIN}"/></w:fonts>'


def settings() -> str:
    """Return the settings: odd and even pages differ, punctuation keeps its width."""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'{XML}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{mode}</w:compat></w:settings>'
    )


def core() -> str:
    """Return who wrote it and when; the program puts both in."""
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def relations(several: dict[str, tuple[str, str]]) -> str:
    """Return how parts hang together: by id the kind and the place."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{place}"/>'
        for name, (kind, place) in several.items()
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def content_types() -> str:
    """Return what each part is."""
    parts = {
        "word/document.xml": "document.main",
        "word/styles.xml": "styles",
        "word/settings.xml": "settings",
        "word/fontTable.xml": "fontTable",
        "word/header1.xml": "header",
        **{f"word/footer{number}.xml": "footer" for number in (1, 2, 3)},
    }
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{TYPES}.{kind}+xml"/>' for part, kind in parts.items()
    )
    lines += '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    return f'{XML}<Types xmlns="{PACKAGE}/content-types">{defaults}{lines}</Types>'


def template_parts() -> dict[str, str]:
    """Return every part of the template by its path."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(
            {
                "rId1": (f"{OFFICE}/officeDocument", "word/document.xml"),
                "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relations(
            {
                "rId1": (f"{OFFICE}/styles", "styles.xml"),
                "rId2": (f"{OFFICE}/settings", "settings.xml"),
                "rId3": (f"{OFFICE}/fontTable", "fontTable.xml"),
                "rId4": (f"{OFFICE}/header", "header1.xml"),
                **{f"rId{number + 4}": (f"{OFFICE}/footer", f"footer{number}.xml") for number in (1, 2, 3)},
            }
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": fonts(),
        "word/header1.xml": margin_part("hdr", paragraph("LetterSpace")),
        "word/footer1.xml": margin_part("ftr", page_number("PageOdd", "right")),
        "word/footer2.xml": margin_part("ftr", page_number("PageEven", "left")),
        "word/footer3.xml": margin_part("ftr", paragraph("PageRest")),
        "docProps/core.xml": core(),
    }


def write_template(target: Path) -> None:
    """Write the template: the same parts, the same bytes."""
    with ZipFile(target, "w") as file:
        for name, text in template_parts().items():
            info = ZipInfo(name)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 0, 0
            file.writestr(info, text)


if __name__ == "__main__":
    write_template(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
