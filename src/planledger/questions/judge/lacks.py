"""What an item still lacks (还缺), and which units answer for it: its targets, declarations and papers, one by one."""

from enum import StrEnum
from typing import NamedTuple

from planledger.plan.days import LATEST
from planledger.plan.model.entry_kinds import DECLARED
from planledger.plan.model.rows import Requirement
from planledger.plan.model.terms import Comparison, Scope
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.shares import parts_of


class LackKind(StrEnum):
    """Why an item is not done."""

    TARGET = "target"
    EXCEEDED = "exceeded"
    FIGURE = "figure"
    DECLARATION = "declaration"
    PAPER = "paper"


class Lack(NamedTuple):
    """One thing that an item still lacks (还缺)."""

    kind: LackKind
    key: str = ""  # indicator key, or kind of paper
    side: str = ""  # empty: the item as a whole
    amount: int = 0  # what is missing of the target, or what is over an upper bound
    agency: str = ""  # who has not declared, or owes by itself; empty: the office, or all
    entry: int = 0  # of a paper: the entry of the meeting that it is missing for; 0: the item as a whole
    parts: tuple[str, ...] = ()  # of a merged unit: the parts that lack it, where others may not


# One condition of an item: the day it was met, empty while it is not, and what is lacking for it.
_Part = tuple[str, tuple[Lack, ...]]


def lacking(progress: Progress, day: str, sides: tuple[str, ...]) -> _Part:
    """On which day the work of an item was finished, empty while it is not, and what is lacking, papers too.

    Args:
        progress: the item with everything that had happened by *day*.
        day: the day of the question.
        sides: the plan's sides, for targets and papers that each side owes by itself.
    """
    last_day = progress.item.last_day
    work = [figure_judged(figure, day, last_day, sides) for figure in progress.figures]
    if progress.asks_declaration:
        work.append(declaration_judged(progress, progress.answering))
    lacks = tuple(lack for _, of_one in work for lack in of_one)
    finished_on = "" if lacks else max((met_on for met_on, _ in work), default="")
    return finished_on, lacks + _papers(progress, sides)


def figure_judged(figure: Figure, day: str, last_day: str, sides: tuple[str, ...]) -> _Part:
    """Judge one figure against what was promised of it, for the whole or for each side by itself."""
    scopes = sides if figure.indicator.scope == Scope.EACH else ("",)
    shares = [_share(share, day, last_day) for share in figure.shares]
    parts = shares or [_one_target(figure, side, day, last_day) for side in scopes]
    return max(met_on for met_on, _ in parts), tuple(lack for _, lacks in parts for lack in lacks)


def _share(share: Figure, day: str, last_day: str) -> _Part:
    """Judge what one unit owes by itself; of a merged one, what its parts owe, as one debt."""
    met, lacks = [], dict[LackKind, Lack]()
    for part in share.shares or (share,):
        met_on, lacking_of_part = _one_target(part, "", day, last_day)
        met.append(met_on)
        for lack in lacking_of_part:
            known = lacks.get(lack.kind, lack._replace(amount=0))
            parts = {*known.parts, *frozenset().union(*part.owed)} if share.shares else ()
            amount = known.amount + lack.amount
            lacks[lack.kind] = lack._replace(amount=amount, agency=share.owner, parts=tuple(sorted(parts)))
    if lacks or len(share.owed) == 1 or share.indicator.comparison == Comparison.AT_MOST:
        return "" if lacks else max(met), tuple(lacks.values())
    since = ""
    # on which day all had met it who owed it then
    for on in sorted({single.day for single in share.singles}):
        is_lacking = any(_one_target(part, "", day, last_day)[1] for part in parts_of(share, on))
        since = "" if is_lacking else since or on
    return since, ()


def _one_target(figure: Figure, side: str, day: str, last_day: str) -> _Part:
    indicator = figure.indicator
    is_bounded = indicator.comparison == Comparison.AT_MOST
    wants_figure = figure.must_be_there
    days = [single.day for single in figure.singles if side in ("", single.side)] if wants_figure else []
    if wants_figure and not days:
        return "", (Lack(LackKind.FIGURE, indicator.key, side),)
    reported_on = min(days, default="")
    if indicator.target is None:
        return reported_on, ()
    if is_bounded:
        return _upper_bound(figure, side, reported_on, day, last_day)
    total = figure.total(side) or 0
    if total < indicator.target:
        return "", (Lack(LackKind.TARGET, indicator.key, side, indicator.target - total),)
    return max(reported_on, figure.reached_on(side, indicator.target)), ()


def _upper_bound(figure: Figure, side: str, reported_on: str, day: str, last_day: str) -> _Part:
    """Judge an upper bound, which can be kept only when the time is over.

    The figure of the last day decides for good, whatever is dated later; where none was dated by then, the figure of
    *day* decides, from the day of the first report on.
    """
    key, is_in_time = figure.indicator.key, bool(last_day) and reported_on <= last_day
    total = figure.total(side, last_day if is_in_time else LATEST) or 0
    over = total - (figure.indicator.target or 0)
    if (day <= last_day) if last_day else over <= 0:
        return "", (Lack(LackKind.TARGET, key, side),)
    if over > 0:
        return "", (Lack(LackKind.EXCEEDED, key, side, over),)
    return max(last_day, reported_on), ()


def declaration_judged(progress: Progress, units: tuple[str, ...]) -> _Part:
    """Judge the declarations of some *units*: the office's own counts for all (本办认定), else each unit's."""
    first, left = declared(progress)
    silent = [unit for unit in units if unit not in first]
    if units and not silent:
        by_all = max(first[unit] for unit in units)
        return min(by_all, first.get("", by_all)), ()
    if "" in first:
        return first[""], ()
    parts = {unit: left[unit] for unit in silent if left.get(unit) != progress.parts.get(unit)}
    return "", tuple(
        Lack(LackKind.DECLARATION, agency=unit, parts=tuple(sorted(parts.get(unit, ()))))
        for unit in silent or [""]
    )


def declared(progress: Progress) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """On which day each unit had declared, a merged one by the last of its parts; and which parts have not.

    The declaration of the office for all stands under the empty name.
    """
    first, left = dict[str, str](), dict(progress.parts)
    for mark in progress.marks:
        if mark.kind in DECLARED:
            left[mark.agency] = left.get(mark.agency, frozenset()).difference(mark.parts)
            if not left[mark.agency]:
                first.setdefault(mark.agency, mark.day)
    return first, left


def _papers(progress: Progress, sides: tuple[str, ...]) -> tuple[Lack, ...]:
    """Find the required papers that are not there, of the item as a whole or of each meeting."""
    return tuple(
        lack
        for requirement in progress.requirements
        for side in (sides if requirement.scope == Scope.EACH else ("",))
        for lack in _lacking(progress, requirement, side)
    )


def _lacking(progress: Progress, requirement: Requirement, side: str) -> tuple[Lack, ...]:
    """For which meetings a paper is missing; where none was held yet, and where it is asked once, for the item."""
    kind, figure = requirement.kind, progress.figure(requirement.per)
    if figure is None:
        is_there = any(one.subject == kind and side in ("", one.side) for one in progress.own_papers())
        return () if is_there else (Lack(LackKind.PAPER, kind, side),)
    held = [single for single in figure.singles if single.amount and side in ("", single.side)]
    papers = (
        one for one in progress.papers() if one.subject == kind and (not side or one.side in ("", side))
    )
    there = {one.event for one in papers}
    without = [one for one in held if one.event not in there]
    if not held:
        return (Lack(LackKind.PAPER, kind, side),)
    return tuple(Lack(LackKind.PAPER, kind, side, 0, "", one.entry) for one in without)
