"""The annex on a screen (总表): nothing that was recorded or promised is hidden, however narrow the window."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planledger.formats.screen.status import bar

Cli = Callable[..., "tuple[int, str, str]"]
SECOND = Path(__file__).parents[1] / "plans" / "second.yaml"


def rows(screen: str) -> dict[str, str]:
    """The screen by item, each with all its lines."""
    parts = re.split(r"^(\d+(?:\.\d+)*) ", screen.partition("\n共")[0], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def counted(item: dict[str, Any]) -> Iterator[tuple[str, float, float | None, bool]]:
    """Every figure of an item in JSON, of each side where each has its own, and whether it is one of several targets."""
    aimed = sum(one["target"] is not None for one in item["indicators"])
    for one in item["indicators"]:
        of = one["by_side"] if one["scope"] == "each" else {"": one["total"]}
        for side, total in of.items():
            yield side + one["label"], total or 0, one["target"], aimed > 1 or len(of) > 1


@pytest.fixture
def second(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A ledger of the made-up plan of one county, in use."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-09-20")
    for line in (
        f"init {SECOND}",
        "record 2 --area 8000 --households 120",
        "record 4 --coverage 93.5",
        "record 7 --cost 40000.5",
        "record 10 --trainees 400 --on 2021-06-01",
        "record 12 --monitored 0",
    ):
        assert 0 == cli(*line.split())[0], line
    return cli


def test_what_was_recorded_is_on_the_screen_the_moment_after(cli: Cli, home: Path) -> None:
    """40 of 155 are 40 of 155, the job fair is still to be held, and the bar has moved."""
    cli("record", "6.1", "--transferred", "40")

    shown = rows(cli("status", "--agency", "人社局")[1])["6.1"]

    assert "█───── 0/5项达标" in shown
    for figure in ("新增转移就业 40/155人", "招聘会 0/1期", "稳定就业 未报"):
        assert figure in shown


@pytest.mark.parametrize("width", [60, 80])
def test_what_others_report_of_a_figure_stands_behind_it(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Figures of units that do not count are recorded too: the row is begun, and its screen shows by what."""
    monkeypatch.setenv("COLUMNS", str(width))
    for line in (
        "record 2.1 --cadres 2 --agency 江海区委组织部",
        "record 6.1 --transferred 68 --stable 9 --agency 江海区人社局",
        "record 6.1 --transferred 50 --students 3 --agency 江海区教育局",
        "record 6.1 --transferred 155 --agency 大新县人社局",
    ):
        assert 0 == cli(*line.split())[0], line

    shown = {code: re.sub(r"\s", "", row) for code, row in rows(cli("status")[1]).items()}

    assert "挂职干部0/2人" in shown["2.1"]
    assert "挂职干部核对数2人" in shown["2.1"]
    for figure in (
        "新增转移就业核对数68、50人",
        "稳定就业未报",
        "稳定就业核对数9人",
        "就读职业学校核对数3人",
    ):
        assert figure in shown["6.1"]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_every_figure_and_every_target_shows_at_any_width(
    cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Of several targets only those that are met fold into their count."""
    for name, value in {"LEDGER": str(filled), "TODAY": "2019-12-05"}.items():
        monkeypatch.setenv(f"PLANLEDGER_{name}", value)
    monkeypatch.setenv("COLUMNS", str(width))
    shown = {code: re.sub(r"\s", "", row) for code, row in rows(cli("status")[1]).items()}

    for item in json.loads(cli("status", "--json")[1])["items"]:
        for label, total, target, is_one_of_several in counted(item):
            if target is None and not total:
                continue
            figure = f"{total:,}" if target is None else f"{total:,}/{target}"
            is_folded = target is not None and total >= target and is_one_of_several
            # below 60 columns a label may be broken by what stands in the next column
            assert is_folded or (label if width >= 60 else "") + figure in shown[item["code"]]


def test_of_several_targets_those_that_are_met_are_counted(cli: Cli, filled: Path, home: Path) -> None:
    """The others, and what has no target, stand one under the other; a side that did its part is counted as one."""
    shown = rows(cli("status", "--ledger", str(filled), "--as-of", "2019-12-05")[1])

    assert "██──── 2/5项达标" in shown["6.1"]  # the job fair, and one register of three
    assert "招聘会 " not in shown["6.1"]
    assert ["新增转移就业 40/155人", "稳定就业 280人"] == re.findall(r"\S+就业 \d\S+", shown["6.1"])
    assert "███─── 1/2方达标" in shown["1.3"]
    assert "大新县常委会 0/2次" in shown["1.3"]
    assert "江海区常委会" not in shown["1.3"]


def test_figures_of_every_kind_are_written_whole(second: Cli) -> None:
    """Of decimals, of a stock, under an upper bound, above a target; what is too long stands below its label."""
    shown = rows(second("status")[1])

    assert "████──" in shown["2"]
    assert "8,000.0/12,000.0平方米" in shown["2"]
    assert "改造户数 120户" in shown["2"]
    assert "自来水普及率 93.5/95.0%" in shown["4"]
    assert "40,000.50/≤30,000.00元" in shown["7"]
    assert "█" not in shown["7"]
    assert "██████" in shown["10"]
    assert "培训人数 400/300人" in shown["10"]
    assert "监测对象 0户" in shown["12"]
    assert "─" not in shown["12"]


def test_a_figure_that_must_be_reported_counts_like_a_target(cli: Cli, home: Path) -> None:
    """Both targets are met, but three registers have no number yet: the row looks unfinished; 0 in each finishes it."""
    cli("record", "6.1", "--fairs", "1", "--transferred", "155")
    assert "██──── 2/5项达标" in rows(cli("status", "--area", "6")[1])["6.1"]

    cli("record", "6.1", "--stable", "0", "--students", "0", "--graduates", "0")
    shown = rows(cli("status", "--area", "6")[1])["6.1"]
    assert "██████ 5/5项达标" in shown
    assert "已完成√" in shown
    assert "毕业学生就业 0人" in shown


def test_no_bar_is_full_while_something_else_than_a_paper_is_lacking(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The target is met, but the units have still to declare."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-06-01")
    cli("init", str(SECOND.with_name("shapes.yaml")))
    cli("record", "7", "--classes", "3")
    assert "█████─ 班次 3/3期" in rows(cli("status")[1])["7"]

    cli("record", "7", "--done")
    assert "██████ 班次 3/3期" in rows(cli("status")[1])["7"]


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (0, "──────"),
        (0.001, "█─────"),
        (1 / 3, "██────"),
        (0.999, "█████─"),
        (1, "██████"),
    ],
)
def test_a_bar_shows_the_smallest_part_and_is_full_only_with_the_whole(share: float, drawn: str) -> None:
    assert drawn == bar(share)


@pytest.mark.parametrize(
    ("actions", "begun"),
    [
        ([], False),
        (["record 6.1 --transferred 40 --agency 大新县人社局"], True),
        (["record 6.1 --stable 0 --agency 大新县人社局"], True),
        (["record 6.1 --transferred 40", "reverse 2 --because 登错"], False),
        (["report 6.1 --agency 大新县人社局 --progress 正在摸底"], True),
        (["report 6.1 --agency 大新县人社局 --nothing"], False),
        (["record 6.1 --done --agency 大新县人社局"], True),
    ],
)
def test_a_row_that_is_late_or_due_soon_shows_whether_it_was_begun(
    cli: Cli, home: Path, actions: list[str], *, begun: bool
) -> None:
    """By the rule that parts 未启动 from 进行中: a report of nothing begins nothing."""
    for action in actions:
        assert 0 == cli(*action.split())[0], action
    for day, standing in (("2019-11-20", "临期△"), ("2019-12-05", "逾期5天▲")):
        shown = rows(cli("status", "--as-of", day)[1])["6.1"]
        assert f"{standing} {'已启动' if begun else '未启动'}" in shown
        item = json.loads(cli("status", "--as-of", day, "--area", "6", "--json")[1])["items"][0]
        assert begun is item["begun"]
    early = json.loads(cli("status", "--as-of", "2019-11-20", "--json")[1])["items"]
    assert [begun] == [item["begun"] for item in early if item["code"] == "6.1"]


def test_every_late_row_is_marked_and_no_other(cli: Cli, filled: Path, home: Path) -> None:
    for day in ("2019-06-30", "2019-11-20", "2019-12-05"):
        for code, row in rows(cli("status", "--ledger", str(filled), "--as-of", day)[1]).items():
            first = row.splitlines()[0].rstrip()
            is_marked = first.endswith(("已启动", "未启动"))
            assert is_marked == bool(re.search("(临期|逾期.*天|缺材料.*天)[△▲]", first)), code


@pytest.mark.parametrize("width", [80, 100, 119])
def test_a_column_without_figures_takes_no_room(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """What is left belongs to the titles and to what is lacking, which is never squeezed into a few columns."""
    monkeypatch.setenv("COLUMNS", str(width))

    assert re.search(r"^编号  事项 +最后一天   进度 状态 ", cli("status", "--area", "9")[1], re.MULTILINE)
    assert width == 80 or "未启动 12家单位申报 " in cli("status", "--agency", "人社局")[1]


@pytest.mark.parametrize(("day", "late"), [("2019-09-20", 20), ("2019-12-29", 120)])
def test_finished_late_stands_on_one_line(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, day: str, late: int
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-31")
    cli("record", "2.1", "--cadres", "2", "--on", day, "--agency", "大新县委组织部")

    for more in ([], ["--agency", "组织部"]):
        assert f"已完成（逾期{late}天）√" in cli("status", "--as-of", "2019-12-31", *more)[1]
