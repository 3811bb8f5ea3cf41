"""One event on several items, several meetings of one item, and the papers that prove each of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import ledger_as_of
from book import Book
from conftest import at, copied
from planledger.ledger.actions.request import Recording
from planledger.plan.model.terms import Standing
from planledger.plan.refusal import Refusal
from planledger.questions.answers.missing import papers
from planledger.questions.facts.entry_rows import entry_numbered
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.database import Store

BookOn = Callable[..., Book]
SheetOn = Callable[..., Sheet]
VISIT = Recording("1.2", (("visits", "1"),), agency="江海区委办", event="代表团互访", on="2019-05-21")
MEETING = Recording("1.5", (("joint-meetings", "1"),), same_event="2")
MINUTES = Recording("1.5", paper="会议纪要", reference="试〔2019〕2号", held_by="江海区委办")


def row(sheet: Sheet, code: str) -> Row:
    return next(row for row in sheet.rows if row.item.code == code)


def lacks(sheet: Sheet, code: str) -> list[tuple[str, str, int]]:
    """The papers that an item lacks: (kind, side, entry of the meeting)."""
    return [(one.key, one.side, one.entry) for one in row(sheet, code).judgement.lacks if one.kind == "paper"]


def meeting(unit: str, day: str, **others: str) -> Recording:
    return Recording("1.3", (("meetings", "1"),), agency=unit, on=day, **others)  # type: ignore[arg-type]


def test_the_same_event_brings_day_side_unit_and_name_along(book: BookOn, store: Store) -> None:
    book().record(VISIT)
    book().record(MEETING)
    entry = entry_numbered(store, 3)

    assert ("2019-05-21", "江海区", "江海区委办") == (entry.dated, entry.side, entry.agency)
    assert ("代表团互访", 2) == (entry.detail("event"), entry.number_of("same_event"))


def test_each_row_counts_an_event_once(book: BookOn) -> None:
    book().record(VISIT)
    book().record(MEETING)

    for again in (
        MEETING,
        MEETING._replace(same_event="3"),
        Recording("1.2", (("visits", "1"),), same_event="3"),
    ):
        with pytest.raises(Refusal, match="已登记过这件事"):
            book().record(again)
    book().reverse(3, "试验")
    book().record(MEETING)


@pytest.mark.parametrize(
    "fields", [{"on": "2019-05-20"}, {"agency": "大新县委办"}, {"side": "大新县"}, {"event": "另一件"}]
)
def test_what_the_event_says_already_is_not_typed_again(book: BookOn, fields: dict[str, str]) -> None:
    book().record(VISIT)

    with pytest.raises(Refusal, match="--same-event 会带出第2号的日期、单位、方和事件；请去掉 --"):
        book().record(MEETING._replace(**fields))  # type: ignore[arg-type]


def test_an_event_without_a_side_may_be_given_one(book: BookOn, store: Store) -> None:
    book().record(Recording("1.2", (("visits", "1"),), on="2019-05-21"))
    book().record(MEETING._replace(side="大新"))

    assert ("", "大新县") == (entry_numbered(store, 3).agency, entry_numbered(store, 3).side)


@pytest.mark.parametrize("named", ["2", "3", "第3号", "３"])
def test_a_paper_of_the_event_serves_the_row_whichever_entry_it_names(
    book: BookOn, sheet: SheetOn, named: str
) -> None:
    book().record(VISIT)
    book().record(MEETING)
    book().record(MINUTES._replace(entry=named))

    assert [("会议材料", "", 3)] == lacks(sheet("2019-06-18"), "1.5")


def test_a_paper_recorded_on_another_row_of_the_event_serves_both(book: BookOn, sheet: SheetOn) -> None:
    """A joint meeting that is a standing committee too: one paper, two rows; what an action sees is what a question sees."""
    book().record(meeting("江海区委办", "2019-05-21"))
    book().record(MEETING)
    done = book().record(MINUTES._replace(entry="3"))
    again = book().record(Recording("1.3", paper="会议材料", reference="1号", held_by="江海区委办"))

    assert [("会议材料", "", 3)] == [(x.key, x.side, x.entry) for x in done.after.judgement.lacks if x.entry]  # type: ignore[union-attr]
    assert again.after
    assert row(sheet("2019-06-18"), "1.3").judgement.lacks == again.after.judgement.lacks
    assert [] == lacks(sheet("2019-06-18"), "1.5")
    assert [("会议材料", "大新县", 0), ("会议纪要", "大新县", 0)] == lacks(sheet("2019-06-18"), "1.3")


def test_each_meeting_has_its_own_papers(book: BookOn, sheet: SheetOn) -> None:
    book().record(meeting("大新县委办", "2019-05-16"))
    book().record(
        meeting("大新县委办", "2019-06-16", paper="会议纪要", reference="1号", held_by="大新县委办")
    )

    assert [("会议材料", "大新县", 2), ("会议材料", "大新县", 3), ("会议纪要", "大新县", 2)] == [
        lack for lack in lacks(sheet("2019-06-18"), "1.3") if lack[1] == "大新县"
    ]


def test_a_side_without_a_meeting_lacks_the_paper_as_before(book: BookOn, sheet: SheetOn) -> None:
    assert [("会议材料", "江海区", 0), ("会议材料", "大新县", 0)] == lacks(sheet("2019-06-18"), "1.3")[:2]


def test_a_paper_without_a_meeting_named_belongs_to_the_only_one_that_lacks_it(
    book: BookOn, store: Store, sheet: SheetOn
) -> None:
    paper = Recording("1.3", paper="会议纪要", reference="1号", held_by="大新县委办")
    with pytest.raises(Refusal, match="没有缺会议纪要的常委会；请先登记常委会"):
        book().record(paper)
    book().record(meeting("大新县委办", "2019-05-16"))
    book().record(paper)
    assert (2, "大新县") == (entry_numbered(store, 3).number_of("entry"), entry_numbered(store, 3).side)
    book().record(meeting("江海区委办", "2019-06-16"))
    book().record(meeting("大新县委办", "2019-06-17"))
    with pytest.raises(
        Refusal, match="有2次常委会缺会议纪要，请用 --entry 写明是哪一次：4（江海区2019-06-16）、5"
    ):
        book().record(paper)
    book().record(paper._replace(agency="大新县委办"))

    assert 5 == entry_numbered(store, 6).number_of("entry")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"entry": "2"}, "第2号不是 1.3 的常委会，也不是同一件事"),
        ({"entry": "3", "side": "江海区"}, "第3号是大新县的，与 江海区 不符"),
        ({"entry": "4"}, "第4号是冲正，不是一件事"),
        ({"entry": "5"}, "台账里没有第5号"),
    ],
)
def test_a_paper_that_proves_nothing_is_refused(
    book: BookOn, store: Store, fields: dict[str, str], sentence: str
) -> None:
    book().record(Recording("6.1", (("transferred", "40"),)))
    book().record(meeting("大新县委办", "2019-05-16"))
    book().reverse(2, "试验") if fields["entry"] == "4" else None
    before = store.rows("SELECT COUNT(*) FROM entry")

    with pytest.raises(Refusal, match=sentence):
        book().record(
            Recording("1.3", paper="会议纪要", reference="1号", held_by="大新县委办", **fields)  # type: ignore[arg-type]
        )
    assert before == store.rows("SELECT COUNT(*) FROM entry")


def test_a_correction_keeps_the_papers_of_what_it_corrects(
    book: BookOn, sheet: SheetOn, store: Store
) -> None:
    book().record(
        meeting("大新县委办", "2019-05-16", paper="会议纪要", reference="1号", held_by="大新县委办")
    )
    book().correct(2, "2", "一天开了两次")
    book().correct(5, "3", "三次")

    assert [("会议材料", "大新县", 7)] == [lack for lack in lacks(sheet("2019-06-18"), "1.3") if lack[2]]
    assert (5, 2) == (
        entry_numbered(store, 7).number_of("corrects"),
        entry_numbered(store, 7).number_of("same_event"),
    )


def test_a_paper_of_one_side_proves_nothing_for_the_other(book: BookOn, sheet: SheetOn) -> None:
    book().record(Recording("1.5", (("joint-meetings", "1"),), on="2019-06-10"))
    book().record(Recording("1.3", (("meetings", "1"),), same_event="2", side="江海区"))
    book().record(Recording("1.4", (("meetings", "1"),), same_event="2", side="大新县"))
    paper = Recording("1.3", paper="会议纪要", reference="1号", held_by="江海区委办", side="江海区")
    book().record(paper._replace(entry="3"))

    assert ("会议纪要", "江海区", 3) not in lacks(sheet("2019-06-18"), "1.3")
    assert ("会议纪要", "大新县", 4) in lacks(sheet("2019-06-18"), "1.4")


def test_reversing_what_others_hang_on_is_reported(book: BookOn) -> None:
    book().record(VISIT)
    book().record(MEETING)
    book().record(MINUTES._replace(entry="3"))

    assert ("注意：第3、4号与第2号是同一件事或属于它，仍然有效；需要时也请冲正。",) == book().reverse(
        2, "没有成行"
    ).warnings


def test_a_meeting_that_was_reversed_needs_no_papers(book: BookOn, sheet: SheetOn) -> None:
    book().record(meeting("大新县委办", "2019-05-16"))
    book().reverse(2, "没有开成")

    assert [("会议材料", "江海区", 0), ("会议材料", "大新县", 0)] == lacks(sheet("2019-06-18"), "1.3")[:2]


def test_a_paper_by_reference_finishes_the_row_and_nobody_is_asked_for_the_file(
    book: BookOn, sheet: SheetOn
) -> None:
    for unit in ("江海区委办", "大新县委办"):
        for day in ("2019-05-16", "2019-06-16"):
            done = book().record(meeting(unit, day, paper="会议纪要", reference="内部", held_by=unit))
            number = str(done.stored[0].number)
            book().record(Recording("1.3", paper="会议材料", reference="无文号", held_by=unit, entry=number))
    answer = papers(sheet("2019-06-18"))

    assert Standing.DONE == row(sheet("2019-06-18"), "1.3").judgement.standing
    assert 8 == len(answer.kept)
    assert {"1.4", "1.5"} == {one.row.item.code for one in (*answer.missing, *answer.pending)}


def test_missing_names_the_meeting_from_whom_and_since_when(book: BookOn, sheet: SheetOn) -> None:
    book("2019-07-18").record(
        meeting("大新县委办", "2019-07-16", paper="会议材料", reference="1号", held_by="大新县委办")
    )
    book("2019-07-18").record(Recording("1.4", (("meetings", "1"),), side="江海区", on="2019-07-17"))
    answer = papers(sheet("2019-07-20"))

    assert [
        ("1.3", "会议纪要", "大新县", 2, ("大新县委办",), "2019-07-16", 4),
        ("1.4", "会议材料", "江海区", 4, ("江海区政府办", "江海区扶贫办"), "2019-07-17", 3),
        ("1.4", "会议纪要", "江海区", 4, ("江海区政府办", "江海区扶贫办"), "2019-07-17", 3),
    ] == [
        (x.row.item.code, x.kind, x.side, x.meeting.entry, x.units, x.since, x.days)
        for x in answer.missing
        if x.meeting
    ]
    assert {("1.3", "江海区"), ("1.4", "大新县"), ("1.5", "")} == {
        (x.row.item.code, x.side) for x in answer.pending
    }
    assert ["大新县委办"] == [x.held_by for x in papers(sheet("2019-07-20"), ("大新县委办",)).kept]


def test_what_was_never_held_is_missing_when_its_day_is_past(sheet: SheetOn) -> None:
    before, after = papers(sheet("2019-11-30")), papers(sheet("2019-12-01"))

    assert (0, 10) == (len(before.missing), len(before.pending))
    assert (10, 0) == (len(after.missing), len(after.pending))
    assert {"2019-11-30"} == {one.since for one in after.missing}


@given(st.lists(st.sampled_from(["meeting", "paper", "reverse"]), max_size=8), st.data())
def test_an_action_on_one_row_sees_what_a_question_about_all_rows_sees(
    fresh_ledger: Path, steps: list[str], data: st.DataObject
) -> None:
    """Papers come from other rows too; an action asks for less, and must come to the same."""
    store = copied(fresh_ledger)
    for step in steps:
        number = data.draw(st.integers(2, 9))
        recordings = {
            "meeting": meeting("大新县委办", "2019-05-16"),
            "paper": MINUTES._replace(code="1.3", entry=str(number)),
        }
        book = Book(store, at("2019-06-18"))
        try:
            done = book.record(recordings[step]) if step in recordings else book.reverse(number, "试验")
        except Refusal:
            continue
        sheet = load(ledger_as_of(store, "2019-06-18"))
        assert done.after
        assert row(sheet, "1.3").judgement == done.after.judgement
    store.close()
