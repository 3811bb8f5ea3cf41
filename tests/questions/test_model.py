"""The judgement is held against an independent one: random histories of every kind of entry."""

import random
from pathlib import Path

import pytest

import model
from asking import ledger_as_of
from conftest import at, copied
from histories import FIRST_DAY, History, by_digest, versions
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.days import LATEST, shift
from planledger.plan.model.terms import EntryKind, Standing
from planledger.questions.answers.filings import filings
from planledger.questions.answers.roll_up import roll_up
from planledger.questions.answers.sums import Tally
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.sqlite.embedded import Embedded
from trials import sampled

ENTRIES = """SELECT seq, kind, code, indicator, amount, side, agency, dated, recorded_at,
subject, note, details, reverses - id + seq FROM entry ORDER BY id"""


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the made-up plan in which nothing happened."""
    path = tmp_path_factory.mktemp("shapes") / "ledger.db"
    create_ledger(path, NewPlan(versions()[0], at(FIRST_DAY), "虚构办"), lambda _: True)
    return path


def raw(store: Embedded) -> list[model.Entry]:
    """Every entry as the table has it."""
    return [dict(zip(model.FIELDS, row, strict=True)) for row in store.rows(ENTRIES)]


def lacking(lacks: tuple[Lack, ...]) -> frozenset[model.Lacking]:
    """What is lacking, in the model's words."""
    return frozenset((str(one.kind), one.key, one.side, one.amount, one.agency, one.entry) for one in lacks)


def stand(row: Row) -> model.Stand:
    """What the program says of a row, in the model's words."""
    judgement = row.judgement
    return model.Stand(
        str(judgement.standing),
        judgement.days_late,
        judgement.late_before,
        judgement.finished_on,
        lacking(judgement.lacks),
        frozenset(one.label for one in judgement.missed),
        frozenset((one.stage.name, one.met_on, one.days_late) for one in judgement.stages),
        frozenset(
            (one.period.last_day, unit, word)
            for one in judgement.periods
            for word, units in (("missing", one.missing if one.is_passed else ()), ("late", one.late))
            for unit in units
        ),
        judgement.needs_review,
        {duty.agency: lacking(row.owed_by(duty)) for duty in row.progress.duties},
        {one.indicator.key: (one.total(), dict(one.checks())) for one in row.progress.figures},
    )


def asked(sheet: Sheet, ledger: model.Ledger) -> list[tuple[object, object]]:
    """Pair what the model says with what the program says: of every row, and of every filing."""
    rows = ledger.rows()
    pairs: list[tuple[object, object]] = [(rows[row.item.code], stand(row)) for row in sheet.rows]
    for unit in filings(sheet).units:
        for state in unit.states:
            answer = (str(state.standing), state.complete_on)
            pairs.append((ledger.filing(unit.agency.name, state.filing.key), answer))
    return pairs


@sampled("count", 100, 5_000)
def test_random_histories_are_judged_as_the_model_judges_them(blank: Path, count: int) -> None:
    """Of days before, on and after what happened, and of what was known earlier; the number finds a history again."""
    seen: set[str] = set()
    judged = 0
    for number in range(count):
        store, chance = copied(blank), random.Random(number)  # noqa: S311
        history = History(store, number)
        history.live(chance.choice([6, 12, 24]))
        entries = raw(store)
        moments = [LATEST, LATEST, chance.choice(entries)["recorded_at"]]
        for moment in moments:
            last = chance.choice(versions()[0].items).last_day or history.today
            day = chance.choice(
                [history.today, "2020-02-01", shift(last, chance.choice([0, 1])), history.day()]
            )
            sheet = load(ledger_as_of(store, day, moment))
            pairs = asked(sheet, model.Ledger(entries, by_digest(), day, moment))
            assert (Tally.of(sheet.plan.title, sheet.rows),) == roll_up(store, day, moment).counted
            for expected, answer in pairs:
                assert expected == answer, f"history {number}, day {day}, moment {moment}"
            judged += len(pairs)
            seen |= {str(answer[0]) for _, answer in pairs}  # type: ignore[index]
            seen |= {
                str(lack[0])
                for _, answer in pairs
                if isinstance(answer, model.Stand)
                for lack in answer.lacks
            }
        seen |= {entry["kind"] for entry in entries}
        store.close()

    assert {*map(str, EntryKind), *map(str, Standing), *map(str, LackKind)} <= seen
    assert judged > 40 * count
