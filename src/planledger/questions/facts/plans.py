"""The rows of a plan version, read back from the tables as they were adopted."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from planledger.plan.days import LATEST, to_the_minute
from planledger.plan.model import rows
from planledger.plan.model.terms import EntryKind, Scope
from planledger.plan.people.contact import Contact
from planledger.plan.phrases.texts import fold, hint
from planledger.plan.phrases.unit_names import UNCHANGED, UnitNames
from planledger.plan.refusal import Refusal
from planledger.questions import sql
from planledger.questions.facts.entry_rows import refuse_impossible, refuse_unadopted
from planledger.questions.facts.progress import Figure, Mark, Progress
from planledger.store.database import Store

if TYPE_CHECKING:
    from planledger.plan.model.version import Finding, Plan

R = TypeVar("R", bound=NamedTuple)  # a class of rows of a plan
T = TypeVar("T")
_CODE = attrgetter("code")
MOST = 8  # plans that a refusal lists


def read_plan_rows(store: Store, row: type[R], version: int) -> tuple[R, ...]:
    """The rows of one class that a plan version has, in the document's order."""
    return tuple(map(row._make, store.rows(sql.plan_rows(row), {"version": version})))


class PlanInForce(NamedTuple):
    """A plan in the version that was in force at a moment; its wording hangs on `version_id`."""

    plan_id: int
    version_id: int
    key: str
    title: str
    year: int
    warn_days: int
    offices: str
    contact_clause: str

    @property
    def office_names(self) -> tuple[str, ...]:
        """The units that keep the ledger, by official name."""
        return tuple(rows.names_in(self.offices))


class PlanSubject(NamedTuple):
    """What an action is about, as far as it was typed and shows which plan is meant."""

    code: str = ""  # of a row
    filing: str = ""  # what was submitted; empty where only the unit is named
    agencies: tuple[str, ...] = ()  # who submitted it
    on: str = ""  # the day, as it was typed
    entries: tuple[str, ...] = ()  # numbers of other entries
    kind: str = EntryKind.AMOUNT  # what it stores, where that asks for a row in another state


class WhichPlan(Refusal):
    """Several plans may be meant; whoever typed it says which, and what is to be typed behind the line is here."""

    def __init__(self, doubt: str, plans: Sequence[PlanInForce], known: Sequence[PlanInForce]) -> None:
        """List some *plans* of all that are *known*; *doubt* is what is in doubt between them."""
        self.words = tuple(word_for(plan, known) for plan in plans[:MOST])
        choices = [
            f"--plan {word}（{plan.title if word == plan.key else titled(plan, known)}）"
            for word, plan in zip(self.words, plans[:MOST], strict=True)
        ]
        super().__init__(f"{doubt}，请用 --plan 写明是哪一个：{_some(choices, len(plans), '；')}。")


def plan_in_force(
    store: Store,
    key: str,
    day: str,
    known_at: str,
    among: Callable[[Sequence[PlanInForce]], PlanInForce] | None = None,
) -> PlanInForce:
    """Choose the plan that the question means.

    Args:
        store: the ledger.
        key: the plan's identity, or empty to leave the choice to the ledger.
        day: the day of the question; its year decides between several plans.
        known_at: the moment whose knowledge counts; it picks the version.
        among: chooses between several plans in another way.

    Raises:
        Refusal: there is no such plan, none was in force yet, or several fit.
        ForgedEntry: the ledger holds what no entry can be.
    """
    refuse_impossible(store)
    if key:
        row = store.row(sql.PLAN_IN_FORCE, {"key": key, "known_at": known_at})
        if row:
            return PlanInForce._make(row)
    plans = plans_of_chain(store, known_at)
    refuse_unknown(store, key)
    if key or not plans:
        raise Refusal(f"在 {to_the_minute(known_at)} 之前还没有启用方案；请把 --known-at 写晚一些。")
    if len(plans) == 1:
        return plans[0]
    return among(plans) if among else plan_of_day(plans, day)


def plans_of_chain(store: Store, known_at: str) -> tuple[PlanInForce, ...]:
    """The plans that may be meant: those of the chain, or where none was chosen all of them.

    Raises:
        ForgedEntry: there are plans, and no entry put one of them in force.
    """
    asked: dict[str, Any] = {"known_at": known_at, "origin": store.chain.origin_id if store.has_chosen else 0}
    plans = tuple(map(PlanInForce._make, store.rows(sql.PLANS_OF_CHAIN, asked)))
    if known_at == LATEST and not plans:
        refuse_unadopted(store, asked["origin"])
    return plans


def plan_of_day(plans: Sequence[PlanInForce], day: str) -> PlanInForce:
    """The plan whose year holds a day, which is how a question is answered that names none.

    Raises:
        WhichPlan: none is of that year, or several are.
    """
    fitting = [plan for plan in plans if str(plan.year) == day[:4]]
    if len(fitting) == 1:
        return fitting[0]
    raise WhichPlan("台账里有几个方案", fitting or plans, plans)


def plan_key(store: Store, word: str) -> str:
    """Find the identity of the plan that a word means: its id, its year, or a part of its title and of no other's.

    Raises:
        WhichPlan: several plans fit.
        Refusal: none does.
    """
    typed = fold(word)
    keys = {str(row[0]) for row in store.rows(sql.PLAN_KEYS)} if typed else set()
    if not typed or word in keys or typed in keys:
        return word if word in keys else typed
    plans = plans_of_chain(store, LATEST)
    fitting = [plan for plan in plans if str(plan.year) == typed.removesuffix("年")]
    fitting = fitting or [plan for plan in plans if typed in fold(plan.title)]
    if len(fitting) > 1:
        raise WhichPlan(f"--plan {word} 可以指{len(fitting)}个方案", fitting, plans)
    refuse_unknown(store, fitting[0].key if fitting else word)
    return fitting[0].key


def word_for(plan: PlanInForce, known: Sequence[PlanInForce]) -> str:
    """By what a plan is named in the shortest way: its year where no other has it, else its id."""
    year = str(plan.year)
    is_alone = sum(one.year == plan.year for one in known) == 1 and year not in {one.key for one in known}
    return year if is_alone else plan.key


def titled(plan: PlanInForce, known: Sequence[PlanInForce]) -> str:
    """The title of a plan, and its id where another plan bears the same title."""
    alike = sum(one.title == plan.title for one in known) > 1
    return f"{plan.title} {plan.key}" if alike else plan.title


def refuse_unknown(store: Store, key: str) -> None:
    """Refuse a plan that the ledger does not have; no key asks for none.

    Raises:
        Refusal: there is no such plan.
    """
    keys = [str(row[0]) for row in store.rows(sql.PLAN_KEYS)] if key else []
    if key and key not in keys:
        raise Refusal(f"台账里没有方案 {key}。{hint(key, keys)}现有方案：{_some(keys[:MOST], len(keys))}。")


def _some(names: list[str], count: int, between: str = "、") -> str:
    """List what there is, of many only the first."""
    more = f"……共{count}个，见 planledger status --all-plans" if count > MOST else ""
    return between.join(names) + more


def whole_plan(store: Store, version: int) -> "Plan":
    """Read all of a plan version; its format is that of its rows, because only a digest depends on more."""
    from planledger.plan.model.version import Meta, assembled_plan

    meta = read_plan_rows(store, Meta, version)[0]
    plan = assembled_plan(meta, lambda row: read_plan_rows(store, row, version))
    return plan._replace(format=2 if any((plan.sources, plan.column_texts, plan.quotas, plan.routes)) else 1)


def findings_and_clauses(store: Store, plan: PlanInForce) -> tuple[tuple["Finding", ...], dict[str, str]]:
    """Read what the document of a plan leaves open or misspells, and its clauses by their numbers."""
    from planledger.plan.model.version import Clause, Finding

    clauses = read_plan_rows(store, Clause, plan.version_id)
    return read_plan_rows(store, Finding, plan.version_id), {one.number: one.text for one in clauses}


class Annex(NamedTuple, Generic[T]):
    """The annex of a plan version (总表): a row for each item, as the plan has it or as it stands on a day."""

    plan: PlanInForce
    sides: tuple[rows.Side, ...]
    agencies: tuple[rows.Agency, ...]
    areas: tuple[rows.Area, ...]
    filings: tuple[rows.Filing, ...]
    rows: tuple[T, ...]
    as_of: str = ""  # the day on which it stands so
    known_at: str = ""  # the moment whose knowledge counts
    marks: tuple[Mark, ...] = ()  # what concerns the plan as a whole, in the order of the numbers
    inherited: tuple[tuple[str, Contact], ...] = ()  # contacts of earlier plans by unit, where asked for
    office: str = ""  # what the office is called, where that was asked for
    units: UnitNames = UNCHANGED  # by which names what was recorded is read
    parts: dict[str, frozenset[str]] = {}  # noqa: RUF012  (of merged units: those of their parts that file)
    routes: tuple[rows.Route, ...] = ()  # through which units others are reached, as the plan has it

    @property
    def side_names(self) -> tuple[str, ...]:
        """The sides by name, in the document's order."""
        return tuple(side.name for side in self.sides)

    def area_name(self, code: str) -> str:
        """The name of an area; empty in a plan without areas."""
        return next((area.name for area in self.areas if area.code == code), "")

    def through(self, agency: str) -> str:
        """Through which unit one is reached, both by their names of the day; empty where it is reached by itself."""
        names = ((self.units.of(one.agency), self.units.of(one.through)) for one in self.routes)
        return next((by for name, by in names if name == agency != by), "")


EmptySheet = Annex[Progress]
"""The annex before anything is recorded on it."""


def empty_sheet(store: Store, plan: PlanInForce) -> EmptySheet:
    """Read what the plan version says, inside a transaction that the caller holds."""
    version = plan.version_id
    sources = rows.grouped(read_plan_rows(store, rows.Source, version), lambda one: (one.code, one.key))
    quotas = rows.grouped(read_plan_rows(store, rows.Quota, version), lambda one: (one.code, one.key))
    figures = rows.grouped(
        (
            Figure(
                indicator,
                {},
                (),
                tuple(one.agency for one in sources[indicator.code, indicator.key]),
                quotas=_quotas(indicator, quotas[indicator.code, indicator.key]),
            )
            for indicator in read_plan_rows(store, rows.Indicator, version)
        ),
        lambda figure: figure.indicator.code,
    )
    duties = rows.grouped(read_plan_rows(store, rows.Duty, version), _CODE)
    milestones = rows.grouped(read_plan_rows(store, rows.Milestone, version), _CODE)
    requirements = rows.grouped(read_plan_rows(store, rows.Requirement, version), _CODE)
    return EmptySheet(
        plan=plan,
        sides=read_plan_rows(store, rows.Side, version),
        agencies=read_plan_rows(store, rows.Agency, version),
        areas=read_plan_rows(store, rows.Area, version),
        filings=read_plan_rows(store, rows.Filing, version),
        routes=read_plan_rows(store, rows.Route, version),
        rows=tuple(
            Progress(
                item,
                tuple(figures[item.code]),
                tuple(duties[item.code]),
                tuple(milestones[item.code]),
                tuple(requirements[item.code]),
                (),
            )
            for item in read_plan_rows(store, rows.Item, version)
        ),
    )


def with_cells(store: Store, form: EmptySheet, *, is_full: bool = False) -> EmptySheet:
    """Add what stands in columns of the document's own, and its numbers; people in them are masked unless it is to be *full*."""
    cells = read_plan_rows(store, rows.ColumnText, form.plan.version_id)
    if not cells:
        return form
    if not is_full:
        from planledger.plan.people.masking import masked_column

        cells = tuple(cell._replace(text=masked_column(cell.head, cell.text)) for cell in cells)
    of_row = rows.grouped(cells, _CODE)
    return form._replace(
        rows=tuple(row._replace(column_texts=tuple(of_row[row.item.code])) for row in form.rows)
    )


def _quotas(indicator: rows.Indicator, quotas: Sequence[rows.Quota]) -> dict[str, int]:
    """What each unit owes of an indicator by itself; one number for all stands under the empty name."""
    if indicator.scope != Scope.UNIT:
        return {}
    return {one.agency: one.target or 0 for one in quotas} or {"": indicator.target or 0}
