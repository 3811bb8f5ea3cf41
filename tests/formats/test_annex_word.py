"""What only Word documents have, and which files are refused: each in one sentence, before it costs time or memory."""

import json
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn
from zipfile import ZIP_STORED, ZipFile

import pytest
from docx import Document  # noqa: TID253  (what is read is a document of Word)
from docx.oxml import parse_xml  # noqa: TID253
from openpyxl import Workbook  # noqa: TID253

from annexes import draft
from hostile_workbooks import costs, repacked
from planledger.formats.annex import from_pdf, pdf_pages
from planledger.formats.annex.grid import Blocks, Paragraph
from planledger.formats.annex.reading import annex_of, read_annex
from planledger.formats.xlsx.opening import WorkbookRefused
from planledger.plan.draft.annex import ReadAnnex
from planledger.plan.refusal import Refusal

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BODY = "word/document.xml"


def words(text: str, looks: str = "", tag: str = "t") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:{tag}>{text}</w:{tag}></w:r>"


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{inside}</w:p></w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def texts(*cells: str, properties: str = "") -> str:
    """A row of cells that hold a text each."""
    return row(*map(cell, map(words, cells)), properties=properties)


def paragraph(text: str, depth: int | None = None) -> str:
    counted = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="99"/></w:numPr></w:pPr>'
    return f"<w:p>{counted if depth is not None else ''}{words(text)}</w:p>"


HEAD = texts("序号", "重点工作", "具体事项", "完成时限", "责任单位")
STYLES = """<w:styles {0}>
<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="99"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:styleId="below"><w:basedOn w:val="gone"/></w:style>
<w:style w:styleId="dark"><w:rPr><w:vanish w:val="1"/></w:rPr></w:style>
<w:style w:styleId="last"><w:tblStylePr w:type="lastRow"><w:rPr><w:dstrike/></w:rPr></w:tblStylePr></w:style>
</w:styles>"""
NUMBERED = """<w:numbering {0}>
<w:abstractNum w:abstractNumId="78"><w:numStyleLink w:val="a"/></w:abstractNum>
<w:num w:numId="98"><w:abstractNumId w:val="78"/></w:num>
<w:num w:numId="97"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="95"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0"><w:lvl>
<w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1"/></w:lvl></w:lvlOverride></w:num>
<w:num w:numId="96"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0"><w:lvl>
<w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:lvlOverride></w:num>
</w:numbering>"""
LISTS = """<w:abstractNum {0} w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ReadAnnex]:
    """Read a document of Word made of blocks as Word writes them."""

    def read_blocks(*blocks: str) -> ReadAnnex:
        document = Document()
        numbering: Any = document.part.numbering_part.element
        numbering.insert(0, parse_xml(LISTS.format(NAMES)))
        numbering.append(parse_xml(f'<w:num {NAMES} w:numId="99"><w:abstractNumId w:val="77"/></w:num>'))
        for one in parse_xml(NUMBERED.format(NAMES)):
            numbering.append(one)
        for one in parse_xml(STYLES.format(NAMES)):
            document.styles.element.append(one)
        for block in parse_xml(f"<w:body {NAMES}>{''.join(blocks)}</w:body>"):
            document.element.body.append(block)
        document.save(str(tmp_path / "附件.docx"))
        return read_annex(tmp_path / "附件.docx")

    return read_blocks


def test_of_tracked_changes_what_stands_is_read_and_what_is_gone_is_named(
    read: Callable[..., ReadAnnex],
) -> None:
    changed = words("种茶") + f"<w:del>{words('100亩', tag='delText')}</w:del><w:ins>{words('200亩')}</w:ins>"
    units = f"<w:sdt><w:sdtContent>{words('农业局')}</w:sdtContent></w:sdt>{words('、财政局', '<w:strike/>')}"
    units += (
        words("水产站", "<w:vanish/>")
        + f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('框里')}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    gone = texts("2", "", "养鱼", "7月", "", properties="<w:del/>")
    field = "<w:r><w:fldChar><w:ffData><w:ddList/></w:ffData></w:fldChar></w:r>"
    hidden = row(
        *map(cell, map(words, ("3", "", "植树"))),
        cell(field),
        cell(words("林业局"), "<w:cellDel/>"),
        properties="<w:hidden/>",
    )
    annex = read(
        table(
            HEAD,
            row(cell(words("1")), cell(words("产业")), cell(changed), cell(words("6月")), cell(units)),
            gone,
            hidden,
        )
    )

    assert [("种茶200亩", "农业局、财政局"), ("植树", "林业局")] == [
        (one.text, one.units) for one in annex.rows
    ]
    assert ("第1个表第3行在修订里已删去，没有读", "文本框里的“框里”没有读") == tuple(
        sorted(annex.questions, reverse=True)
    )
    assert annex.rows[0].questions == (
        "修订：“100亩”已删去，没有读（具体事项）",
        "删除线：“、财政局”划去了，照样读了（责任单位）",
        "隐藏的字“水产站”没有读（责任单位）",
    )
    assert annex.rows[1].questions == (
        "这一行是隐藏的",
        "有下拉框或复选框，没有读（完成时限）",
        "修订：这一格已删去，照样读了（责任单位）",
    )


def test_what_a_style_strikes_through_or_hides_is_named_as_if_its_words_said_it(
    read: Callable[..., ReadAnnex],
) -> None:
    """A style of words, of their paragraph, or that on which it is based; of a table, once for the table.

    So are words that Word does not show because the cell is merged with the one above.
    """
    styled = '<w:rStyle w:val="{}"/>'.format
    text = (
        words("种茶")
        + words("100亩", styled("below"))
        + words("好", styled("below") + '<w:strike w:val="0"/>')
    )
    units = f'<w:pPr><w:pStyle w:val="dark"/></w:pPr>{words("农业局")}'
    look = '<w:tblPr><w:tblStyle w:val="last"/></w:tblPr>'
    merged = (
        cell(words("产业"), '<w:vMerge w:val="restart"/>'),
        cell(words("旧组"), "<w:vMerge/>"),
    )
    annex = read(
        table(
            look,
            HEAD,
            row(cell(words("1")), merged[0], cell(text), cell(words("6月")), cell(units)),
            row(cell(words("2")), merged[1], cell(words("养鱼")), cell(words("7月")), cell(words("水产站"))),
        )
    )
    assert ("种茶100亩好", "") == (annex.rows[0].text, annex.rows[0].units)
    assert ("产业", ()) == (annex.rows[1].area, annex.rows[1].questions)
    assert annex.rows[0].questions == (
        "合并的格下面压着“旧组”，没有读（重点工作）",
        "删除线：“100亩”划去了，照样读了（具体事项）",
        "隐藏的字“农业局”没有读（责任单位）",
    )
    assert annex.questions == ("第1个表的样式里有删除线或隐藏的字，没有逐格认出，请对照原件",)


def test_of_a_thing_in_several_forms_one_is_read_and_what_a_control_asks_for_is_no_answer(
    read: Callable[..., ReadAnnex],
) -> None:
    """Word writes newer signs twice, the second time for older programs; an empty list of units says that one is to be chosen."""
    forms = (
        "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
    )
    text = f"<w:r><w:t>种茶</w:t>{forms.format('<w:t>百亩</w:t>')}</w:r>{forms.format(words('，通水'))}<w:bdo>{words('。')}</w:bdo>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{words('选择一项。')}</w:sdtContent></w:sdt>"
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('框里')}</w:txbxContent></v:textbox></w:pict></w:r>"
    boxed = f"<w:p>{forms.format(box)}</w:p>"
    filled = prompt.replace("Hdr/>", 'Hdr w:val="0"/>').replace("选择一项。", "6月")
    annex = read(table(HEAD, row(*map(cell, (words("1"), "", text, filled, prompt)))), boxed)

    assert ("种茶百亩，通水。", "6月", "") == (annex.rows[0].text, annex.rows[0].due, annex.rows[0].units)
    assert ("“选择一项。”是没有填的控件里的提示，没有读（责任单位）",) == annex.rows[0].questions
    assert ("文本框里的“框里”没有读",) == annex.questions


def test_no_word_in_an_object_of_a_paragraph_is_lost(read: Callable[..., ReadAnnex]) -> None:
    """Words with their sound above them, formulas, signs of a font of signs, and what an object of another kind holds."""
    sound = f"<w:ruby><w:rt>{words('lu')}</w:rt><w:rubyBase>{words('修路')}</w:rubyBase></w:ruby>"
    file = "</w:p><w:altChunk/><w:p>"
    text = f"<w:r>{sound}</w:r><m:oMath xmlns:m='urn:m'><m:r><m:t>12公里</m:t></m:r></m:oMath><w:r><w:sym w:char='F0FE'/></w:r>"
    annex = read(
        paragraph("甲县2022年任务清单"),
        f"<w:other>{paragraph('框外')}</w:other><w:altChunk/>",
        table(HEAD, row(*map(cell, (words("1"), file, text, words("6月"), words("交通局"))))),
    )

    assert ["修路12公里"] == [one.text for one in annex.rows]
    assert annex.rows[0].questions == (
        "文档里嵌有另一份文件，没有读（重点工作）",
        "“12公里”是公式或别的对象，照样读了（具体事项）",
        "有一个符号没有读（具体事项）",
    )
    assert ("“框外”在别的对象里，没有读", "文档里嵌有另一份文件，没有读") == annex.questions


def test_words_at_the_head_and_foot_of_the_pages_are_named_and_their_numbers_are_not(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "时限未注明的，年底前"
    document.sections[0].footer.paragraphs[0].text = "第 1 页 共 3 页"
    document.add_paragraph("1.修路。（责任单位：交通局）")
    document.save(str(tmp_path / "附件.docx"))

    assert ("页眉页脚里的“时限未注明的，年底前”没有读",) == read_annex(tmp_path / "附件.docx").questions


def test_no_paragraph_is_left_out_without_a_word_wherever_it_stands(read: Callable[..., ReadAnnex]) -> None:
    """Below a table, or with nothing left in it; and rows that stand in no table, however their columns are parted."""
    labelled = paragraph("牵头单位：甲局 配合单位：乙局 完成时限：6月")
    gone = f"<w:p><w:del>{words('牵头单位负总责', tag='delText')}</w:del></w:p>"
    table_of_one = table(HEAD, texts("1", "产业", "种茶", "6月", "农业局"))
    tabs = "<w:tab/>".join(f"<w:t>{word}</w:t>" for word in ("序号", "具体事项", "责任单位"))
    annex = read(
        labelled,
        gone,
        table_of_one,
        f"<w:p>{words('均为年底前', '<w:strike/>')}</w:p>",
        f"<w:p><w:r>{tabs}</w:r></w:p>",
    )

    assert ("均为年底前", "序号 具体事项 责任单位") == annex.footnotes
    assert annex.questions == (
        "第2段：修订：“牵头单位负总责”已删去，没有读",
        "第3段：删除线：“均为年底前”划去了，照样读了",
        "第4段：“序号 具体事项 责任单位”像是表头，这张表没有画框线，没有读",
        "表头上面写着“牵头单位：甲局 配合单位：乙局 完成时限：6月”；要照办的，请写进 rules、remark 或 assumptions。",
    )


def test_what_stands_between_the_word_annex_and_its_table_is_asked_about(
    read: Callable[..., ReadAnnex],
) -> None:
    """A level of secrecy is one also where it is the whole of a line above the title."""
    lines = ("机密", "甲县2022年任务方案", "一、任务", "附件1", "未注明时限的，12月10日前。", "任务清单")
    annex = read(
        *map(paragraph, lines),
        table(HEAD, texts("1", "产业", "种茶", "6月", "农业局")),
    )

    assert (
        "表头上面写着“未注明时限的，12月10日前。”；要照办的，请写进 rules、remark 或 assumptions。",
    ) == annex.questions
    assert "机密" == annex.mark


def test_tables_in_cells_and_tables_that_go_on_are_read(read: Callable[..., ReadAnnex]) -> None:
    """A table that only frames another one is none; one without a head goes on where nothing stands between."""
    first = texts("1", "产业", "种茶", "6月", "农业局")
    second = texts("2", "", "养鱼", "7月", "水产站")
    third = texts("1", "", "修路", "8月", "交通局")
    framed = f"<w:tbl><w:tr><w:tc>{table(HEAD, first)}<w:p/></w:tc></w:tr></w:tbl>"
    annex = read(
        paragraph("甲县2022年任务清单"),
        paragraph("单位：万元"),
        framed,
        table(second),
        paragraph("二、民生"),
        table(HEAD, third),
    )

    assert "甲县2022年任务清单" == annex.title
    assert [("1", "产业", "种茶"), ("2", "产业", "养鱼"), ("1", "二、民生", "修路")] == [
        one[1:3] + one[4:5] for one in annex.rows
    ]
    assert (
        "第3个表第1行起的表没有表头，接着前一个表读",
        "表前写着“单位：万元”，请核对哪些数用这个单位",
    ) == annex.questions


def test_without_a_table_numbered_paragraphs_that_name_their_units_are_rows(
    read: Callable[..., ReadAnnex],
) -> None:
    """Also where Word counts the numbers itself, and where the units stand in lines of their own."""
    annex = read(
        paragraph("甲县2022年工作要点"),
        paragraph("产业发展", 0),
        paragraph("种茶1000亩。［责任单位：农业局；完成时限：6月底］", 1),
        paragraph("养鱼。（水产站、财政局，7月底前）", 1),
        paragraph("措施：购苗。"),
        paragraph("民生", 0),
        paragraph("修路。", 1),
        paragraph("牵头单位：交通局"),
        paragraph("配合单位：财政局"),
        paragraph("架桥（交通局牵头，财政局、各乡镇（街道）配合，2022年10月底前完成）", 1),
        paragraph("开会。责任单位：县府办。完成时限：7月", 1),
        paragraph("说明一下。", 1),
    )

    assert [
        ("一（一）", "一、产业发展", "种茶1000亩。", "6月底", "农业局", ()),
        (
            "一（二）",
            "一、产业发展",
            "养鱼。 措施：购苗。",
            "7月底前",
            "水产站、财政局",
            ("括号里没有写“责任单位”，“水产站、财政局”按单位读",),
        ),
        ("二（一）", "二、民生", "修路。", "", "牵头单位：交通局；配合单位：财政局", ()),
        ("二（二）", "二、民生", "架桥", "2022年10月底前完成", "交通局牵头，财政局、各乡镇（街道）配合", ()),
        ("二（三）", "二、民生", "开会。", "7月", "县府办", ()),
    ] == [(one.code, one.area, one.text, one.due, one.units, one.questions) for one in annex.rows]
    assert ("第12段“（四）说明一下。”没有写责任单位，没有读成事项",) == annex.questions
    assert ["一", "一（一）", "一（二）", "二", "二（一）"] == [number for number, _ in annex.clauses][:5]


PARAGRAPHS = {  # what is read of one, and how many questions it leaves
    "1.1建校。（责任单位：教育局）*": ("1.1", "建校。", "", "教育局", 0),
    "第一条 建校（教育局牵头）（8月底前）。": ("第一条", "建校", "8月底前", "教育局牵头", 0),
    "2.建校（8月底前）。（教育局负责）": ("2", "建校", "8月底前", "教育局负责", 0),
    "1.建校（8月底前完成，教育局负责）": ("1", "建校", "8月底前完成", "教育局负责", 0),
    "1.建校（完成3所）（教育局负责）": ("1", "建校（完成3所）", "", "教育局负责", 0),
    "1.一是建校（教育局负责）；二是修路（交通局负责）。": ("1", "一是建校（教育局负责）；二是修路", "", "交通局负责", 1),
    "1.建校，责任单位：教育局，完成时限：8月": ("1", "建校，", "8月", "教育局", 0),
    "1.建校\n责任单位：教育局\n责任人：张三（举例）": ("1", "建校 责任人：张三（举例）", "", "教育局", 0),
    "１．建校（２０２２年８月底前，教育局负责）": ("１", "建校", "２０２２年８月底前", "教育局负责", 0),
    "1.治水【牵头单位：水利局】【完成时限：8月】": ("1", "治水", "8月", "牵头单位：水利局", 0),
    "1.治水（牵头单位：水利局）（配合单位：财政局）": ("1", "治水", "", "牵头单位：水利局；配合单位：财政局", 0),
    "1.建校（责任单位：教育局）\n甲县人民政府": ("1", "建校 甲县人民政府", "", "教育局", 1),
    "1.投入。（责任单位：教育局）\n6.5亿元（财政局）": ("1", "投入。（责任单位：教育局） 6.5亿元", "", "财政局", 2),
    "1.收粮。（责任单位：教育局）\n3.5吨粮食（财政局）": ("1", "收粮。（责任单位：教育局） 3.5吨粮食", "", "财政局", 2),
}  # fmt: skip


def test_units_and_days_of_a_paragraph_are_read_however_its_brackets_and_lines_part_them() -> None:
    for text, (number, words_of, due, units, asked) in PARAGRAPHS.items():
        lines = tuple(Paragraph("", line) for line in ("甲县2022年工作要点", *text.split("\n")))
        (item,) = annex_of(Blocks(lines)).rows
        assert (number, words_of, due, units, asked) == (
            item.code,
            item.text,
            item.due,
            item.units,
            len(item.questions),
        )


def test_paragraphs_without_numbers_that_name_their_units_are_each_a_row() -> None:
    """Below a heading, or behind another one; a measure belongs to the paragraph before it."""
    lines = (
        "甲县2022年工作要点",
        "一、民生",
        "建校。（责任单位：教育局）",
        "修路。（交通局负责）",
        "二、1.问题。",
        "措施：整改。（县府办负责）",
    )
    annex = annex_of(Blocks(tuple(Paragraph("", line) for line in lines)))

    assert [
        ("", "一、民生", "建校。", "教育局"),
        ("", "一、民生", "修路。", "交通局负责"),
        ("二", "", "1.问题。 措施：整改。", "县府办负责"),
    ] == [(one.code, one.area, one.text, one.units) for one in annex.rows]
    assert ["一", "一第1段", "一第2段", "二"] == [number for number, _ in annex.clauses]


def test_what_is_numbered_1_1_stands_below_1_and_the_names_of_the_annexes_are_no_clauses() -> None:
    lines = (
        *("甲县2022年工作要点", "1.产业", "1.1种茶（农业局）", "（1）购苗（财政局）", "1.2养鱼（水产站）"),
        *("2.民生", "2.1修路（交通局）", "附件：1.清单", "2.名单", "", "3.表", "附件1", "附件2"),
    )
    annex = annex_of(Blocks(tuple(Paragraph("", line) for line in lines)))

    areas = ("1.产业", "1.1种茶（农业局）", "1.产业", "2.民生")
    assert areas == tuple(row.area for row in annex.rows)
    assert ["1", "1.1", "1.1（1）", "1.2", "2", "2.1"] == [number for number, _ in annex.clauses]
    assert () == annex.questions


@pytest.mark.parametrize(
    "behind", [("3.修路（交通局负责）",), ("1.修路", "责任单位：交通局"), ("3.5修路（交通局）",)]
)
def test_work_below_the_names_of_the_annexes_is_never_left_out(behind: tuple[str, ...]) -> None:
    """Whoever goes on with a row where the list of annexes ends has written no annex."""
    lines = ("甲县2022年工作要点", "1.种茶（农业局负责）", "附件：1.清单", "2.名单", *behind)
    annex = annex_of(Blocks(tuple(Paragraph("", line) for line in lines)))

    assert ["种茶", "修路"] == [row.text.strip() for row in annex.rows]


def test_what_stands_before_a_title_or_below_a_row_is_asked_about(read: Callable[..., ReadAnnex]) -> None:
    """A title whose first line ends in 重点工作 goes on; of what is numbered below a row each last paragraph is named."""
    lines = (
        "均为年底前。",
        "甲县2022年重点工作",
        "责任分解表",
        "一、种茶（农业局牵头）",
        "（一）购苗。",
        "1.订约。",
    )
    annex = read(*map(paragraph, lines))

    assert ["种茶"] == [one.text for one in annex.rows]
    assert annex.questions == (
        "第6段“1.订约。”没有写责任单位，没有读成事项",
        "题目“甲县2022年重点工作责任分解表”之前有1段，没有读：“均为年底前。”",
    )


def test_numbers_that_word_counts_are_read_however_they_are_given(read: Callable[..., ReadAnnex]) -> None:
    """By a style or one that it is based on, by the list of a style, and by a list that changes where another begins or its look."""

    def counted(properties: str, text: str) -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr>{words(text)}</w:p>"

    def of_list(number: int, text: str) -> str:
        return counted(f'<w:numPr><w:numId w:val="{number}"/></w:numPr>', text)

    annex = read(
        paragraph("甲县2022年工作要点"),
        counted('<w:pStyle w:val="a"/>', "产业"),
        counted('<w:pStyle w:val="b"/>', "种茶（农业局）"),
        paragraph("养蜂（农业局）", 2),
        of_list(98, "养鱼（水产站）"),
        of_list(97, "修路（交通局）"),
        table(HEAD, row(*map(cell, ("", "", words("建校"), words("6月"), words("教育局"))))),
        of_list(96, "30人参训。"),
        of_list(95, "、附则。"),
    )

    assert (
        "甲县2022年工作要点",
        (
            "一、产业",
            "（一）种茶（农业局）",
            "1.1 养蜂（农业局）",
            "二、养鱼（水产站）",
            "五、修路（交通局）",
        ),
    ) == (
        annex.title,
        tuple(text for _, text in annex.clauses),
    )
    assert ("3 30人参训。", "A、附则。") == annex.footnotes


def test_behind_the_word_annex_what_is_read_as_rows_is_not_asked_about(
    read: Callable[..., ReadAnnex],
) -> None:
    annex = read(
        *map(paragraph, ("附件2", "甲县2022年民生实事项目", "1．建校。", "责任单位：教育局", "完成时间：8月"))
    )

    assert ("甲县2022年民生实事项目", ()) == (annex.title, annex.questions)
    assert [("建校。", "8月", "教育局")] == [(one.text, one.due, one.units) for one in annex.rows]
    cut = read(paragraph("一、建校（教育局，8月底前）"), paragraph("附件"), paragraph("1．修路（交通局）"))
    assert (
        "表头上面写着“1．修路（交通局）”；要照办的，请写进 rules、remark 或 assumptions。",
    ) == cut.questions


# What is refused

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, out = Workbook(), BytesIO()
    for cells in rows:
        book.worksheets[0].append(cells)
    book.save(out)
    return out.getvalue()


def pdf_of(drawn: str) -> BytesIO:
    """A page of PDF on which lines are drawn and words are written."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F {font} >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    body = "".join(f"{at} 0 obj\n{one}\nendobj\n" for at, one in enumerate(objects, 1))
    return BytesIO(f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>\n%%EOF".encode())


REFUSED = {
    "旧.doc": (OLE + "WordDocument".encode("utf-16-le"), "是旧格式（.doc、.wps）或加了密码；请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”再起草"),
    "旧.xls": (OLE + "Workbook\0".encode("utf-16-le"), "是旧格式（.xls、.et）；请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再起草"),
    "密.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "加了打开密码；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 再起草，存时取消密码"),
    "图.pdf": (b"\x89PNG\r\n", "不是 .xlsx、.docx 或 PDF，或已损坏；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 再起草；图片请找原件，压缩包请先解压"),
    "坏.pdf": (b"%PDF-1.4\n" + bytes(900), "不完整或内容损坏，读不出来；请向发文单位要 Word 或 Excel 原件（.docx、.xlsx）再起草"),
    "线.pdf": (pdf_of("BT /F 12 Tf 50 192 Td (Row) Tj ET").getvalue(), "里没有认出事项，也没有画出框线的表格，认不出哪些字是一格；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 再起草"),
    "空.docx": (b"", "不是 .xlsx、.docx 或 PDF，或已损坏；请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 再起草；图片请找原件，压缩包请先解压"),
    "散.xlsx": (workbook(("种茶", "农业局")), "里没有认出事项（Sheet没有认出表头（如：序号、具体事项、完成时限、责任单位），没有读）；表格要有表头（如：序号、具体事项、完成时限、责任单位）；没有表格的，每段末尾的括号里要有责任单位"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    data, sentence = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(WorkbookRefused) as refused:
        read_annex(tmp_path / name)

    assert f"{name} {sentence}。" == str(refused.value)


def test_a_workbook_with_a_word_file_in_it_is_a_workbook(tmp_path: Path) -> None:
    Document().save(inner := BytesIO())
    outer = BytesIO(workbook(("序号", "具体事项", "完成时限", "责任单位"), ("1", "种茶", "6月", "农业局")))
    with ZipFile(outer, "a", ZIP_STORED) as archive:
        archive.writestr("xl/embeddings/附.docx", inner.getvalue())
    (tmp_path / "附件.xlsx").write_bytes(outer.getvalue())

    assert ["种茶"] == [one.text for one in read_annex(tmp_path / "附件.xlsx").rows]


def test_without_what_reads_pdf_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "附件.pdf").write_bytes(b"%PDF-1.4")
    monkeypatch.setattr(from_pdf, "find_spec", lambda _: None)
    with pytest.raises(
        Refusal, match=r"请运行 pip install 'planledger\[draft\]'，或向发文单位要 Word 或 Excel 原件"
    ):
        read_annex(tmp_path / "附件.pdf")


def test_a_pdf_that_takes_too_long_is_told_from_one_that_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system ends its reader at the bound of time, or nobody waits for it any longer."""
    (tmp_path / "附件.pdf").write_bytes(b"%PDF-1.4")

    def is_late(command: list[str], **_: object) -> NoReturn:
        raise subprocess.TimeoutExpired(command, 1)

    for run in (lambda command, **_: subprocess.CompletedProcess(command, -9, b""), is_late):
        monkeypatch.setattr(subprocess, "run", run)
        with pytest.raises(
            WorkbookRefused,
            match=r"^附件\.pdf 页数或表格太多，6秒里读不完；请向发文单位要 Word 或 Excel 原件",
        ):
            read_annex(tmp_path / "附件.pdf")


def test_a_line_of_pdf_that_touches_the_table_above_it_is_read() -> None:
    """As LibreOffice sets a note right below a table. Words in a place that no cell surrounds are lines too.

    The longest line of a page is not full where a table is wider: a title does not go on in the line below it.
    """
    cells = "".join(f"{x} {y} 100 20 re S " for x in (50, 150) for y in (200, 220))
    note = "BT /F 12 Tf 50 192 Td (Note) Tj ET"

    pieces = pdf_pages.read_pages(pdf_of(f"{cells} {note}"))["pieces"]

    assert [(2, None), (None, "Note")] == [(piece.get("rows"), piece.get("line")) for piece in pieces]
    assert not pieces[1]["is_full"]
    margin = pdf_pages.read_pages(pdf_of("BT /F 12 Tf 50 285 Td (Head) Tj ET"))["pieces"]
    assert [False, True] == ["top" in one for one in (pieces[1], *margin)], "what may be said on each page"
    without_one = cells.replace("150 200 100 20 re S", "BT /F 12 Tf 160 205 Td (Word) Tj ET")
    pieces = pdf_pages.read_pages(pdf_of(without_one))["pieces"]
    assert [(2, None), (None, "Word")] == [(piece.get("rows"), piece.get("line")) for piece in pieces]


def test_the_lines_of_a_page_that_was_turned_make_its_table() -> None:
    """A wide annex on an upright page: turning leaves its lines not quite level."""
    ends = [(50, y, 250, y) for y in (200, 220, 240)] + [(x, 200, x, 240) for x in (50, 150, 250)]
    lines = " ".join(f"{x} {y} m {right} {up} l S" for x, y, right, up in ends)
    turned = f"0.99999999 0.00000001 -0.00000001 0.99999999 0 0 cm {lines} BT /F 12 Tf 55 205 Td (Word) Tj ET"

    (table,) = pdf_pages.read_pages(pdf_of(turned))["pieces"]
    assert (2, 4) == (table["rows"], len(table["cells"]))


def test_what_a_browser_prints_at_the_edges_of_a_page_is_left_out_and_a_row_that_it_cuts_is_one() -> None:
    """It draws no line where it cuts. And a line is full where only a sign is missing that no mark may leave.

    What stands aslant or is three times as large as the other words is a watermark, and no word of a cell.
    """
    cells = "50 200 100 20 re S 150 200 100 20 re S"
    cut = " ".join(f"{x} 160 m {x} 200 l S" for x in (50, 150, 250))
    lines = ("http://a.cn/b 1/2", "2022/3/1 10:00 Title", "WWWWWWWWWW", "WWWWWWWW", "WWWWWWWW:")
    places = zip((*lines, "Rest"), (290, 280, 140, 120, 100, 180), strict=True)
    written = [f"BT /F 12 Tf 55 {y} Td ({text}) Tj ET" for text, y in places]

    (table,) = pdf_pages.read_pages(pdf_of(f"{cells} {cut} {written[-1]}"))["pieces"]
    slanted = "BT /F 12 Tf 0.7 0.7 -0.7 0.7 60 100 Tm (Draft) Tj ET BT /F 40 Tf 60 50 Td (Copy) Tj ET"
    whole = pdf_pages.read_pages(pdf_of(" ".join((*written[:-1], slanted))))

    assert (2, ["", "", "Rest", ""]) == (table["rows"], [text for *_, text in table["cells"]])
    assert list(zip(lines[2:], (True, True, False), strict=True)) == [
        (one["line"], one["is_full"]) for one in whole["pieces"]
    ]
    assert ["DraftCopy"] == whole["watermarks"]


def test_the_number_of_a_page_parts_no_words_of_two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what a browser prints as the radical ⼀ is the character 一; signs of which nobody knows the code are refused."""
    lines = [("县府办", 1, 9), ("⼀、建校，", 1, 20), ("— 3 —", 1, 99)]
    lines += [("县府办", 2, 9), ("修路。", 2, 20), ("— 4 —", 2, 99)]
    parted = [
        {"line": line, "page": page, "is_full": True, "is_new": False, "top": top}
        for line, page, top in lines
    ]
    pages = {"pieces": parted, "empty": [], "watermarks": ["征求意见稿"]}
    answers = [json.dumps(one) for one in (pages, pages | {"pieces": [parted[1] | {"line": "(cid:7)"}]})]
    monkeypatch.setattr(
        subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, answers.pop(0))
    )
    blocks = from_pdf.pdf_blocks("附件.pdf", b"")

    assert ["一、建校，修路。"] == [one.text for one in blocks.blocks if isinstance(one, Paragraph)]
    assert ("水印“征求意见稿”没有读", "页眉页脚里的“县府办”没有读") == blocks.questions
    with pytest.raises(WorkbookRefused, match="里有的字没有编码，读不出来"):
        from_pdf.pdf_blocks("附件.pdf", b"")


def in_body(text: str) -> Callable[[bytes], bytes]:
    return lambda good: repacked(
        good, {BODY: lambda part: part.replace(b"</w:body>", f"{text}</w:body>".encode())}
    )


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
STYLE_OF_MANY = '<w:styles {0}><w:style w:styleId="s"><w:pPr><w:numPr>{1}<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
HARM: dict[str, Callable[[bytes], bytes]] = {
    "definitions": lambda good: repacked(good, {BODY: lambda part: ENTITIES + part.partition(b"?>")[2]}),
    "30 MB of blanks": lambda good: repacked(good, {BODY: lambda part: part + b" " * 30_000_000}),
    "210,000 tags": in_body("<w:p/>" * 210_000),
    "6,000 short paragraphs": in_body(f"<w:p>{words('a')}</w:p>" * 6_000),
    "a cell over millions of columns": in_body(table((row(cell("", '<w:gridSpan w:val="999999"/>')) + row(cell(words("a")))) * 2_000)),
    "a style to look through for each paragraph": lambda good: repacked(in_body('<w:p><w:pPr><w:pStyle w:val="s"/></w:pPr></w:p>' * 10_000)(good), {"word/styles.xml": lambda _: STYLE_OF_MANY.format(NAMES, "<w:x/>" * 40_000).encode()}),
    "half of it": lambda good: good[: len(good) // 2],
    "brackets without end": in_body(paragraph("1." + "【" * 2_000) * 50 + table(HEAD, texts("1", "【" * 30_000, "（" * 30_000, "6月", "农业局"))),
    "signs that are all figures": in_body(table(HEAD, texts("1", "", "1," * 16_000, "6 " * 16_000, "农业局"))),
    "too many rows": in_body(table(HEAD, *(row(cell(""), cell(""), cell(words("种茶"))) for _ in range(2_001)))),
    "too many units": in_body(table(HEAD, texts("1", "", "种茶", "6月", "甲局、" * 20_000))),
}  # fmt: skip


def test_harm_is_refused_before_it_costs_time_or_memory(tmp_path: Path) -> None:
    """Each in two seconds of CPU, and all of them one after the other in 200 MB; what is only odd is read and drafted in that time."""
    Document().save(str(tmp_path / "good.docx"))
    good = (tmp_path / "good.docx").read_bytes()
    (tmp_path / "harm").mkdir()
    for name, harm in HARM.items():
        (tmp_path / "harm" / f"{name}.docx").write_bytes(harm(good))

    read = ("brackets without end", "signs that are all figures")
    outcomes = dict.fromkeys(HARM, "refused") | dict.fromkeys(read, "READ")
    assert {name: (outcome, True, True) for name, outcome in outcomes.items()} == costs(
        draft, tmp_path / "harm"
    )
