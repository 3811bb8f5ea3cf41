"""A ledger keeps the rows that an older program read, until its plan file is adopted anew; then every row that changes is listed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result, at
from planledger.ledger.chain.chain import plan_digest
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.rows import Duty
from planledger.plan.model.terms import Role
from planledger.plan.model.version import Plan

ROOT = Path(__file__).parents[2]
Cli = Callable[..., Result]

# what the files came to before plans of other counties were read by more rules
OF_BEFORE = {
    "data/earlier/plan_2019_1.yaml": "c317dbdf0226950614d49355cad9fead674f99ee27394563d6f59be96b594788",
    "data/plan_2019.yaml": "ec057b1939b2697fb3760f05952bb2a123467361121a70711ce29e18c3151d0d",
    "tests/plans/habits.yaml": "c85ccf53076b0841870c362c5106fb17031a5185b697ff19f0b7c7c656834e87",
    "tests/plans/second.yaml": "7b5540a5020d68828fe7ef27296390fd636edd9ed2e118d2b014f75fd62512d0",
    "tests/plans/small.yaml": "93836ff4672bce52f90f46fa46f221c0a91934bf729480d728c45f171e644d6b",
    "tests/plans/sources.yaml": "38c14253c37b62e9c24ae43f0edf181721995a57055781c1e8378570b71fc9f5",
}


@pytest.mark.parametrize("file", OF_BEFORE)
def test_a_file_whose_phrases_were_read_right_keeps_its_digest(file: str) -> None:
    """Adopted again by a newer program it is the version that is there."""
    assert OF_BEFORE[file] == plan_digest(require_plan(ROOT / file))


FILE = """# 甲县（虚构）：单位和事项都是虚构的。
format: 1
plan: {id: jiaxian-2021, title: 甲县（虚构）2021年重点工作, year: 2021}
sides: [{name: 甲县}]
agencies: [{name: 甲县人大办}, {name: 甲县政协办, short: 县政}, {name: 甲县教育局}]
items:
  - {code: "1", our_title: 联系代表委员, text: 联系代表委员。, due: 2021年6月底前, units: 县人大办、县政协办、县教育局}
"""


def older(plan: Plan) -> Plan:
    """The plan as it was read once: 协办 at the end of a name was taken for a role, which held backwards."""
    roles = {"甲县人大办": Role.ASSIST, "甲县政协办": Role.ASSIST, "甲县教育局": Role.UNSTATED}
    duties = tuple(Duty("1", name, "甲县", role.value, is_group=False) for name, role in roles.items())
    return plan._replace(duties=duties)


def owing(cli: Cli, *more: str) -> dict[str, bool]:
    """Which units owe the row."""
    duties: list[dict[str, Any]] = json.loads(cli("status", "--json", *more).out)["items"][0]["duties"]
    return {duty["agency"]: duty["owes"] for duty in duties}


def test_rows_of_an_older_reading_stay_until_the_file_is_adopted_which_lists_them(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, path = home / "方案.yaml", home / "ledger.db"
    file.write_text(FILE, "utf-8")
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(path))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-07-01")
    create_ledger(path, NewPlan(older(require_plan(file)), at("2021-01-04")), lambda _: True)
    assert {"甲县人大办": False, "甲县政协办": False, "甲县教育局": True} == owing(cli)
    assert "方案内容与启用时一致" in cli("verify").out
    assert 0 == cli("record", "1", "--done", "--agency", "县教育局", "--on", "2021-06-30").code
    assert {"甲县人大办": False, "甲县政协办": False, "甲县教育局": False} == owing(cli)

    adopted = cli("adopt", str(file))

    assert (
        0,
        "已启用《甲县（虚构）2021年重点工作》的新版本（第3号记录），改动2处：\n"
        "  责任 1 甲县人大办 的职责：配合 → 责任\n"
        "  责任 1 甲县政协办 的职责：配合 → 责任\n",
        "",
    ) == adopted
    assert {"甲县人大办": True, "甲县政协办": True, "甲县教育局": False} == owing(cli)
    known = owing(cli, "--known-at", "2021-06-30")
    assert {"甲县人大办": False, "甲县政协办": False, "甲县教育局": True} == known
    assert "方案内容与启用时一致" in cli("verify").out
