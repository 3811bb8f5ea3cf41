"""The form of official papers: what stands in the file, and where it stands on paper (GB/T 9704-2012)."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from planledger.formats.letter.paper import (
    GAP,
    Attachment,
    Paper,
    PaperHeading,
    PaperTable,
    gap,
    gap_count,
    proof_text,
)
from planledger.formats.letter.titles import FEWEST, WIDEST, title_lines
from planledger.formats.letter.word_file import paper_file
from planledger.formats.text.display import columns

ROOT = Path(__file__).parents[2]
HEAD = "41:" + "ab12" * 4
TITLE = "关于《2019年江海区对口大新县粤桂扶贫协作工作方案》进展情况的通报"
HOSTILE = "\x00\x1b[31m\ud800<w:p>&amp;" + "长" * 10_000 + "\u202e\nA"
TABLE = PaperTable(("编号", "事项"), tuple((f"6.{n}", "招聘会") for n in range(1, 60)), (1, 4))
PAPER = Paper(
    TITLE,
    ("现将有关情况函告如下。", PaperHeading("一、总体情况"), f"共3项，{GAP}。", "字" * 1400, "特此函告。"),
    "2019-11-20",
    "江海区扶贫办",
    HEAD,
    "大新县人社局",
    Attachment("未完成事项", TABLE),
    words=("江海区", "大新县"),
    has_red_head=True,
    is_letter=True,
)


def opened(data: bytes) -> Any:
    from docx import Document

    return Document(BytesIO(data))


def test_a_paper_holds_its_texts_in_order_and_proves_where_they_come_from() -> None:
    texts = [one.text for one in opened(paper_file(PAPER)).paragraphs]
    written = "\n".join(texts)
    places = [written.index(text) for text in ("大新县人社局：", "现将", "一、总体", "特此", "附件：未完成")]
    assert sorted(places) == places
    assert "数据截至2019-11-20；台账链首 41:ab12ab12ab12ab12。" == texts[-1] == proof_text(PAPER)
    assert "尚无台账，没有链首" in proof_text(PAPER._replace(head=""))
    listed = PaperTable(("记录号",), (("第4、66、103号",),), (1,))
    (table,) = opened(paper_file(PAPER._replace(blocks=(listed,), attachment=None))).tables
    assert "第4、\u200b66、\u200b103号" == table.cell(1, 0).text, "a line breaks between numbers, not in one"


def test_every_run_names_its_fonts_and_the_file_its_office_and_day() -> None:
    data = paper_file(PAPER)
    with ZipFile(BytesIO(data)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    runs = [run for text in parts.values() for run in text.split("<w:r>")[1:]]
    assert runs
    assert all(
        'w:eastAsia="' in run and 'w:hint="eastAsia"' in run and "Times New Roman" in run for run in runs
    )
    assert not [name for name, text in parts.items() if "Theme" in text or "theme" in name or "thumb" in name]
    about = opened(data).core_properties
    assert ("江海区扶贫办", "2019-11-20") == (about.author, about.created.date().isoformat())


def test_the_signature_never_stands_on_a_page_without_text() -> None:
    """From the closing on, over the list of attachments, to the day all stay on one page."""
    paragraphs = opened(paper_file(PAPER)).paragraphs
    texts = [one.text for one in paragraphs]
    end = texts.index("特此函告。"), texts.index("［请填写成文日期］")
    assert [True] * (end[1] - end[0]) == [
        one.paragraph_format.keep_with_next for one in paragraphs[end[0] : end[1]]
    ]
    assert not paragraphs[end[0] - 1].paragraph_format.keep_with_next


def test_what_proves_a_paper_never_stands_on_a_page_alone() -> None:
    """Without a list behind it, it is on the page of the day; with one, on that of its last row. A signature stays with rows too."""
    without = opened(paper_file(PAPER._replace(attachment=None))).paragraphs
    day = [one.text for one in without].index("［请填写成文日期］")
    assert [True] * (len(without) - 1 - day) == [
        one.paragraph_format.keep_with_next for one in without[day:-1]
    ]
    assert without[-1].text == proof_text(PAPER)
    for paper in (PAPER, PAPER._replace(blocks=("如下。", TABLE), attachment=None)):
        *rows, last = opened(paper_file(paper)).tables[0].rows
        assert [True, True] == [cell.paragraphs[0].paragraph_format.keep_with_next for cell in last.cells]
        heads, first = (row.cells[0].paragraphs[0].paragraph_format for row in rows[:2])
        assert (True, None) == (heads.keep_with_next, first.keep_with_next), "heads never stand alone"
        assert opened(paper_file(paper)).paragraphs[-2].paragraph_format.keep_with_next
        xml = opened(paper_file(paper)).tables[0]._tbl.xml  # noqa: SLF001  (python-docx has no word for either)
        assert (len(TABLE.rows) + 1, 1) == (xml.count("<w:cantSplit/>"), xml.count("<w:tblHeader/>"))


def test_the_same_paper_is_the_same_bytes() -> None:
    assert paper_file(PAPER) == paper_file(PAPER)


def test_what_nobody_recorded_is_marked_and_counted() -> None:
    from docx.enum.text import WD_COLOR_INDEX

    paper = PAPER._replace(office="")
    runs = [run for paragraph in opened(paper_file(paper)).paragraphs for run in paragraph.runs]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert [gap("发文字号"), gap("签发人"), GAP, gap("发文机关"), gap("成文日期")] == marked
    assert 5 == gap_count(paper)
    draft = paper._replace(is_letter=False, has_red_head=False)
    assert 3 == gap_count(draft)  # the body alone: number and signer belong to a red head


@pytest.mark.parametrize("is_letter", [True, False])
def test_no_text_breaks_a_paper(is_letter: bool) -> None:
    paper = PAPER._replace(
        is_letter=is_letter, office=HOSTILE, addressee=HOSTILE, title=HOSTILE, mark=HOSTILE
    )
    table = PaperTable((HOSTILE,), ((HOSTILE,),), (1,))
    paper = paper._replace(blocks=(HOSTILE, table), attachment=Attachment(HOSTILE, table))
    document = opened(paper_file(paper))
    body = "\n".join(one.text for one in document.paragraphs)
    assert r"\x00\x1b[31m\ud800<w:p>&amp;长长" in body
    assert r"长\u202e A" in body
    assert r"长\u202e A" in document.tables[0].cell(1, 0).text


def test_the_template_is_what_its_script_writes(tmp_path: Path) -> None:
    shown = "import letter_template, pathlib, sys; letter_template.write_template(pathlib.Path(sys.argv[1]))"
    written = tmp_path / "template.docx"
    subprocess.run([sys.executable, "-c", shown, written], cwd=ROOT / "bench", check=True)
    assert (ROOT / "src/planledger/formats/letter/template.docx").read_bytes() == written.read_bytes()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于报送有关材料的函", ["关于报送有关材料的函"]),
        (TITLE, ["关于《2019年江海区对口大新县粤桂", "扶贫协作工作方案》进展情况的通报"]),
        (
            "大新县文化旅游和体育广电局2019年10月工作月报",
            ["大新县文化旅游和体育广电局", "2019年10月工作月报"],
        ),
        (
            "关于报送《2019年江海区对口大新县粤桂扶贫协作工作方案》有关事项完成情况说明的提醒函",
            ["关于报送《2019年江海区对口", "大新县粤桂扶贫协作工作方案》", "有关事项完成情况说明的提醒函"],
        ),
        (
            "关于商请办理《各种形态（虚构）》有关事项的工作联系函",  # a short word in brackets is one word
            ["关于商请办理《各种形态", "（虚构）》有关事项的工作联系函"],
        ),
        (
            "关于《甲县乡村振兴局2021年度工作要点》进展情况的通报",
            ["关于《甲县乡村振兴局2021年度", "工作要点》进展情况的通报"],
        ),
        ("工" * 20, ["工" * 10, "工" * 10]),
        ("W" * 60, ["W" * 60]),  # one word without an end
    ],
)
def test_a_title_is_broken_between_words_into_lines_of_like_length(title: str, expected: list[str]) -> None:
    lines = title_lines(title, ("江海区", "大新县", "大新县文化旅游和体育广电局"))
    assert (expected, title) == (lines, "".join(lines))
    if lines[1:]:
        assert all(FEWEST <= columns(line) / 2 <= WIDEST for line in lines)


MM = 72 / 25.4


def printed(folder: Path, profile: Path, **papers: Paper) -> dict[str, Any]:
    """Papers as LibreOffice prints them, by name."""
    import pdfplumber

    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(paper_file(paper))
    files = [str(folder / f"{name}.docx") for name in papers]
    options = (
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
    )
    subprocess.run(
        ["soffice", *options, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=180
    )
    return {name: pdfplumber.open(folder / f"{name}.pdf") for name in papers}


def lines_of(page: Any) -> list[tuple[float, float, float, float, str]]:
    """The lines of a page: edges in millimetres (top, bottom, left, right), and text."""
    rows: dict[float, list[Any]] = defaultdict(list)
    for char in page.chars:
        if char["text"].strip():
            rows[round(char["top"] / MM, 1)].append(char)
    return [
        (
            top,
            chars[0]["bottom"] / MM,
            min(one["x0"] for one in chars) / MM,
            max(one["x1"] for one in chars) / MM,
            "".join(one["text"] for one in chars),
        )
        for top, chars in sorted(rows.items())
    ]


def rules_of(page: Any) -> list[tuple[float, float, float]]:
    """The red lines of a page in millimetres: height, left, right."""
    red = (one for one in (*page.lines, *page.rects) if one["stroking_color"] == (1, 0, 0))
    return sorted({(round(one["top"] / MM, 2), one["x0"] / MM, one["x1"] / MM) for one in red})


NEAR = 0.5  # millimetres; the fonts of this machine are others, the places are not


def near(place: float, within: float = NEAR) -> Any:
    return pytest.approx(place, abs=within)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The pages of a letter and of a paper with and without a red head."""
    folder = tmp_path_factory.mktemp("papers")
    red = PAPER._replace(is_letter=False, mark="送审稿")
    papers = {"letter": PAPER, "red": red, "draft": red._replace(has_red_head=False)}
    with ExitStack() as stack:
        several = printed(folder, folder / "profile", **papers)
        yield {name: stack.enter_context(pdf).pages for name, pdf in several.items()}


@pytest.mark.libreoffice
def test_the_first_page_of_a_letter_has_its_name_and_double_lines_and_no_number(
    pages: dict[str, Any],
) -> None:
    first = pages["letter"][0]
    name, number, *rest = lines_of(first)
    upper, _, _, lower = rules_of(first)
    assert (near(30), "江海区扶贫办", near(184)) == (name[0], name[4], number[3])
    assert (near(4), near(20), near(190)) == (upper[0] - name[1], upper[1], upper[2])
    assert (near(277), near(20), near(190)) == lower
    assert not any("—" in line[4] for line in rest)


@pytest.mark.libreoffice
def test_a_page_has_22_lines_of_28_characters_and_its_number_outside(pages: dict[str, Any]) -> None:
    *text, foot = lines_of(pages["letter"][1])
    full = [line for line in text if line[2] < 29]
    assert (22, {28}) == (len(text), {len(line[4]) for line in full})
    assert all((near(28), near(184)) == line[2:4] for line in full)
    assert all(near(225 / 22, 0.15) == below[0] - above[0] for above, below in pairwise(text))
    assert text[0][0] >= 37
    assert text[-1][1] <= 262
    assert ("—2—", near(28 + 4.94)) == (foot[4], foot[2])
    assert near(269, 1) == (foot[0] + foot[1]) / 2
    assert near(184 - 4.94) == lines_of(pages["letter"][2])[-1][3]


@pytest.mark.libreoffice
def test_a_red_head_stands_35_millimetres_below_and_a_draft_has_none(pages: dict[str, Any]) -> None:
    mark, issuer, number, *_ = lines_of(pages["red"][0])
    (line,) = rules_of(pages["red"][0])
    assert ("送审稿", near(72), "江海区扶贫办文件") == (mark[4], issuer[0], issuer[4])
    assert (near(4), near(28), near(184)) == (line[0] - number[1], line[1], line[2])
    draft = pages["draft"]
    assert [] == rules_of(draft[0])
    assert "—1—" == lines_of(draft[0])[-1][4]
    assert any("编号事项" == lines_of(page)[0][4] for page in draft), "heads stand on the next page too"
