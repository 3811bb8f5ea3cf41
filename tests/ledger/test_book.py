"""The actions: what they store, what they answer, and that nothing they did is ever changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import ledger_as_of
from book import Book
from conftest import copied
from planledger.ledger.actions.report import Words
from planledger.ledger.actions.request import Recording
from planledger.ledger.clerk import Clerk
from planledger.plan.model.terms import Standing
from planledger.plan.refusal import Refusal
from planledger.questions.answers.history import duplicates
from planledger.questions.facts.entry_rows import entry_numbered
from planledger.questions.sheet import Sheet, last_entries, load
from planledger.store.database import Store

BookOn = Callable[..., Book]
SheetOn = Callable[..., Sheet]


def amount(code: str, key: str, typed: str, **others: str) -> Recording:
    return Recording(code, ((key, typed),), **others)  # type: ignore[arg-type]


def total(sheet: Sheet, code: str, key: str, side: str = "") -> int | None:
    row = next(row for row in sheet.rows if row.item.code == code)
    figure = row.progress.figure(key)
    assert figure is not None
    return figure.total(side)


def standing(sheet: Sheet, code: str) -> Standing:
    return next(row for row in sheet.rows if row.item.code == code).judgement.standing


def test_several_indicators_in_one_call_are_one_transaction(book: BookOn, sheet: SheetOn) -> None:
    with pytest.raises(Refusal):
        book().record(Recording("6.1", (("fairs", "1"), ("transferred", "四十"))))

    assert 0 == total(sheet("2019-12-31"), "6.1", "fairs")

    done = book().record(Recording("6.1", (("fairs", "1"), ("transferred", "40"))))

    assert [2, 3] == [stored.number for stored in done.stored]


def test_the_side_follows_from_the_agency(book: BookOn, sheet: SheetOn) -> None:
    book().record(amount("1.3", "meetings", "1", agency="江海区委办"))
    book().record(amount("1.3", "meetings", "2", side="大新"))

    assert [1, 2, 3] == [
        total(sheet("2019-12-31"), "1.3", "meetings", side) for side in ("江海区", "大新县", "")
    ]


def test_as_of_counts_what_had_happened_and_known_at_what_had_been_recorded(
    book: BookOn, sheet: SheetOn
) -> None:
    book("2019-06-20").record(amount("6.1", "transferred", "40", on="2019-05-10"))
    book("2019-08-01").record(amount("6.1", "transferred", "30", on="2019-07-01"))

    assert [0, 40, 70] == [
        total(sheet(day), "6.1", "transferred") for day in ("2019-05-09", "2019-06-30", "2019-07-01")
    ]
    assert 40 == total(sheet("2019-12-31", "2019-07-31T23:59:59.999999+08:00"), "6.1", "transferred")
    assert 0 == total(sheet("2019-12-31", "2019-06-20T08:59:59.999999+08:00"), "6.1", "transferred")


def test_a_reversal_takes_over_the_day_of_what_it_cancels(book: BookOn, sheet: SheetOn) -> None:
    """So the sums of every day are true, and only --known-at still sees what was believed."""
    book("2019-05-10").record(amount("6.1", "transferred", "40"))
    done = book("2019-09-01").reverse(2, "重复登记")

    assert ("2019-05-10", -40, 2) == (
        done.stored[0].draft.dated,
        done.stored[0].draft.amount,
        done.stored[0].draft.reverses,
    )
    assert 0 == total(sheet("2019-06-01"), "6.1", "transferred")
    assert 40 == total(sheet("2019-06-01", "2019-08-31T23:59:59.999999+08:00"), "6.1", "transferred")


def test_of_a_stock_neither_a_reversal_nor_what_it_cancels_is_the_latest_figure(
    book: BookOn, sheet: SheetOn
) -> None:
    for day, typed in (("2019-05-10", "300"), ("2019-06-10", "310"), ("2019-07-10", "999")):
        book(day).record(amount("6.1", "stable", typed))
    book("2019-07-11").reverse(4, "多打了一个9")

    assert 310 == total(sheet("2019-12-31"), "6.1", "stable")
    assert 999 == total(sheet("2019-12-31", "2019-07-10T23:59:59.999999+08:00"), "6.1", "stable")


def test_a_stock_may_be_dated_on_the_last_day_of_the_year_before(book: BookOn, sheet: SheetOn) -> None:
    book().record(amount("6.1", "stable", "280", on="2018-12-31"))

    assert 280 == total(sheet("2019-01-01"), "6.1", "stable")


def test_a_day_after_the_plans_year_is_stored_and_reported(book: BookOn) -> None:
    done = book("2020-01-15").record(amount("6.1", "transferred", "40"))

    assert ("注意：2020-01-15 在方案年度2019年之后，已照记。",) == done.warnings


def test_an_identical_entry_within_ten_minutes_is_stored_and_reported(book: BookOn) -> None:
    book(clock="09:00").record(amount("6.1", "transferred", "40"))
    again = book(clock="09:09").record(amount("6.1", "transferred", "40"))
    later = book(clock="09:20").record(amount("6.1", "transferred", "40"))
    other = book(clock="09:21").record(amount("6.1", "transferred", "41"))

    assert [((3, 2),), (), ()] == [again.twins, later.twins, other.twins]


def test_a_clock_set_back_is_reported_and_the_entry_kept(book: BookOn) -> None:
    book("2019-06-18").record(amount("6.1", "transferred", "40"))
    done = book("2019-06-17").record(amount("6.1", "transferred", "41"))

    assert (
        "注意：本机时钟（2019-06-17 09:00）比上一条记录（2019-06-18 09:00）还早，请核对时钟；已照记。",
    ) == done.warnings


def test_one_unit_of_thirteen_declares_and_twelve_remain(book: BookOn, sheet: SheetOn) -> None:
    book().record(Recording("7.1", is_done=True, agency="江海区妇联"))
    row = next(row for row in sheet("2019-12-01").rows if row.item.code == "7.1")

    assert 12 == sum(bool(row.owed_by(duty)) for duty in row.progress.duties)
    assert Standing.OVERDUE == row.judgement.standing


def test_the_office_declares_for_all(book: BookOn, sheet: SheetOn) -> None:
    book("2019-10-31").record(Recording("7.1", is_done=True, note="十三家均已报来"))

    assert Standing.DONE == standing(sheet("2019-12-01"), "7.1")


def test_papers_by_reference_satisfy_their_side(book: BookOn, sheet: SheetOn) -> None:
    for side, unit in (("江海区", "江海区委办"), ("大新县", "大新县委办")):
        book().record(amount("1.3", "meetings", "2", side=side))
        for kind in ("会议材料", "会议纪要"):
            book().record(Recording("1.3", paper=kind, reference="试〔2019〕1号", held_by=unit, agency=unit))

    assert Standing.DONE == standing(sheet("2019-12-01"), "1.3")


def test_only_what_is_done_is_closed_and_a_reversal_asks_for_review(book: BookOn, sheet: SheetOn) -> None:
    with pytest.raises(Refusal, match="还没有完成"):
        book().close("2.1")
    book("2019-08-31").record(amount("2.1", "cadres", "2"))
    book("2019-09-02").close("2.1")
    with pytest.raises(Refusal, match="已经销号"):
        book("2019-09-02").close("2.1")

    assert Standing.CLOSED == standing(sheet("2019-09-02"), "2.1")

    book("2019-09-05").reverse(2, "其中一人未到任")
    row = next(row for row in sheet("2019-09-06").rows if row.item.code == "2.1")

    assert (Standing.CLOSED, True) == (row.judgement.standing, row.judgement.needs_review)

    book("2019-09-06").reopen("2.1", "数据已变")

    assert Standing.OVERDUE == standing(sheet("2019-09-06"), "2.1")


def test_a_closed_row_whose_figures_changed_asks_for_review_though_it_is_still_done(
    book: BookOn, sheet: SheetOn
) -> None:
    book("2019-08-30").record(amount("2.1", "cadres", "2"))
    book("2019-09-02").close("2.1")
    book("2019-09-05").record(amount("2.1", "cadres", "1"))

    assert [False, True] == [
        next(row for row in sheet(day).rows if row.item.code == "2.1").judgement.needs_review
        for day in ("2019-09-04", "2019-09-05")
    ]
    book("2019-09-06").reopen("2.1", "核对后重新销号")
    book("2019-09-06").close("2.1")
    assert not next(row for row in sheet("2019-09-07").rows if row.item.code == "2.1").judgement.needs_review


def test_a_correction_of_either_keeps_the_doubt(book: BookOn, store: Store) -> None:
    def pairs() -> list[tuple[int, int]]:
        marked = duplicates(ledger_as_of(store, "2019-12-31")).pairs
        return [(pair.later.number, pair.earlier.number) for pair in marked]

    book().record(amount("6.1", "fairs", "40", agency="江海区人社局"))
    book().record(amount("6.1", "fairs", "40", agency="大新县人社局"))
    assert [(3, 2)] == pairs()
    book().correct(2, "41", "漏报1人")
    assert (5, 3) in pairs()
    book().correct(3, "42", "漏报2人")
    assert any({5, 7} == set(pair) for pair in pairs())


def test_a_close_out_itself_may_be_reversed(book: BookOn, sheet: SheetOn) -> None:
    book("2019-08-31").record(amount("2.1", "cadres", "2"))
    closed = book("2019-09-02").close("2.1")
    book("2019-09-03").reverse(closed.stored[0].number, "销错了")

    assert Standing.DONE == standing(sheet("2019-09-04"), "2.1")


def test_the_office_does_not_declare_for_one_side(book: BookOn) -> None:
    """One side's word never finishes the row for the other."""
    with pytest.raises(Refusal, match="申报完成不分方"):
        book().record(Recording("1.1", is_done=True, side="江海区"))


def test_a_reversal_is_never_known_before_what_it_cancels(book: BookOn, sheet: SheetOn) -> None:
    book("2019-11-20", "10:00").record(amount("6.1", "transferred", "40"))
    book("2019-11-20", "09:59").reverse(2, "试验")

    assert [0, 0] == [
        total(sheet("2019-12-01", f"2019-11-20T{clock}:00.000000+08:00"), "6.1", "transferred")
        for clock in ("09:59", "10:00")
    ]


def test_another_paper_of_the_same_kind_is_no_twin(book: BookOn) -> None:
    book().record(amount("1.3", "meetings", "1", agency="江海区委办"))
    first = Recording("1.3", paper="会议纪要", reference="1号", held_by="江海区委办", entry="2")
    book().record(first)

    assert ((), ((5, 3),)) == (
        book().record(first._replace(reference="2号")).twins,
        book().record(first).twins,
    )


def test_an_entry_of_another_plan_is_not_reversed_under_this_one(store: Store, book: BookOn) -> None:
    book().record(amount("6.1", "transferred", "40"))

    with pytest.raises(Refusal, match="属于方案 jianghai-daxin-2019"):
        Book(store, book().clerk, "another").reverse(2, "试验")


def test_a_report_in_words_opens_the_row_ends_the_silence_and_finishes_nothing(
    book: BookOn, sheet: SheetOn
) -> None:
    before = sheet("2019-06-18")
    book().report(
        Words("7.1", progress="正在摸底", problem="名单不全", next_step="下周核对", agency="江海区妇联")
    )
    after = sheet("2019-06-18")
    row = next(row for row in after.rows if row.item.code == "7.1")

    assert [Standing.NOT_STARTED, Standing.OPEN] == [standing(before, "7.1"), standing(after, "7.1")]
    assert 13 == sum(bool(row.owed_by(duty)) for duty in row.progress.duties)
    assert "2019-06-18" == last_entries(after)["江海区妇联"]


def test_a_report_of_nothing_ends_the_silence_only(book: BookOn, sheet: SheetOn) -> None:
    book().report(Words("7.1", is_nothing=True, agency="江海区妇联"))

    assert Standing.NOT_STARTED == standing(sheet("2019-06-18"), "7.1")
    assert "2019-06-18" == last_entries(sheet("2019-06-18"))["江海区妇联"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (Words("7.1"), "没有写进展"),
        (Words("7.1", problem="名单不全"), "没有写进展"),
        (Words("7.1", progress="摸底", is_nothing=True), "零报告，不能同时写"),
        (Words("7.1", progress="11010519491231002X"), "进展情况里有身份证号"),
        (Words("7.1", progress="摸底", agency="工商联"), "工商联 有2家"),
        (Words("7.1", progress="摸底", agency="江海区人社局"), "不是 7.1 的责任单位"),
        (Words("7.1", progress="摸底", on="2019-06-19"), "还没有到"),
    ],
)
def test_a_report_that_cannot_stand_is_refused(
    book: BookOn, store: Store, words: Words, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        book().report(words)
    assert [(1,)] == store.rows("SELECT COUNT(*) FROM entry")


def test_a_report_is_reversed_like_any_other_entry(book: BookOn, sheet: SheetOn) -> None:
    book().report(Words("7.1", progress="正在摸底"))
    book().reverse(2, "登错了事项")

    assert Standing.NOT_STARTED == standing(sheet("2019-06-18"), "7.1")


@pytest.mark.parametrize(
    ("code", "key", "typed", "on", "agency", "marked"),
    [
        ("6.1", "fairs", "40", "2019-06-18", "江海区人社局", True),
        ("6.1", "fairs", "44", "2019-06-01", "江海区人社局", True),
        ("6.1", "fairs", "36", "2019-06-18", "江海区教育局", True),
        ("6.1", "fairs", "45", "2019-06-18", "江海区人社局", False),
        ("6.1", "fairs", "40", "2019-05-31", "江海区人社局", False),
        ("6.1", "fairs", "40", "2019-06-18", "大新县人社局", False),
        ("6.1", "fairs", "40", "2019-06-18", "", False),
        ("6.1", "transferred", "40", "2019-06-18", "江海区人社局", False),
    ],
)
def test_a_like_amount_of_another_unit_in_the_same_month_is_stored_and_marked(  # noqa: PLR0917
    book: BookOn, store: Store, code: str, key: str, typed: str, on: str, agency: str, marked: bool
) -> None:
    book().record(amount("6.1", "fairs", "40", agency="大新县人社局", on="2019-06-03"))
    book().record(amount(code, key, typed, agency=agency, on=on))

    assert (2 if marked else 0) == entry_numbered(store, 3).resembles


def test_what_each_side_counts_for_itself_is_never_marked(book: BookOn, store: Store) -> None:
    book().record(amount("1.3", "meetings", "1", agency="江海区委办"))
    book().record(amount("1.3", "meetings", "1", agency="大新县委办"))

    assert 0 == entry_numbered(store, 3).resembles


def test_a_reversal_of_either_settles_the_doubt(book: BookOn, store: Store) -> None:
    def pairs() -> list[tuple[int, int]]:
        marked = duplicates(ledger_as_of(store, "2019-12-31")).pairs
        return [(pair.later.number, pair.earlier.number) for pair in marked]

    for unit in ("大新县人社局", "江海区人社局", "江海区教育局"):
        book().record(amount("6.1", "fairs", "40", agency=unit))
    assert [(4, 2), (3, 2)] == pairs()
    book().reverse(3, "重复上报")
    assert [(4, 2)] == pairs()
    book().reverse(2, "重复上报")
    assert [] == pairs()


def test_money_is_kept_to_the_cent(book: BookOn, sheet: SheetOn) -> None:
    for _ in range(10):
        book().record(amount("7.1", "donations", "0.1"))
    book().record(amount("7.1", "donations", "1.2万"))

    assert 1_200_100 == total(sheet("2019-12-31"), "7.1", "donations")


def test_a_correction_is_a_reversal_and_the_right_entry_in_one(
    book: BookOn, sheet: SheetOn, store: Store
) -> None:
    book("2019-06-18").record(amount("6.1", "transferred", "40", agency="大新县人社局"))
    done = book("2019-07-01").correct(2, "45", "漏报5人")

    assert [("reversal", -40, 2), ("amount", 45, None)] == [
        (s.draft.kind, s.draft.amount, s.draft.reverses) for s in done.stored
    ]
    assert {("2019-06-18", "大新县人社局", "大新县")} == {
        (s.draft.dated, s.draft.agency, s.draft.side) for s in done.stored
    }
    assert "更正第2号：漏报5人" == done.stored[1].draft.note
    assert [45, 40] == [
        total(sheet("2019-12-31", moment), "6.1", "transferred")
        for moment in ("9999", "2019-06-30T00:00:00.000000+08:00")
    ]
    for number, typed in ((4, "四十"), (4, "45"), (2, "50"), (1, "5")):
        with pytest.raises(Refusal):
            book("2019-07-01").correct(number, typed, "试验")
    assert [(4,)] == store.rows("SELECT COUNT(*) FROM entry")


def test_only_a_figure_is_corrected(book: BookOn) -> None:
    book().record(Recording("7.1", is_done=True))

    with pytest.raises(Refusal, match="第2号不是数量"):
        book().correct(2, "5", "试验")


@pytest.mark.parametrize(("recorded", "late"), [("2019-07-18", False), ("2019-07-19", True)])
def test_an_entry_recorded_more_than_thirty_days_after_its_day_is_typed_late(
    book: BookOn, store: Store, recorded: str, late: bool
) -> None:
    book(recorded).record(amount("6.1", "transferred", "40", on="2019-06-18"))
    book("2019-12-01").reverse(2, "试验")

    assert [late, False] == [entry_numbered(store, number).was_typed_late for number in (2, 3)]


actions = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.sampled_from(["transferred", "fairs"]), st.integers(0, 200)),
        st.tuples(st.just("reverse"), st.just(""), st.integers(2, 12)),
    ),
    max_size=12,
)


@given(actions)
def test_whatever_was_recorded_reversing_all_of_it_leaves_nothing(
    fresh_ledger: Path, done: list[tuple[str, str, int]]
) -> None:
    """Sums are never negative on the way, and a ledger of which everything is reversed stands as a new one."""
    clerk = Clerk("试验员", "2019-06-18T09:00:00.000000+08:00")
    store, fresh = copied(fresh_ledger), copied(fresh_ledger)
    book = Book(store, clerk)
    for action, key, number in done:
        try:
            if action == "record":
                book.record(amount("6.1", key, str(number)))
            else:
                book.reverse(number, "试验")
        except Refusal:
            continue
        assert all((total(_sheet(store), "6.1", key) or 0) >= 0 for key in ("transferred", "fairs"))
    for (number,) in store.rows("SELECT id FROM entry WHERE kind = 'amount' ORDER BY id"):
        try:
            book.reverse(number, "试验")
        except Refusal:
            continue

    assert [row.judgement for row in _sheet(fresh).rows] == [row.judgement for row in _sheet(store).rows]
    store.close()
    fresh.close()


def _sheet(store: Store) -> Sheet:
    return load(ledger_as_of(store, "2019-06-18"))
