"""What a unit is asked for one period: its form, line by line, from the annex as it stands."""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from planledger.plan.days import last_day_of_month
from planledger.plan.model.rows import Agency, Duty, Indicator, answering
from planledger.plan.model.terms import Measure, Standing
from planledger.plan.refusal import Refusal
from planledger.questions.facts.figure import Figure
from planledger.questions.sheet import Row, Sheet


class FormLine(NamedTuple):
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
    agency: Agency
    period: str  # YYYY-MM
    lines: tuple[FormLine, ...]
    sent_to: str = ""  # the name under which the unit got it, where it is called otherwise by now

    @property
    def template(self) -> str:
        """The form's identity: the same plan, unit and period are the same form, whenever it was made."""
        return template_of(self.sheet.plan.key, self.sent_to or self.agency.name, self.period)


def refuse_unmerged(forms: Iterable[Form]) -> None:
    """Refuse the forms of a month in which a merged unit was still several: what they did then is recorded under their own names.

    Raises:
        Refusal: there is such a form.
    """
    for form in forms:
        units, last = form.sheet.units, last_day_of_month(*map(int, form.period.split("-")))
        then = [one.name for one in units.agencies_on(last) if units.of(one.name) == form.agency.name]
        if then[1:] and form.agency.name not in then:
            why = f"{form.agency.name} 在 {form.period} 还没有合并；那个月的表加 --as-of {last}"
            raise Refusal(f"{why}，分别发给合并前的单位：{'、'.join(then)}。")


def template_of(plan: str, agency: str, period: str) -> str:
    """The identity of the form of a *plan* that a unit gets by the name *agency* for a period."""
    return sha256(f"{plan}\n{agency}\n{period}".encode()).hexdigest()[:16]


def form_of(sheet: Sheet, agency: Agency, period: str) -> Form:
    """Make the form of a unit from the annex as it stands.

    Raises:
        Refusal: the unit has no part in any item that is still open.
    """
    return asking(form_today(sheet, agency, period))


def asking(form: Form) -> Form:
    """Take a form that asks something.

    Raises:
        Refusal: the unit has no part in any item that is still open.
    """
    sheet, agency = form.sheet, form.agency
    if not form.lines:
        has_part = any(row.duty_of(agency.name) for row in sheet.rows)
        why = "承担的事项都已终止" if has_part else "没有承担任何事项"
        how = "登记" if has_part else "登记，加 --any-agency"
        raise Refusal(f"{agency.name} {why}，没有可填的表；此前发生的由本办用 planledger record {how}。")
    return form


def form_today(sheet: Sheet, agency: Agency, period: str) -> Form:
    """Make the form of a unit as it would be sent today; without a line where nothing is asked of the unit any more."""
    return Form(sheet, agency, period, _lines_of(sheet, agency))


def forms_of_all(sheet: Sheet, period: str) -> tuple[Form, ...]:
    """Make the form of every unit that has a part in an item that is still open, in the order of the plan."""
    asked = ((agency, _lines_of(sheet, agency)) for agency in sheet.agencies)
    return tuple(Form(sheet, agency, period, lines) for agency, lines in asked if lines)


def _lines_of(sheet: Sheet, agency: Agency) -> tuple[FormLine, ...]:
    lines: list[FormLine] = []
    for row in sheet.rows:
        duty = row.duty_of(agency.name)
        if duty is not None and row.judgement.standing != Standing.CANCELLED:
            lines += _lines(row, duty)
    return tuple(lines)


def _lines(row: Row, duty: Duty) -> list[FormLine]:
    # what another unit counts is not asked for; then the unit still says in words how far it is
    counted = (figure for figure in row.progress.figures if figure.counts(duty.agency))
    shares = ((f.share_of(duty.agency) if f.shares else f, f) for f in counted)  # what the unit owes, and all
    asked = tuple((share, whole) for share, whole in shares if share)
    figures: tuple[tuple[Figure, Figure] | tuple[None, None], ...] = asked or ((None, None),)
    may_declare = row.progress.asks_declaration and duty in answering(row.duties)
    may_declare |= any(not one.stage.targets and duty.agency in one.units for one in row.judgement.stages)
    return [
        FormLine(
            row=row,
            duty=duty,
            indicator=figure.indicator if figure else None,
            own=_own(figure, duty.agency) if figure else None,
            whole=whole.total() if whole else None,
            is_first=place == 0,
            may_declare=may_declare and place == 0,
        )
        for place, (figure, whole) in enumerate(figures)
    ]


def _own(figure: Figure, agency: str) -> int | None:
    """What one unit has reported of a figure: added up, or of a stock its latest."""
    if figure.indicator.measure == Measure.STOCK:
        return figure.total() if figure.owner else figure.of({agency}).total()
    reported = [amount for (_, of, _), amount in figure.amounts.items() if of == agency]
    return sum(reported) if reported else None
