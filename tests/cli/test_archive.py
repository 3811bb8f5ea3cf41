"""The archive for inspection: what is in it, that it is the same whenever it is built, and that any change is noticed."""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode
from planledger.store.files.vault import FileState, Vault

Cli = Callable[..., Result]
Clock = Callable[[str], None]
NOVEMBER, JANUARY = "2019-11-15", "2020-01-08"
PLANS = Path(__file__).parents[1] / "plans"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock of every command that follows."""
    return lambda moment: monkeypatch.setenv("PLANLEDGER_TODAY", moment)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs a home leaves one for the others."""
    return tmp_path_factory.mktemp("once")


@pytest.fixture
def year(cli: Cli, home: Path, clock: Clock, once: Path) -> None:
    """A made-up year until the day of the archive: two meetings, files, a private one, a paper that lies elsewhere."""
    if not (once / "year").exists():
        live(cli, home, clock)
        shutil.copytree(home, once / "year")
    shutil.copytree(once / "year", home, dirs_exist_ok=True)
    clock(NOVEMBER)


def live(cli: Cli, home: Path, clock: Clock) -> None:
    files = {
        "纪要.pdf": "江海区的会",
        "纪要2.pdf": "大新县的会",
        "某某某花名册.xlsx": "花名册",
        "照片.jpg": "照片",
    }
    for name, shown in files.items():
        (home / name).write_text(shown)
    for moment, line in (
        ("2019-07-16T10:00", "record 1.3 --meetings 1 --side 江海"),  # 2
        ("2019-07-17T10:00", "attach 1.3 纪要.pdf --kind 会议纪要 --agency 江海区委办"),  # 3
        (
            "2019-08-20T10:00",
            "record 1.3 --meetings 1 --side 大新 --evidence 纪要2.pdf --kind 会议纪要",
        ),  # 4, 5
        (
            "2019-09-01T10:00",
            "attach 6.1 某某某花名册.xlsx --kind 花名册 --agency 江海区人社局 --personal",
        ),  # 6
        ("2019-09-02T10:00", "record 6.1 --transferred 40 --agency 江海区人社局 --evidence 照片.jpg"),  # 7, 8
        ("2019-09-03T10:00", "record 1.4 --meetings 1 --side 江海"),  # 9
        (
            "2019-09-04T10:00",
            "record 1.4 --paper 会议纪要 --ref 试办〔2019〕9号 --held-by 江海区政府办 --entry 9",
        ),  # 10
        ("2019-09-05T10:00", "report 6.1 --progress 正在摸底 --agency 江海区人社局"),  # 11
        (
            "2019-10-01T10:00",
            "amend 6.1 --target transferred 172 --because 省里追加 --basis 试〔2019〕1号",
        ),  # 12
        ("2019-11-14T10:00", "filing record archive --agency 江海区人社局"),  # 13
    ):
        clock(moment)
        answer = cli(*line.split())
        assert ExitCode.DONE == answer.code, answer.err


@pytest.fixture
def built(cli: Cli, year: None, home: Path, once: Path) -> Path:
    if not (once / "归档").exists():
        assert ExitCode.DONE == cli("archive", "build", "归档").code
        shutil.move(home / "归档", once)
    return Path(shutil.copytree(once / "归档", home / "归档"))


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def page(path: Path) -> str:
    """The text of a page, without its marks."""
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", path.read_text("utf-8"), flags=re.DOTALL)


def test_the_command_says_what_is_in_it_and_what_is_missing(cli: Cli, year: None) -> None:
    answer = cli("archive", "build", "归档")
    out = re.sub(r"[0-9a-f]{64}", "…", re.sub(r"链首 13:[0-9a-f]{16}", "链首 13:…", answer.out))

    assert Result(
        0,
        "已写成归档 归档：26项，佐证材料3份（另1份含个人信息未附），另存1份。\n"
        "全部26项中3项有佐证材料（含另存）。\n"
        "不齐：缺3份（未到期4份）：\n"
        "  1.3 江海区7-16常委会 会议材料：自2019-07-16起缺122天，向江海区委办、\n"
        "    江海区扶贫办要\n"
        "  1.3 大新县8-20常委会 会议材料：自2019-08-20起缺87天，向大新县委办、\n"
        "    大新县扶贫办要\n"
        "  1.4 江海区9-3常务会 会议材料：自2019-09-03起缺73天，向江海区政府办、\n"
        "    江海区扶贫办要\n"
        "清单的 SHA-256 …\n"
        "链首 13:…\n"
        "请把这两行抄在来文或纸质材料上，以后可以核对。\n",
        "",
    ) == answer._replace(out=out)


def test_its_folders_are_those_of_areas_and_items_and_its_files_have_readable_names(built: Path) -> None:
    names = list(everything(built))

    assert {
        "00 首页.html",
        "00 说明.txt",
        "01 卷内目录.html",
        "01 卷内目录.xlsx",
        "02 缺件清单.html",
        "02 缺件清单.xlsx",
        "03 总表.xlsx",
        "04 台账.xlsx",
        "05 报送情况.html",
        "MANIFEST.sha256",
        "1 组织领导/1.3 党委召开常委会/00 台账摘录.html",
        "1 组织领导/1.3 党委召开常委会/01 会议纪要 2019-07-17 纪要.pdf",
        "1 组织领导/1.3 党委召开常委会/02 会议纪要 2019-08-20 纪要2.pdf",
        "6 劳务协作/6.1 召开招聘会促进贫困人口就业/00 台账摘录.html",
        "6 劳务协作/6.1 召开招聘会促进贫困人口就业/02 佐证材料 2019-09-02 照片.jpg",
    } <= set(names)
    assert 26 == len([name for name in names if name.endswith("/00 台账摘录.html")])
    assert (
        "大新县的会" == (built / "1 组织领导/1.3 党委召开常委会/02 会议纪要 2019-08-20 纪要2.pdf").read_text()
    )


def test_the_first_page_says_that_it_is_incomplete_and_of_what(built: Path) -> None:
    shown = page(built / "00 首页.html")

    assert (
        "不齐：缺3份。未到期4份，另存1份，附佐证材料3份（另1份含个人信息未附）。全部26项中3项有佐证材料（含另存）。"
        in shown
    )
    assert "1.3 江海区7-16常委会 会议材料：自2019-07-16起缺122天" in shown


def test_what_is_not_due_yet_makes_no_archive_incomplete(cli: Cli, home: Path, clock: Clock) -> None:
    clock("2019-06-01")
    (home / "照片.jpg").write_text("照片")
    cli("record", "6.1", "--transferred", "40", "--evidence", "照片.jpg")
    answer = cli("archive", "build", "归档")

    assert "全部26项中1项有佐证材料（含另存）。\n齐：没有缺件（未到期10份）。\n" in answer.out
    shown = page(home / "归档" / "00 首页.html")
    assert "齐：没有缺件。未到期10份，另存0份，附佐证材料1份。全部26项中1项有佐证材料（含另存）。" in shown


class TestUnattached:
    """What is finished without one piece of proof is named, and nothing is ever called complete for lack of it."""

    def built(self, cli: Cli, home: Path, *lines: str) -> tuple[str, str]:
        """Record some lines, build, and give what the command and the first page say."""
        (home / "照片.jpg").write_text("照片")
        for line in ("init", *lines):
            answer = cli(*line.split())
            assert ExitCode.DONE == answer.code, answer.err
        message = cli("archive", "build", "归档")
        return message.out, page(home / "归档" / "00 首页.html")

    @pytest.mark.parametrize(
        "line", ["verify", "record 6.1 --transferred 40", "report 6.1 --progress 摸底"], ids=len
    )
    def test_an_archive_of_nothing_is_not_called_complete(
        self, cli: Cli, home: Path, clock: Clock, line: str
    ) -> None:
        clock("2019-06-01")
        message, first = self.built(cli, home, line)

        assert (
            "全部26项中0项有佐证材料（含另存）。\n没有缺件，也没有一份佐证材料（未到期10份）。\n" in message
        )
        assert "没有缺件，也没有一份佐证材料。" in first
        assert "齐" not in message + first

    def test_a_row_that_is_done_or_declared_without_proof_is_named(
        self, cli: Cli, home: Path, clock: Clock
    ) -> None:
        clock("2019-11-15")
        message, first = self.built(
            cli,
            home,
            "record 9.2 --done",
            "record 7.1 --done --agency 江海区妇联",
            "attach 6.2 照片.jpg",
        )

        assert (
            "全部26项中1项有佐证材料（含另存）。\n"
            "没有缺件，但未附佐证材料2项（未到期10份）：\n"
            "  7.1 积极动员社会力量参与扶贫协作 已申报，没有佐证材料，向江海区妇联要\n"
            "  9.2 开展贫困村创业致富带头人培训 已完成，没有佐证材料，向江海区扶贫办、\n"
            "    大新县扶贫办要\n"
        ) in message
        assert "没有缺件，但未附佐证材料2项。" in first
        assert "齐" not in message + first
        assert "未附佐证材料（2）" in page(home / "归档" / "02 缺件清单.html")
        openpyxl = pytest.importorskip("openpyxl")
        rows = openpyxl.load_workbook(home / "归档/02 缺件清单.xlsx")["未附佐证材料"].values
        assert [(1, "7.1"), (2, "9.2")] == [row[:2] for row in rows][3:]
        extract = next((home / "归档").glob("9 */9.2 */00 *.html"))
        assert re.search(r"佐证材料\s+未附", page(extract))

    def test_proof_of_any_kind_ends_it(self, cli: Cli, home: Path, clock: Clock) -> None:
        """A private file and a paper that lies elsewhere are proof as well; a reversed or destroyed one is none."""
        clock("2019-11-15")
        message, _ = self.built(cli, home, "record 9.2 --done", "attach 9.2 照片.jpg --personal")
        assert "全部26项中1项有佐证材料（含另存）。\n齐：没有缺件（未到期10份）。" in message

        cli("evidence", "destroy", "3", "--because", "误存")
        assert "没有缺件，但未附佐证材料1项" in cli("archive", "build", "再").out

    def test_a_row_whose_asked_paper_is_missing_is_named_once(
        self, cli: Cli, home: Path, clock: Clock
    ) -> None:
        clock("2019-12-15")
        message, _ = self.built(cli, home, "record 1.5 --done", "record 9.2 --done")

        assert "，未附佐证材料1项（未到期0份）：\n" in message
        assert "1.5 召开江海-大新高层联席会 会议纪要：" in message
        assert "1.5 召开江海-大新高层联席会 已申报" not in message

    def test_what_is_cancelled_is_asked_for_nothing(self, cli: Cli, home: Path, clock: Clock) -> None:
        clock("2019-11-15")
        message, _ = self.built(
            cli,
            home,
            "record 7.1 --done --agency 江海区妇联",
            "amend 7.1 --cancel --because 试 --basis 无文号",
        )

        assert "没有缺件，也没有一份佐证材料" in message

    def test_a_file_that_was_destroyed_later_proves_nothing_any_more(
        self, cli: Cli, home: Path, clock: Clock
    ) -> None:
        clock("2019-11-15")
        self.built(cli, home, "record 9.2 --done --evidence 照片.jpg")
        clock("2019-12-15")
        cli("evidence", "destroy", "3", "--because", "误存")

        assert "未附佐证材料1项" in cli("archive", "build", "一月", "--known-at", "2019-11-15").out

    def test_the_office_sees_it_beforehand(self, cli: Cli, home: Path, clock: Clock) -> None:
        """`missing` names the rows, of a unit only its own; its JSON keeps its keys."""
        clock("2019-11-15")
        cli("record", "9.2", "--done")
        answer, of_unit = cli("missing").out, cli("missing", "--agency", "江海区妇联").out

        assert answer.startswith("截至2019-11-15：缺0份，未到期10份，另存0份，未附佐证材料1项\n")
        assert "9.2   开展贫困村创业致富带头人 已完成     江海区扶贫办、大新县扶贫办" in answer
        assert "未附" not in of_unit
        assert "未附佐证材料,9.2," in cli("missing", "--csv").out
        assert ["plan", "title", "office", "head", "as_of", "missing", "pending", "kept"] == list(
            json.loads(cli("missing", "--json").out)
        )

    def test_a_paper_of_the_same_event_is_proof_of_both_rows(
        self, cli: Cli, home: Path, clock: Clock
    ) -> None:
        clock("2019-11-15")
        message, _ = self.built(
            cli,
            home,
            "record 1.5 --joint-meetings 1",
            "record 9.2 --done --same-event 2",
            "attach 1.5 照片.jpg --kind 会议纪要 --entry 2",
        )

        assert "全部26项中2项有佐证材料" in message
        assert "未附" not in message


def test_an_extract_has_row_duties_standard_figures_reports_amendments_and_every_entry(built: Path) -> None:
    shown = page(built / "6 劳务协作/6.1 召开招聘会促进贫困人口就业/00 台账摘录.html")

    for part in (
        "促进贫困人口就业，两地联合举办1期以上粤桂扶贫协作招聘会",
        "两地人社局、教育局",
        "招聘会不少于1期；新增转移就业不少于172人；稳定就业、就读职业学校、毕业学生就业须有数（没有也报0）",
        "自2019-10-01起 新增转移就业 原155人，调整为172人（试〔2019〕1号）：省里追加  第12号",
        "江海区人社局40",
        "进展情况：正在摸底",
        "第6号 花名册（某**.xlsx，9字节），江海区人社局，2019-09-01：含个人信息，未附；由江海区人社局保管",
    ):
        assert part in shown
    numbers = re.findall(
        r"<tr><td>(\d+)</td><td>6\.1</td>",
        (built / "6 劳务协作/6.1 召开招聘会促进贫困人口就业/00 台账摘录.html").read_text(),
    )
    assert ["6", "7", "8", "11", "12"] == numbers


def test_on_the_page_of_filings_each_cell_stands_under_its_head_and_no_period_that_has_not_begun_has_one(
    cli: Cli, home: Path, clock: Clock
) -> None:
    """信息报送 is asked by the 25th of each month; behind it stands 半年总结, which is no period of it."""
    clock("2022-03-01")
    assert ExitCode.DONE == cli("init", str(PLANS / "rhythms.yaml"), "--ledger", "节奏.db").code
    filed = cli(*["filing", "record", "summary", "--agency", "东湖区应急局", "--ledger", "节奏.db"])
    assert ExitCode.DONE == filed.code, filed.err
    assert ExitCode.DONE == cli("archive", "build", "归档", "--ledger", "节奏.db").code

    text = (home / "归档" / "05 报送情况.html").read_text("utf-8")
    _, *asked = re.findall("<th>(.*?)</th>", text)
    months = [f"信息报送（{month}月）（最后一天 2022-{month:02}-25）" for month in (1, 2, 3)]
    assert [*months, "半年总结（最后一天 2022-07-10）"] == asked
    assert asked == re.findall("<p>(.*?)：应交", text)
    cells = dict(re.findall(r"<tr><td>(.*?)</td>((?:<td>.*?</td>)*)", text))
    of_filer = re.findall("<td>(.*?)</td>", cells["东湖区应急局"])
    assert ["未交 逾期35天", "未交 逾期4天", "未交", "已交 03-01"] == of_filer


def test_every_link_leads_to_a_file(built: Path) -> None:
    from urllib.parse import unquote

    for path in built.rglob("*.html"):
        links = re.findall(r'href="([^"]+)"', path.read_text("utf-8"))
        assert links, path
        assert [] == [link for link in links if not (path.parent / unquote(link)).is_file()]


def test_pages_run_nothing_and_ask_nobody(built: Path) -> None:
    for path in built.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<script|<img|<iframe|https?:|javascript:|\son\w+=", text), path


def test_what_somebody_typed_stays_text(cli: Cli, home: Path, clock: Clock) -> None:
    clock(NOVEMBER)
    note = "<script>alert(1)</script>&\x1b[31m=1+1"
    assert ExitCode.DONE == cli("record", "6.1", "--transferred", "40", "--note", note).code
    cli("archive", "build", "归档")
    path = home / "归档/6 劳务协作/6.1 召开招聘会促进贫困人口就业/00 台账摘录.html"

    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;\\x1b[31m=1+1" in path.read_text("utf-8")


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_sha256sum_accepts_the_manifest_without_this_program(built: Path) -> None:
    words = ["sha256sum", "--strict", "-c", "MANIFEST.sha256"]
    done = subprocess.run(words, cwd=built, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)
    assert len(everything(built)) - 1 == len(done.stdout.splitlines())


def test_the_chains_head_is_that_of_the_ledger(cli: Cli, built: Path) -> None:
    head = re.findall(r"链首 (\d+:[0-9a-f]{16})", cli("verify").out)[0]
    number, seal = head.split(":")
    name = f"链首-{number}-{seal}-20191115-20191114100000000000.txt"
    end = (built / name).read_text("utf-8-sig")

    assert f"封签　　　　{seal}" in end
    assert f"链首 {head}" in (built / "00 说明.txt").read_text("utf-8-sig")
    assert head in page(built / "00 首页.html")


def test_files_are_for_their_owner_alone(built: Path) -> None:
    if os.name != "posix":
        pytest.skip("other systems have other rights")
    assert {0o600} == {path.stat().st_mode & 0o777 for path in built.rglob("*") if path.is_file()}
    assert {0o700} == {path.stat().st_mode & 0o777 for path in [built, *built.rglob("*")] if path.is_dir()}


def test_what_packing_does_not_shrink_is_stored_as_it_is(cli: Cli, home: Path) -> None:
    """A picture is compressed already; to compress it again takes long and gains nothing."""
    contents = {"照片.jpg": os.urandom(100_000), "讲话稿.txt": "大新县，江海区。\n".encode() * 4_100}
    for name, data in contents.items():
        (home / name).write_bytes(data)
        assert ExitCode.DONE == cli("attach", "6.1", name).code
    assert ExitCode.DONE == cli("archive", "build", "--zip", "归档.zip").code
    with ZipFile(home / "归档.zip") as archive:
        methods = {part.file_size: part.compress_type for part in archive.infolist()}
        assert archive.testzip() is None

    assert [ZIP_STORED, ZIP_DEFLATED] == [methods[len(data)] for data in contents.values()]
    assert ExitCode.DONE == cli("archive", "verify", "归档.zip").code


class TestSameBytes:
    """The same knowledge gives the same archive, whenever it is built."""

    def test_built_twice_it_is_the_same(self, cli: Cli, built: Path, home: Path) -> None:
        cli("archive", "build", "再归档", "--zip", "甲.zip")
        cli("archive", "build", "--zip", "乙.zip")

        assert everything(built) == everything(home / "再归档")
        assert (home / "甲.zip").read_bytes() == (home / "乙.zip").read_bytes()

    @pytest.mark.parametrize(
        "asked", [("--known-at", NOVEMBER), ("--known-at", NOVEMBER, "--as-of", NOVEMBER)], ids=len
    )
    def test_in_january_the_archive_of_15_november_is_built_byte_for_byte(
        self, cli: Cli, built: Path, home: Path, clock: Clock, asked: tuple[str, ...]
    ) -> None:
        for day, line in (
            ("2019-11-28", "record 6.1 --transferred 132 --on 2019-11-10"),
            ("2019-12-01", "reverse 3 --because 拿错了一页"),
            ("2019-12-02", "amend 2.1 --due 2019-12-31 --because 延期 --basis 无文号"),
            ("2019-12-03", "evidence destroy 6 --because 个人信息到期"),
            ("2020-01-06", "attach 1.3 照片.jpg --kind 会议材料 --entry 2 --on 2019-07-16"),
        ):
            clock(day)
            assert ExitCode.DONE == cli(*line.split()).code
        clock(JANUARY)
        assert ExitCode.DONE == cli("archive", "build", "一月", *asked).code
        cli("archive", "build", "今天")

        assert everything(built) == everything(home / "一月")
        assert everything(built) != everything(home / "今天")

    def test_workbooks_carry_no_moment_of_writing(self, built: Path) -> None:
        books = tuple(built.glob("*.xlsx"))
        assert len(books) == 4
        for path in books:
            with ZipFile(path) as parts:
                assert {(1980, 1, 1, 0, 0, 0)} == {part.date_time for part in parts.infolist()}
                assert b">2000-01-01T00:00:00Z<" in parts.read("docProps/core.xml")

    def test_the_workbooks_open_as_workbooks(self, built: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        rows = list(
            openpyxl.load_workbook(built / "01 卷内目录.xlsx")["卷内目录"].iter_rows(values_only=True)
        )

        assert (
            (1, "1.3", "江海区7-16常委会", "会议纪要", "纪要.pdf", "江海区委办", "2019-07-17", "15字节"),
            "1 组织领导/1.3 党委召开常委会/01 会议纪要 2019-07-17 纪要.pdf",
            3,
            hashlib.sha256("江海区的会".encode()).hexdigest(),
        ) == (rows[3][:8], *rows[3][8:])
        assert ["会议纪要", "试办〔2019〕9号", "另存江海区政府办"] == [rows[5][3], rows[5][4], rows[5][8]]


class TestPersonal:
    """Nobody's name, number or file leaves with an archive unless that was asked for."""

    def test_a_private_file_is_named_masked_and_stays(self, built: Path) -> None:
        for name, data in everything(built).items():
            assert "某某某" not in name
            if not name.endswith(".xlsx"):
                assert "某某某".encode() not in data, name
        openpyxl = pytest.importorskip("openpyxl")
        for path in built.glob("*.xlsx"):
            for sheet in openpyxl.load_workbook(path):
                cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
                assert not any("某某某" in cell for cell in cells), path
        digest = hashlib.sha256("花名册".encode()).hexdigest()
        assert digest in page(built / "01 卷内目录.html")
        assert digest not in (built / "MANIFEST.sha256").read_text()

    def test_full_brings_it_along(self, cli: Cli, year: None, home: Path) -> None:
        assert "佐证材料4份，另存1份" in cli("archive", "build", "归档", "--full").out
        folder = home / "归档/6 劳务协作/6.1 召开招聘会促进贫困人口就业"

        assert "花名册" == (folder / "01 花名册 2019-09-01 某某某花名册.xlsx").read_text()

    def test_contacts_are_masked(self, cli: Cli, year: None, home: Path) -> None:
        cli("contact", "set", "江海区人社局", "--name", "试验员", "--phone", "13800000001")
        cli("archive", "build", "归档")

        assert not [name for name, data in everything(home / "归档").items() if b"13800000001" in data]
        book = pytest.importorskip("openpyxl").load_workbook(home / "归档/04 台账.xlsx")
        assert any(
            "138****0001" in str(cell) for row in book.active.iter_rows(values_only=True) for cell in row
        )


def test_what_was_destroyed_is_called_so_and_not_damaged(cli: Cli, year: None, home: Path) -> None:
    cli("evidence", "destroy", "8", "--because", "照片里有人")
    answer = cli("archive", "build", "归档")

    assert "佐证材料2份（另1份含个人信息未附，1份已销毁）" in answer.out
    assert "已销毁（第14号）" in page(home / "归档" / "01 卷内目录.html")
    assert ExitCode.DONE == cli("archive", "verify", "归档").code


def test_a_damaged_file_stops_the_archive_and_every_such_file_is_named(
    cli: Cli, year: None, home: Path
) -> None:
    vault = home / "share/planledger/ledger.db.files"
    first, second = (hashlib.sha256(text.encode()).hexdigest() for text in ("江海区的会", "照片"))
    (vault / first[:2] / first).unlink()
    (vault / second[:2] / second).write_text("换了")
    answer = cli("archive", "build", "归档")

    assert (
        Result(
            ExitCode.VERIFICATION,
            "",
            "第3号（1.3 会议纪要）、第8号（6.1 佐证材料）的文件不见了或与存入时不符，没有归档；"
            "请用原件补回（planledger evidence repair 原件），或冲正后再归档。\n",
        )
        == answer
    )
    assert [] == [path.name for path in home.iterdir() if "归档" in path.name]


NOT_BUILT = [
    ((), "请写明归档到哪里：planledger archive build 归档资料，或 --zip 归档资料.zip。"),
    (("占着",), "已经有 占着，没有覆盖；归档写进新文件夹，请换一个名字。"),
    (("--zip", "纪要.pdf"), "--zip 纪要.pdf：压缩包请以 .zip 结尾。"),
    (("--zip", "有了.zip"), "已经有 有了.zip，没有覆盖；请移走它，或换一个名字。"),
    (
        ("新的", "--since", "纪要.pdf"),
        "纪要.pdf 不是归档清单：里面没有链首；请写前次归档的 MANIFEST.sha256。",
    ),
    (
        ("新的", "--since", "没有"),
        "没有 不是归档（没有这个文件或文件夹）；请写归档的文件夹、压缩包或 MANIFEST.sha256。",
    ),
]


@pytest.mark.parametrize("words", [("链.zip",), ("--zip", "链.zip")])
def test_no_archive_is_built_through_a_link_that_leads_nowhere(
    cli: Cli, year: None, home: Path, words: tuple[str, ...]
) -> None:
    (home / "链.zip").symlink_to(home / "别处")
    refused = cli("archive", "build", *words)

    assert (ExitCode.REFUSED, "", "已经有 链.zip，没有覆盖；") == (
        refused.code,
        refused.out,
        refused.err[:15],
    )
    assert (True, False) == ((home / "链.zip").is_symlink(), (home / "别处").exists())


@pytest.mark.parametrize(("words", "sentence"), NOT_BUILT)
def test_what_cannot_be_built_is_refused_and_leaves_nothing(
    cli: Cli, year: None, home: Path, words: tuple[str, ...], sentence: str
) -> None:
    (home / "占着").mkdir()
    (home / "有了.zip").touch()
    before = sorted(path.name for path in home.iterdir())

    assert Result(ExitCode.REFUSED, "", sentence + "\n") == cli("archive", "build", *words)
    assert before == sorted(path.name for path in home.iterdir())


def test_without_a_ledger_there_is_nothing_to_archive(cli: Cli, home: Path) -> None:
    answer = cli("archive", "build", "归档")

    assert ExitCode.REFUSED == answer.code
    assert "还没有台账，没有可归档的内容；先登记，或用 --ledger 写明台账。" in answer.err
    assert [] == list(home.iterdir())


class TestSupplement:
    """What came after an earlier archive: additions, withdrawals and reversals, each listed."""

    @pytest.fixture
    def later(self, cli: Cli, built: Path, home: Path, clock: Clock, once: Path) -> Path:
        if not (once / "later").exists():
            self.supplement(cli, home, clock)
            shutil.copytree(home, once / "later")
        shutil.copytree(once / "later", home, dirs_exist_ok=True)
        clock("2019-11-23")
        return home / "补充"

    def supplement(self, cli: Cli, home: Path, clock: Clock) -> None:
        """Record some more after the archive, and build what it lacks."""
        (home / "材料.pdf").write_text("会议材料")
        for day, line in (
            ("2019-11-20", "attach 1.3 材料.pdf --kind 会议材料 --entry 2"),  # 14
            ("2019-11-21", "reverse 5 --because 拿错了一页"),  # 15
            ("2019-11-22", "correct 7 --to 45 --because 漏报5人"),  # 16, 17
            ("2019-11-23", "record 9.2 --done"),  # 18
        ):
            clock(day)
            assert ExitCode.DONE == cli(*line.split()).code
        answer = cli("archive", "build", "补充", "--since", "归档/MANIFEST.sha256")
        assert ExitCode.DONE == answer.code, answer.err
        assert "已写成补充归档（第13号记录之后） 补充：3项，佐证材料1份（另1份含个人信息未附，" in answer.out

    def test_additions_withdrawals_and_reversals_are_listed(self, later: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(later / "00 补充清单.xlsx")
        listed = {
            sheet.title: [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)] for sheet in book
        }

        assert {
            "新增材料": [14],
            "撤回材料": [15],
            "销毁材料": [],
            "冲正记录": [16],
            "其他新增记录": [17, 18],
        } == listed
        assert "新增材料（1）" in page(later / "00 补充清单.html")

    def test_only_what_is_new_is_in_it(self, later: Path) -> None:
        names = [name for name in everything(later) if name[:2] in {"1 ", "6 ", "9 "}]

        assert [
            "1 组织领导/1.3 党委召开常委会/00 台账摘录.html",
            "1 组织领导/1.3 党委召开常委会/02 会议材料 2019-11-20 材料.pdf",
            "6 劳务协作/6.1 召开招聘会促进贫困人口就业/00 台账摘录.html",
            "9 会议、培训/9.2 开展贫困村创业致富带头人培训/00 台账摘录.html",
        ] == sorted(names)
        assert "见前次归档" in page(later / "01 卷内目录.html")

    def test_a_supplement_to_a_supplement_goes_on_from_there(
        self, cli: Cli, later: Path, home: Path, clock: Clock
    ) -> None:
        clock("2019-11-24")
        cli("record", "9.1", "--done")

        assert (
            "（第18号记录之后） 再补：1项，佐证材料0份"
            in cli("archive", "build", "再补", "--since", "补充").out
        )

    def test_it_is_checked_as_any_archive(self, cli: Cli, later: Path) -> None:
        assert ExitCode.DONE == cli("archive", "verify", str(later)).code

    def test_an_archive_of_another_ledger_is_refused(self, cli: Cli, built: Path, home: Path) -> None:
        cli("init", "--ledger", "别的.db")
        answer = cli("archive", "build", "补充", "--since", "归档", "--ledger", "别的.db")

        assert ExitCode.VERIFICATION == answer.code
        assert "与本台账不符：不是这个台账或这个方案的归档，或台账被改动过" in answer.err


class TestVerify:
    """Every altered, lacking or extra file is named, in a folder and in a zip archive."""

    def test_an_untouched_one_is_sound_without_a_ledger(self, cli: Cli, built: Path, home: Path) -> None:
        shutil.rmtree(home / "share")
        count = len(everything(built)) - 1
        seal = hashlib.sha256((built / "MANIFEST.sha256").read_bytes()).hexdigest()
        shown = f"核对通过：{count}个文件都与归档时一致，没有多出的。\n清单的 SHA-256 {seal}\n"

        assert Result(0, shown, "") == cli("archive", "verify", "归档")

    def test_altered_lacking_and_extra_files_are_each_named(self, cli: Cli, built: Path) -> None:
        (built / "00 首页.html").write_text("改过")
        (built / "03 总表.xlsx").unlink()
        (built / "1 组织领导" / "多的.txt").write_text("多")
        (built / "链接.txt").symlink_to(built / "00 说明.txt")

        assert Result(
            ExitCode.VERIFICATION,
            "核对未通过：这份档案与归档时不一致。\n"
            "  不是普通文件（链接、设备或管道）：链接.txt\n"
            "  改动过：00 首页.html\n"
            "  缺少：03 总表.xlsx\n"
            "  多出：1 组织领导/多的.txt\n"
            "请向交来的单位要原件重新核对。\n",
            "",
        ) == cli("archive", "verify", "归档")

    def test_a_link_in_the_place_of_a_folder_is_not_followed(self, cli: Cli, built: Path, home: Path) -> None:
        (built / "1 组织领导").rename(home / "别处")
        (built / "1 组织领导").symlink_to(home / "别处")
        answer = cli("archive", "verify", "归档")

        assert "不是普通文件（链接、设备或管道）：1 组织领导\n" in answer.out
        assert "缺少：1 组织领导/1.3 党委召开常委会/00 台账摘录.html\n" in answer.out

    @pytest.mark.parametrize(
        ("line", "shown"),
        [
            ("{0}  ../../etc/passwd", "清单第1行指向档案之外：../../etc/passwd"),
            ("{0}  /etc/passwd", "清单第1行指向档案之外：/etc/passwd"),
            ("{0}  C:\\windows", "清单第1行指向档案之外：C:\\windows"),
            ("nonsense", "清单第1行不成格式"),
            ("{0}  a\n{0}  A", "清单第2行的名字重复：A"),
            ("", "清单是空的"),
        ],
    )
    def test_a_manifest_that_lies_is_named(self, cli: Cli, home: Path, line: str, shown: str) -> None:
        (home / "坏").mkdir()
        (home / "坏" / "MANIFEST.sha256").write_text(line.format("0" * 64))
        answer = cli("archive", "verify", "坏")

        assert ExitCode.VERIFICATION == answer.code
        assert f"  {shown}\n" in answer.out

    @pytest.mark.parametrize("what", ["没有", "空文件夹", "文字.txt", "表.zip"])
    def test_what_is_no_archive_is_refused(self, cli: Cli, home: Path, what: str) -> None:
        (home / "空文件夹").mkdir()
        with ZipFile(home / "表.zip", "w") as zip_file:
            zip_file.writestr("a.txt", "a")
        answer = cli("archive", "verify", what)

        assert ExitCode.REFUSED == answer.code
        assert answer.err.startswith(f"{what} 不是归档（")

    def test_names_that_a_system_took_apart_are_put_together(self, cli: Cli, home: Path) -> None:
        import unicodedata

        folder = home / "归档"
        folder.mkdir()
        name = "café.txt"
        (folder / unicodedata.normalize("NFD", name)).write_text("1")
        digest = hashlib.sha256(b"1").hexdigest()
        (folder / "MANIFEST.sha256").write_text(f"{digest}  {unicodedata.normalize('NFC', name)}\n")

        assert ExitCode.DONE == cli("archive", "verify", "归档").code


class TestZip:
    """A zip archive that came from anywhere is read without unpacking, and what is wrong with it is reported."""

    @pytest.fixture
    def zipped(self, cli: Cli, year: None, home: Path, once: Path) -> Path:
        if not (once / "归档.zip").exists():
            assert ExitCode.DONE == cli("archive", "build", "--zip", "归档.zip").code
            shutil.move(home / "归档.zip", once)
        return Path(shutil.copy(once / "归档.zip", home))

    def changed(self, zipped: Path, change: Callable[[ZipFile, ZipInfo, bytes], None]) -> Path:
        """Write an archive anew, each part as *change* will have it."""
        other = zipped.with_name("变.zip")
        with ZipFile(zipped) as old, ZipFile(other, "w", ZIP_DEFLATED) as new:
            for part in old.infolist():
                change(new, part, old.read(part))
        return other

    def test_it_is_sound_as_it_was_built(self, cli: Cli, zipped: Path) -> None:
        assert ExitCode.DONE == cli("archive", "verify", "归档.zip").code
        with ZipFile(zipped) as zip_file:
            assert all(part.flag_bits & 0x800 for part in zip_file.infolist() if not part.filename.isascii())
            assert {(2019, 11, 15, 0, 0, 0)} == {part.date_time for part in zip_file.infolist()}
            assert {0o644} == {part.external_attr >> 16 for part in zip_file.infolist()}

    def test_names_in_gbk_are_understood(self, cli: Cli, zipped: Path) -> None:
        class InGbk(ZipInfo):
            """A part as programs on Chinese Windows write it: its name in GBK, and no word of that."""

            def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (the name that zipfile gave it)
                return self.filename.encode("gbk"), self.flag_bits

        other = zipped.with_name("变.zip")
        with ZipFile(zipped) as old, ZipFile(other, "w") as new:
            for part in old.infolist():
                new.writestr(InGbk(part.filename), old.read(part))
        with ZipFile(other) as zip_file:
            assert "00 首页.html" not in zip_file.namelist()

        assert ExitCode.DONE == cli("archive", "verify", "变.zip").code

    def test_a_part_that_slips_out_is_named(self, cli: Cli, zipped: Path) -> None:
        def slip(new: ZipFile, part: ZipInfo, data: bytes) -> None:
            new.writestr(part, data)
            if part.filename == "00 说明.txt":
                new.writestr("../外面.txt", "x")
                new.writestr("/绝对.txt", "x")

        answer = cli("archive", "verify", str(self.changed(zipped, slip)))
        assert ExitCode.VERIFICATION == answer.code
        assert "  指向档案之外：../外面.txt\n  指向档案之外：/绝对.txt\n" in answer.out

    def test_a_link_is_named_and_not_followed(self, cli: Cli, zipped: Path) -> None:
        def link(new: ZipFile, part: ZipInfo, data: bytes) -> None:
            if part.filename == "00 说明.txt":
                part.external_attr = (stat.S_IFLNK | 0o777) << 16
                data = b"/etc/passwd"
            new.writestr(part, data)

        assert "  是链接：00 说明.txt\n" in cli("archive", "verify", str(self.changed(zipped, link))).out

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    @pytest.mark.parametrize("twin", ["00 说明.txt", "00 首页.HTML"])
    def test_names_that_would_cover_each_other_are_named(self, cli: Cli, zipped: Path, twin: str) -> None:
        def twice(new: ZipFile, part: ZipInfo, data: bytes) -> None:
            new.writestr(part, data)
            if part.filename.casefold() == twin.casefold():
                new.writestr(twin, "别的")

        answer = cli("archive", "verify", str(self.changed(zipped, twice)))
        assert ExitCode.VERIFICATION == answer.code
        assert f"  名字重复：{twin.casefold()}\n" in answer.out

    def test_altered_and_extra_parts_are_named(self, cli: Cli, zipped: Path) -> None:
        def alter(new: ZipFile, part: ZipInfo, data: bytes) -> None:
            new.writestr(part, b"?" if part.filename == "00 说明.txt" else data)
            if part.filename == "00 说明.txt":
                new.writestr("多的.txt", "x")

        answer = cli("archive", "verify", str(self.changed(zipped, alter)))
        assert "  改动过：00 说明.txt\n  多出：多的.txt\n" in answer.out

    def test_a_bomb_is_not_unpacked(self, cli: Cli, home: Path) -> None:
        data = b"\0" * (20 << 20)
        digest = hashlib.sha256(data).hexdigest()
        with ZipFile(home / "弹.zip", "w", ZIP_DEFLATED) as zip_file:
            zip_file.writestr("MANIFEST.sha256", f"{digest}  弹.bin\n")
            zip_file.writestr("弹.bin", data)
        raw = bytearray((home / "弹.zip").read_bytes())
        at = raw.find("弹.bin".encode(), raw.find(b"PK\x01\x02", raw.find(b"PK\x01\x02") + 4)) - 46
        raw[at + 24 : at + 28] = (0xFFFFFFF0).to_bytes(4, "little")  # it says that it holds four gigabytes
        (home / "弹.zip").write_bytes(raw)
        answer = cli("archive", "verify", "弹.zip")

        assert ExitCode.VERIFICATION == answer.code
        assert "  解不开：弹.bin\n" in answer.out

    def test_a_flipped_bit_ends_in_a_sentence(self, cli: Cli, zipped: Path) -> None:
        raw = zipped.read_bytes()
        for place in [*range(100, len(raw), len(raw) // 60), *range(len(raw) - 60, len(raw), 3)]:
            flipped = bytearray(raw)
            flipped[place] ^= 0x10
            zipped.with_name("坏.zip").write_bytes(flipped)
            answer = cli("archive", "verify", "坏.zip")
            assert answer.code in {ExitCode.DONE, ExitCode.VERIFICATION, ExitCode.REFUSED}, place


def killed_at(home: Path, seconds: float) -> None:
    words = [sys.executable, "-m", "planledger", "archive", "build", "归档"]
    with subprocess.Popen(words, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def test_a_killed_build_leaves_a_whole_archive_or_none(cli: Cli, year: None, home: Path) -> None:
    for seconds in (0.15, 0.25, 0.35, 0.5):
        killed_at(home, seconds)
        if (home / "归档").exists():
            assert ExitCode.DONE == cli("archive", "verify", "归档").code
            shutil.rmtree(home / "归档")


class TestReach:
    """A supplement has all that the earlier archive did not have, whatever its day and moment were."""

    def test_what_the_earlier_day_left_out_comes_with_the_supplement(
        self, cli: Cli, home: Path, clock: Clock
    ) -> None:
        for name in ("一.pdf", "二.pdf"):
            (home / name).write_text(name)
        clock("2019-11-20")
        cli("attach", "6.1", "一.pdf")  # of a day after the archive's, with a smaller number
        cli("attach", "6.1", "二.pdf", "--on", "2019-11-10")
        cli("archive", "build", "一", "--as-of", "2019-11-15")
        clock("2019-12-20")
        answer = cli("archive", "build", "二", "--since", "一")

        assert ExitCode.DONE == answer.code, answer.err
        names = [path.name for path in (home / "二").rglob("*.pdf")]
        assert ["02 佐证材料 2019-11-20 一.pdf"] == names

    def test_what_a_clock_that_was_ahead_recorded_comes_too(self, cli: Cli, home: Path, clock: Clock) -> None:
        (home / "一.pdf").write_text("一")
        clock("2019-11-01")
        cli("init")
        clock("2019-12-15")
        cli("attach", "6.1", "一.pdf", "--on", "2019-11-10")
        clock("2019-11-12")
        cli("record", "6.1", "--transferred", "1")
        clock("2019-12-20")
        cli("archive", "build", "一", "--known-at", "2019-11-15")
        cli("archive", "build", "二", "--since", "一")

        assert [] == list((home / "一").rglob("*.pdf"))
        assert 1 == len(list((home / "二").rglob("*.pdf")))

    def test_after_nothing_new_there_is_no_supplement(self, cli: Cli, built: Path) -> None:
        shown = "前次归档（到第13号记录）以后没有新的记录，不需要补充归档。\n"

        assert Result(ExitCode.REFUSED, "", shown) == cli("archive", "build", "补充", "--since", "归档")

    def test_a_destroyed_file_that_came_again_leaves_the_earlier_archive_as_it_was(
        self, cli: Cli, home: Path, clock: Clock
    ) -> None:
        (home / "一.pdf").write_text("一")
        clock("2019-11-10")
        cli("attach", "6.1", "一.pdf")
        clock("2019-11-11")
        cli("evidence", "destroy", "2", "--because", "误存")
        clock("2019-11-12")
        cli("archive", "build", "一")
        clock("2019-11-20")
        cli("attach", "6.1", "一.pdf")
        cli("archive", "build", "二", "--known-at", "2019-11-12")

        assert everything(home / "一") == everything(home / "二")
        assert "已销毁（第3号）" in page(home / "一" / "01 卷内目录.html")

    def test_full_of_a_day_before_a_destruction_says_that_the_file_is_gone(
        self, cli: Cli, home: Path, clock: Clock
    ) -> None:
        (home / "一.pdf").write_text("一")
        clock("2019-11-10")
        cli("attach", "6.1", "一.pdf", "--personal")
        clock("2019-11-20")
        cli("evidence", "destroy", "2", "--because", "到期")
        answer = cli("archive", "build", "全", "--known-at", "2019-11-12", "--full")

        assert ExitCode.DONE == answer.code, answer.err
        assert "另1份已销毁" in answer.out
        assert "本归档含未打码的姓名、电话" in page(home / "全" / "00 首页.html")
        assert "本归档含未打码的姓名、电话" in (home / "全" / "00 说明.txt").read_text("utf-8-sig")

    def test_a_day_that_has_not_come_is_refused(self, cli: Cli, year: None) -> None:
        shown = "--as-of 2150-01-01 还没有到；归档只能到今天为止。\n"

        assert Result(ExitCode.REFUSED, "", shown) == cli("archive", "build", "归档", "--as-of", "2150-01-01")

    @pytest.mark.parametrize(
        "name", [f"链首-{'9' * 5000}-ab.txt", "链首-1-.txt", "链首-1-0123456789abcdef.txt"]
    )
    def test_a_manifest_that_makes_up_a_head_is_none(
        self, cli: Cli, year: None, home: Path, name: str
    ) -> None:
        (home / "假.sha256").write_text(f"{'0' * 64}  {name}\n")
        answer = cli("archive", "build", "补充", "--since", "假.sha256")

        assert (ExitCode.REFUSED, True) == (answer.code, "不是归档清单" in answer.err)


class TestTricks:
    """What others tried on a checker."""

    def test_two_names_that_become_one_are_named(self, cli: Cli, home: Path) -> None:
        folder = home / "归档"
        folder.mkdir()
        (folder / "\u8c48.txt").write_text("坏")
        (folder / "\uf900.txt").write_text("好")
        digest = hashlib.sha256("好".encode()).hexdigest()
        (folder / "MANIFEST.sha256").write_text(f"{digest}  \u8c48.txt\n")
        answer = cli("archive", "verify", "归档")

        assert ExitCode.VERIFICATION == answer.code
        assert "  名字重复：\u8c48.txt\n" in answer.out

    @pytest.mark.parametrize("method", [12, 14])
    def test_packings_that_cannot_be_bounded_are_not_unpacked(
        self, cli: Cli, home: Path, method: int
    ) -> None:
        with ZipFile(home / "归档.zip", "w") as zip_file:
            zip_file.writestr("MANIFEST.sha256", f"{hashlib.sha256(b'a').hexdigest()}  a.txt\n")
            zip_file.writestr("a.txt", "a", compress_type=method)
        answer = cli("archive", "verify", "归档.zip")

        assert ExitCode.VERIFICATION == answer.code
        assert "  压缩方法不认识：a.txt\n" in answer.out

    @pytest.mark.parametrize("part", ["../../外面/", "藏/"])
    def test_a_folder_that_is_none_is_named(self, cli: Cli, home: Path, part: str) -> None:
        with ZipFile(home / "归档.zip", "w") as zip_file:
            zip_file.writestr("MANIFEST.sha256", f"{hashlib.sha256(b'a').hexdigest()}  a.txt\n")
            zip_file.writestr("a.txt", "a")
            zip_file.writestr(ZipInfo(part), "藏" if part == "藏/" else "")
        answer = cli("archive", "verify", "归档.zip")

        assert ExitCode.VERIFICATION == answer.code
        assert part in answer.out

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
    def test_a_pipe_is_not_waited_for(self, cli: Cli, home: Path) -> None:
        (home / "归档").mkdir()
        os.mkfifo(home / "归档" / "MANIFEST.sha256")
        os.mkfifo(home / "管道")

        assert ExitCode.REFUSED == cli("archive", "verify", "归档").code
        assert ExitCode.REFUSED == cli("archive", "verify", "管道").code

    def test_a_long_manifest_takes_no_long_time(self, home: Path) -> None:
        from planledger.formats.archive.manifest import read_manifest

        data = "".join(f"{number:064x}  {number}.txt\n" for number in range(40_000)).encode()

        assert 40_000 == len(read_manifest(data).digests)

    @pytest.mark.parametrize("top", ["", "归档/"])
    def test_what_others_zipped_again_is_understood(
        self, cli: Cli, built: Path, home: Path, top: str
    ) -> None:
        """Info-ZIP writes names in UTF-8 without saying so, and many pack the folder itself."""

        class Bare(ZipInfo):
            def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (the name that zipfile gave it)
                return self.filename.encode(), self.flag_bits

        with ZipFile(home / "再打.zip", "w") as zip_file:
            for name, data in everything(built).items():
                zip_file.writestr(Bare(top + name), data)

        assert ExitCode.DONE == cli("archive", "verify", "再打.zip").code

    def test_the_manifest_itself_names_the_archive_too(self, cli: Cli, built: Path) -> None:
        assert ExitCode.DONE == cli("archive", "verify", "归档/MANIFEST.sha256").code
        (built / "MANIFEST.sha256").unlink()

        assert "归档 不是归档（里面没有 MANIFEST.sha256）" in cli("archive", "verify", "归档").err

    def test_folder_and_package_of_one_name_are_refused(self, cli: Cli, year: None, home: Path) -> None:
        before = sorted(home.iterdir())

        assert ExitCode.REFUSED == cli("archive", "build", "归档.zip", "--zip", "归档.zip").code
        assert before == sorted(home.iterdir())

    def test_a_name_that_no_disk_takes_is_refused(self, cli: Cli, year: None) -> None:
        assert ExitCode.STORAGE == cli("archive", "build", "长" * 300).code


def test_a_supplement_in_full_sends_for_a_private_file_to_the_earlier_archive(
    cli: Cli, year: None, home: Path
) -> None:
    cli("archive", "build", "全", "--full")
    cli("record", "6.1", "--transferred", "1")
    assert ExitCode.DONE == cli("archive", "build", "补", "--since", "全", "--full").code

    for path in ("01 卷内目录.html", "6 劳务协作/6.1 召开招聘会促进贫困人口就业/00 台账摘录.html"):
        shown = page(home / "补" / path)
        assert "见前次归档" in shown
        assert "未附" not in shown


class TestBesideADestruction:
    """A file that is destroyed while an archive is made is reported as destroyed, and nothing as damaged."""

    @pytest.mark.parametrize("when", ["before it is copied", "after it was copied"])
    def test_the_archive_is_made_anew_and_says_so(
        self, cli: Cli, year: None, home: Path, monkeypatch: pytest.MonkeyPatch, when: str
    ) -> None:
        copy = Vault.copy
        done: list[int] = []

        def copied(vault: Vault, digest: str, out: IO[bytes]) -> FileState:
            if not done and when == "before it is copied":
                done.append(cli("evidence", "destroy", "8", "--because", "照片里有人").code)
            state = copy(vault, digest, out)
            if not done:
                done.append(cli("evidence", "destroy", "3", "--because", "照片里有人").code)
            return state

        monkeypatch.setattr(Vault, "copy", copied)
        answer = cli("archive", "build", "归档")
        entry = "8" if when == "before it is copied" else "3"

        assert [ExitCode.DONE] == done
        assert ExitCode.DONE == answer.code
        assert (
            f"注意：归档时第{entry}号（由第14号登记销毁）的文件刚被销毁，已照销毁以后的台账重新成册。\n"
            == answer.err
        )
        assert "佐证材料2份（另1份含个人信息未附，1份已销毁）" in answer.out
        assert "已销毁（第14号）" in page(home / "归档" / "01 卷内目录.html")
        assert ExitCode.DONE == cli("archive", "verify", "归档").code

    def test_what_is_lost_along_with_it_is_damaged_all_the_same(
        self, cli: Cli, year: None, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy = Vault.copy
        digest = hashlib.sha256("江海区的会".encode()).hexdigest()
        (home / "share/planledger/ledger.db.files" / digest[:2] / digest).unlink()

        def copied(vault: Vault, digest: str, out: IO[bytes]) -> FileState:
            monkeypatch.setattr(Vault, "copy", copy)
            cli("evidence", "destroy", "8", "--because", "照片里有人")
            return copy(vault, digest, out)

        monkeypatch.setattr(Vault, "copy", copied)
        answer = cli("archive", "build", "归档")

        assert ExitCode.VERIFICATION == answer.code
        assert answer.err.startswith("注意：归档时第8号（由第14号登记销毁）的文件刚被销毁")
        assert "第3号（1.3 会议纪要）的文件不见了或与存入时不符，没有归档" in answer.err
        assert not (home / "归档").exists()
