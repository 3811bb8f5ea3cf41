"""Amendments: what is in force from a day on, while the plan's own words stay as they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import ledger_as_of
from book import Book
from conftest import copied
from planledger.formats.admin.plan_file import adoption_lines
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.actions.filing import HandIn
from planledger.ledger.actions.request import Recording
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.plan.model.terms import Standing
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.questions.answers.filings import filings
from planledger.questions.answers.history import history
from planledger.questions.judge.standing import Judgement
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.database import Store

BookOn = Callable[..., Book]
SheetOn = Callable[..., Sheet]


def amending(
    code: str, because: str = "省里调整", basis: str = "试〔2019〕5号", **others: object
) -> Amending:
    return Amending(code, because, basis, **others)  # type: ignore[arg-type]


def row(sheet: Sheet, code: str) -> Row:
    return next(row for row in sheet.rows if row.item.code == code)


def target(sheet: Sheet, code: str = "6.1", key: str = "transferred") -> int | None:
    figure = row(sheet, code).progress.figure(key)
    assert figure is not None
    return figure.indicator.target


def test_a_target_is_in_force_from_its_day_and_as_far_as_it_was_known(book: BookOn, sheet: SheetOn) -> None:
    book("2019-09-10").amend(amending("6.1", target=("新增转移就业", "172"), since="2019-09-01"))

    assert [155, 172] == [target(sheet(day)) for day in ("2019-08-31", "2019-09-01")]
    assert 155 == target(sheet("2019-12-31", "2019-09-09T23:59:59.999999+08:00"))


def test_what_was_done_by_the_old_target_is_not_done_by_the_new_one(book: BookOn, sheet: SheetOn) -> None:
    book("2019-05-10").record(Recording("2.1", (("cadres", "2"),)))
    book("2019-07-01").amend(amending("2.1", target=("cadres", "3")))

    assert [Standing.DONE, Standing.OPEN] == [
        row(sheet(day), "2.1").judgement.standing for day in ("2019-06-30", "2019-07-01")
    ]


def test_an_extension_in_time_leaves_no_late_day(book: BookOn, sheet: SheetOn) -> None:
    book("2019-08-31").amend(amending("2.1", due="2019-10-31"))
    judgement = row(sheet("2019-10-31"), "2.1").judgement

    assert (Standing.DUE_SOON, 0, 0) == (judgement.standing, judgement.days_late, judgement.late_before)


@pytest.mark.parametrize(
    ("day", "standing", "late", "before"),
    [
        ("2019-09-04", Standing.OVERDUE, 4, 0),
        ("2019-09-05", Standing.NOT_STARTED, 5, 5),
        ("2019-10-31", Standing.DUE_SOON, 5, 5),
        ("2019-11-02", Standing.OVERDUE, 7, 5),
    ],
)
def test_an_extension_after_the_deadline_keeps_the_late_days(
    book: BookOn, sheet: SheetOn, day: str, standing: Standing, late: int, before: int
) -> None:
    """逾期后延期: a new deadline does not make up for the days on which the item was late."""
    book("2019-09-05").amend(amending("2.1", due="2019-10-31"))
    judgement = row(sheet(day), "2.1").judgement

    assert (standing, late, before) == (judgement.standing, judgement.days_late, judgement.late_before)


@pytest.mark.parametrize(
    ("finished", "late"), [("2019-08-30", 0), ("2019-09-03", 3), ("2019-10-01", 5), ("2019-11-02", 7)]
)
def test_late_after_an_extension_is_judged_by_the_day_of_the_work(
    book: BookOn, sheet: SheetOn, finished: str, late: int
) -> None:
    book("2019-09-05").amend(amending("2.1", due="2019-10-31"))
    book("2019-11-20").record(Recording("2.1", (("cadres", "2"),), on=finished))

    assert (Standing.DONE, late) == row(sheet("2019-12-31"), "2.1").judgement[:2]


def test_two_extensions_each_after_its_deadline_add_up(book: BookOn, sheet: SheetOn) -> None:
    book("2019-09-05").amend(amending("2.1", due="2019-09-30"))
    book("2019-10-03").amend(amending("2.1", due="2019-10-31"))

    assert (5 + 3 + 1, 5 + 3) == row(sheet("2019-11-01"), "2.1").judgement[1:3]


def test_a_deadline_may_be_typed_as_the_document_writes_one(book: BookOn, sheet: SheetOn) -> None:
    book("2019-06-01").amend(amending("2.1", due="10月底前"))

    assert "2019-10-31" == row(sheet("2019-06-01"), "2.1").item.last_day
    assert "2019年8月" == row(sheet("2019-06-01"), "2.1").item.due


def test_cancelled_is_a_standing_of_its_own_and_nobody_owes(book: BookOn, sheet: SheetOn) -> None:
    book("2019-10-08").amend(amending("5.4", is_cancelled=True))
    one = row(sheet("2019-12-31"), "5.4")

    assert Standing.CANCELLED == one.judgement.standing
    assert not one.judgement.is_done
    assert [] == [duty for duty in one.progress.duties if one.owed_by(duty)]


def test_what_was_late_when_it_was_cancelled_stays_so(book: BookOn, sheet: SheetOn) -> None:
    book("2019-12-05").amend(amending("5.4", is_cancelled=True))

    assert (Standing.CANCELLED, 5) == row(sheet("2019-12-31"), "5.4").judgement[:2]


def test_a_unit_that_the_plan_left_open_gets_its_name_and_answers(book: BookOn, sheet: SheetOn) -> None:
    """5.1's 项目实施单位."""
    book("2019-05-05").amend(amending("5.1", add_agency="大新县住建局", side="大新", role="负责"))
    book("2019-06-18").record(Recording("5.1", (("housing", "1"),), agency="大新县住建局"))
    book("2019-06-18").record(
        Recording(
            "1.3",
            (("meetings", "1"),),
            paper="会议纪要",
            reference="1号",
            held_by="大新县住建局",
            side="大新县",
        )
    )
    annex = sheet("2019-06-18")
    duty = row(annex, "5.1").duty_of("大新县住建局")

    assert duty
    assert ("大新县", "responsible") == (duty.side, duty.role)
    assert row(annex, "5.1").owed_by(duty)
    assert "大新县住建局" in [agency.name for agency in annex.agencies]
    assert "大新县住建局" not in [agency.name for agency in sheet("2019-05-04").agencies]


def test_a_unit_that_was_added_hands_in_what_every_unit_hands_in(book: BookOn, sheet: SheetOn) -> None:
    book("2019-05-05").amend(amending("5.1", add_agency="大新县住建局", side="大新", role="负责"))
    book("2019-11-14").hand_in(HandIn("archive", "大新县住建局"))
    units = {unit.agency.name: unit.states[0].first_on for unit in filings(sheet("2019-11-15")).units}

    assert "2019-11-14" == units["大新县住建局"]


def test_a_unit_that_was_dropped_owes_nothing_and_what_it_reported_counts(
    book: BookOn, sheet: SheetOn
) -> None:
    book("2019-06-01").record(Recording("6.1", (("fairs", "4"),), agency="江海区教育局"))
    book("2019-06-18").amend(amending("6.1", drop_agency="江海区教育局"))
    one = row(sheet("2019-06-18"), "6.1")
    figure = one.progress.figure("fairs")

    assert None is one.duty_of("江海区教育局")
    assert 4 == (figure.total() if figure else None)


def test_the_later_of_two_amendments_counts_and_both_are_shown(book: BookOn, sheet: SheetOn) -> None:
    book("2019-09-10").amend(amending("6.1", target=("transferred", "172")))
    book("2019-09-20").amend(amending("6.1", target=("transferred", "160")))

    assert [172, 160] == [target(sheet(day)) for day in ("2019-09-19", "2019-09-20")]
    assert [2, 3] == [one.entry for one in row(sheet("2019-09-20"), "6.1").progress.amendments]


def test_reversing_the_earlier_of_two_leaves_the_later_in_force(book: BookOn, sheet: SheetOn) -> None:
    book("2019-09-10").amend(amending("6.1", target=("transferred", "172")))
    book("2019-09-20").amend(amending("6.1", target=("transferred", "160")))
    book("2019-09-21").reverse(2, "文号写错")

    assert 160 == target(sheet("2019-09-21"))


def test_a_new_version_that_says_the_same_thing_otherwise_ends_an_amendment(
    book: BookOn, sheet: SheetOn, store: Store, plan: Plan
) -> None:
    """A clerk who writes 180 into the plan means 180, whatever was amended before, and is told so; a corrected title changes nothing."""

    def version(**changed: object) -> Plan:
        return plan._replace(
            indicators=tuple(
                i._replace(**changed) if (i.code, i.key) == ("6.1", "transferred") else i  # type: ignore[arg-type]
                for i in plan.indicators
            )
        )

    clerk = Clerk("试验员", "2019-09-20T09:00:00.000000+08:00")
    book("2019-09-10").amend(amending("6.1", target=("transferred", "172")))
    assert () == adopt(store, NewPlan(version(label="新增转移就业人数"), clerk)).lapsed
    assert 172 == target(sheet("2019-09-20"))
    last = adoption_lines(adopt(store, NewPlan(version(target=180), clerk))).splitlines()[-1]
    assert "注意：第2号调整的是原来的值，新版本改了它，调整不再有效；仍要按调整的，请再调整一次。" == last

    assert 180 == target(sheet("2019-09-20"))
    assert () == row(sheet("2019-09-20"), "6.1").progress.amendments


def test_a_new_version_need_not_name_the_units_that_were_added(
    book: BookOn, store: Store, plan: Plan
) -> None:
    book("2019-05-05").amend(amending("5.1", add_agency="大新县住建局", side="大新", role="负责"))
    book("2019-06-18").record(Recording("5.1", (("housing", "1"),), agency="大新县住建局"))
    renamed = plan._replace(meta=plan.meta._replace(title="改名"))

    assert 4 == adopt(store, NewPlan(renamed, Clerk("试验员", "2019-06-19T09:00:00.000000+08:00"))).entry


def test_a_new_version_may_not_drop_what_was_amended(book: BookOn, store: Store, plan: Plan) -> None:
    book("2019-09-10").amend(amending("6.1", target=("students", "9")))
    without = plan._replace(indicators=tuple(i for i in plan.indicators if i.key != "students"))

    with pytest.raises(Refusal, match=r"6\.1 的指标 就读职业学校"):
        adopt(store, NewPlan(without, Clerk("试验员", "2019-09-20T09:00:00.000000+08:00")))


def test_a_target_where_the_plan_promised_none_is_asked_besides_the_declarations(
    book: BookOn, sheet: SheetOn
) -> None:
    book("2019-06-01").amend(amending("1.1", target=("inspections", "4")))
    one = row(sheet("2019-06-18"), "1.1")

    assert ["target", *["declaration"] * 4] == [lack.kind for lack in one.judgement.lacks]


ADD = {"add_agency": "江海区财政局", "role": "配合"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (amending("2.1"), "没有写调整什么"),
        (amending("2.1", due="2019-10-31", is_cancelled=True), "一次只调整一样"),
        (amending("2.1", because="", due="2019-10-31"), "--because"),
        (amending("2.1", basis=" ", due="2019-10-31"), "--basis 无文号"),
        (amending("2.1", due="明年某天"), "--due 明年某天"),
        (amending("2.1", due="2019-08-31"), "本来就是 2019-08-31"),
        (amending("2.1", due="2019-06-17"), "早于调整生效的 2019-06-18"),
        (amending("2.1", due="2019-10-31", since="2019-06-19"), "--from 2019-06-19 还没有到"),
        (amending("2.1", target=("cadre", "3")), "您是不是要写：cadres"),
        (amending("2.1", target=("cadres", "三")), "--target cadres 三：数量“三”是中文数字"),
        (amending("2.1", target=("cadres", "2")), "本来就是这个数"),
        (amending("2.1", quota=("江海区组织部", "2")), "2.1 没有由各单位分别完成的指标；请用 --target"),
        (amending("2.1", add_agency="江海区财政局"), "--role 写明职责：牵头、负责、配合"),
        (
            amending("2.1", add_agency="江海区财政局", role="责任"),
            "没有职责 “责任”；请用 --role 写明职责：牵头、负责、配合",
        ),
        (amending("2.1", **{**ADD, "add_agency": "财政局"}), "财政局 有2家"),
        (amending("2.1", **{**ADD, "add_agency": "江海区组织部"}), "已经是 2.1 的责任单位"),
        (amending("2.1", **ADD, side="大新"), "属于 江海区"),
        (
            amending("2.1", **{**ADD, "add_agency": "江海区财正局"}),
            "您是不是要写：江海区财政局",
        ),
        (
            amending("2.1", **{**ADD, "add_agency": "甲、乙"}, side="大新"),
            "只写一家单位的全称",
        ),
        (amending("2.1", drop_agency="江海区财政局"), "不是 2.1 的责任单位"),
        (amending("2.1", because="11010519491231002X", is_cancelled=True), "身份证号"),
        (amending("2.9", is_cancelled=True), "没有事项 2.9"),
    ],
)
def test_an_amendment_that_cannot_stand_is_refused(
    book: BookOn, store: Store, typed: Amending, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        book().amend(typed)
    assert [(1,)] == store.rows("SELECT COUNT(*) FROM entry")


def test_a_cancelled_item_keeps_the_late_days_of_its_day_whatever_is_recorded_after(
    book: BookOn, sheet: SheetOn
) -> None:
    book("2019-12-05").amend(amending("2.2", is_cancelled=True))
    book("2019-12-25").record(Recording("2.2", (("trainees", "20"),), on="2019-12-20"))

    assert (Standing.CANCELLED, 5) == row(sheet("2019-12-31"), "2.2").judgement[:2]


def test_an_amendment_is_judged_by_the_day_from_which_it_holds(book: BookOn, sheet: SheetOn) -> None:
    book("2019-12-05").amend(amending("2.2", due="2019-12-31", since="2019-12-03"))
    done = book("2019-12-05").amend(amending("2.2", due="2019-12-31", since="2019-11-10"))

    assert 3 == done.stored[0].number
    assert 0 == row(sheet("2019-12-05"), "2.2").judgement.days_late


def test_late_days_that_an_amendment_makes_vanish_are_reported(book: BookOn) -> None:
    book("2019-10-01").record(Recording("2.2", (("trainees", "15"),)))
    done = book("2019-12-20").amend(amending("2.2", target=("trainees", "15")))

    assert (
        "注意：2.2 原来逾期20天，按这次调整是已完成、逾期0天；调整前的情况可用 --known-at 查看。",
    ) == done.warnings


def test_an_amendment_that_a_later_one_overrules_is_reported(book: BookOn) -> None:
    sentence = "注意：2.2 此后已有别的调整，第3号只管那以前的日子；如登记有误，请冲正。"
    book("2019-11-25").amend(amending("2.2", due="2019-12-31", since="2019-11-20"))

    assert (sentence,) == book("2019-11-25").amend(
        amending("2.2", due="2019-12-20", since="2019-11-10")
    ).warnings


@pytest.mark.parametrize("name", ["各乡镇", "两地人社局", "江海区", "某\n公司", "甲%公司", "长" * 41])
def test_what_names_nobody_is_no_unit(book: BookOn, name: str) -> None:
    with pytest.raises(Refusal, match="只写一家单位的全称"):
        book().amend(amending("2.2", add_agency=name, side="大新", role="负责"))


def test_the_addition_of_a_unit_that_did_something_is_not_reversed(book: BookOn) -> None:
    book("2019-05-05").amend(amending("5.1", add_agency="大新县住建局", side="大新", role="负责"))
    book("2019-06-18").record(Recording("5.1", (("housing", "1"),), agency="大新县住建局"))

    with pytest.raises(Refusal, match="增加之后已有记录（第3号），不能冲正"):
        book("2019-06-19").reverse(2, "试验")


def test_what_is_done_or_cancelled_is_not_cancelled(book: BookOn) -> None:
    book().record(Recording("2.1", (("cadres", "2"),)))
    book().amend(amending("5.4", is_cancelled=True))

    for code, word in (("2.1", "已完成"), ("5.4", "终止")):
        with pytest.raises(Refusal, match=f"{code} {word}，不能再终止"):
            book().amend(amending(code, is_cancelled=True))
    with pytest.raises(Refusal, match="终止"):
        book().close("5.4")


# Laws


CHANGES = st.sampled_from(
    [
        {"due": "2019-10-31"},
        {"due": "2019-12-31"},
        {"target": ("transferred", "172")},
        {"target": ("fairs", "3")},
        {"add_agency": "江海区财政局", "role": "负责"},
        {"add_agency": "大新县住建局", "side": "大新", "role": "牵头"},
        {"drop_agency": "江海区教育局"},
        {"is_cancelled": True},
    ]
)
DAY = "2019-09-10"


def sheet_of(store: Store, day: str = "2019-12-05") -> Sheet:
    return load(ledger_as_of(store, day))


@given(CHANGES, st.integers(0, 200))
def test_an_amendment_and_its_reversal_leave_nothing_but_two_lines_of_history(
    fresh_ledger: Path, change: dict[str, Any], amount: int
) -> None:
    clerk = Clerk("试验员", f"{DAY}T09:00:00.000000+08:00")
    store = copied(fresh_ledger)
    book = Book(store, clerk)
    book.record(Recording("6.1", (("transferred", str(amount)),)))
    before = sheet_of(store)
    done = book.amend(amending("6.1", **change))
    assert sheet_of(store) != before
    book.reverse(done.stored[0].number, "试验")
    after = sheet_of(store)
    entries = history(ledger_as_of(store, "2019-12-05")).entries

    assert before == after
    assert ["reversal", "amendment", "amount", "adoption"] == [entry.kind for entry in entries]
    store.close()


@dataclass
class Action:
    """One thing that is recorded on a day of its own."""

    day: str
    typed: Recording | Amending
    order: int = field(default=0, compare=False)

    def do(self, store: Store, clock: int) -> None:
        clerk = Clerk("试验员", f"2019-12-04T10:{clock:02}:00.000000+08:00")
        book = Book(store, clerk)
        if isinstance(self.typed, Recording):
            book.record(self.typed._replace(on=self.day))
        else:
            book.amend(self.typed._replace(since=self.day))


ENTRIES = (
    Action("2019-05-10", Recording("6.1", (("transferred", "100"),), agency="江海区人社局")),
    Action("2019-06-10", Recording("6.1", (("stable", "200"),), agency="大新县人社局")),
    Action("2019-07-10", Recording("6.1", (("transferred", "55"), ("fairs", "1")), agency="大新县人社局")),
    Action("2019-08-10", amending("6.1", target=("transferred", "150"))),
    Action("2019-09-10", amending("6.1", target=("transferred", "172"))),
    Action("2019-10-10", amending("6.1", add_agency="江海区财政局", role="负责")),
    Action("2019-11-10", Recording("6.1", (("stable", "210"),), agency="大新县人社局")),
    Action("2019-12-03", Recording("6.1", (("students", "0"), ("graduates", "0"), ("transferred", "20")))),
)


def judged_in(order: Sequence[Action], ledger: Path) -> list[Judgement]:
    """How a row of a ledger stands on several days, after the entries came in an order."""
    store = copied(ledger)
    for clock, action in enumerate(order):
        action.do(store, clock)
    days = ("2019-06-30", "2019-08-31", "2019-09-30", "2019-12-02", "2019-12-31")
    judgements = [row(sheet_of(store, day), "6.1").judgement for day in days]
    store.close()
    return judgements


@pytest.fixture(scope="module")
def in_order(fresh_ledger: Path) -> list[Judgement]:
    return judged_in(ENTRIES, fresh_ledger)


@given(st.permutations(ENTRIES))
def test_any_order_of_the_same_entries_gives_the_same_standings(
    fresh_ledger: Path, in_order: list[Judgement], order: list[Action]
) -> None:
    """What counts is the day of the work and of the change, not when somebody typed it."""
    assert in_order == judged_in(order, fresh_ledger)


@given(st.lists(st.tuples(CHANGES, st.booleans()), max_size=6), st.integers(0, 200))
def test_what_all_units_owe_together_is_empty_exactly_when_the_row_is_done_or_cancelled(
    fresh_ledger: Path, changes: list[tuple[dict[str, Any], bool]], amount: int
) -> None:
    clerk = Clerk("试验员", f"{DAY}T09:00:00.000000+08:00")
    store = copied(fresh_ledger)
    book = Book(store, clerk)
    rest = (("fairs", "3"), ("stable", "1"), ("students", "0"), ("graduates", "0"))
    book.record(Recording("6.1", (("transferred", str(amount)), *rest)))
    for change, is_reversed in changes:
        try:
            done = book.amend(amending("6.1", **change))
        except Refusal:
            continue
        if is_reversed:
            book.reverse(done.stored[0].number, "试验")
        one = row(sheet_of(store), "6.1")
        owes = any(one.owed_by(duty) for duty in one.progress.duties)
        assert owes == (not one.judgement.is_done and one.judgement.standing != Standing.CANCELLED)
    store.close()


def test_the_days_of_the_law_differ_so_that_no_order_is_hidden_in_them() -> None:
    assert all(one.day < other.day for one, other in pairwise(ENTRIES))
