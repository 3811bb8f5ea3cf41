"""State secrets (涉密): what is marked as one is stored nowhere, and the answer has the line to type instead."""

import struct
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from conftest import Result
from planledger.plan.people.identity import NOTICE, marking, marking_of_name, marking_on_page
from planledger.plan.refusal import ExitCode
from planledger.store.files import source

Cli = Callable[..., Result]
MARKS = [
    "秘密★1年", "机密★", "机 密 ★ 10年", "绝密★长期", "秘密☆1年", "秘密10年", "秘　密　★　１　年", "秘密 １０ 年", "机密（5年）",
    "绝密-30年", "秘密*1年", "机密级★20年", "秘密★启封前", "某事（秘密 5年）", "密级：秘密 保密期限：10年", "密级：机密，保密期限：十年", "密级秘密10年",
    "秘密\u200b★1年", "秘密★\ufe0f1年", "機密★5年", "秘密·一年", "绝密 三十年", "000001  秘密★5年  特急", "【机密】★",
    "秘密_1年_通知", "秘密长期", "秘密★６个月", "秘\u3000密\t★", "秘密\n★1年", "机密\r\n★\r\n10年",
    "（机密）某事", "【秘密】某事", "〔绝 密〕方案", "已报送（秘密级）。", "密级：机密", "密 级: 秘密级，保密", "保密等级：秘密", "密级 秘密", "密级：秘密。",
    "秘密", "　机密　", "绝密级", "000001 机密 特急", "秘密\n10年规划",
]  # fmt: skip
PLAIN = [
    "保密协议", "商业秘密", "机密文件", "商业秘密5年", "保守商业秘密三年", "泄露国家秘密十年以下", "秘密武器", "公开的秘密10年后",
    "机密3年内不得公开", "★秘密武器", "密码10年", "秘密2019年", "列为秘密，10年后解密", "**秘密**", "涉密人员10年", "机密3月会议", "秘密长期合作", "机密级10年", "",
    "保守秘密", "秘书处", "机密级网络建设", "密级：绝密、机密、秘密", "密级：秘密，机密", "密级：□绝密 □机密 □秘密", "密级：秘密/机密", "密级：公开", "密级：秘密文件不得外传",
    "国家秘密分为（绝密、机密、秘密）", "（保守秘密）", "《秘密》", "“秘密”", "保守国家\n秘密。",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKS)
def test_a_level_with_a_star_or_a_term_in_brackets_behind_its_name_or_alone_on_a_line_is_a_mark(
    text: str,
) -> None:
    assert marking(text)
    assert marking_on_page(f"某某文件\n{text}\n关于某事的通知")


@pytest.mark.parametrize("text", PLAIN)
def test_the_words_alone_are_none(text: str) -> None:
    assert "" == marking(text)
    assert "" == marking_on_page(f"某某文件\n{text}\n关于某事的通知")


def test_a_level_that_the_name_of_a_file_begins_with_is_a_mark() -> None:
    """What is done secretly, or is equipment of a level, is no paper."""
    marked = (
        "机密文件.docx",
        "1.机密方案.doc",
        "附件/绝密 通知.txt",
        "秘密_通知.pdf",
        "机密级.docx",
        "某事（机密）.pdf",
    )
    plain = (
        "保守秘密承诺书.docx",
        "机密级网络建设方案.docx",
        "秘书处通知.docx",
        "商业秘密保护.docx",
        "秘密交通站修缮.docx",
        "A秘密.pdf",
    )

    assert [*marked] == [name for name in (*marked, *plain) if marking_of_name(name)]


def test_in_the_prose_of_a_page_a_level_must_stand_alone() -> None:
    """乙方须保守某项秘密3年 stands in many an agreement; in a name nobody writes so."""
    assert "" == marking_on_page("乙方对甲方的秘密3年之内不得外传，对某项秘密3年。")
    assert "秘密3年" == marking("某项秘密3年.pdf")


@pytest.mark.parametrize("long", ["秘密" + " " * 60_000, "秘密-" * 30_000, "密" * 60_000, "秘密（" * 20_000])
def test_a_long_text_is_looked_through_in_no_time(long: str) -> None:
    begun = process_time()
    marking(long)
    marking_on_page(long)

    assert 2 > process_time() - begun


def zip_of(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, part: str = "word/document.xml") -> bytes:
    head = "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'aaaa'>]><w:document xmlns:w='w'><w:body>"
    return zip_of({"[Content_Types].xml": b"<Types/>", part: f"{head}{body}</w:body></w:document>".encode()})


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


PAGES = {
    "utf8.txt": "秘密★1年\n关于某事的通知".encode(),
    "bom.txt": "秘密★1年".encode("utf-8-sig"),
    "gbk.txt": "关于某事\r\n秘密★1年\r\n".encode("gbk"),
    "utf16.txt": "机密★5年".encode("utf-16"),
    "utf16be.txt": "机密★5年".encode("utf-16-be"),
    "改名.jpg": "秘密 10年\n".encode(),
    "旧.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2552) + "秘密★1年\r".encode("utf-16-le"),
    "一.docx": docx(f"<w:p>{run('秘密★1年')}</w:p>"),
    "首行.docx": docx(f"<w:p>{run('机密')}</w:p><w:p>{run('关于某事的通知')}</w:p>"),
    "机密文件.docx": docx(f"<w:p>{run('关于某事的通知')}</w:p>"),
    "分开.docx": docx(f"<w:p>{run('秘')}{run('密')}{run('★')}{run('1年')}</w:p>"),
    "页眉.docx": docx(f"<w:p>{run('机密★')}</w:p>", "word/header1.xml"),
    "实体.docx": docx(f"<w:p>{run('秘密&#9733;1年')}</w:p>"),
    "符号.docx": docx(f"<w:p>{run('秘密')}<w:r><w:sym w:font='Wingdings' w:char=\"F0AB\"/></w:r>{run('1年')}</w:p>"),
    "表格.docx": docx(f"<w:tbl><w:tr><w:tc><w:p>{run('密级')}</w:p></w:tc><w:tc><w:p>{run('秘密10年')}</w:p></w:tc></w:tr></w:tbl>"),
    "表.xlsx": zip_of({"xl/sharedStrings.xml": "<sst><si><t>秘密★1年</t></si></sst>".encode()}),
    "文.odt": zip_of({"content.xml": "<office:text><text:p>秘密★1年</text:p></office:text>".encode()}),
    "名.zip": zip_of({"某事（秘密★1年）.pdf": b"x"}),
    "内.zip": zip_of({"a.txt": "秘密★1年".encode("gbk")}),
    "内文.zip": zip_of({"甲/一.docx": docx(f"<w:p>{run('秘密★1年')}</w:p>")}),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_what_is_marked_on_its_first_page_is_not_taken_in(cli: Cli, home: Path, name: str) -> None:
    (home / name).write_bytes(PAGES[name])
    cli("init")
    answer = cli("attach", "6.1", name)

    assert ExitCode.REFUSED == answer.code
    assert (
        "：涉密文件不得存入本台账；请登记文号和存放单位：planledger record 6.1 --paper 涉密文件 --ref 文号"
        in answer.err
    )
    assert "（文号不便登记的写 --ref 不便登记）。未登记。\n" in answer.err
    assert not list((home / "share/planledger").glob("ledger.db.files/*"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("协议.docx", docx(f"<w:p>{run('保密协议')}</w:p><w:p>{run('乙方须保守商业秘密三年，机密不得外传。')}</w:p>")),
        ("协议.txt", "保密协议\n乙方须保守商业秘密三年".encode("gbk")),
        ("保守机密.txt", "机密级网络".encode()),
        ("坏.docx", b"PK\x03\x04" + bytes(100)),
        ("照片.jpg", bytes(range(256)) * 400),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_everyday_files_are_taken_in(cli: Cli, home: Path, name: str, data: bytes) -> None:
    (home / name).write_bytes(data)

    assert ExitCode.DONE == cli("attach", "6.1", name).code


def test_a_marked_name_is_refused_wherever_a_file_comes_in(cli: Cli, home: Path) -> None:
    name = "关于某事的通知（秘密★1年）.pdf"
    (home / name).write_bytes(b"1")
    (home / "好.pdf").write_bytes(b"2")
    cli("init")
    for line in (
        ("attach", "1.3", "好.pdf", name, "--kind", "会议纪要", "--side", "江海"),
        ("record", "6.1", "--transferred", "40", "--evidence", name),
        ("evidence", "repair", name),
    ):
        answer = cli(*line)
        assert ExitCode.REFUSED == answer.code
        assert f"{name} 的文件名标有密级（秘密★1年）：涉密文件不得存入本台账" in answer.err
    assert "--paper 会议纪要 --ref 文号 --held-by 单位（文号不便登记的写 --ref 不便登记；该项不要求这种材料的写 --paper 涉密文件）" in cli(
        "attach", "1.3", name, "--kind", "会议纪要"
    ).err  # fmt: skip
    assert "没有补回。" in cli("evidence", "repair", name).err
    (home / "机密表.xlsx").write_bytes(b"3")
    assert "文件名里有密级标志（机密），涉密内容不得写入本台账" in "".join(
        map(str, cli("import", "机密表.xlsx"))
    )
    assert ["adoption"] == kinds(cli)


def kinds(cli: Cli) -> list[str]:
    import json

    return [entry["kind"] for entry in json.loads(cli("history", "--json").out)["entries"]]


def test_the_line_that_is_suggested_can_be_typed_on_every_item(cli: Cli) -> None:
    for line in (
        "record 6.1 --paper 涉密文件 --ref 不便登记 --held-by 江海区人社局",
        "record 1.3 --paper 涉密文件 --ref 不便登记 --held-by 江海区委办 --side 江海",
        "record 9.2 --done --paper 涉密文件 --ref 不便登记 --held-by 江海区扶贫办",
    ):
        answer = cli(*line.split())
        assert ExitCode.DONE == answer.code, answer.err
    assert "不便登记" in cli("missing").out
    assert "未附" not in cli("missing").out
    assert ExitCode.DONE == cli("verify").code


def test_a_required_paper_that_is_secret_counts_by_where_it_lies(cli: Cli) -> None:
    cli("record", "1.3", "--meetings", "1", "--side", "江海")
    line = "record 1.3 --paper 会议纪要 --ref 不便登记 --held-by 江海区委办 --side 江海"

    assert ExitCode.DONE == cli(*line.split()).code
    assert (
        "江海区常委会1次、大新县常委会2次、大新县会议材料、大新县会议纪要、江海区"
        in cli("status", "--csv").out
    )


@pytest.mark.parametrize(
    "line",
    [
        "record 6.1 --transferred 40 --note 按秘密★1年文件",
        "report 6.1 --progress 见机密★5年某号",
        "record 1.2 --visits 1 --side 江海 --event 秘密10年",
        "record 6.1 --paper 涉密文件 --ref 秘密★1年〔2019〕1号 --held-by 江海区委办",
        "filing record archive --agency 江海区人社局 --note 绝密★长期",
        "contact set 江海区人社局 --name 试验员 --phone 0750-0000000 --note 秘密★",
        "amend 6.1 --target transferred 172 --because 机密★ --basis 无文号",
        "init --office 秘密★1年办",
        "office name 秘密★1年办",
        "record 9.2 --done --by 秘密★1年",
        "report 6.1 --progress （机密）某事 --problem 【秘密】某事",
    ],
)  # fmt: skip
def test_no_text_is_marked(cli: Cli, line: str) -> None:
    answer = cli(*line.split())

    assert ExitCode.REFUSED == answer.code
    assert "里有密级标志（" in answer.err
    assert "涉密内容不得写入本台账" in answer.err


def test_a_plan_file_is_not_marked(cli: Cli, home: Path) -> None:
    text = (Path(__file__).parents[1] / "plans/small.yaml").read_text("utf-8")
    (home / "方案.yaml").write_text(text + "# 秘密★1年\n")
    answer = cli("check", "方案.yaml")

    assert ExitCode.PLAN_REFUSED == answer.code
    assert "有密级标志（秘密★1年）；涉密内容不得写入本台账，请删去。" in answer.out


def test_whoever_creates_a_ledger_reads_the_notice(cli: Cli) -> None:
    assert f"\n{NOTICE}\n" in cli("init").out
    assert NOTICE not in cli("record", "6.1", "--transferred", "1").err


def test_so_does_whose_first_action_creates_it(cli: Cli) -> None:
    assert f"\n{NOTICE}\n" in cli("record", "6.1", "--transferred", "1").err


class TestBounds:
    """A file that is made to do harm is read as far as it is cheap, and no further."""

    def many(self) -> bytes:
        return zip_of({f"{n}.txt": b"" for n in range(30_000)})

    def bomb(self) -> bytes:
        return zip_of({f"word/{n}.xml": b"<" * 6_000_000 for n in range(2)})

    def symbols(self) -> bytes:
        return docx("<w:sym " * 140_000)

    def tags(self) -> bytes:
        return docx("<w:p>" + "<w:t" * 200_000)

    def entities(self) -> bytes:
        return docx("&#9733;" * 200_000)

    def lying(self) -> bytes:
        return b"PK\x03\x04" + bytes(50) + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, 10**6, 0, 0)

    @pytest.mark.parametrize("kind", ["many", "bomb", "symbols", "tags", "entities", "lying"])
    def test_it_takes_little_time_and_memory(self, kind: str) -> None:
        import tracemalloc

        data = getattr(self, kind)()
        begun = process_time()
        tracemalloc.start()
        for page in source.first_page(BytesIO(data)):
            marking_on_page(page.text)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert 60_000_000 > peak
        assert 10 > process_time() - begun


def test_a_pdf_is_read_where_a_reader_is_there(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader here is a stand-in: it says what the file says."""
    (home / "读").mkdir()
    (home / "读/pypdf.py").write_text(
        "class PdfReader:\n"
        "    def __init__(self, file): self.pages = [self]; self.said = file.read()\n"
        "    def extract_text(self): return bytes.fromhex(self.said[5:].decode()).decode()\n"
    )
    secret = b"%PDF-" + "秘密★1年".encode().hex().encode()
    (home / "一.pdf").write_bytes(secret)
    assert ExitCode.DONE == cli("attach", "6.1", "一.pdf").code

    monkeypatch.setenv("PYTHONPATH", str(home / "读"))
    monkeypatch.setattr(sys, "path", [*sys.path, str(home / "读")])
    (home / "二.pdf").write_bytes(secret + b"20")
    (home / "坏.pdf").write_bytes(b"%PDF-xx")
    assert "二.pdf 的首页标有密级（秘密★1年）" in cli("attach", "6.1", "二.pdf").err
    assert ExitCode.DONE == cli("attach", "6.1", "坏.pdf").code
