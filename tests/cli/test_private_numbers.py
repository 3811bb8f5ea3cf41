"""Numbers of people in what is typed: warned of at once, masked wherever they are shown, and refused where they are identity numbers."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Result
from planledger.plan.people.masking import masked_private
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
# made up; the card is the example of ISO/IEC 7812-1's check digit that everybody uses
MOBILE, CARD, IDENTITY = "13800000001", "4111111111111111", "11010519491231002X"
WARNING = (
    "注意：文字里有手机号或银行卡号，已照记，各处打码显示；台账不能删改，没有必要留的请冲正后不带号码重记。\n"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请找13800000001", "请找138****0001"),
        ("电话：138 0000 0001。", "电话：138****0001。"),
        ("138-0000-0001", "138****0001"),
        ("＋８６１３８０００００００１", "138****0001"),
        ("+86 138 0000 0001，另一个19900000002", "138****0001，另一个199****0002"),
        ("卡号4111 1111 1111 1111", "卡号4111****1111"),
        ("卡号6222020000000000004", "卡号6222020000000000004"),
        ("110105 19491231 002X", "1101***********02X"),
        ("金额13,800,000,001元", "金额13,800,000,001元"),
        ("金额13800000001.50元", "金额13800000001.50元"),
        ("座机0750-0000000", "座机0750-0000000"),
        ("文号12800000001", "文号12800000001"),
        ("tel13800000001", "tel138****0001"),
        ("王主任13800000001 2019-11-15报", "王主任138****0001 2019-11-15报"),
        ("2019-11-15 13800000001", "2019-11-15 138****0001"),
        ("13800000001 155人", "138****0001 155人"),
        ("13800000001,13900000002", "138****0001,139****0002"),
        ("试,13800000001", "试,138****0001"),
        ("试-13800000001", "试-138****0001"),
        ("试_13800000001.pdf", "试_138****0001.pdf"),
        ("13800000001_试.pdf", "138****0001_试.pdf"),
        ("1.13800000001", "1.138****0001"),
        ("138.0000.0001", "138****0001"),
        ("138000000012", "138000000012"),
        ("5891b5b522d13800000001f93a1", "5891b5b522d13800000001f93a1"),
        ("0000000000000000", "0000000000000000"),
        ("请找1380000001", "请找****0001"),
        ("138-0000-001，138 000 0001", "****0001，****0001"),
        ("１３８０００００００", "****0000"),
        ("捐1380000000元", "捐1380000000元"),
        ("1500000000 万元", "1500000000 万元"),
        ("￥1380000000", "￥1380000000"),
        ("1380000000.50", "1380000000.50"),
        ("0138000000", "0138000000"),
        ("1280000000", "1280000000"),
        ("", ""),
    ],
)
def test_numbers_of_people_are_masked_and_nothing_else_is(text: str, shown: str) -> None:
    assert shown == masked_private(text)


@given(st.text(max_size=60))
def test_masking_is_done_once(text: str) -> None:
    once = masked_private(text)

    assert once == masked_private(once)


TYPED = (  # a number in every text that somebody can type
    f"record 6.1 --transferred 40 --note 请找{MOBILE}",
    f"record 1.2 --visits 1 --side 江海 --event 联系人{MOBILE}",
    f"report 6.1 --progress 找{MOBILE} --problem 卡{CARD} --next 打{MOBILE}",
    f"record 1.4 --meetings 1 --side 江海 --note {CARD}",
    f"record 1.4 --paper 会议纪要 --ref 找{MOBILE} --held-by 江海区政府办 --side 江海",
    f"attach 6.1 {MOBILE}.pdf",
    f"amend 6.1 --target transferred 172 --because 问{MOBILE} --basis 问{CARD}",
    f"filing record archive --agency 江海区人社局 --note 找{MOBILE}",
    f"filing return 江海区人社局 --because 缺{MOBILE}",
    "record 9.2 --done",
    f"close 9.2 --note 问{MOBILE}",
    f"reopen 9.2 --because 问{MOBILE}",
)


def test_a_number_in_whatever_is_typed_is_stored_with_a_warning_that_does_not_show_it(
    cli: Cli, home: Path
) -> None:
    (home / f"{MOBILE}.pdf").write_text("试验")
    for line in TYPED:
        answer = cli(*line.split())
        assert ExitCode.DONE == answer.code, answer.err
        assert (WARNING in answer.err) is (MOBILE in line or CARD in line), line
        assert not holds(answer.out + answer.err), line


@pytest.fixture
def numbers_typed(begun: Callable[..., None], home: Path) -> None:
    """A ledger with all of it."""
    (home / f"{MOBILE}.pdf").write_text("试验")
    begun(TYPED)


def holds(text: str) -> bool:
    """Whether a number stands in a text whole."""
    return bool(re.search(f"{MOBILE}|{CARD}", text))


QUESTIONS = (
    "history",
    "history 6.1",
    "show 6.1",
    "show 1.2",
    "show 1.4",
    "status",
    "overdue --as-of 2020-02-01",
    "reports --month 2019-11",
    "missing",
    "filings",
    "evidence list",
    "agencies",
)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_no_answer_shows_a_number_whole(cli: Cli, numbers_typed: None, question: str, form: str) -> None:
    answer = cli(*question.split(), *filter(None, [form]))

    assert ExitCode.DONE == answer.code
    assert not holds(answer.out + answer.err)


@pytest.mark.parametrize("export", ["annex", "ledger", "agencies"])
def test_no_workbook_shows_a_number_whole(cli: Cli, numbers_typed: None, home: Path, export: str) -> None:
    assert ExitCode.DONE == cli("export", export, "表.xlsx").code
    with ZipFile(home / "表.xlsx") as parts:
        assert not holds("".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist()))


def test_no_page_of_an_archive_shows_a_number_whole(cli: Cli, numbers_typed: None, home: Path) -> None:
    assert ExitCode.DONE == cli("archive", "build", "归档").code
    for path in (home / "归档").rglob("*"):
        assert not holds(path.name)
        if path.suffix in {".html", ".json", ".txt", ".sha256"}:
            assert not holds(path.read_text("utf-8")), path


def test_full_shows_them_whole(cli: Cli, numbers_typed: None) -> None:
    out = cli("history", "--json", "--full").out

    assert MOBILE in out
    assert CARD in out


def test_what_rules_read_is_not_masked(cli: Cli, home: Path) -> None:
    """A target that looks like a mobile number, kept in 分, stays what it is."""
    basis = ("--because", "追加", "--basis", "无文号")
    assert ExitCode.DONE == cli("amend", "7.1", "--target", "donations", "138000000.01", *basis).code
    status = json.loads(cli("status", "--json").out)
    figures = next(one for one in status["items"] if one["code"] == "7.1")["indicators"]

    assert 138_000_000.01 == next(one["target"] for one in figures if one["key"] == "donations")


MISTYPED, OLD, ROUNDED = "110105194912310021", "110105491231002", "4.52127199001011E+17"


NOTE = ("record", "6.1", "--transferred", "1", "--note")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *(
            (NOTE, number)
            for number in (IDENTITY, MISTYPED, OLD, ROUNDED, "110105 1949 1231 0021", "4.52E+17")
        ),
        (("record", "1.2", "--visits", "1", "--side", "江海", "--event"), MISTYPED),
        (("report", "6.1", "--progress"), OLD),
        (("record", "6.1", "--paper", "涉密文件", "--held-by", "江海区人社局", "--ref"), MISTYPED),
        (("contact", "set", "江海区人社局", "--name", "试验员", "--phone", "0750-0000000", "--note"), OLD),
        (("filing", "record", "archive", "--agency", "江海区人社局", "--note"), MISTYPED),
        (("record", "9.2", "--done", "--by"), ROUNDED),
        (("init", "--office"), OLD),
        (("office", "name"), OLD),
        (("office", "name", "试验办", "--note"), MISTYPED),
    ],
    ids=lambda one: one if isinstance(one, str) else one[0] + one[-1],
)
def test_a_mistyped_identity_number_is_refused_like_a_right_one(
    cli: Cli, words: tuple[str, ...], number: str
) -> None:
    answer = cli(*words, f"某人{number}")

    assert ExitCode.REFUSED == answer.code
    assert "里有身份证号，台账记下后不能删除，不能写入；请改写为 " in answer.err
    assert number not in answer.err
    assert "********" in answer.err


@pytest.mark.parametrize("number", [MISTYPED, OLD])
def test_so_it_is_in_the_name_of_a_file_and_in_a_plan(cli: Cli, home: Path, number: str) -> None:
    (home / f"{number}.pdf").write_text("试验")
    (home / "方案.yaml").write_text(f"format: 1\n# {number}\n")

    assert "文件名里有身份证号" in cli("attach", "6.1", f"{number}.pdf").err
    assert "第2行：有身份证号（1101***" in cli("check", "方案.yaml").out


@pytest.mark.parametrize(
    ("text", "shown"),
    [(MISTYPED, "1101***********021"), (OLD, "1101********002"), (ROUNDED, "4521**************")],
)
def test_what_was_stored_before_is_masked_where_it_is_shown(text: str, shown: str) -> None:
    assert f"证{shown}。" == masked_private(f"证{text}。")


@pytest.mark.parametrize(
    "line",
    [
        "record 6.1 --transferred 40 --note 请找1380000001",
        "report 6.1 --progress 请找138-0000-001",
        "contact set 江海区人社局 --name 试验员 --phone 1380000001",
    ],
)
def test_a_mobile_number_that_lost_a_digit_is_stored_with_a_warning(cli: Cli, line: str) -> None:
    answer = cli(*line.split())

    assert ExitCode.DONE == answer.code
    assert (
        "注意：有一个十位数像少了一位的手机号，已照记，各处打码显示；请核对，写错了的请冲正后重记。\n"
        in answer.err
    )
    assert "1380000001" not in answer.out + answer.err + cli("history").out


@pytest.mark.parametrize("number", [MOBILE, CARD, IDENTITY, MISTYPED, OLD])
@pytest.mark.parametrize(
    "words",
    [
        "status --agency {}",
        "record {}",
        "record 6.1 --transferred 四十{}",
        "show {}",
        "{}",
        "reverse {} --because 误",
    ],
)
def test_no_error_repeats_a_number(cli: Cli, number: str, words: str) -> None:
    answer = cli(*words.format(number).split())

    assert answer.code == ExitCode.REFUSED
    assert number not in answer.out + answer.err
