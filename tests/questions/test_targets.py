"""What meets a target and when: laws over comparison, measure, scope, and days before, on and after the last day."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_standing import LAST, SIDES, figure, indicator, item, progress, stands

from conftest import Result
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import Standing
from planledger.questions.facts.figure import Figure, UnsummedAmount
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.lacks import Lack, LackKind, lacking

SECOND_FILE = Path(__file__).parent.parent / "plans" / "second.yaml"
EAST, WEST = SIDES
BEFORE, AFTER, LATER = "2019-11-29", "2019-12-03", "2019-12-20"
BOUND = indicator(comparison="at_most")

Entry = tuple[str, str, int]  # side, day, amount


def of(promise: Indicator, entries: list[Entry], until: str = "9999-12-31") -> Progress:
    """An item with what had happened by a day."""
    known = sorted((day, place, side, n) for place, (side, day, n) in enumerate(entries) if day <= until)
    amounts: dict[tuple[str, str, str], int] = {}
    for day, _, side, n in known:
        amounts[side, "", day] = amounts.get((side, "", day), 0) + n
    singles = tuple(
        UnsummedAmount("1", promise.key, side, "", day, n, place)
        for place, (day, _, side, n) in enumerate(known, 1)
    )
    return progress(Figure(promise, amounts, singles))


@pytest.mark.parametrize(
    ("entries", "day", "expected"),
    [
        # not before the end
        ([], LAST, ("", [Lack(LackKind.FIGURE, "n")])),
        ([(BEFORE, 35)], LAST, ("", [Lack(LackKind.TARGET, "n")])),
        ([(LAST, 5)], LAST, ("", [Lack(LackKind.TARGET, "n")])),
        # reported in time: the last day decides, whatever comes later
        ([(BEFORE, 10)], AFTER, (LAST, [])),
        ([(LAST, 10)], AFTER, (LAST, [])),
        ([(LAST, 0)], AFTER, (LAST, [])),
        ([(BEFORE, 5), (LATER, 99)], "2020-01-05", (LAST, [])),
        ([(BEFORE, 5), (LAST, 6)], AFTER, ("", [Lack(LackKind.EXCEEDED, "n", "", 1)])),
        ([(LAST, 35)], "2020-01-05", ("", [Lack(LackKind.EXCEEDED, "n", "", 25)])),
        # reported late: owed until then, and from then on the figure of the day asked decides
        ([(AFTER, 9)], "2019-12-02", ("", [Lack(LackKind.FIGURE, "n")])),
        ([(AFTER, 9)], AFTER, (AFTER, [])),
        ([(AFTER, 9), (LATER, 1)], "2020-01-05", (AFTER, [])),
        ([(AFTER, 35)], AFTER, ("", [Lack(LackKind.EXCEEDED, "n", "", 25)])),
        ([(AFTER, 9), (LATER, 99)], "2019-12-19", (AFTER, [])),
        ([(AFTER, 9), (LATER, 99)], LATER, ("", [Lack(LackKind.EXCEEDED, "n", "", 98)])),
    ],
)
def test_an_upper_bound_is_judged_by_the_last_day_or_from_the_first_late_report_on(
    entries: list[tuple[str, int]], day: str, expected: tuple[str, list[Lack]]
) -> None:
    """35 and 99 that are reported after the deadline break a bound of 10; they do not keep it."""
    answer = lacking(of(BOUND, [("", *one) for one in entries], day), day, SIDES)

    assert expected == (answer[0], list(answer[1]))


@pytest.mark.parametrize(
    ("amount", "lacks"),
    [
        (9, [Lack(LackKind.TARGET, "n")]),
        (10, [Lack(LackKind.TARGET, "n")]),
        (11, [Lack(LackKind.EXCEEDED, "n", "", 1)]),
    ],
)
def test_a_bound_without_a_last_day_is_broken_or_still_to_be_kept(amount: int, lacks: list[Lack]) -> None:
    what = progress(figure(BOUND, (AFTER, amount)), of=item(""))

    assert ("", lacks) == (lacking(what, LATER, SIDES)[0], [*lacking(what, LATER, SIDES)[1]])


def test_a_bound_of_nought_is_kept_by_nought() -> None:
    nought = BOUND._replace(target=0)

    assert (LAST, ()) == lacking(of(nought, [("", LAST, 0)]), AFTER, SIDES)
    assert (Lack(LackKind.EXCEEDED, "n", "", 1),) == lacking(of(nought, [("", LAST, 1)]), AFTER, SIDES)[1]


def test_a_bound_on_a_stock_is_held_by_its_latest_figure() -> None:
    """What fell back under the bound by the last day kept it; a late report may still fall back."""
    stock = BOUND._replace(measure="stock")
    late = [("", AFTER, 35), ("", LATER, 9)]

    assert (LAST, ()) == lacking(of(stock, [("", BEFORE, 35), ("", LAST, 10)]), AFTER, SIDES)
    assert (Lack(LackKind.EXCEEDED, "n", "", 25),) == lacking(of(stock, late, AFTER), AFTER, SIDES)[1]
    assert (AFTER, ()) == lacking(of(stock, late, LATER), LATER, SIDES)


def test_each_side_keeps_a_bound_of_its_own() -> None:
    """One side that reported in time and one that did not are judged each by its own rule."""
    each = BOUND._replace(scope="each")
    late = [(EAST, LAST, 4), (WEST, AFTER, 5)]
    over = [(EAST, LAST, 4), (WEST, AFTER, 11), (EAST, LATER, 99)]

    assert (Lack(LackKind.FIGURE, "n", WEST),) == lacking(of(each, late, LAST), "2019-12-01", SIDES)[1]
    assert (AFTER, ()) == lacking(of(each, late), LATER, SIDES)
    assert (Lack(LackKind.EXCEEDED, "n", WEST, 1),) == lacking(of(each, over), LATER, SIDES)[1]


@pytest.mark.parametrize(
    ("last_day", "entries", "day", "standing"),
    [
        (LAST, (("2019-12-03", 9),), "2020-01-05", (Standing.DONE, 3)),
        (LAST, (("2019-12-03", 35),), "2020-01-05", (Standing.OVERDUE, 36)),
        (LAST, (("2019-11-03", 35),), "2020-01-05", (Standing.OVERDUE, 36)),
        ("", (("2019-11-03", 9),), "2030-01-05", (Standing.OPEN, 0)),
        ("", (("2019-11-03", 35),), "2030-01-05", (Standing.OPEN, 0)),
    ],
)
def test_what_is_kept_late_was_finished_late_and_what_is_broken_stays_so(
    last_day: str, entries: tuple[tuple[str, int], ...], day: str, standing: tuple[Standing, int]
) -> None:
    """A row without a last day has no end on which its bound could have been kept."""
    assert standing == stands(progress(figure(BOUND, *entries), of=item(last_day)), day)


SHAPES = list(product(("at_least", "about", "at_most"), ("flow", "stock"), ("whole", "each")))
days = st.sampled_from(["2019-06-01", BEFORE, LAST, "2019-12-01", AFTER, LATER])
reports = st.lists(st.tuples(st.sampled_from(SIDES), days, st.integers(0, 12)), max_size=6)


def promised(comparison: str, measure: str, scope: str) -> Indicator:
    """An indicator of one shape, with the target 10."""
    return indicator(comparison=comparison, measure=measure, scope=scope)


def stood(promise: Indicator, entries: list[Entry], side: str, day: str) -> int | None:
    """Return, computed plainly, what one side, or the whole, stood at on a day; None where nothing was reported."""
    known = sorted(
        (when, place, n) for place, (of, when, n) in enumerate(entries) if when <= day and side in ("", of)
    )
    if not known:
        return None
    return known[-1][2] if promise.measure == "stock" else sum(n for _, _, n in known)


def plainly(promise: Indicator, entries: list[Entry], side: str, day: str) -> bool:
    """Return, computed plainly, whether a promise is kept on a day."""
    now = stood(promise, entries, side, day)
    if promise.comparison != "at_most":
        return now is not None and now >= 10
    in_time = stood(promise, entries, side, LAST)
    decides = now if in_time is None else in_time
    return day > LAST and decides is not None and decides <= 10


@pytest.mark.parametrize("shape", SHAPES, ids="-".join)
@given(reports, days)
def test_a_promise_is_kept_exactly_when_it_is_kept_plainly(
    shape: tuple[str, str, str], entries: list[Entry], day: str
) -> None:
    """Of the whole or of every side, by what had happened by the day of the question."""
    promise = promised(*shape)
    sides = SIDES if promise.scope == "each" else ("",)
    _, lacks = lacking(of(promise, entries, day), day, SIDES)

    assert [side for side in sides if not plainly(promise, entries, side, day)] == [one.side for one in lacks]


def since(promise: Indicator, entries: list[Entry], side: str, day: str) -> str:
    """Return, computed plainly, from which day on a promise that is kept was kept."""
    own = sorted(when for of, when, _ in entries if side in ("", of) and when <= day)
    if promise.comparison == "at_most":
        return max(LAST, own[0])
    reached = ""
    for when in own:
        reached = (reached or when) if (stood(promise, entries, side, when) or 0) >= 10 else ""
    return reached


@pytest.mark.parametrize("shape", SHAPES, ids="-".join)
@given(reports, days)
def test_work_is_finished_on_the_day_from_which_on_every_promise_was_kept(
    shape: tuple[str, str, str], entries: list[Entry], day: str
) -> None:
    """An upper bound that was reported in time is finished on the last day, before which it cannot be decided."""
    promise = promised(*shape)
    sides = SIDES if promise.scope == "each" else ("",)
    is_kept = all(plainly(promise, entries, side, day) for side in sides)
    expected = max(since(promise, entries, side, day) for side in sides) if is_kept else ""

    assert expected == lacking(of(promise, entries, day), day, SIDES)[0]


in_time = st.tuples(st.sampled_from(SIDES), st.sampled_from(["2019-06-01", LAST]), st.integers(0, 12))


@given(st.lists(in_time, min_size=1, max_size=4), reports, st.sampled_from(SHAPES[8:]))
def test_what_is_dated_after_the_last_day_changes_no_bound_that_was_reported_in_time(
    early: list[Entry], later: list[Entry], shape: tuple[str, str, str]
) -> None:
    """Neither a bound that was kept nor one that was broken is undone by later figures."""
    promise, day = promised(*shape), "2020-01-05"
    if promise.scope == "each":
        early = [*early, (EAST, LAST, 1), (WEST, LAST, 1)]
    both = early + [one for one in later if one[1] > LAST]

    assert lacking(of(promise, early), day, SIDES) == lacking(of(promise, both), day, SIDES)


def test_a_row_over_its_bound_says_so_and_is_not_closed_out(
    cli: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`show`, `overdue` and `--json` say 超上限; within the bound, but reported late, the row is 逾期完成."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-03-01")
    assert 0 == cli("init", str(SECOND_FILE)).code
    monkeypatch.setenv("PLANLEDGER_TODAY", "2022-01-05")
    over = cli("record", "7", "--cost", "30001", "--on", "2022-01-03")

    assert "还缺：会议费超上限1.00元" in over.out
    assert "会议费超上限1.00元" in cli("show", "7").out
    assert "会议费超上限1.00元" in cli("overdue").out
    assert (2, "7 还没有完成（逾期），不能销号") == (cli("close", "7").code, cli("close", "7").err[:16])
    within = cli("correct", "2", "--to", "9", "--because", "误")
    assert "状态：已完成（逾期3天）" in within.out
    assert 0 == cli("close", "7").code
