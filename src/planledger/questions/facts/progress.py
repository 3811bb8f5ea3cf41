"""What the entries of an item add up to on a day (进展): read models, no judgement. Nothing here knows which day it is."""

from collections.abc import Iterable
from typing import NamedTuple

from planledger.plan.model import rows
from planledger.plan.model.entry_details import NO_DETAILS, Details, event_of
from planledger.plan.model.entry_kinds import END_SILENCE, PROOFS
from planledger.plan.model.rhythm_periods import RhythmPeriod
from planledger.plan.model.terms import EntryKind
from planledger.questions.facts.figure import Figure, UnsummedAmount

# what a report says, by its details
REPORT_WORDS = {"progress": "进展情况", "problem": "存在问题", "next": "下一步措施"}
NOTHING = "nothing"  # the subject of a report that there is nothing to report (零报告)


class Mark(NamedTuple):
    """An entry that is no figure.

    Of an item: a declaration, a paper, a close-out, an amendment (the plan's own words stay). Of the plan as a whole and
    one unit: what it submitted, what was sent back, whom to call.
    """

    code: str  # empty where it concerns the plan as a whole
    kind: str
    side: str
    agency: str  # of an amendment the unit that is added, dropped, or owes another number
    day: str  # of an amendment the day from which on it holds
    subject: str  # a kind of paper, an AmendmentKind, the key of a filing
    entry: int
    details: Details = NO_DETAILS
    destroyed_by: int = 0  # of a file: the entry that says that its bytes are gone
    parts: frozenset[str] = frozenset()  # the units behind it, where names of units were changed
    note: str = ""  # of the plan as a whole, and why an amendment was made; of other marks nobody asks for it

    @property
    def event(self) -> int:
        """Which event it belongs to, by the number of the first entry of it."""
        return event_of(self.entry, self.details)


class Progress(NamedTuple):
    """An item as it is in force, with everything that was recorded on it."""

    item: rows.Item
    figures: tuple[Figure, ...]
    duties: tuple[rows.Duty, ...]
    milestones: tuple[rows.Milestone, ...]
    requirements: tuple[rows.Requirement, ...]
    marks: tuple[Mark, ...]
    latest_figure: int = 0  # number of the newest figure of a row that was closed out
    papers_elsewhere: tuple[Mark, ...] = ()  # recorded on other items, of events that this one may count too
    amendments: tuple[Mark, ...] = ()  # those that made item, figures and duties what they are
    put_off: tuple[tuple[str, str], ...] = ()  # (last day, day on which it was put off after it had passed)
    cancelled_on: str = ""
    parts: dict[str, frozenset[str]] = {}  # noqa: RUF012  (of merged units: those of their parts that answered for the item)
    periods: tuple[RhythmPeriod, ...] = ()  # of a rhythm that obliges (逐期), as the plan has them
    stages: tuple[rows.Stage, ...] = ()  # parts of the work with last days of their own
    stage_parts: dict[str, dict[str, frozenset[str]]] = {}  # noqa: RUF012  (the same of the units of each stage, by its name)
    column_texts: tuple[rows.ColumnText, ...] = ()  # in the document's own columns, where asked for

    @property
    def number(self) -> str:
        """The number that the document gives the row, where that was asked for; empty where it gives none."""
        return next((cell.text for cell in self.column_texts if cell.head == rows.NUMBER), "")

    @property
    def own_columns(self) -> dict[str, str]:
        """What stands in the row under each head of the document's own, its number left out."""
        return {cell.head: cell.text for cell in self.column_texts if cell.head != rows.NUMBER}

    def figure(self, key: str) -> Figure | None:
        """The figure of an indicator."""
        return next((figure for figure in self.figures if figure.indicator.key == key), None)

    def indicator(self, key: str) -> rows.Indicator | None:
        """The indicator of a figure, as it is in force."""
        figure = self.figure(key)
        return figure.indicator if figure else None

    @property
    def asks_declaration(self) -> bool:
        """Whether numbers alone do not finish the item, so that units have to declare their part."""
        return rows.asks_declaration(self.item, [figure.indicator for figure in self.figures])

    @property
    def answering(self) -> tuple[str, ...]:
        """The units that answer for the item (责任主体)."""
        return tuple(duty.agency for duty in rows.answering(self.duties))

    @property
    def closing(self) -> Mark | None:
        """The close-out (销号) that holds; None while the item is open.

        Of a close-out and a reopening the later number counts, whatever days they claim.
        """
        turns = (mark for mark in self.marks if mark.kind in (EntryKind.CLOSE, EntryKind.REOPEN))
        last = max(turns, key=lambda mark: mark.entry, default=None)
        return last if last and last.kind == EntryKind.CLOSE else None

    def with_figure(self, figure: Figure) -> "Progress":
        """The item with another figure in the place of the one of the same indicator."""
        figures = (figure if one.name == figure.name else one for one in self.figures)
        return self._replace(figures=tuple(figures))

    def single(self, entry: int) -> UnsummedAmount | None:
        """The figure that stands by itself, such as a meeting, by the number of its entry."""
        return next((one for figure in self.figures for one in figure.singles if one.entry == entry), None)

    def held(self, paper: Mark) -> UnsummedAmount | None:
        """The meeting, or whatever else has papers of its own, that a paper proves; None where it proves the item as a whole."""
        singles = (one for figure in self.figures for one in figure.singles)
        return next((one for one in singles if one.event == paper.event), None)

    def papers(self) -> Iterable[Mark]:
        """The papers that may prove something of the item, wherever they were recorded: files, and what lies elsewhere.

        What was destroyed proves nothing any more.
        """
        yield from self.own_papers()
        yield from self.papers_elsewhere

    def own_papers(self) -> Iterable[Mark]:
        """The papers that were recorded on the item itself."""
        return (mark for mark in self.marks if mark.kind in PROOFS and not mark.destroyed_by)

    @property
    def is_begun(self) -> bool:
        """Whether anything was recorded of the item; a report that there is nothing to report (零报告) begins nothing."""
        return (
            any(mark.subject != NOTHING for mark in self.marks)
            or any(figure.singles for figure in self.figures)
            or any(any(figure.amounts.values()) for figure in self._reported())
        )

    def traces(self) -> Iterable[tuple[str, str]]:
        """(agency, day) of everything that still stands and ends a silence, close-outs by the office included."""
        yield from self.reported_figures()
        yield from ((mark.agency, mark.day) for mark in self.marks if mark.kind in END_SILENCE)

    def reported_figures(self) -> Iterable[tuple[str, str]]:
        """(agency, day) of every figure that still stands."""
        for figure in self._reported():
            yield from ((agency, day) for (_, agency, day), amount in figure.amounts.items() if amount)
            yield from ((s.agency, s.day) for s in figure.singles)

    def _reported(self) -> Iterable[Figure]:
        """Every figure that somebody reported, those that do not count too."""
        for figure in self.figures:
            yield figure
            if figure.aside:
                yield figure.aside
