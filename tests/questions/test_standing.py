"""The invariants of done, late and owed, on made-up progress; no database."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.rows import Duty, Indicator, Item, Milestone, Requirement, Stage, answering
from planledger.plan.model.terms import Standing
from planledger.questions.facts.figure import Figure, UnsummedAmount
from planledger.questions.facts.progress import Mark, Progress
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.judge.shares import with_reported
from planledger.questions.judge.standing import declared_on, is_missed, is_reached, judge, late_with, owed

SIDES = ("东区", "西县")
LAST = "2019-11-30"


def item(last_day: str = LAST, *, declare: bool = False) -> Item:
    return Item("1", "", "题", False, "文", "2019年11月", "甲", "", "", last_day, "month", "", declare)


def indicator(key: str = "n", target: int | None = 10, **others: object) -> Indicator:
    plain = Indicator(
        "1", key, "数", "人", 0, "flow", "whole", "at_least" if target is not None else "none", target, False
    )
    return plain._replace(**others)  # type: ignore[arg-type]


def figure(of: Indicator, *entries: tuple[str, int], side: str = "", agency: str = "") -> Figure:
    amounts: dict[tuple[str, str, str], int] = {}
    for day, amount in entries:
        amounts[side, agency, day] = amounts.get((side, agency, day), 0) + amount
    singles = tuple(
        UnsummedAmount("1", of.key, side, agency, day, amount, n)
        for n, (day, amount) in enumerate(entries, 1)
    )
    return Figure(of, amounts, singles)


def duty(agency: str, role: str = "unstated", side: str = "东区", *, group: bool = False) -> Duty:
    return Duty("1", agency, side, role, group)


def mark(kind: str, day: str, agency: str = "", subject: str = "", side: str = "") -> Mark:
    return Mark("1", kind, side, agency, day, subject, 1)


def progress(
    *figures: Figure,
    duties: tuple[Duty, ...] = (duty("甲"), duty("乙", side="西县")),
    marks: tuple[Mark, ...] = (),
    papers: tuple[Requirement, ...] = (),
    of: Item | None = None,
    milestones: tuple[Milestone, ...] = (),
) -> Progress:
    return Progress(of or item(), figures, duties, milestones, papers, marks)


def stands(what: Progress, day: str) -> tuple[Standing, int]:
    judgement = judge(what, day, 30, SIDES)
    return judgement.standing, judgement.days_late


@pytest.mark.parametrize(
    ("day", "standing", "late"),
    [
        ("2019-10-30", Standing.NOT_STARTED, 0),
        ("2019-10-31", Standing.DUE_SOON, 0),
        ("2019-11-30", Standing.DUE_SOON, 0),
        ("2019-12-01", Standing.OVERDUE, 1),
        ("2020-01-01", Standing.OVERDUE, 32),
    ],
)
def test_the_day_a_deadline_names_is_in_time(day: str, standing: Standing, late: int) -> None:
    """An item is late from the day after its last day, and 临期 for its last thirty days."""
    assert (standing, late) == stands(progress(figure(indicator())), day)


@pytest.mark.parametrize(
    ("done", "changed", "day", "late"),
    [
        ((), {}, "2019-11-20", (5, 5)),
        ((), {}, "2019-12-03", (8, 5)),
        ((("2019-11-12", 10),), {}, "2019-12-03", (2, 2)),
        ((("2019-11-08", 10),), {}, "2019-12-03", (0, 0)),
        ((), {"cancelled_on": "2019-11-13"}, "2019-12-03", (3, 3)),
        ((), {"marks": (mark("close", "2019-11-20"),)}, "2019-12-03", (0, 0)),
        ((("2019-12-02", 10),), {"marks": (mark("close", "2019-12-03"),)}, "2019-12-03", (7, 5)),
    ],
)
def test_days_before_a_deadline_was_put_off_stay_late(
    done: tuple[tuple[str, int], ...], changed: dict[str, object], day: str, late: tuple[int, int]
) -> None:
    """Put off on 15 November, five days after the first last day; the second is 30 November."""
    what = progress(figure(indicator(), *done))._replace(put_off=(("2019-11-10", "2019-11-15"),), **changed)  # type: ignore[arg-type]
    judgement = judge(what, day, 30, SIDES)

    assert late == (judgement.days_late, judgement.late_before)


STAGE = Stage("1", "过半", "6月", "2019-06-30", "甲", "")
LATER = Stage("1", "验收", "8月", "2019-08-31", "甲", "")


@pytest.mark.parametrize(
    ("day", "changed", "late", "stages"),
    [
        ("2019-06-30", {}, (Standing.NOT_STARTED, 0, LAST), ()),
        ("2019-07-01", {}, (Standing.OVERDUE, 1, STAGE.last_day), (STAGE,)),
        (LAST, {}, (Standing.OVERDUE, 153, STAGE.last_day), (STAGE,)),
        ("2019-12-01", {}, (Standing.OVERDUE, 154, STAGE.last_day), ()),
        ("2019-12-01", {"item": item("")}, (Standing.OVERDUE, 154, STAGE.last_day), (STAGE,)),
        ("2019-12-01", {"item": item("2019-05-31")}, (Standing.OVERDUE, 184, "2019-05-31"), ()),
        ("2019-07-10", {"cancelled_on": "2019-07-05"}, (Standing.CANCELLED, 5, STAGE.last_day), ()),
        ("2019-09-05", {"item": item("2019-07-31"), "stages": (LATER, STAGE)}, (Standing.OVERDUE, 67, STAGE.last_day), ()),
        # what was put off counts as late only where it was over before the stage
        ("2019-07-01", {"put_off": (("2019-05-31", "2019-06-05"), (STAGE.last_day, "2019-07-03"))},
         (Standing.OVERDUE, 6, STAGE.last_day), (STAGE,)),
        ("2019-09-20", {"put_off": (("2019-08-31", "2019-09-10"),)}, (Standing.OVERDUE, 82, STAGE.last_day), (STAGE,)),
        ("2019-07-10", {"item": item(STAGE.last_day), "put_off": ((STAGE.last_day, "2019-07-03"),)},
         (Standing.OVERDUE, 10, STAGE.last_day), ()),
    ],
)  # fmt: skip
def test_a_missed_stage_is_late_by_itself_while_the_last_day_of_the_row_is_to_come(
    day: str, changed: dict[str, Any], late: tuple[Standing, int, str], stages: tuple[Stage, ...]
) -> None:
    row = progress(figure(indicator()))._replace(**{"stages": (STAGE,), **changed})
    judgement = judge(row, day, 30, SIDES)

    assert late == (judgement.standing, judgement.days_late, judgement.last_day)
    assert stages == tuple(one.stage for one in judgement.late_stages)


def test_only_the_units_of_a_missed_stage_are_late_while_the_row_is_not() -> None:
    row = progress(figure(indicator()))._replace(stages=(STAGE,))
    early, late = (judge(row, day, 30, SIDES) for day in ("2019-07-01", "2019-12-01"))
    declared, target = Lack(LackKind.DECLARATION, agency="甲"), Lack(LackKind.TARGET, "n", "", 10)

    assert [(declared,), ()] == [late_with(early, row, one) for one in row.duties]
    assert [(target,), (target,)] == [late_with(late, row, one) for one in row.duties]


def test_a_period_is_missed_where_something_was_to_come_and_did_not() -> None:
    """Of two months of a rhythm that obliges, May has a figure."""
    may, june = (
        RhythmPeriod(month, f"2019-{month}-01", f"2019-{month}-30", f"2019-{month}-30")
        for month in ("05", "06")
    )
    what = progress(figure(indicator(), ("2019-05-10", 1)))._replace(periods=(may, june))

    assert (june,) == judge(what, "2019-07-01", 30, SIDES).missed_periods


@pytest.mark.parametrize(("comparison", "finished_on"), [("at_most", LAST), ("at_least", "2019-06-20")])
def test_a_merged_unit_has_met_its_number_when_all_had_who_owed_it_then(
    comparison: str, finished_on: str
) -> None:
    """The surplus of 甲 becomes that of both on the day on which 丙, that they merged into, reports; a bound is kept until the last day."""
    owed, ends = (
        {frozenset({"甲"}): 10, frozenset({"乙"}): 20},
        (("甲", 30, "2019-03-01"), ("丙", 0, "2019-06-20")),
    )
    parts = {"甲": frozenset({"甲"}), "丙": frozenset({"甲", "乙"})}
    of = indicator(target=30, comparison=comparison, scope="unit")
    singles = tuple(
        UnsummedAmount("1", "n", "", unit, day, amount, n, parts=parts[unit])
        for n, (unit, amount, day) in enumerate(ends, 1)
    )
    share = Figure(of, {}, (), owner="丙", owed=owed)
    before, what = (
        progress(with_reported(Figure(of, {}, known, shares=(share,)))) for known in (singles[:1], singles)
    )

    lack = judge(before, LAST, 30, SIDES).lacks[0]

    assert ("丙", ("乙",)) == (lack.agency, lack.parts)
    assert finished_on == judge(what, "2019-12-31", 30, SIDES).finished_on


def test_who_declared_and_did_not_answer_leaves_the_unit_that_it_merged_into_whole() -> None:
    """No part of it is named, because none that answers has declared."""
    stranger = mark("declaration", "2019-05-01", "甲")._replace(parts=frozenset({"外"}))
    what = progress(duties=(duty("甲"),), of=item(declare=True), marks=(stranger,))
    judgement = judge(what._replace(parts={"甲": frozenset({"子"})}), "2019-06-01", 30, SIDES)

    assert (Lack(LackKind.DECLARATION, agency="甲"),) == judgement.lacks


def test_an_item_with_anything_recorded_is_open() -> None:
    assert (Standing.OPEN, 0) == stands(progress(figure(indicator(), ("2019-05-01", 3))), "2019-06-01")


def test_an_item_without_a_last_day_is_never_late() -> None:
    assert (Standing.NOT_STARTED, 0) == stands(progress(figure(indicator()), of=item("")), "2030-01-01")


def test_work_finished_on_the_last_day_is_in_time() -> None:
    what = progress(figure(indicator(), ("2019-05-01", 3), (LAST, 7)))

    assert (Standing.DONE, 0) == stands(what, "2019-12-31")


def test_late_is_judged_by_the_day_of_the_work_and_stays_visible() -> None:
    what = progress(figure(indicator(), ("2019-05-01", 3), ("2019-12-03", 7)))

    assert (Standing.DONE, 3) == stands(what, "2020-06-01")


def test_a_reversal_on_the_same_day_leaves_nothing() -> None:
    """Sums of a day that come to nothing are no trace of work."""
    what = progress(figure(indicator(), ("2019-05-01", 0)))

    assert (Standing.NOT_STARTED, 0) == stands(
        what._replace(figures=(what.figures[0]._replace(singles=()),)), "2019-06-01"
    )


def test_papers_missing_after_finished_work_are_no_late_work() -> None:
    needs = (Requirement("1", "会议纪要", "whole", ""),)
    work = figure(indicator(), ("2019-11-20", 10))
    without = judge(progress(work, papers=needs), "2019-12-05", 30, SIDES)
    later = progress(work, papers=needs, marks=(mark("paper", "2019-12-20", subject="会议纪要"),))

    assert without.standing == Standing.OVERDUE
    assert without.lacks_only_papers
    assert (Standing.DONE, 0) == stands(later, "2019-12-31")


def test_only_papers_are_missing_where_something_is_missing_and_nothing_else() -> None:
    needs = (Requirement("1", "会议纪要", "whole", ""),)
    work = figure(indicator(), ("2019-11-20", 10))
    paper = mark("paper", "2019-11-21", subject="会议纪要")
    only = progress(work, papers=needs)
    others = [
        progress(figure(indicator()), papers=needs),
        progress(work, papers=needs, of=item(declare=True)),
        progress(work, papers=needs, marks=(paper,)),
        progress(figure(indicator())),
    ]

    assert judge(only, LAST, 30, SIDES).lacks_only_papers
    assert not any(judge(one, LAST, 30, SIDES).lacks_only_papers for one in others)


@pytest.mark.parametrize("kind", ["会议纪", "会议纪要稿"])
def test_a_paper_of_another_kind_is_another_paper(kind: str) -> None:
    needs = (Requirement("1", "会议纪要", "whole", ""),)
    work = figure(indicator(), ("2019-11-20", 10))
    own = mark("paper", "2019-11-21", subject="".join(needs[0].kind))  # the same words, another object
    other = own._replace(subject=kind)

    assert (Standing.DONE, 0) == stands(progress(work, papers=needs, marks=(own,)), LAST)
    assert (Lack(LackKind.PAPER, "会议纪要"),) == judge(
        progress(work, papers=needs, marks=(other,)), LAST, 30, SIDES
    ).lacks


@pytest.mark.parametrize("kind", ["会议纪", "会议纪要稿", "会议纪要"])
@pytest.mark.parametrize("side", ["", "东区", "西县"])
@pytest.mark.parametrize("of", SIDES)
def test_each_meeting_of_a_side_wants_its_own_paper(of: str, side: str, kind: str) -> None:
    """A paper that was noted for a meeting proves that meeting, unless the other side noted it; a nought is no meeting."""
    needs = (Requirement("1", "会议纪要", "each", "n"),)
    counted = indicator("n", 1)
    held = figure(counted, ("2019-11-01", 1), ("2019-11-02", 0), side=of)
    paper = mark("paper", "2019-11-21", subject="".join(kind), side=side)._replace(
        details=write_details(entry="1"), entry=9
    )
    is_there = kind == "会议纪要" and side in ("", of)
    (other,) = {*SIDES} - {of}
    none_held = Lack(LackKind.PAPER, "会议纪要", other)
    expected = {none_held} if is_there else {none_held, Lack(LackKind.PAPER, "会议纪要", of, entry=1)}
    what = progress(held, papers=needs, marks=(paper,))

    assert expected == {*judge(what, LAST, 30, SIDES).lacks}


def test_what_is_lacking_of_the_whole_row_names_no_side_unit_or_meeting() -> None:
    needs = (Requirement("1", "会议纪要", "whole", ""),)
    asked = figure(indicator("m", None, must_report=True))
    what = progress(figure(indicator()), asked, papers=needs, of=item(declare=True), duties=())
    expected = [
        ("target", "n", "", 10, "", 0, ()),
        ("figure", "m", "", 0, "", 0, ()),
        ("declaration", "", "", 0, "", 0, ()),
        ("paper", "会议纪要", "", 0, "", 0, ()),
    ]

    assert expected == [tuple(lack) for lack in judge(what, LAST, 30, SIDES).lacks]


def test_what_a_figure_lacks_is_its_number_and_no_paper_of_that_name() -> None:
    unreported, short = indicator("first", None, must_report=True), indicator("second")
    needs = (Requirement("1", "second", "whole", ""),)
    row = progress(figure(unreported), figure(short, ("2019-11-20", 4)), papers=needs)
    judgement = judge(row, LAST, 30, SIDES)

    assert Lack(LackKind.PAPER, "second") in judgement.lacks
    assert [(Lack(LackKind.FIGURE, "first"),), (Lack(LackKind.TARGET, "second", "", 6),)] == [
        judgement.lacks_of_figure("".join(one.key)) for one in (unreported, short)
    ]


def test_a_paper_of_each_side_is_owed_by_its_own_side() -> None:
    needs = (Requirement("1", "会议纪要", "each", ""),)
    work = figure(indicator(), ("2019-11-20", 10))
    what = progress(work, papers=needs, marks=(mark("paper", "2019-11-21", subject="会议纪要", side="东区"),))
    judgement = judge(what, "2019-12-05", 30, SIDES)

    assert (Lack(LackKind.PAPER, "会议纪要", "西县"),) == judgement.lacks
    assert () == owed(judgement, what, what.duties[0])
    assert judgement.lacks == owed(judgement, what, what.duties[1])


def test_a_target_of_each_side_needs_both_sides_and_is_owed_by_the_one_that_lacks() -> None:
    each = indicator(target=2, scope="each")
    amounts = {("东区", "甲", "2019-07-16"): 2, ("西县", "乙", "2019-07-16"): 1}
    what = progress(Figure(each, amounts, ()))
    judgement = judge(what, "2019-12-05", 30, SIDES)

    assert (Lack(LackKind.TARGET, "n", "西县", 1),) == judgement.lacks
    assert [False, True] == [bool(owed(judgement, what, d)) for d in what.duties]


def test_one_units_word_never_finishes_the_row_for_the_others() -> None:
    one = progress(marks=(mark("declaration", "2019-05-01", "甲"),))
    both = progress(marks=(mark("declaration", "2019-05-01", "甲"), mark("declaration", "2019-12-02", "乙")))

    assert (Standing.OPEN, 0) == stands(one, "2019-06-01")
    assert [()] == [owed(judge(one, "2019-06-01", 30, SIDES), one, one.duties[0])]
    assert (Standing.DONE, 2) == stands(both, "2019-12-31")


def test_the_office_declares_for_all() -> None:
    assert (Standing.DONE, 0) == stands(progress(marks=(mark("declaration", "2019-11-30"),)), "2019-12-31")


def test_the_declaration_of_an_assisting_unit_finishes_nothing() -> None:
    duties = (duty("甲", "lead"), duty("丙", "assist"))
    what = progress(duties=duties, marks=(mark("declaration", "2019-05-01", "丙"),))

    assert (Lack(LackKind.DECLARATION, agency="甲"),) == judge(what, "2019-06-01", 30, SIDES).lacks


def test_a_declaration_has_a_day_for_its_unit_and_the_offices_for_all() -> None:
    one = progress(marks=(mark("declaration", "2019-05-01", "甲"),))
    office = progress(marks=(mark("declaration", "2019-05-01", "甲"), mark("declaration", "2019-05-20")))

    assert ["2019-05-01", ""] == [declared_on(one, d) for d in one.duties]
    assert ["2019-05-01", "2019-05-20"] == [declared_on(office, d) for d in office.duties]


@pytest.mark.parametrize(
    ("duties", "expected"),
    [
        ((duty("甲", "lead"), duty("乙", "responsible"), duty("丙")), ["甲"]),
        ((duty("乙", "responsible"), duty("丙"), duty("丁", "assist")), ["乙", "丙"]),
        ((duty("各乡镇", group=True), duty("丙")), ["丙"]),
        ((duty("各乡镇", "lead", group=True), duty("丙", "responsible")), ["丙"]),
        ((duty("丁", "assist"),), []),
    ],
)
def test_leads_answer_where_a_lead_is_stated_else_all_but_those_who_assist(
    duties: tuple[Duty, ...], expected: list[str]
) -> None:
    assert expected == [d.agency for d in answering(duties)]


def test_numbers_alone_do_not_finish_a_row_that_asks_for_declarations() -> None:
    what = progress(figure(indicator(), ("2019-05-01", 10)), of=item(declare=True))

    assert {LackKind.DECLARATION} == {lack.kind for lack in judge(what, "2019-06-01", 30, SIDES).lacks}


def test_a_figure_that_must_be_there_may_be_nought() -> None:
    asked = indicator("m", None, must_report=True)

    assert (Lack(LackKind.FIGURE, "m"),) == judge(progress(figure(asked)), "2019-06-01", 30, SIDES).lacks
    assert (Standing.DONE, 0) == stands(progress(figure(asked, ("2019-05-01", 0))), "2019-06-01")


def test_of_a_stock_the_latest_figure_counts() -> None:
    stock = indicator(measure="stock", target=300)
    fallen = figure(stock, ("2019-05-01", 310), ("2019-09-01", 290))
    risen = figure(stock, ("2019-05-01", 310), ("2019-09-01", 290), ("2019-12-02", 305))

    assert 290 == fallen.total()
    assert (Standing.OVERDUE, 5) == stands(progress(fallen), "2019-12-05")
    assert (Standing.DONE, 2) == stands(progress(risen), "2019-12-05")


def test_a_stock_that_stays_met_was_met_on_its_first_day() -> None:
    stock = indicator(measure="stock", target=300)

    assert (Standing.DONE, 0) == stands(
        progress(figure(stock, ("2019-05-01", 310), ("2019-12-20", 320))), "2019-12-31"
    )


@pytest.mark.parametrize(
    ("entries", "day", "standing"),
    [
        ((("2019-05-01", 9),), "2019-06-01", Standing.OPEN),
        ((("2019-05-01", 11),), "2019-06-01", Standing.OPEN),
        ((("2019-05-01", 9),), "2019-12-01", Standing.DONE),
        ((("2019-05-01", 11),), "2019-12-01", Standing.OVERDUE),
        ((), "2019-12-01", Standing.OVERDUE),
    ],
)
def test_an_upper_bound_is_judged_only_after_the_last_day_and_only_with_a_figure(
    entries: tuple[tuple[str, int], ...], day: str, standing: Standing
) -> None:
    assert standing == stands(progress(figure(indicator(comparison="at_most"), *entries)), day)[0]


def test_a_closed_row_whose_figures_changed_asks_for_review() -> None:
    closed = (mark("close", "2019-12-01"),)
    met = judge(progress(figure(indicator(), ("2019-05-01", 10)), marks=closed), "2019-12-05", 30, SIDES)
    unmet = judge(progress(figure(indicator(), ("2019-05-01", 9)), marks=closed), "2019-12-05", 30, SIDES)

    assert (Standing.CLOSED, False) == (met.standing, met.needs_review)
    assert (Standing.CLOSED, True) == (unmet.standing, unmet.needs_review)


@pytest.mark.parametrize(("newest", "review"), [(4, False), (6, True)])
@pytest.mark.parametrize("kind", ["paper", "declaration"])
def test_a_figure_after_the_close_out_asks_for_review_whatever_else_was_noted_since(
    newest: int, review: bool, kind: str
) -> None:
    marks = (mark("close", "2019-12-01")._replace(entry=5), mark(kind, "2019-12-03")._replace(entry=7))
    met = progress(figure(indicator(), ("2019-05-01", 10)), marks=marks)

    assert review == judge(met._replace(latest_figure=newest), "2019-12-05", 30, SIDES).needs_review


def test_a_cancelled_row_asks_for_no_review() -> None:
    """Nobody answers for what it lacks."""
    cancelled = progress(figure(indicator()))._replace(cancelled_on="2019-06-01")
    judgement = judge(cancelled, "2019-12-05", 30, SIDES)

    assert (Standing.CANCELLED, False) == (judgement.standing, judgement.needs_review)
    assert () == owed(judgement, cancelled, cancelled.duties[0])


def test_no_unit_owes_the_declaration_of_another() -> None:
    what = progress()
    judgement = judge(what, "2019-06-01", 30, SIDES)

    assert [["甲"], ["乙"]] == [[lack.agency for lack in owed(judgement, what, one)] for one in what.duties]


def test_a_reopened_row_is_judged_again() -> None:
    marks = (mark("close", "2019-12-01"), mark("reopen", "2019-12-02")._replace(entry=2))

    assert (Standing.OVERDUE, 5) == stands(progress(figure(indicator()), marks=marks), "2019-12-05")


def test_a_missed_binding_milestone_is_shown_and_changes_no_standing() -> None:
    binding = Milestone("1", "上半年3名", "2019-06-30", "binding", False, "", "n", 3)
    late = progress(figure(indicator(), ("2019-06-20", 2), ("2019-07-02", 1)), milestones=(binding,))
    judgement = judge(late, "2019-07-10", 30, SIDES)

    assert (binding,) == judgement.missed
    assert Standing.OPEN == judgement.standing
    assert [False, False] == [is_missed(binding, late, day) for day in ("2019-06-29", "2019-06-30")]


@pytest.mark.parametrize(("amount", "reached"), [(2, False), (3, True), (4, True)])
def test_a_milestone_is_reached_by_so_many_or_more(amount: int, reached: bool) -> None:
    binding = Milestone("1", "上半年3名", "2019-06-30", "binding", False, "", "n", 3)
    what = progress(figure(indicator(), ("2019-06-30", amount), ("2019-07-01", 5)))

    assert reached == is_reached(binding, what)
    assert reached != is_missed(binding, what, "2019-07-01")


def test_an_advisory_milestone_is_never_missed_in_the_judgement() -> None:
    advice = Milestone("1", "5月互访", "2019-05-31", "advisory", False, "", "n", 1)
    what = progress(figure(indicator()), milestones=(advice,))

    assert () == judge(what, "2019-07-10", 30, SIDES).missed
    assert is_reached(advice, what) is False


@pytest.mark.parametrize(
    "fields", [{"indicator": "", "at_least": None}, {"indicator": ""}, {"at_least": None}]
)
def test_a_milestone_of_which_no_figure_tells_is_neither_reached_nor_missed(
    fields: dict[str, object],
) -> None:
    binding = Milestone("1", "上半年3名", "2019-06-30", "binding", False, "", "n", 3)._replace(**fields)  # type: ignore[arg-type]
    what = progress(figure(indicator()), milestones=(binding,))

    assert is_reached(binding, what) is None
    assert () == judge(what, "2019-07-10", 30, SIDES).missed


days = st.dates(
    min_value=__import__("datetime").date(2019, 1, 1), max_value=__import__("datetime").date(2020, 3, 1)
).map(str)
entries = st.lists(st.tuples(days, st.integers(0, 20)), max_size=8)


@given(entries, st.permutations(range(8)), days)
def test_any_order_of_the_same_entries_gives_the_same_judgement(
    amounts: list[tuple[str, int]], order: list[int], day: str
) -> None:
    shuffled = [amounts[n] for n in order if n < len(amounts)]
    one = judge(progress(figure(indicator(), *amounts)), day, 30, SIDES)
    other = judge(progress(figure(indicator(), *shuffled)), day, 30, SIDES)

    assert one == other


@given(entries, days, st.tuples(days, st.integers(0, 20)))
def test_recording_more_never_makes_a_done_item_undone(
    amounts: list[tuple[str, int]], day: str, more: tuple[str, int]
) -> None:
    before = judge(progress(figure(indicator(), *amounts)), day, 30, SIDES)
    after = judge(progress(figure(indicator(), *amounts, more)), day, 30, SIDES)

    assert after.is_done or not before.is_done


@given(entries, days, st.booleans(), st.booleans())
def test_what_all_units_owe_together_is_empty_exactly_when_the_row_is_done(
    amounts: list[tuple[str, int]], day: str, first: bool, second: bool
) -> None:
    marks = tuple(
        mark("declaration", "2019-05-01", unit)
        for unit, declares in (("甲", first), ("乙", second))
        if declares
    )
    what = progress(figure(indicator(), *amounts), of=item(declare=True), marks=marks)
    judgement = judge(what, day, 30, SIDES)

    assert judgement.is_done == (not any(owed(judgement, what, d) for d in what.duties))


def test_what_is_spent_after_the_last_day_does_not_break_an_upper_bound() -> None:
    kept = progress(figure(indicator(comparison="at_most"), ("2019-11-01", 9), ("2019-12-20", 5)))

    assert (Standing.DONE, 0) == stands(kept, "2019-12-31")


def test_of_a_close_out_and_a_reopening_the_later_word_counts_whatever_its_day() -> None:
    reopened = mark("reopen", "2019-12-04")._replace(entry=4)
    closed = mark("close", "2019-12-03")._replace(entry=5)

    assert Standing.CLOSED == stands(progress(figure(indicator()), marks=(closed, reopened)), "2019-12-05")[0]
