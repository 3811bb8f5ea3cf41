"""Units that are reached through another one (经由): a village through its street. All is made up."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what leaves is a workbook)

from conftest import Result
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
PLAN = """format: {format}
plan: {{id: jia-2019, title: 甲县2019年清单（虚构）, year: 2019, offices: 甲县办}}
sides: [{{name: 甲县}}]
agencies:
  - {{name: 甲县办}}
  - {{name: 甲县东街街道{street}}}
  - {{name: 柳林村, side: 甲县, through: {through}}}
items:
  - {{code: "1", title: 修路, text: 修路3公里。, due: 11月, units: 柳林村、东街街道}}
"""


@pytest.mark.parametrize(
    ("version", "street", "through", "fault"),
    [
        (1, "", "东街街道", "单位用了 through，这是第2版的写法；请把第一行改成 format: 2。"),
        (
            2,
            "",
            "西街街道",
            "单位的 through 里的“西街街道”不在 agencies 里。您是不是要写：东街街道、甲县东街街道？请写单位全称。",
        ),
        (
            2,
            "",
            "柳林村",
            "单位“柳林村”的 through 绕了一圈（“柳林村”经“柳林村”）；请写另一家能直接联系到的单位。",
        ),
        (
            2,
            ", through: 柳林村",
            "东街街道",
            "单位“柳林村”的 through 绕了一圈（“柳林村”经“甲县东街街道”经“柳林村”）；请写另一家能直接联系到的单位。",
        ),
    ],
)
def test_a_way_that_leads_to_nobody_is_a_fault(version: int, street: str, through: str, fault: str) -> None:
    text = PLAN.format(format=version, street=street, through=through)
    _, faults = plan_of(text.encode(), "a.yaml")
    assert [(7, fault)] == [(one.line, one.message) for one in faults]


def test_lists_and_forms_say_through_whom_a_unit_is_reached(cli: Cli, home: Path) -> None:
    """By the names of the day; a unit that became a part of the other one is reached by itself."""
    (home / "a.yaml").write_text(PLAN.format(format=2, street="", through="东街街道"), "utf-8")
    assert ExitCode.DONE == cli("init", "a.yaml").code
    assert "柳林村（经甲县东街街道）" in cli("agencies").out.replace("\n", "").replace(" ", "")
    assert ExitCode.DONE == cli("agency", "rename", "东街街道", "甲县东城街道", "--basis", "无文号").code

    assert [None, None, "甲县东城街道"] == [
        unit["through"] for unit in json.loads(cli("agencies", "--json").out)["agencies"]
    ]
    assert ["经由", "", "", "甲县东城街道"] == [
        line.rpartition(",")[2] for line in cli("agencies", "--csv").out.splitlines()
    ]
    assert ExitCode.DONE == cli("template", "--agency", "柳林村", "-o", "a.xlsx").code
    page = load_workbook(home / "a.xlsx")["填报表"]
    assert "本表由柳林村填写，经甲县东城街道交甲县办。" == page["A3"].value
    assert ExitCode.DONE == cli("verify").code

    assert (
        ExitCode.DONE
        == cli("agency", "merge", "柳林村", "东城街道", "--into", "东城街道", "--basis", "无文号").code
    )
    assert [None, None] == [unit["through"] for unit in json.loads(cli("agencies", "--json").out)["agencies"]]
