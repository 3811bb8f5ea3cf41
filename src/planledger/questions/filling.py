"""What a unit is asked to fill in for a period (填报): one line for each duty and indicator, with what is known so far."""

from hashlib import sha256
from typing import NamedTuple

from planledger.plan.model import Agency, Duty, Filing, Indicator
from planledger.plan.refusal import Refusal
from planledger.plan.standard import asks_declaration
from planledger.plan.terms import Measure, Standing
from planledger.questions import queries
from planledger.questions.lacks import answers
from planledger.questions.progress import Figure
from planledger.questions.sheet import Row, Sheet
from planledger.store.database import Store


class Line(NamedTuple):
    """One line of the form: an indicator of an item in which the unit has a part."""

    row: Row
    duty: Duty
    indicator: Indicator | None  # None: nothing is counted on the item
    own: int | None  # what the unit has reported so far; None where nothing
    whole: int | None  # what all have reported so far
    is_first: bool  # of its item: here the unit says what it has done in words
    may_declare: bool  # here the unit may say that its part is done (是否完成)

    @property
    def key(self) -> tuple[str, str]:
        """What the line is known by when it comes back: item and indicator."""
        return self.row.item.code, self.indicator.key if self.indicator else ""


class Form(NamedTuple):
    """What one unit is asked for one period, by one version of the plan."""

    sheet: Sheet
    digest: str  # of the plan version: a form of another one is not read
    agency: Agency
    period: str  # YYYY-MM
    lines: tuple[Line, ...]

    @property
    def template(self) -> str:
        """The form's identity: the same plan, unit and period are the same form, whenever it was made."""
        said = f"{self.sheet.plan.key}\n{self.agency.name}\n{self.period}"
        return sha256(said.encode()).hexdigest()[:16]

    @property
    def filings(self) -> tuple[Filing, ...]:
        """What the unit has to hand in to the office besides, and by when."""
        return self.sheet.filings


def form_of(store: Store, sheet: Sheet, agency: Agency, period: str) -> Form:
    """Make the form of a unit from the annex as it stands.

    Raises:
        Refusal: the unit has no part in any item that is still open.
    """
    return asking(form_today(store, sheet, agency, period))


def asking(form: Form) -> Form:
    """Take a form that asks something.

    Raises:
        Refusal: the unit has no part in any item that is still open.
    """
    sheet, agency = form.sheet, form.agency
    if not form.lines:
        has_part = any(row.duty_of(agency.name) for row in sheet.rows)
        why = "承担的事项都已终止" if has_part else "没有承担任何事项"
        raise Refusal(f"{agency.name} {why}，没有可填的表。")
    return form


def form_today(store: Store, sheet: Sheet, agency: Agency, period: str) -> Form:
    """Make the form of a unit as it would be sent today; without a line where nothing is asked of the unit any more."""
    return Form(sheet, _digest(store, sheet), agency, period, _lines_of(sheet, agency))


def forms_of_all(store: Store, sheet: Sheet, period: str) -> tuple[Form, ...]:
    """Make the form of every unit that has a part in an item that is still open, in the order of the plan."""
    digest = _digest(store, sheet)
    asked = ((agency, _lines_of(sheet, agency)) for agency in sheet.agencies)
    return tuple(Form(sheet, digest, agency, period, lines) for agency, lines in asked if lines)


def _digest(store: Store, sheet: Sheet) -> str:
    found = store.row(queries.DIGEST, {"version": sheet.plan.version_id})
    return str(found[0]) if found else ""


def _lines_of(sheet: Sheet, agency: Agency) -> tuple[Line, ...]:
    lines: list[Line] = []
    for row in sheet.rows:
        duty = row.duty_of(agency.name)
        if duty is not None and row.judgement.standing != Standing.CANCELLED:
            lines += _lines(row, duty)
    return tuple(lines)


def _lines(row: Row, duty: Duty) -> list[Line]:
    # what another unit counts is not asked for; then the unit still says in words how far it is
    asked = tuple(figure for figure in row.progress.figures if figure.counts(duty.agency))
    figures: tuple[Figure | None, ...] = asked or (None,)
    may_declare = answers(duty, row.progress.duties) and asks_declaration(
        row.item, [figure.indicator for figure in row.progress.figures]
    )
    return [
        Line(
            row=row,
            duty=duty,
            indicator=figure.indicator if figure else None,
            own=_own(figure, duty.agency) if figure else None,
            whole=figure.total() if figure else None,
            is_first=place == 0,
            may_declare=may_declare and place == 0,
        )
        for place, figure in enumerate(figures)
    ]


def _own(figure: Figure, agency: str) -> int | None:
    """Say what one unit has reported of a figure: added up, or of a stock its latest."""
    if figure.indicator.measure == Measure.STOCK:
        return next((one.amount for one in reversed(figure.singles) if one.agency == agency), None)
    reported = [amount for (_, of, _), amount in figure.amounts.items() if of == agency]
    return sum(reported) if reported else None
