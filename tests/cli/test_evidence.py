"""Files as proof: stored, listed, opened, copied out, withdrawn, destroyed, and read again by `verify`."""

import json
import os
import random
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import Result, no_ledger
from planledger.cli.record import copies
from planledger.ledger.chain.verification import verify
from planledger.ledger.files.stocktaking import stocktaking
from planledger.plan.refusal import ExitCode
from planledger.store.files.vault import Vault
from planledger.store.paths import files_beside
from planledger.store.sqlite.opening import open_to_read
from trials import sampled

Cli = Callable[..., Result]
MINUTES = "一次会议的纪要".encode()


@pytest.fixture
def minutes(home: Path) -> Path:
    """The minutes of a meeting, where somebody would type their name."""
    path = home / "会议纪要.pdf"
    path.write_bytes(MINUTES)
    return path


@pytest.fixture
def meeting(begun: Callable[..., None], minutes: Path) -> None:
    """One meeting of one side, entry 2."""
    begun(["record 1.3 --meetings 1 --side 江海 --on 2019-07-16"])


def ledger_of(home: Path) -> Path:
    return home / "share" / "planledger" / "ledger.db"


def vault_of(home: Path) -> Vault:
    return Vault(files_beside(ledger_of(home)))


def listed(cli: Cli, *words: str) -> list[dict[str, object]]:
    answer: dict[str, list[dict[str, object]]] = json.loads(cli("evidence", "list", *words, "--json").out)
    return answer["evidence"]


def test_a_file_proves_the_meeting_and_the_reply_says_what_is_still_lacking(cli: Cli, meeting: None) -> None:
    assert Result(
        0,
        "1.3 党委召开常委会\n"
        "  佐证材料 会议纪要：会议纪要.pdf（21字节，属第2号，江海区委办，2019-07-18）（第3号记录）\n"
        "  还缺：江海区常委会1次、大新县常委会2次、大新县会议材料、大新县会议纪要、江海区7-16常委会的会议材料\n"
        "  状态：临期；最后一天 2019-11-30（还有10天）\n"
        "  登错了就冲正：planledger reverse 3 --because 原因\n",
        "",
    ) == cli(
        "attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--agency", "江海区委办", "--on", "2019-07-18"
    )

    assert "会议纪要：大新县 缺" not in cli("missing").out
    assert [
        {
            "entry": 3,
            "code": "1.3",
            "kind": "会议纪要",
            "name": "会议纪要.pdf",
            "sha256": sha256(MINUTES).hexdigest(),
            "size": 21,
            "side": "江海区",
            "meeting": {"entry": 2, "day": "2019-07-16", "side": "江海区", "agency": None},
            "agency": "江海区委办",
            "dated": "2019-07-18",
            "personal": False,
            "destroyed_by": None,
        }
    ] == listed(cli)


def test_a_recording_may_bring_its_proof_along(cli: Cli, minutes: Path) -> None:
    words = ("--meetings", "1", "--side", "大新", "--evidence", "会议纪要.pdf", "--kind", "会议纪要")
    answer = cli("record", "1.3", *words)

    assert ExitCode.DONE == answer.code
    assert "常委会 +1次，累计 1（每方2次）（大新县，本办代记，2019-11-20）（第2号记录）" in answer.out
    assert (
        "佐证材料 会议纪要：会议纪要.pdf（21字节，属第2号，大新县，本办代记，2019-11-20）（第3号记录）"
        in answer.out
    )
    assert "大新县11-20常委会的会议材料" in answer.out


def test_of_an_item_that_asks_for_no_paper_a_file_is_proof_in_general(cli: Cli, minutes: Path) -> None:
    answer = cli("record", "6.1", "--transferred", "40", "--evidence", "会议纪要.pdf")

    assert (
        "  佐证材料 佐证材料：会议纪要.pdf（21字节，属第2号，本办代记，2019-11-20）（第3号记录）\n"
        in answer.out
    )


def test_a_kind_that_is_not_asked_for_is_stored_and_replaces_none(cli: Cli, meeting: None) -> None:
    answer = cli("attach", "1.3", "会议纪要.pdf", "--kind", "现场照片", "--side", "江海")

    assert ExitCode.DONE == answer.code
    assert (
        "注意：1.3 要求的材料是会议材料、会议纪要；现场照片只作一般佐证，不抵其中任何一种。\n" == answer.err
    )
    assert "江海区7-16常委会的会议材料、会议纪要" in answer.out


def test_a_second_paper_of_a_meeting_is_asked_whose_it_is_and_the_line_can_be_typed(
    cli: Cli, home: Path, meeting: None
) -> None:
    """No second meeting is recorded for it; with two meetings each is named, and a paper that lies elsewhere is like a file."""
    (home / "补 1.pdf").write_text("补充的纪要")
    kind = ("--kind", "会议纪要")
    assert 0 == cli("attach", "1.3", "会议纪要.pdf", *kind, "--side", "江海").code
    line = "planledger attach 1.3 '补 1.pdf' --kind 会议纪要 --agency 江海区委办 --entry 2"
    first = "江海区7-16常委会（第2号）已有会议纪要（第3号）"
    another = "是另一次常委会的，先登记那一次（--meetings 1）。未登记。"

    answer = cli("attach", "1.3", "补 1.pdf", *kind, "--agency", "江海区委办")
    assert Result(ExitCode.REFUSED, "", f"{first}；再存一份，请写：{line}；{another}\n") == answer
    assert ExitCode.DONE == cli(*shlex.split(line)[1:]).code
    kept = "record 1.3 --paper 会议纪要 --ref 1号 --held-by 江海区委办 --side 江海"
    cli(*f"record 1.3 --meetings 1 --on 8月1日 {kept[11:]}".split())
    second = f"{first.replace('第3号', '第3、4号')}、江海区8-1常委会（第5号）已有会议纪要（第6号）；再存一份"
    assert f"{second}，请写：planledger {kept} --entry 记录号；{another}\n" == cli(*kept.split()).err


NOT_TAKEN_IN = [
    (
        ("1.3", "会议纪要.pdf"),
        "1.3 要求的材料：会议材料、会议纪要；请用 --kind 写明是哪一种，例如 --kind 会议材料。未登记。",
    ),
    (
        ("1.3", "会议纪要.pdf", "--kind", "会议记要"),
        "1.3 没有要求材料 会议记要。您是不是要写：会议纪要？该项要求的材料：会议材料、会议纪要。未登记。",
    ),
    (
        ("1.3", "会议纪要.pdf", "--kind", "材" * 21),
        "--kind 有21个字，最多20个；请写材料的种类，如 会议纪要。未登记。",
    ),
    (
        ("1.3", "会议纪要.pdf", "--kind", "会议纪要", "--side", "大新"),
        "没有缺会议纪要的常委会；请先登记常委会（--meetings 1），或用 --entry 记录号 写明是哪一次。未登记。",
    ),
    (
        ("6.1", "会议纪要.pdf", "--entry", "2"),
        "--entry：第2号是 1.3 的记录，不是 6.1 的；请核对。未登记。",
    ),
    (("6.1", "没有.pdf"), "没有.pdf 读不了（没有这个文件或文件夹）；请检查文件名和权限。未登记。"),
    (
        ("6.1", "会议纪要.pdf", "会议纪要.pdf"),
        "会议纪要.pdf 写了两次，或两个文件内容相同；每个文件只写一次。未登记。",
    ),
    (
        ("9.9", "会议纪要.pdf"),
        "没有事项 9.9。您是不是要写：9.1、9.2？运行 planledger status 可看全部编号。",
    ),
    (
        ("6.1", "11010519491231002X.pdf"),
        "文件名里有身份证号，台账记下后不能删除，不能写入；请改写为 1101***********02X 或不写。未登记。",
    ),
    (
        ("6.1", "会议纪要.pdf", "--entry", "1"),
        "--entry：第1号是启用方案，不是一件事；请写登记那件事的记录号。未登记。",
    ),
]


@pytest.mark.parametrize(("words", "sentence"), NOT_TAKEN_IN)
def test_what_cannot_be_taken_in_is_refused_and_leaves_nothing(
    cli: Cli, home: Path, meeting: None, words: tuple[str, ...], sentence: str
) -> None:
    (home / "11010519491231002X.pdf").write_text("试验")
    before = ledger_of(home).read_bytes()

    assert Result(ExitCode.REFUSED, "", sentence + "\n") == cli("attach", *words)
    assert before == ledger_of(home).read_bytes()
    assert not vault_of(home).folder.exists()


@pytest.mark.parametrize("option", ["--kind 会议纪要", "--personal"])
def test_evidence_words_need_a_file(cli: Cli, meeting: None, option: str) -> None:
    typed = f"record 1.3 --meetings 1 {option}"
    printed = f"{option.partition(' ')[0]} 要和 --evidence 一起写，用不上就去掉，请写：planledger {typed} --evidence 文件\n"

    assert Result(ExitCode.REFUSED, "", printed) == cli(*typed.split())


def test_a_file_that_stands_for_the_same_thing_already_is_refused(
    cli: Cli, home: Path, meeting: None
) -> None:
    attach = ("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")
    assert ExitCode.DONE == cli(*attach).code
    printed = "会议纪要.pdf 与第3号登记的是同一个文件、同一种材料，不必再登记；确是另一次会议的，请用 --entry 写明。原来的文件丢失或改动了的，请用 planledger evidence repair 补回。未登记。\n"

    assert Result(ExitCode.REFUSED, "", printed) == cli(*attach)
    assert ExitCode.DONE == cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议材料", "--entry", "2").code
    assert 1 == len(vault_of(home).digests())


def test_a_first_file_creates_the_ledger(cli: Cli, home: Path, minutes: Path) -> None:
    assert "（第2号记录）" in cli("attach", "6.1", "会议纪要.pdf").out
    assert 1 == len(vault_of(home).digests())


def test_a_wrong_page_is_withdrawn_with_a_reason_and_stays(cli: Cli, home: Path, meeting: None) -> None:
    cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")
    assert ExitCode.DONE == cli("reverse", "3", "--because", "拿错了一页").code

    assert [] == listed(cli)
    assert "江海区7-16常委会的会议材料、会议纪要" in cli("status", "--csv").out
    assert [MINUTES] == [vault_of(home).place(name).read_bytes() for name in vault_of(home).digests()]
    assert "佐证材料1个文件，与存入时一致" in cli("verify").out


def test_as_of_and_known_at_hold_for_files_too(
    cli: Cli, meeting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2", "--on", "2019-07-18")

    assert [0, 1] == [len(listed(cli, "--as-of", day)) for day in ("2019-07-17", "2019-07-18")]
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-05")
    cli("reverse", "3", "--because", "不是这次会议的")
    assert [1, 0] == [len(listed(cli, "--known-at", day)) for day in ("2019-12-01", "2020-01-06")]


class TestPersonal:
    """A file about private people is known by a masked name; its bytes leave only when asked for whole."""

    @pytest.fixture(autouse=True)
    def _roster(self, cli: Cli, home: Path) -> None:
        (home / "某某某花名册.xlsx").write_text("试验")
        words = (
            "attach",
            "6.1",
            "某某某花名册.xlsx",
            "--kind",
            "花名册",
            "--agency",
            "江海区人社局",
            "--personal",
        )
        answer = cli(*words)
        assert "某**.xlsx（6字节，含个人信息，江海区人社局，2019-11-20）" in answer.out
        assert "花名册.xlsx" not in answer.out + answer.err

    @pytest.mark.parametrize(
        "question",
        [
            ("evidence", "list"),
            ("evidence", "list", "--json"),
            ("evidence", "list", "--csv"),
            ("history",),
            ("history", "--json"),
            ("history", "--csv"),
            ("show", "6.1"),
            ("show", "6.1", "--json"),
        ],
        ids=" ".join,
    )
    def test_its_name_is_masked_in_every_answer(self, cli: Cli, question: tuple[str, ...]) -> None:
        out = cli(*question).out

        assert "某**" in out
        assert "某某某" not in out

    @pytest.mark.parametrize("question", [("evidence", "list"), ("history", "--json")], ids=" ".join)
    def test_full_gives_it_whole(self, cli: Cli, question: tuple[str, ...]) -> None:
        assert "某某某花名册.xlsx" in cli(*question, "--full").out

    def test_its_bytes_leave_only_when_asked_for_whole(self, cli: Cli, home: Path) -> None:
        printed = "第2号的文件含个人信息；确需查看请加 --full。\n"
        for command in ("open", "extract"):
            assert Result(ExitCode.REFUSED, "", printed) == cli("evidence", command, "2")

        assert ExitCode.DONE == cli("evidence", "extract", "2", "--to", "取出", "--full").code
        assert "试验" == (home / "取出" / "某某某花名册.xlsx").read_text()

    def test_it_is_masked_in_the_workbook_of_the_ledger(self, cli: Cli, home: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        cli("export", "ledger", "台账.xlsx")
        cells = [
            str(cell)
            for row in openpyxl.load_workbook(home / "台账.xlsx")["台账"].iter_rows(values_only=True)
            for cell in row
        ]

        assert any("某**.xlsx" in cell for cell in cells)
        assert not any("某某某" in cell for cell in cells)


class TestExtract:
    """Copies leave whole, under their own names, and over nothing."""

    @pytest.fixture(autouse=True)
    def _two(self, cli: Cli, home: Path, minutes: Path) -> None:
        (home / "照片.jpg").write_text("试验")
        assert ExitCode.DONE == cli("attach", "6.1", "会议纪要.pdf", "照片.jpg", "--kind", "现场材料").code

    def test_several_are_copied_into_a_folder(self, cli: Cli, home: Path) -> None:
        answer = cli("evidence", "extract", "2", "3", "--to", "取出")

        assert (
            Result(
                0,
                "已取出 取出/会议纪要.pdf（第2号，现场材料，与存入时一致）。\n"
                "已取出 取出/照片.jpg（第3号，现场材料，与存入时一致）。\n",
                "",
            )
            == answer
        )
        assert MINUTES == (home / "取出" / "会议纪要.pdf").read_bytes()
        if os.name == "posix":
            assert 0o600 == (home / "取出" / "会议纪要.pdf").stat().st_mode & 0o777

    def test_nothing_is_written_over(self, cli: Cli, home: Path, minutes: Path) -> None:
        minutes.write_text("我的")
        printed = "会议纪要.pdf 已经有了，没有覆盖；请移走它，或用 --to 取到另一个文件夹。\n"

        assert Result(ExitCode.REFUSED, "", printed) == cli("evidence", "extract", "2")
        assert "我的" == minutes.read_text()

    def test_an_entry_without_a_file_is_refused(self, cli: Cli) -> None:
        printed = "第1号是启用方案，不是存入的文件；运行 planledger evidence list 可看记录号。\n"

        assert Result(ExitCode.REFUSED, "", printed) == cli("evidence", "extract", "1", "--to", "取出")

    @pytest.mark.parametrize(("damage", "what"), [("lost", "不见了"), ("altered", "与存入时不符，被改动过")])
    def test_a_damaged_file_is_not_copied_out(self, cli: Cli, home: Path, damage: str, what: str) -> None:
        place = vault_of(home).place(sha256(MINUTES).hexdigest())
        if damage == "lost":
            place.unlink()
        else:
            place.write_bytes(b"?")
        printed = f"第2号的文件{what}；请用原件补回：planledger evidence repair 原件。\n"

        assert Result(ExitCode.VERIFICATION, "", printed) == cli("evidence", "extract", "2", "--to", "取出")
        assert [] == list((home / "取出").iterdir())

    def test_a_name_that_another_system_cannot_bear_is_made_bearable(self, cli: Cli, home: Path) -> None:
        if os.name != "posix":
            pytest.skip("such a name cannot be typed here")
        (home / "..\\会议:纪要?.pdf").write_text("试")
        cli("attach", "6.1", "..\\会议:纪要?.pdf")
        cli("evidence", "extract", "4", "--to", "取出")

        assert ["＼会议：纪要？.pdf"] == [path.name for path in (home / "取出").iterdir()]


class TestOpen:
    """A copy goes to what the system has for documents; nothing that might be run is opened."""

    @pytest.fixture
    def opener(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A program in the place of the system's own that writes down what it was given."""
        if sys.platform in {"win32", "darwin"}:
            pytest.skip("other systems open in another way")
        folder = home / "bin"
        folder.mkdir()
        program = folder / "xdg-open"
        program.write_text(f'#!/bin/sh\nprintf %s "$1" > {home}/opened\ncat "$1" >> {home}/opened\n')
        program.chmod(0o755)
        (home / "tmp").mkdir()
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        monkeypatch.setattr("tempfile.tempdir", str(home / "tmp"))
        return program

    def test_a_document_is_shown_as_a_copy(self, cli: Cli, home: Path, meeting: None, opener: Path) -> None:
        cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")
        answer = cli("evidence", "open", "3")

        assert ExitCode.DONE == answer.code, answer.err
        shown = (home / "opened").read_text()
        assert shown.endswith("/会议纪要.pdf" + MINUTES.decode())
        assert (home / "tmp") in Path(shown.partition("/会议")[0]).parents

    @pytest.mark.parametrize("name", ["启动.sh", "病毒.exe", "宏.bat", "网页.html", "无后缀", "链接.desktop"])
    def test_what_might_be_run_is_not_opened(self, cli: Cli, home: Path, opener: Path, name: str) -> None:
        (home / name).write_text("#!/bin/sh\n")
        cli("attach", "6.1", name)
        printed = f"{name} 不是可以直接打开查看的文档；请先取出，自行判断能否打开：planledger evidence extract 2。\n"

        assert Result(ExitCode.REFUSED, "", printed) == cli("evidence", "open", "2")
        assert not (home / "opened").exists()

    def test_without_a_viewer_another_way_is_suggested(
        self, cli: Cli, meeting: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")
        monkeypatch.setattr("shutil.which", lambda _: None)
        printed = "这台电脑没有能打开文档的程序；请取出后查看：planledger evidence extract 3。\n"

        assert Result(ExitCode.REFUSED, "", printed) == cli("evidence", "open", "3")

    def test_a_viewer_that_fails_is_reported_and_leaves_no_copy(
        self, cli: Cli, home: Path, meeting: None, opener: Path
    ) -> None:
        opener.write_text("#!/bin/sh\nexit 4\n")
        cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")

        assert Result(
            ExitCode.REFUSED, "", "打不开 会议纪要.pdf；请取出后查看：planledger evidence extract 3。\n"
        ) == cli("evidence", "open", "3")
        assert [] == list((home / "tmp").iterdir())

    def test_copies_of_earlier_days_are_removed(self, home: Path, opener: Path) -> None:
        for name in ("planledger-view-old", "planledger-view-young", "planledger-view-mine-old"):
            (home / "tmp" / name).mkdir()
            mark = home / "tmp" / name / ("mine" if "mine" in name else ".planledger-view")
            mark.touch()
            if name.endswith("old"):
                os.utime(mark, (0, 0))
                os.utime(mark.parent, (0, 0))
        copies._delete_old()  # noqa: SLF001

        assert ["planledger-view-mine-old", "planledger-view-young"] == sorted(
            path.name for path in (home / "tmp").iterdir()
        )


class TestDestroy:
    """The bytes go, the entry and the hash stay, and nothing says that it is damaged."""

    @pytest.fixture(autouse=True)
    def _attached(self, cli: Cli, minutes: Path) -> None:
        assert ExitCode.DONE == cli("attach", "6.1", "会议纪要.pdf").code

    def test_the_bytes_are_gone_and_the_ledger_says_so(self, cli: Cli, home: Path) -> None:
        assert Result(
            0,
            "6.1 召开招聘会促进贫困人口就业\n"
            "  销毁第2号的文件（原因：误存个人信息）；文件名和 SHA-256 留在台账里（第3号记录）\n"
            "  还缺：招聘会1期、新增转移就业155人、稳定就业未报数、就读职业学校未报数、毕业学生就业未报数\n"
            "  状态：临期；最后一天 2019-11-30（还有10天）\n",
            "",
        ) == cli("evidence", "destroy", "2", "--because", "误存个人信息")

        assert set() == vault_of(home).digests()
        assert [3] == [one["destroyed_by"] for one in listed(cli)]
        assert "佐证材料0份，0字节；另有1份已销毁" in cli("evidence", "list").out
        verified = cli("verify")
        assert ExitCode.DONE == verified.code
        assert "佐证材料0个文件，与存入时一致，另有1个已销毁。" in verified.out

    @pytest.mark.parametrize("command", ["open", "extract"])
    def test_it_cannot_be_had_any_more(self, cli: Cli, command: str) -> None:
        cli("evidence", "destroy", "2", "--because", "误存")
        printed = "第2号的文件已销毁（第3号），取不出来；有原件的请重新存入。\n"

        assert Result(ExitCode.REFUSED, "", printed) == cli("evidence", command, "2")

    def test_it_asks_for_a_reason_and_for_a_file(self, cli: Cli) -> None:
        assert "请用 --because 写明原因" in cli("evidence", "destroy", "2").err
        assert "第1号是启用方案，不是存入的文件" in cli("evidence", "destroy", "1", "--because", "误").err

    def test_it_happens_once_and_cannot_be_reversed(self, cli: Cli) -> None:
        cli("evidence", "destroy", "2", "--because", "误存")

        assert (
            "第2号的文件已由第3号登记销毁，不必再销毁。未登记。\n"
            == cli("evidence", "destroy", "2", "--because", "误存").err
        )
        assert "第3号是销毁，文件已经没有了，不能冲正" in cli("reverse", "3", "--because", "误").err

    def test_what_others_need_is_not_destroyed(self, cli: Cli, home: Path) -> None:
        cli("attach", "6.2", "会议纪要.pdf")
        answer = cli("evidence", "destroy", "2", "--because", "误存")

        assert ExitCode.REFUSED == answer.code
        assert "第2号的文件也是第3号的佐证材料" in answer.err
        assert 1 == len(vault_of(home).digests())
        cli("reverse", "3", "--because", "误存")
        assert ExitCode.DONE == cli("evidence", "destroy", "2", "--because", "误存").code

    def test_the_original_may_be_taken_in_again(self, cli: Cli, home: Path) -> None:
        cli("evidence", "destroy", "2", "--because", "误存")
        assert ExitCode.DONE == cli("attach", "6.1", "会议纪要.pdf").code

        assert 1 == len(vault_of(home).digests())
        assert "佐证材料1个文件，与存入时一致。" in cli("verify").out

    def test_a_destruction_that_was_cut_short_is_noticed_and_finished(self, cli: Cli, home: Path) -> None:
        place = vault_of(home).place(sha256(MINUTES).hexdigest())
        cli("evidence", "destroy", "2", "--because", "误存")
        place.parent.mkdir()
        place.write_bytes(MINUTES)
        broken = cli("verify")
        assert ExitCode.VERIFICATION == broken.code
        assert "第2号的文件已登记销毁（第3号），却还在；请运行 planledger evidence destroy 2" in broken.out

        assert ExitCode.DONE == cli("evidence", "destroy", "2", "--because", "续前次销毁").code
        assert ExitCode.DONE == cli("verify").code
        assert not place.exists()


class TestVerify:
    """`verify` reads every file again and names each that is not what it was."""

    def test_missing_edited_and_swapped_files_are_each_named(self, cli: Cli, home: Path) -> None:
        for number in range(4):
            (home / f"{number}.pdf").write_text(f"第{number}份")
        cli("attach", "6.1", *(f"{number}.pdf" for number in range(4)))
        vault = vault_of(home)
        lost, edited, one, other = (vault.place(str(file["sha256"])) for file in listed(cli))
        lost.unlink()
        edited.write_text("改过")
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        answer = cli("verify")

        assert ExitCode.VERIFICATION == answer.code
        assert [
            "校验未通过：佐证材料与登记不符。",
            "  第2号的文件不见了；请用原件补回（planledger evidence repair 原件），或从备份取回。",
            "  第3号的文件与存入时不符，被改动过；请用原件补回（planledger evidence repair 原件），或从备份取回。",
            "  第4号的文件与存入时不符，被改动过；请用原件补回（planledger evidence repair 原件），或从备份取回。",
            "  第5号的文件与存入时不符，被改动过；请用原件补回（planledger evidence repair 原件），或从备份取回。",
        ] == answer.out.splitlines()[:5]

    def test_a_file_that_nobody_recorded_is_reported_and_harms_nothing(
        self, cli: Cli, home: Path, meeting: None
    ) -> None:
        cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")
        stray = vault_of(home).place("0" * 64)
        stray.parent.mkdir()
        stray.write_text("?")
        answer = cli("verify")

        assert ExitCode.DONE == answer.code
        assert "注意：佐证材料文件夹里有1个没有记录的文件" in answer.out


ATTACHING = """import sys
from pathlib import Path
from planledger.ledger.actions.recording import record_item
from planledger.ledger.clerk import Clerk
from planledger.ledger.actions.request import Recording
from planledger.ledger.session import PlanSession
from planledger.store.sqlite.opening import open_to_write

store = open_to_write(Path(sys.argv[1]))
print("go", flush=True)
for number in range(1000):
    path = Path(sys.argv[2]) / f"{number}.bin"
    path.write_bytes(b"%08d" % number * 20_000)
    clerk = Clerk("试验员", "2019-11-20T09:00:00.000000+08:00")
    record_item(PlanSession(store, clerk), Recording("6.1", evidence=(str(path),)))
    print(number, flush=True)
"""


def _killed(ledger: Path, folder: Path, delay: float) -> int:
    """Let a process take files in, kill it after a while, and say how many it had acknowledged."""
    words = [sys.executable, "-c", ATTACHING, str(ledger), str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert "go\n" == process.stdout.readline()
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        return len(process.stdout.read().split())


@pytest.mark.parametrize("runs", [5, pytest.param(50, marks=pytest.mark.soak)])
def test_a_killed_attach_leaves_no_entry_without_its_file(
    fresh_ledger: Path, tmp_path: Path, runs: int
) -> None:
    chance = random.Random(runs)  # noqa: S311
    for run in range(runs):
        folder = tmp_path / str(run)
        folder.mkdir()
        ledger = folder / "ledger.db"
        ledger.write_bytes(fresh_ledger.read_bytes())
        acknowledged = _killed(ledger, folder, chance.uniform(0.0, 0.3))
        store = open_to_read(ledger)
        stock, result = stocktaking(store), verify(store)
        store.close()

        assert "" == result.fault
        assert stock.is_sound
        assert acknowledged <= stock.whole <= acknowledged + 1
        assert stock.strays <= 1


def test_a_question_about_files_needs_no_ledger(cli: Cli, home: Path) -> None:
    answer = cli("evidence", "list")

    assert Result(0, "截至2019-11-20：没有存入的佐证材料。\n", no_ledger(home)) == answer
    assert "没有第3号记录" in cli("evidence", "extract", "3").err


class TestRepair:
    """The original puts a lost or altered file back; there is nothing new, so nothing is recorded."""

    @pytest.fixture(autouse=True)
    def _damaged(self, cli: Cli, home: Path, meeting: None) -> None:
        assert (
            ExitCode.DONE == cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2").code
        )
        vault_of(home).place(sha256(MINUTES).hexdigest()).write_text("改过")

    def test_the_original_puts_it_back(self, cli: Cli, home: Path) -> None:
        before = ledger_of(home).read_bytes()

        assert Result(0, "第3号的文件已补回（会议纪要.pdf）。\n", "") == cli(
            "evidence", "repair", "会议纪要.pdf"
        )
        assert before == ledger_of(home).read_bytes()
        assert ExitCode.DONE == cli("verify").code
        assert "第3号的文件完好，不用补（会议纪要.pdf）。\n" == cli("evidence", "repair", "会议纪要.pdf").out

    def test_another_file_is_refused(self, cli: Cli, home: Path) -> None:
        (home / "别的.pdf").write_text("别的")
        answer = cli("evidence", "repair", "会议纪要.pdf", "别的.pdf")

        assert ExitCode.REFUSED == answer.code
        assert "别的.pdf 不是存入过的文件（内容不同就是另一个文件）" in answer.err
        assert ExitCode.VERIFICATION == cli("verify").code

    def test_attaching_it_again_says_how_it_is_put_back(self, cli: Cli) -> None:
        answer = cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")

        assert ExitCode.REFUSED == answer.code
        assert "请用 planledger evidence repair 补回" in answer.err

    def test_a_refused_action_takes_no_good_bytes_away(self, cli: Cli, home: Path) -> None:
        """The altered copy was mended on the way; the refusal does not make it worse."""
        cli("attach", "6.9", "会议纪要.pdf")

        assert "不见了" not in cli("verify").out

    def test_without_a_ledger_nothing_can_be_put_back(self, cli: Cli) -> None:
        answer = cli("evidence", "repair", "会议纪要.pdf", "--ledger", "没有.db")

        assert ExitCode.NOT_A_LEDGER == answer.code


class TestTies:
    """A file is bound to what was meant, once, and is private everywhere or nowhere."""

    def test_a_destroyed_paper_is_missing_again(self, cli: Cli, meeting: None) -> None:
        cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")
        assert "江海区7-16常委会的会议材料、会议纪要" not in cli("status", "--csv").out
        cli("evidence", "destroy", "3", "--because", "误存")

        assert "江海区7-16常委会的会议材料、会议纪要" in cli("status", "--csv").out
        assert "：已由第4号销毁" in cli("show", "1.3").out.replace("\n    ", "")
        assert ["会议材料", "会议纪要"] == sorted(
            one["kind"] for one in json.loads(cli("missing", "--json").out)["missing"]
        )

    def test_what_comes_back_after_its_end_is_reported(self, cli: Cli, minutes: Path) -> None:
        cli("attach", "6.1", "会议纪要.pdf")
        cli("evidence", "destroy", "2", "--because", "误存")
        answer = cli("attach", "6.1", "会议纪要.pdf")

        assert "注意：这个文件曾由第3号销毁，现又存入；不该留的请再销毁。\n" in answer.err
        assert [3, None] == [one["destroyed_by"] for one in listed(cli)]

    def test_the_same_paper_for_another_meeting_must_name_it(self, cli: Cli, meeting: None) -> None:
        cli("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要", "--entry", "2")
        cli("record", "1.3", "--meetings", "1", "--side", "大新")
        again = ("attach", "1.3", "会议纪要.pdf", "--kind", "会议纪要")

        assert "与第3号登记的是同一个文件" in cli(*again).err
        assert ExitCode.DONE == cli(*again, "--entry", "4").code
        size = f"{len(MINUTES)}字节"
        assert f"：佐证材料2份（1个文件），{size}\n" in cli("evidence", "list").out
        assert f"1个文件，{size}" in cli("doctor").out

    def test_a_side_that_is_not_the_meetings_is_refused(self, cli: Cli, meeting: None) -> None:
        words = ("attach", "1.3", "会议纪要.pdf", "--kind", "视频", "--side", "大新", "--entry", "2")

        assert Result(
            ExitCode.REFUSED, "", "--entry：第2号是江海区的，与 大新县 不符；请核对记录号。未登记。\n"
        ) == cli(*words)

    def test_a_private_file_is_private_wherever_it_stands(self, cli: Cli, minutes: Path) -> None:
        cli("attach", "6.1", "会议纪要.pdf", "--personal")
        printed = "会议纪要.pdf：同一个文件在第2号标为含个人信息；请加 --personal。未登记。\n"
        assert Result(ExitCode.REFUSED, "", printed) == cli("attach", "6.2", "会议纪要.pdf")
        cli("reverse", "2", "--because", "误")
        assert ExitCode.DONE == cli("attach", "6.2", "会议纪要.pdf").code

        assert (
            "同一个文件在第4号没有标为含个人信息；请先冲正那一条"
            in cli("attach", "6.1", "会议纪要.pdf", "--personal").err
        )

    @pytest.mark.skipif(os.name != "posix", reason="such names cannot be typed there")
    @pytest.mark.parametrize("name", ["换\n行.pdf", "方\u202e向.pdf", b"\xbb\xe1\xd2\xe9.pdf"])
    def test_a_name_that_cannot_be_shown_is_refused(self, cli: Cli, home: Path, name: str | bytes) -> None:
        typed = os.fsdecode(name)
        (home / typed).write_text("试")
        answer = cli("attach", "6.1", typed)

        assert ExitCode.REFUSED == answer.code
        assert "里有换行、控制字符或不是 UTF-8 的字；请改名后再登记。未登记。" in answer.err

    def test_a_kind_tells_of_nobody(self, cli: Cli, minutes: Path) -> None:
        answer = cli("attach", "6.1", "会议纪要.pdf", "--kind", "某某13800000001")

        assert ExitCode.REFUSED == answer.code
        assert answer.err.endswith("--kind 里有手机号或卡号；请只写材料的种类，如 花名册。未登记。\n")

    def test_an_entry_of_another_plan_is_not_destroyed(self, cli: Cli, minutes: Path) -> None:
        cli("attach", "6.1", "会议纪要.pdf")
        answer = cli("evidence", "destroy", "2", "--because", "误", "--plan", "别的")

        assert ExitCode.REFUSED == answer.code
        assert 1 == len(listed(cli))

    @pytest.mark.skipif(os.name != "posix", reason="links are others there")
    def test_a_ledger_behind_a_link_has_one_vault(self, cli: Cli, home: Path, minutes: Path) -> None:
        cli("init", "--ledger", "真.db")
        (home / "链.db").symlink_to(home / "真.db")
        assert ExitCode.DONE == cli("attach", "6.1", "会议纪要.pdf", "--ledger", "链.db").code

        assert ExitCode.DONE == cli("verify", "--ledger", "真.db").code
        assert not (home / "链.db.files").exists()

    def test_a_file_called_as_another_keeps_its_number(self, cli: Cli, home: Path, minutes: Path) -> None:
        cli("attach", "6.1", "会议纪要.pdf")
        minutes.write_text("另一份")
        cli("attach", "6.1", "会议纪要.pdf")
        assert ExitCode.DONE == cli("evidence", "extract", "2", "3", "3", "--to", "取出").code

        assert ["会议纪要.pdf", "第3号 会议纪要.pdf"] == sorted(
            path.name for path in (home / "取出").iterdir()
        )

    @pytest.mark.skipif(os.name != "posix", reason="links are others there")
    def test_what_stands_in_the_way_is_never_removed(self, cli: Cli, home: Path, minutes: Path) -> None:
        cli("attach", "6.1", "会议纪要.pdf")
        (home / "取出").mkdir()
        (home / "取出" / "会议纪要.pdf").symlink_to("/nowhere")

        assert ExitCode.REFUSED == cli("evidence", "extract", "2", "--to", "取出").code
        assert (home / "取出" / "会议纪要.pdf").is_symlink()


FOUNDING = """import sys
from planledger.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


@sampled("rounds", 1, 20)
def test_the_first_files_of_two_at_once_both_stay(cli: Cli, home: Path, minutes: Path, rounds: int) -> None:
    """Of two that create the ledger at the same moment one may be refused; what the other recorded is there."""
    words = [
        [sys.executable, "-c", FOUNDING, "attach", "6.1", "会议纪要.pdf", *more]
        for more in ([], ["--kind", "材" * 30])
    ]
    for _ in range(rounds):
        running = [
            subprocess.Popen(line, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for line in words
        ]
        assert [ExitCode.DONE, ExitCode.REFUSED] == [process.wait() for process in running]
        assert ExitCode.DONE == cli("verify").code
        for path in sorted(home.joinpath("share").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def test_a_first_file_that_is_interrupted_is_not_called_stored(
    home: Path, cli: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger is made before the file is copied; Ctrl-C while it is copied leaves the ledger alone."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    (home / "会议.pdf").write_bytes(b"%PDF-1.4 made up")
    monkeypatch.setattr(Vault, "stage", interrupt)
    answer = cli("attach", "6.1", "会议.pdf")

    assert (130, "") == answer[:2]
    assert "已新建台账" in answer.err
    assert "已登记" not in answer.err
