"""What each unit owes of a figure by itself (分解任务数), by the names of the day, and what was reported of it. Pure."""

from collections.abc import Iterator, Mapping

from planledger.plan.days import LATEST
from planledger.plan.model.rows import answering
from planledger.plan.model.terms import Scope
from planledger.plan.phrases.unit_names import UnitNames
from planledger.questions.facts.annex import EmptySheet
from planledger.questions.facts.figure import Figure, UnsummedAmount
from planledger.questions.facts.progress import Progress


def divided(form: EmptySheet, units: UnitNames) -> EmptySheet:
    """The annex with the shares of units, as the plan and its amendments have them."""
    units = units._replace(agencies=form.agencies)
    return form._replace(
        rows=tuple(_row(row, units) if any(one.quotas for one in row.figures) else row for row in form.rows)
    )


def _row(row: Progress, units: UnitNames) -> Progress:
    figures = (one._replace(shares=tuple(_shares(one, row, units))) for one in row.figures)
    return row._replace(figures=tuple(figures))


def _shares(figure: Figure, row: Progress, units: UnitNames) -> Iterator[Figure]:
    """Give each unit of the day its own number, or the number of all that answer for the row."""
    places = {duty.agency: place for place, duty in enumerate(row.duties)}
    own = {of: n for of, n in figure.quotas.items() if places.keys() & of.split("、")}
    if "" in figure.quotas:
        named = {name for of in own for name in of.split("、")}
        own |= {d.agency: figure.quotas[""] for d in answering(row.duties) if d.agency not in named}
    owed: dict[str, dict[frozenset[str], int]] = {}
    for of in sorted(own, key=lambda of: min(places[name] for name in of.split("、") if name in places)):
        behind = frozenset().union(*map(units.parts_in_plan, of.split("、")))
        for agency in units.in_plan(of.split("、"), units.day):
            owed.setdefault(agency, {})[behind] = own[of]
    return (_share(figure, agency, of_unit) for agency, of_unit in owed.items())


def _share(figure: Figure, owner: str, owed: Mapping[frozenset[str], int]) -> Figure:
    target = None if figure.indicator.target is None else sum(owed.values())
    indicator = figure.indicator._replace(scope=Scope.WHOLE.value, target=target)
    return Figure(indicator, {}, (), owner=owner, owed=owed)


def with_reported(figure: Figure) -> Figure:
    """The figure with what each unit reported of its share; of a merged unit its parts beneath it."""
    shares = []
    for share in figure.shares:
        whole = _reported(share, figure.singles)
        parts = tuple(parts_of(whole))
        shares.append(whole._replace(shares=parts if len(parts) > 1 else ()))
    return figure._replace(shares=tuple(shares))


def _reported(share: Figure, singles: tuple[UnsummedAmount, ...]) -> Figure:
    units = frozenset().union(*share.owed)
    behind = ((one, (one.parts or frozenset((one.agency,))) & units) for one in singles)
    own = tuple(one._replace(parts=of_unit) for one, of_unit in behind if of_unit)
    amounts: dict[tuple[str, str, str], int] = {}
    for one in own:
        name = one.side, share.owner, one.day
        amounts[name] = amounts.get(name, 0) + one.amount
    return share._replace(amounts=amounts, singles=own)


def parts_of(share: Figure, until: str = LATEST) -> Iterator[Figure]:
    """Yield what those owe that owed together on a day.

    The parts of a merged unit owe by themselves until it reports under its own name, and from then on together:
    a merger makes no figure met.
    """
    singles = tuple(one for one in share.singles if one.day <= until)
    several = {one.parts for one in singles} | set(share.owed)
    for together in sorted(several, key=sorted):
        if not any(together < others for others in several):
            target = sum(n for units, n in share.owed.items() if units <= together)
            part = _share(share, share.owner, {together: target})
            yield _reported(part, tuple(one for one in singles if one.parts <= together))
