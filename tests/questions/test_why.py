"""Why a row stands where it stands: what is named as lacking is what the judgement lacks, and supplying it finishes the row."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from asking import ledger_as_of
from book import Book
from conftest import Result, at, copied
from histories import FIRST_DAY, History, versions
from planledger.formats.text.reason_text import reasons_section
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.actions.request import Recording
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.days import days_between, shift
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.rows import write_quantity
from planledger.plan.model.terms import Measure, Standing
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import RowRecord, dossier
from planledger.questions.answers.why import Condition, Obstacle
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.sheet import load
from planledger.store.sqlite.embedded import Embedded

Cli = Callable[..., Result]
ROUNDS = 40  # one thing in each; a meeting that is supplied may lack a paper of its own


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Embedded, History]]:
    """Random histories over the made-up plan of all shapes."""
    path = tmp_path_factory.mktemp("why") / "ledger.db"
    create_ledger(path, NewPlan(versions()[0], at(FIRST_DAY), "虚构办"), lambda _: True)
    several = []
    for number in range(12, 20):  # among them every kind of what may be lacking
        store = copied(path)
        history = History(store, number)
        history.live(24)
        several.append((store, history))
    for item in history.plan.items[:2]:  # of the last one
        with suppress(Refusal):
            history.book().amend(Amending(item.code, "上级要求", "无文号", is_cancelled=True))
    return several


def explained(store: Embedded, history: History, code: str) -> RowRecord:
    """One row with its reasons, on the day on which its history ends."""
    answer = dossier(ledger_as_of(store, history.today), code)
    (record,) = answer.records
    return record


def codes(store: Embedded, history: History) -> list[str]:
    """The rows of the plan in force."""
    sheet = load(ledger_as_of(store, history.today))
    return [row.item.code for row in sheet.rows]


def test_what_is_named_as_lacking_is_what_the_judgement_lacks(lives: list[tuple[Embedded, History]]) -> None:
    """Each thing once, whose it is as `owed` says, by the day that counts; the entries that are named add up to a flow."""
    seen = set()
    for store, history in lives:
        for code in codes(store, history):
            row, known, why = explained(store, history, code)
            named = [lack for one in why.conditions for lack in one.lacks]
            assert sorted(named) == sorted(row.judgement.lacks)
            assert row.judgement.last_day in reasons_section(row, why)[0], "the day behind which it is late"
            if Obstacle.NOT_YET in why.obstacles:
                assert not row.item.last_day or history.today <= row.item.last_day
            seen |= {lack.kind for lack in named}
            for one in why.conditions:
                for duty in row.duties:
                    owes = {*one.lacks}.intersection(row.owed_by(duty))
                    counts = not (one.figure and one.figure.sources) or duty.agency in one.figure.sources
                    assert (duty.agency in one.owners) == bool(owes and counts)
                if one.figure and one.figure.indicator.measure == Measure.FLOW:
                    amounts = {entry.number: entry.amount or 0 for entry in known.entries}
                    assert sum(amounts[n] for n in one.entries) == sum(one.figure.amounts.values())
    assert seen == {*LackKind}


def test_a_paper_is_named_of_the_row_and_of_what_the_row_counts_alone(cli: Cli, filled: Path) -> None:
    """The paper of another row's meeting is none of this row's, until this row counts that meeting."""
    ledger = ("--ledger", str(filled))
    show = ("show", "1.4", "--as-of", "2019-11-10", *ledger)
    assert "会议材料（没有记录），还缺" in cli(*show).out
    listed = json.loads(cli("history", "1.3", "--json", *ledger).out)["entries"]
    meeting, paper = (
        next(one["id"] for one in listed if one["kind"] == kind) for kind in ("amount", "paper")
    )
    cli("record", "1.4", "--meetings", "1", "--same-event", str(meeting), *ledger)
    assert f"会议材料（第{paper}号），还缺" in cli(*show).out
    for day in ("2019-12-05", "2019-12-10"):
        cli("amend", "1.4", "--due", day, "--because", "改期", "--basis", "无文号", *ledger)
    (*_, last) = sorted(
        one["id"] for one in json.loads(cli("history", "1.4", "--json", *ledger).out)["entries"]
    )
    (item,) = json.loads(cli("show", "1.4", "--json", *ledger).out)["items"]
    assert last == item["why"]["amended_by"]


TWO_ROWS = """format: 2
plan: {id: away, title: 谁来报数（虚构）, year: 2019, offices: 甲县办公室}
sides: [{name: 甲县}, {name: 乙区}]
agencies: [{name: 甲县办公室}, {name: 甲县人社局}, {name: 甲县教育局}, {name: 乙区教育局}]
items:
  - code: "1"
    title: 走访
    text: 走访三次，回访一次。
    due: 2019年11月
    units: 甲县人社局、教育局
    indicators:
      - {key: calls, label: 走访, unit: 次, at_least: 3, from: [甲县人社局, 甲县教育局], because: 虚构}
      - {key: returns, label: 回访, unit: 次, at_least: 1, from: [甲县人社局, 甲县教育局], because: 虚构}
  - code: "2"
    title: 会商
    text: 双方各会商一次。
    due: 2019年11月
    units: 甲县人社局、两地教育局
    indicators:
      - {key: talks, label: 会商, unit: 次, at_least: 1, scope: each, from: [甲县人社局, 甲县教育局, 乙区教育局], because: 虚构}
"""


def test_what_lacks_and_nobody_is_left_to_count_is_in_the_way(tmp_path: Path) -> None:
    """It need not be the first figure, and the other side's number can still come. Both units were away for some days."""
    plan, _ = plan_of(TWO_ROWS.encode(), "plan.yaml")
    assert plan
    create_ledger(path := tmp_path / "ledger.db", NewPlan(plan, at("2019-07-01"), "虚构办"), lambda _: True)
    store = copied(path)
    book = Book(store, at("2019-08-20"))
    for code, key in (("1", "calls"), ("2", "talks")):
        book.record(Recording(code, ((key, "3"),), agency="甲县人社局", on="2019-07-02"))
        amending = Amending(code, "上级要求", "无文号")
        book.amend(amending._replace(drop_agency="甲县人社局", since="2019-08-01"))
        book.amend(amending._replace(add_agency="甲县人社局", role="负责", since="2019-08-10"))
        book.amend(amending._replace(drop_agency="甲县教育局", since="2019-08-05"))

    def obstacles(day: str) -> list[tuple[Obstacle, ...]]:
        answer = ledger_as_of(store, day)
        return [record.reasons.obstacles for code in "12" for record in dossier(answer, code).records]

    assert [(Obstacle.UNANSWERED,), ()] == obstacles("2019-08-07")
    assert [(), ()] == obstacles("2019-08-10")


def test_the_standing_has_been_the_same_since_the_day_that_is_named(
    lives: list[tuple[Embedded, History]],
) -> None:
    """It was another one the day before, and on no day in between."""
    turned = 0
    for store, history in lives[:3]:
        days = [shift("2018-12-01", n) for n in range(days_between("2018-12-01", history.today) + 1)]
        ledger = ledger_as_of(store, history.today)
        by_day = {
            day: {r.item.code: r.judgement.standing for r in load(ledger._replace(as_of=day)).rows}
            for day in days
        }
        for code in codes(store, history):
            row, _, why = explained(store, history, code)
            since = why.since or days[0]
            assert {by_day[day][code] for day in days if day >= since} == {row.judgement.standing}
            if why.since:
                turned += 1
                assert by_day[shift(why.since, -1)][code] == why.before != row.judgement.standing
    assert turned


def supply(history: History, code: str, one: Condition, lack: Lack) -> None:
    """Record what is lacking, from the unit whose it is."""
    unit = lack.agency or next(
        (name for name in one.owners if not lack.side or name.startswith(lack.side)), ""
    )
    today = history.today
    recording = Recording(code, agency=unit, side="" if unit else lack.side, on=today)
    if lack.kind == LackKind.DECLARATION:
        for part in lack.parts or (unit,):
            history.book().record(recording._replace(agency=part, is_done=True))
    elif lack.kind == LackKind.PAPER:
        paper = {"paper": lack.key, "reference": "虚构〔2019〕1号", "held_by": "甲县办公室"}
        side = {"agency": "", "side": lack.side}
        history.book().record(recording._replace(**paper, **side, entry=str(lack.entry or "")))  # type: ignore[arg-type]
    elif one.figure:
        indicator = one.figure.indicator
        base = (one.figure.total(lack.side) or 0) if indicator.measure == Measure.STOCK else 0
        amount = write_quantity(base + lack.amount, indicator.decimals)
        history.book().record(recording._replace(amounts=((indicator.key, amount),)))


def test_supplying_what_is_lacking_finishes_the_row_or_it_is_said_why_nothing_can(
    lives: list[tuple[Embedded, History]],
) -> None:
    """Rounds, because a meeting that is supplied may have papers of its own."""
    finished, blocked = 0, set()
    for store, history in lives:
        for code in codes(store, history):
            for _ in range(ROUNDS):
                row, _, why = explained(store, history, code)
                if why.obstacles or not row.judgement.lacks:
                    break
                one = next(one for one in why.conditions if one.lacks)
                supply(history, code, one, one.lacks[0])
            if why.obstacles:
                blocked |= {*why.obstacles}
            else:
                finished += 1
                assert row.judgement.standing in (Standing.DONE, Standing.CLOSED)
    assert finished > len(lives)
    assert blocked >= {Obstacle.CANCELLED, Obstacle.EXCEEDED, Obstacle.NOT_YET}
