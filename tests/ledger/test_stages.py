"""Stages of a row (阶段): what is read, from when on the row is late, and whose that is. All is made up."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
PLAN = """format: {format}
plan: {{id: jia-2019, title: 甲县2019年清单（虚构）, year: 2019, offices: 甲县办}}
sides: [{{name: 甲县}}]
agencies: [{{name: 甲县办}}, {{name: 甲县住建局}}, {{name: 甲县人社局}}, {{name: 甲县林业局}}]
items:
  - code: "1"
    title: 建中心
    text: 4月建成，上半年培训过半，9月验收。
    due: 9月底前
    lead: 住建局、人社局
    assist: 林业局
    indicators:
      - {{key: trained, label: 培训, unit: 人, at_least: 60}}
      - {{key: slips, label: 差错, unit: 次, at_most: 2}}
    stages: [{stages}]
"""
BUILT, HALF = "{name: 建成, due: 4月, units: 住建局}", "{name: 过半, due: 上半年, targets: {trained: 30}}"


def text(*stages: str, version: int = 2) -> str:
    return PLAN.format(format=version, stages=", ".join(stages))


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (text(BUILT, version=1), ["事项 1 用了 stages，这是第2版的写法；请把第一行改成 format: 2。"]),
        (text(BUILT, BUILT), ["事项 1 的阶段“建成”写了两次（上一次在第15行）；只能留一个。"]),
        (text("{name: 验收, due: 10月}"),
         ["事项 1 的阶段“验收”到 2019-10-31，晚于这一行的最后一天 2019-09-30；请核对。"]),
        (text("{name: 建成, due: 每月}"),
         ["事项 1 的阶段“建成”的 due：“每月”没有说出是哪一天；请写日期，如 8月31日。"]),
        (text("{name: 建成, due: 4月、6月}"),
         ["事项 1 的阶段“建成”的 due：完成时限“4月、6月”不止一个时间；请只写一个；其余的写成阶段（stages）或者时间节点（milestones）。"]),
        (text("{name: 建成, due: 4月, units: 办}"),
         ["甲县办 不是这一行的责任单位，事项 1 的阶段“建成”不能由它负责；责任单位：甲县住建局、甲县人社局、甲县林业局。"]),
        (text("{name: 过半, due: 6月, targets: {slips: 1, trained: 70, train: 3}}"),
         ["事项 1 的阶段“过半”的 targets 里的“slips”不是这一行可以分阶段的指标（上限和分解到单位的不行）。",
          "事项 1 的阶段“过半”的 targets 里“trained”的数：请写大于0、不超过这一行目标的数。",
          "事项 1 的阶段“过半”的 targets 里的“train”不是这一行可以分阶段的指标（上限和分解到单位的不行）。您是不是要写：trained？"]),
        (text(BUILT, "{name: 验收, due: 5月}"),
         ["事项 1 的阶段“建成”和“验收”都由 甲县住建局 申报，分不清申报的是哪一段；请给其中一段写 targets。"]),
    ],
)  # fmt: skip
def test_a_stage_that_could_not_be_judged_is_a_fault(content: str, faults: list[str]) -> None:
    _, read = plan_of(content.encode(), "a.yaml")
    assert faults == [one.message for one in read]


def test_the_row_is_late_from_the_first_missed_stage_on_and_late_are_its_units(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each day: the standing, how late, behind which day, by which stages, and who owes what of them."""
    (home / "a.yaml").write_text(text(HALF, BUILT), "utf-8")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-04-30")
    assert ExitCode.DONE == cli("init", "a.yaml").code

    def late(day: str) -> list[tuple[str, int, str, list[str], list[str]]]:
        monkeypatch.setenv("PLANLEDGER_TODAY", day)
        agencies = json.loads(cli("overdue", "--json").out)["agencies"]
        return [
            (
                one["agency"],
                row["days_late"],
                row["last_day"],
                row["stages"],
                [lack["kind"] for lack in row["lacks"]],
            )
            for one in agencies
            for row in one["items"]
            if row["owes"]
        ]

    assert [] == late("2019-04-30")
    built = ("甲县住建局", 1, "2019-04-30", ["建成"], ["declaration"])
    assert [built] == late("2019-05-01")
    assert "阶段“建成”：本单位申报" in cli("overdue", "--agency", "住建局").out
    assert "逾期1天▲ 未启动" in (shown := cli("show", "1").out)
    assert "阶段未达" in shown
    assert "建成 最后一天 2019-04-30（甲县住建局）：还缺甲县住建局申报，逾期1天" in shown
    declared = cli("record", "1", "--done", "--agency", "住建局", "--on", "2019-05-03")
    assert ExitCode.REFUSED == declared.code  # it is in the future
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-05-04")
    declared = cli("record", "1", "--done", "--agency", "住建局", "--on", "2019-05-03")
    assert (ExitCode.DONE, "") == (declared.code, declared.err)
    assert [] == late("2019-05-04")
    row = json.loads(cli("show", "1", "--json").out)["items"][0]
    assert ("open", 0, "2019-05-03", 3) == (
        row["standing"], row["days_late"], row["stages"][0]["met_on"], row["stages"][0]["days_late"],
    )  # fmt: skip
    both = [(name, 1, "2019-06-30", ["过半"], ["target"]) for name in ("甲县住建局", "甲县人社局")]
    assert both == late("2019-07-01")
    assert [("2019-09-30", "deadline")] == [
        (one["day"], one["kind"])
        for one in json.loads(cli("upcoming", "--days", "200", "--json").out)["dates"]
    ]
    assert "催办 甲县" not in cli("chase", "list").out
    assert ExitCode.DONE == cli("record", "1", "--trained", "30", "--agency", "人社局").code
    assert [] == late("2019-07-02")
    assert [("甲县住建局", 1), ("甲县人社局", 1)] == [one[:2] for one in late("2019-10-01")]
    assert ExitCode.DONE == cli("verify").code


def test_a_unit_that_was_dropped_meets_no_stage_after_a_merger_either(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is left answers for the stage: that another declared it before is nothing that a merger brings along."""
    (home / "a.yaml").write_text(text(BUILT), "utf-8")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-05-03")
    why = ("--basis", "无文号")
    for line in (
        ("init", "a.yaml"),
        ("record", "1", "--done", "--agency", "住建局"),
        ("amend", "1", "--drop-agency", "住建局", "--because", "上级要求", *why),
        ("agency", "merge", "住建局", "--into", "人社局", *why),
    ):
        assert ExitCode.DONE == cli(*line).code, line
        stage = json.loads(cli("show", "1", "--json").out)["items"][0]["stages"][0]
    assert (None, ["甲县人社局"]) == (stage["met_on"], stage["agencies"])
