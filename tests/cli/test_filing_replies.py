"""What an action on a filing or a contact answers: what came, what is lacking, the line that takes it back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planledger.formats.text.filing_text import joined_names

Cli = Callable[..., "tuple[int, str, str]"]
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案\n"


@pytest.fixture
def office(cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A ledger just adopted, on 20 November 2019."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    return cli


def test_a_filing_in_time_is_answered_with_its_recipients(office: Cli) -> None:
    done = office("filing", "record", "归档资料", "--agency", "江海人社局", "--on", "2019-11-14")

    assert (0, "") == (done[0], done[2])
    assert (
        f"{TITLE}  江海区人社局 报送归档资料：纸质、电子，报粤桂扶贫协作领导小组办公室（2019-11-14）（第2号记录）\n"
        "  状态：已交；最后一天 2019-11-15\n"
        "  登错了就冲正：planledger reverse 2 --because 原因\n"
    ) == done[1]


def test_a_missing_stamp_and_a_late_half_are_answered(office: Cli) -> None:
    bare = office("filing", "record", "summary", "--agency", "江海人社局")[1]
    half = office("filing", "record", "archive", "--agency", "江海人社局", "--form", "纸质")[1]

    assert "  还缺：盖章\n  状态：不全；最后一天 2019-11-30\n" in bare
    assert "报江海区、大新县粤桂扶贫协作领导小组办公室" in bare
    assert "  还缺：电子\n  状态：不全（逾期5天）；最后一天 2019-11-15\n" in half


def test_forms_may_be_typed_one_by_one_or_in_one_word(office: Cli) -> None:
    typed = ["filing", "record", "archive", "--agency"]
    twice = office(*typed, "江海人社局", "--form", "电子", "--form", "纸质")[1]
    joined = office(*typed, "大新县人社局", "--form", "电子、纸质")[1]

    assert "状态：已交" in twice
    assert "状态：已交" in joined


def test_a_return_and_its_reversal_say_where_that_leaves_the_unit(office: Cli) -> None:
    office("filing", "record", "archive", "--agency", "江海人社局", "--on", "2019-11-14")
    back = office("filing", "return", "江海人社局", "--because", "缺目录", "--on", "2019-11-18")[1]
    reversed_back = office("reverse", "3", "--because", "退错了单位")[1]
    gone = office("reverse", "2", "--because", "登错了单位")[1]

    assert (
        f"{TITLE}  江海区人社局 归档资料 退回补正（原因：缺目录，2019-11-18）（第3号记录）\n"
        "  状态：退回补正（逾期5天）；首报 2019-11-14；最后一天 2019-11-15\n"
    ) in back
    assert (
        f"{TITLE}  已冲正第3号（原因：退错了单位）（第4号记录）\n  状态：已交；最后一天 2019-11-15\n"
    ) == reversed_back
    assert gone.endswith("  状态：未交（逾期5天）；最后一天 2019-11-15\n")


def test_a_filing_is_corrected_by_reversing_it(office: Cli) -> None:
    office("filing", "record", "archive", "--agency", "江海人社局")

    assert (
        2,
        "",
        "第2号不是数量，不能更正；请冲正后重新登记：planledger reverse 2 --because 原因。\n",
    ) == office("correct", "2", "--to", "1", "--because", "试验")


def test_the_first_action_of_all_may_be_a_contact(cli: Cli, home: Path) -> None:
    done = cli("contact", "set", "江海妇联", "--name", "某某某", "--phone", "13800005678")

    assert (
        f"{TITLE}  江海区妇联 联系人 某** 138****5678（第2号记录）\n"
        "  登错了就冲正：planledger reverse 2 --because 原因\n"
    ) == done[1]
    assert done[2].startswith("已新建台账 ")


def test_a_day_outside_the_plans_year_is_written_whole(office: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-03")
    office("filing", "record", "archive", "--agency", "江海人社局")

    assert "已交 2020-01-03 逾期49天" in office("filings", "--agency", "江海人社局")[1]


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        ([], ""),
        (["某办"], "某办"),
        (["甲县扶贫办", "乙县扶贫办"], "甲、乙县扶贫办"),
        (["甲办", "乙局"], "甲办、乙局"),
        (["扶贫办", "甲县扶贫办"], "扶贫办、甲县扶贫办"),
        (["甲办", "甲办"], "甲办、甲办"),
    ],
)
def test_names_that_end_alike_have_their_ending_once(names: list[str], joined: str) -> None:
    assert joined == joined_names(names)
