"""All plans in one line each: every count is the count that `status` gives of that plan."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import year
from asking import ledger_as_of
from book import Book
from conftest import Result, at, copied
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.actions.request import Recording
from planledger.ledger.plans.adoption import NewPlan, begin
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.questions.answers.roll_up import roll_up
from planledger.questions.answers.sums import Tally
from planledger.questions.sheet import load
from planledger.store.database import Store
from postgres import Kept

Cli = Callable[..., Result]
SECOND_FILE = Path(__file__).parent.parent / "plans" / "second.yaml"


def agrees(store: Store, day: str, known_at: str = "9999") -> None:
    """Hold every line against the rows of its plan."""
    answer = roll_up(store, day, known_at)
    for plan, counted in zip(answer.plans, answer.counted, strict=True):
        sheet = load(ledger_as_of(store, day, known_at, key=plan.key))
        assert Tally.of(plan.title, sheet.rows) == counted


@pytest.fixture(scope="session", params=["as it is", "a bound that must be reported", "a bound on a stock"])
def second(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The made-up plan, and two in which its upper bound is of another kind."""
    more = {"as it is": "", "a bound that must be reported": ", must_report: true"}
    text = SECOND_FILE.read_text("utf-8")
    bound = "target: 控制在3万元以内, scope: each"
    assert bound in text
    path = tmp_path_factory.mktemp("plans") / "second.yaml"
    path.write_text(text.replace(bound, bound + more.get(request.param, ", measure: stock")), "utf-8")
    return require_plan(path)


def test_an_upper_bound_that_must_be_reported_is_judged_by_what_came_in_time(
    fresh_ledger: Path, second: Plan
) -> None:
    store = copied(fresh_ledger)
    begin(store, NewPlan(second, at("2021-03-01"), "虚构办"))
    theirs = store.of(store.chains()[1])
    sides = [side.name for side in second.sides]
    for side in sides:
        Book(theirs, at("2021-03-05"), second.meta.key).record(
            Recording("7", (("cost", "50000"),), side=side)
        )

    agrees(store, "2022-01-05")
    store.close()


@pytest.mark.parametrize("ledgers", [4, pytest.param(100, marks=pytest.mark.soak)])
def test_every_count_is_that_of_status_whatever_was_recorded(
    fresh_ledger: Path, second: Plan, ledgers: int
) -> None:
    chance = random.Random(ledgers)  # noqa: S311
    seen: set[str] = set()
    for _ in range(ledgers):
        store = copied(fresh_ledger)
        begin(store, NewPlan(second, at("2021-03-01"), "虚构办"))
        for plan, first in ((store.chains()[0], "2019"), (store.chains()[1], "2021")):
            _live(
                store.of(plan), first, chance, "jianghai-daxin-2019" if first == "2019" else second.meta.key
            )
        for day in ("2019-08-31", "2019-12-20", "2021-06-30", "2022-01-05"):
            agrees(store, day)
            seen |= {
                word.value
                for tally in roll_up(store, day, "9999").counted
                for word, n in tally.standings.items()
                if n
            }
        agrees(store, "2022-01-05", "2019-09-01")
        store.close()

    assert {"open", "due_soon", "overdue", "done"} <= seen


def _live(store: Store, of_year: str, chance: random.Random, key: str) -> None:
    """Record at random on a plan: figures, declarations, papers, amendments, and take some of it back."""
    day = f"{of_year}-12-28"
    sheet = load(ledger_as_of(store, day, key=key))
    stored: list[int] = []
    for _ in range(chance.randint(0, 60)):
        row = chance.choice(sheet.rows)
        book = Book(store, at(f"{of_year}-{chance.randint(4, 12):02}-15"), key)
        try:
            stored += _done(book, row, chance, stored)
        except Refusal:
            continue


def _done(book: Book, row: object, chance: random.Random, stored: list[int]) -> list[int]:
    item, figures = row.item, row.progress.figures  # type: ignore[attr-defined]
    side = chance.choice(["", *{duty.side for duty in row.progress.duties if duty.side}])  # type: ignore[attr-defined]
    way = chance.randrange(10)
    if way < 5 and figures:
        indicator = chance.choice(figures).indicator
        amount = str(chance.choice([0, 1, 3, indicator.target or 2]) // 10**indicator.decimals)
        receipt = book.record(Recording(item.code, ((indicator.key, amount),), side=side))
    elif way < 7:
        receipt = book.record(Recording(item.code, is_done=True))
    elif way == 7 and row.progress.requirements:  # type: ignore[attr-defined]
        kind = chance.choice(row.progress.requirements).kind  # type: ignore[attr-defined]
        receipt = book.record(Recording(item.code, paper=kind, reference="无文号", held_by="虚构", side=side))
    elif way == 8 and stored:
        receipt = book.reverse(chance.choice(stored), "误")
    elif chance.random() < 0.1:
        receipt = book.amend(Amending(item.code, "停办", "无文号", is_cancelled=True))
    else:
        receipt = book.close(item.code)
    return [new.number for new in receipt.stored]


def test_a_lived_year_counts_the_same_in_a_file_and_on_a_server(opened: Store) -> None:
    year.fill(opened)
    begin(opened, NewPlan(require_plan(SECOND_FILE), at("2021-03-01"), "虚构办"))

    for day in ("2019-07-01", "2019-11-20", "2019-12-05"):
        agrees(opened, day)


def test_each_plan_is_one_line(kept: Kept, cli: Cli) -> None:
    code, out, err = cli(
        "adopt",
        str(SECOND_FILE),
        "--office",
        "虚构办",
        "--ledger",
        kept.address,
    )
    assert (0, "") == (code, err)

    code, out, err = cli("status", "--all-plans", "--ledger", kept.address)

    assert (0, "") == (code, err)
    lines = out.splitlines()
    assert "各方案汇总  截至2019-11-20" == lines[0]
    assert lines[3].startswith("2019年江海区对口大新县粤桂扶贫协作工作方案 ")
    assert lines[-1].startswith("共2个方案，")


@pytest.mark.parametrize(
    "words", ["--agency 人社局", "--area 6", "--standing 逾期", "--sum-by side", "--plan x"]
)
def test_it_is_not_narrowed(cli: Cli, ledger: Path, words: str) -> None:
    sentence = "--all-plans 是全部方案各一行，不能再按方案、单位、重点工作或状态筛选。\n"

    assert (2, "", sentence) == cli("status", "--all-plans", *words.split(), "--ledger", str(ledger))
