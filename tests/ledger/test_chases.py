"""Chases in a file and on a server: what is stored, and what answers it, by the names of the day."""

from collections.abc import Callable

from asking import ledger_as_of
from book import Book
from planledger.ledger.actions.request import Recording
from planledger.questions.answers.chases import ChasedUnit, chases
from planledger.questions.answers.debts import Choice
from planledger.questions.sheet import Sheet
from planledger.store.database import Store

UNIT, NAME = "大新县人社局", "大新县人力局"


def test_what_came_after_a_chase_answers_it(
    book: Callable[..., Book], sheet: Callable[..., Sheet], store: Store
) -> None:
    """A figure of October that is recorded in November does; one that was recorded before, or taken back, does not."""
    choice = Choice((UNIT,), month="10月")
    figure = Recording("6.1", (("transferred", "40"),), agency=UNIT, on="2019-10-30")
    first = book("2019-11-20").chase(choice, "电话")
    assert ["chase"] == [one.draft.kind for one in first.stored]
    assert ("", "2.3、6.1、6.2", "2019-10") == tuple(
        first.stored[0].draft.details.text(name) for name in ("filings", "items", "month")
    )
    book("2019-11-21").record(figure)
    book("2019-11-22").chase(Choice((UNIT,), reply_by="2019-11-25"), "函")
    book("2019-11-22").rename(UNIT, NAME, "", "无文号")

    def asked(day: str) -> ChasedUnit:
        (unit,) = chases(ledger_as_of(store, day), sheet(day)).units
        return unit

    assert (NAME, [3, None]) == (
        asked("2019-11-22").agency.name,
        [one.answer and one.answer.entry for one in asked("2019-11-22").chases],
    )
    book("2019-11-23").reverse(3, "登错了")
    assert [None, None] == [one.answer for one in asked("2019-11-23").chases]
