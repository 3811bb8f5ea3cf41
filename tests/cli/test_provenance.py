"""JSON answers about one plan say which document it is, whose ledger, and how far its chain had come."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result, at
from planledger.ledger.plans.adoption import NewPlan, adopt, create_ledger
from planledger.plan.file.yaml_file import require_plan
from planledger.store.sqlite.embedded import Embedded
from planledger.store.sqlite.opening import open_to_write

Cli = Callable[..., Result]
TITLE = "2019年江海区对口大新县粤桂扶贫协作工作方案"
SMALL = Path(__file__).parents[1] / "plans" / "small.yaml"
QUESTIONS = [
    ["status"],
    ["status", "--sum-by", "side"],
    ["overdue"],
    ["overdue", "--by", "item"],
    ["upcoming"],
    ["show", "6.1"],
    ["show", "5.2"],
    ["history"],
    ["changes", "--since", "2019-01-01"],
    ["agencies"],
    ["agencies", "--missing", "contacts"],
    ["reports"],
    ["silent"],
    ["filings"],
    ["missing"],
    ["duplicates"],
    ["doubts"],
    ["evidence", "list"],
]


@pytest.fixture
def used(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line over a made-up year, on 5 December."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(filled))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    return cli


def asked(cli: Cli, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(cli(*words, "--json").out)
    return answer


def of(answer: dict[str, Any]) -> tuple[str, str | None, str | None]:
    return answer["title"], answer["office"], answer["head"]


@pytest.mark.parametrize("words", QUESTIONS)
def test_every_answer_about_a_plan_says_where_it_comes_from(used: Cli, words: list[str]) -> None:
    """Its head can be noted, and held against the ledger later."""
    answer = asked(used, *words)
    head = answer["head"]

    assert ["plan", "title", "office", "head"] == list(answer)[:4]
    assert (TITLE, "试验办") == (answer["title"], answer["office"])
    assert 64 == len(head.removeprefix("35:"))
    assert 0 == used("verify", "--against", head).code


@pytest.mark.parametrize("words", QUESTIONS)
def test_without_a_ledger_it_is_nobodys(cli: Cli, home: Path, words: list[str]) -> None:
    assert (TITLE, None, None) == of(asked(cli, *words))
    assert [] == list(home.iterdir())


def test_the_head_is_the_last_entry_that_was_known(used: Cli) -> None:
    """Whatever its day, and whichever rows the question leaves out."""
    entries = {entry["id"]: entry for entry in asked(used, "history")["entries"]}

    for number in (1, 9, 20, 35):
        known = asked(used, "status", "--known-at", entries[number]["recorded_at"])["head"]
        last = max(n for n, e in entries.items() if e["recorded_at"] <= entries[number]["recorded_at"])
        assert known.startswith(f"{last}:")
    assert (
        asked(used, "status")["head"] == asked(used, "status", "--as-of", "2019-05-01", "--area", "6")["head"]
    )


def test_the_head_is_the_chains_and_not_the_plans(used: Cli, filled: Path) -> None:
    """What was recorded of another plan of the office lies in the same chain."""
    before = asked(used, "status")["head"]
    store = open_to_write(filled)
    adopt(store, NewPlan(require_plan(SMALL), at("2019-12-05")))
    store.close()
    answer, other = (
        asked(used, "status", "--plan", "jianghai-daxin-2019"),
        asked(used, "status", "--plan", "trial-2019"),
    )

    assert before != answer["head"]
    assert answer["head"].startswith("36:")
    assert (answer["head"], "试验方案", "试验办") == (other["head"], other["title"], other["office"])


def test_each_office_of_a_ledger_has_its_own(used: Cli) -> None:
    """Also where the day alone says which plan is meant."""
    used("adopt", str(SMALL.with_name("second.yaml")), "--office", "虚构办")

    theirs = asked(used, "status", "--as-of", "2021-03-01")
    assert ("虚构办", "1") == (theirs["office"], theirs["head"].partition(":")[0])
    assert ("试验办", "35") == (
        asked(used, "status")["office"],
        asked(used, "status")["head"].partition(":")[0],
    )


def test_an_office_whose_name_was_stored_with_a_blank_begins_no_second_chain(
    cli: Cli, tmp_path: Path
) -> None:
    """A name is typed without blanks today; an older ledger may hold one."""
    ledger, second = tmp_path / "台账.db", str(SMALL.with_name("second.yaml"))
    create_ledger(ledger, NewPlan(require_plan(SMALL), at("2019-06-01"), "虚构 办"), lambda _: True)

    answer = cli("adopt", second, "--office", "虚构 办", "--ledger", str(ledger))

    assert (2, True) == (answer.code, "虚构办 在 " in answer.err and "已有自己的台账" in answer.err)


def test_an_office_without_a_name_is_null_and_has_its_head(cli: Cli, home: Path) -> None:
    cli("record", "6.1", "--transferred", "40")

    assert (TITLE, None) == of(asked(cli, "status"))[:2]
    assert asked(cli, "status")["head"].startswith("2:")


def test_answer_and_head_are_of_one_view(used: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes between the two has to wait, so that the head covers what is answered."""
    rows, seen = Embedded.rows, []

    def watched(store: Embedded, *args: Any) -> Any:
        if store.path == str(filled):
            seen.append((args[0], store.connection.in_transaction))
        return rows(store, *args)

    monkeypatch.setattr(Embedded, "rows", watched)
    asked(used, "status")

    texts = [sql for sql, is_held in seen if is_held]
    assert any("o.office, e.seq, e.hash" in sql for sql in texts)
    assert any("indicator <> ''" in sql and "amount" in sql for sql in texts)


def test_what_is_of_all_plans_says_nothing_of_one(used: Cli) -> None:
    assert ["as_of", "plans"] == list(asked(used, "status", "--all-plans"))


def test_a_table_asks_for_no_head(used: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be read and thrown away."""
    monkeypatch.setattr("planledger.questions.facts.office.provenance", lambda *_: 1 / 0)

    assert 0 == used("status").code
    assert 0 == used("status", "--csv").code
