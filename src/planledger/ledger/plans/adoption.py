"""Adopting a plan: its rows go into the tables through SQLModel, and an entry puts them in force.

It loads SQLModel, which takes longer than all the rest together; recording and asking never load this module.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlmodel import Session, SQLModel, col, insert, select

from planledger.ledger.chain.chain import is_digest, plan_digest
from planledger.ledger.chain.journal import append_all, unstored
from planledger.ledger.chain.verification import is_as_adopted
from planledger.ledger.clerk import Clerk
from planledger.plan.days import LATEST
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.terms import AmendmentKind, EntryKind
from planledger.plan.model.version import PARTS, Adoption, Meta, Plan, changes, dropped
from planledger.plan.phrases.texts import squeeze
from planledger.plan.phrases.unit_names import UnitNames
from planledger.plan.refusal import Refusal
from planledger.questions import sql
from planledger.questions.facts import entry_rows
from planledger.questions.facts.annex import EmptySheet, empty_sheet
from planledger.questions.facts.office import office_name
from planledger.questions.facts.plans import LedgerAsOf, whole_plan
from planledger.questions.facts.which_plan import plan_in_force, version_in_force
from planledger.questions.judge.amending import unreported
from planledger.questions.receipt import Draft
from planledger.questions.sheet import in_force, read_unit_names
from planledger.store.database import NAME, Chain, Store
from planledger.store.errors import translate_os_errors
from planledger.store.files.disk import appear, new_file
from planledger.store.files.draft import Purpose, make_draft
from planledger.store.files.replacement import refuse_remains
from planledger.store.paths import LEDGER, connect, file_uri
from planledger.store.schema import tables
from planledger.store.schema.tables import make
from planledger.store.sqlite.embedded import Embedded, translate_errors

T = TypeVar("T")
SIDES_OF_CHAIN = """SELECT DISTINCT s.name FROM plan p JOIN version v ON v.plan_id = p.id
JOIN side s ON s.version_id = v.id WHERE p.origin_id = :origin"""
STORED = """SELECT v.id, p.origin_id FROM version v JOIN plan p ON p.id = v.plan_id
WHERE p.key = :key AND v.digest = :digest"""


class NewPlan(NamedTuple):
    """A plan that is to be put in force, and who does it."""

    plan: Plan
    clerk: Clerk
    office: str = ""  # what the office is called whose chain begins with the plan


def create_ledger(
    path: Path, new: NewPlan, action: Callable[[Store], T], *, is_beside: bool = False
) -> T | None:
    """Make a new ledger at *path*, with a plan adopted and the first *action* done, whole or not at all.

    The ledger is built under another name and appears at *path* only when it is complete and synced.

    Returns:
        What the action returned; None where somebody else created a ledger there meanwhile.

    Raises:
        Refusal: what another ledger left lies at that name, and *is_beside* does not allow the new one next to it.
    """
    if not is_beside:
        refuse_remains(path)
    with (
        translate_os_errors(f"台账建不到 {path}", "请检查文件夹的权限和磁盘空间。"),
        make_draft(path, Purpose.FIRST, str(path)) as work,
    ):
        draft = work / LEDGER
        new_file(draft).close()
        with translate_errors(str(path)):
            store = Embedded(connect(file_uri(draft, "rw")), str(path))
        with closing(store):
            _make(store, new)
            result = action(store)
        with suppress(FileExistsError):
            appear(draft, path)
            return result
    return None


def adopt(store: Store, new: NewPlan) -> Adoption:
    """Put a plan in force in an existing ledger: another plan, or a new version of one that is there.

    Raises:
        Refusal: the new version would drop or re-measure something that has entries.
    """
    plan = new.plan
    with store.choose(plan.meta.key).session() as session:
        version = version_in_force(store, plan.meta.key, LATEST)
        in_place = LedgerAsOf(store, version, LATEST, LATEST) if version else None
        current = whole_plan(store, version.version_id) if version else None
        if current is not None and is_digest(plan_digest(plan), current):
            return Adoption(plan, 0, is_new=False, changes=())
        if in_place and current is not None:
            _refuse_dropped(in_place, current, plan)
        before = _amendments(in_force(in_place, empty_sheet(in_place))) if in_place else set()
        sides = {str(row[0]) for row in store.rows(SIDES_OF_CHAIN, {"origin": store.chain.origin_id})}
        entry = _adopt(session, store, new)
        adopted = plan_in_force(store, plan.meta.key, LATEST, LATEST)
        ledger = LedgerAsOf(store, adopted, LATEST, LATEST)
        form = in_force(ledger, empty_sheet(ledger))
        _refuse_at_odds(form)
    differences = changes(current, plan, _renamed(current, plan, form.units)) if current is not None else ()
    is_of_others = current is None and sides.isdisjoint(side.name for side in plan.sides)
    lapsed = tuple(sorted(before - _amendments(form)))
    return Adoption(plan, entry, current is None, differences, is_of_others, lapsed)


def begin(store: Store, new: NewPlan, *, is_first: bool = False) -> Adoption:
    """Begin the chain of one more office in a database that several share, with its plan in force (另立一本).

    Raises:
        Refusal: the plan is kept there already, by whomever; the office has its chain; or it *is_first* no longer.
    """
    plan, office = new.plan, new.office
    with store.session() as session:
        chains = store.chains()
        offices = [squeeze(office_name(store, chain)) for chain in chains]
        if is_first and chains:
            raise Refusal(
                f"{store.path} 里已有台账；再放一个县的方案请用 planledger adopt 方案文件 --office 名称。台账未改动。"
            )
        if office and squeeze(office) in offices:
            raise Refusal(
                f"{office} 在 {store.path} 里已有自己的台账；它的另一个方案请不写 --office，用 --plan 写明它已有的方案。台账未改动。"
            )
        if session.exec(select(tables.Plan).where(col(tables.Plan.key) == plan.meta.key)).first():
            raise Refusal(
                f"{store.path} 里已有方案 {plan.meta.key}；启用它的新版本请不写 --office，另一个县的方案请用另一个 id。台账未改动。"
            )
        # numbered by what was seen: where another office came meanwhile, the number is taken and all is asked again
        number = max((chain.origin_id for chain in chains), default=0) + 1
        entry = _begin(session, store, number, new)
    return Adoption(plan, entry, is_new=True, changes=())


def _renamed(current: Plan, plan: Plan, units: UnitNames) -> dict[str, str]:
    """Of units that a new version names by another of their names, that name."""
    names = {agency.name for agency in plan.agencies}
    by_unit = {units.of(name): name for name in names}
    gone = (agency.name for agency in current.agencies if agency.name not in names)
    return {name: by_unit[units.of(name)] for name in gone if units.of(name) in by_unit}


def _refuse_dropped(ledger: LedgerAsOf, current: Plan, plan: Plan) -> None:
    """Refuse a version that drops, or measures in another way, what has entries."""
    units = read_unit_names(ledger)
    used = {tuple(map(str, row)) for row in ledger.rows(sql.NAMES_WITH_ENTRIES)}
    amendments = list(entry_rows.marks(ledger.rows(sql.AMENDMENTS)))
    used |= {(one.code, one.details.text("key"), "", "", "") for one in amendments}
    added = {one.agency for one in amendments if one.subject == AmendmentKind.ADD}
    of_units = {tuple(map(str, row)) for row in ledger.rows(sql.UNITS_WITH_MARKS)}
    added |= {name for agency in plan.agencies for name in units.names(units.of(agency.name))}
    lost = dropped(current, plan, used, of_units, added)
    if lost:
        raise Refusal(
            f"新版本丢掉了已有记录的内容：{'；'.join(lost)}。请在方案文件里保留后再启用。台账未改动。"
        )


def _amendments(form: EmptySheet) -> set[int]:
    """The numbers of the amendments that are in force."""
    return {one.entry for row in form.rows for one in row.amendments}


def _refuse_at_odds(form: EmptySheet) -> None:
    """Refuse a version that is at odds with what was recorded: it names units twice, or units count figures that amendments dropped."""
    if twice := form.units.named_twice(agency.name for agency in form.units.agencies):
        pairs = "；".join(f"{names} 是同一家单位更名或合并前后的名称" for names in twice)
        raise Refusal(f"新版本里 {pairs}；请只写一个，再启用。台账未改动。")
    sides = tuple(side.name for side in form.sides)
    without = {
        f"{progress.item.code} 的{figure.indicator.label}由{'、'.join(figure.sources)}报数": None
        for progress in form.rows
        for figure, _ in unreported(progress, sides)
    }
    if without:
        raise Refusal(
            f"新版本里 {'，'.join(without)}，而报数的单位已按调整减去；"
            "请改 from，或先冲正减去单位的调整。台账未改动。"
        )


def _make(store: Embedded, new: NewPlan) -> None:
    """Make schema, origin and first adoption in one transaction."""
    with store.session() as session:
        make(session.connection())
        _begin(session, store, 1, new)
    store.use_chain(store.chains()[0])


def _begin(session: Session, store: Store, number: int, new: NewPlan) -> int:
    """Add the origin of a chain, and the adoption that is its first entry."""
    chain = Chain(number, secrets.token_hex(NAME // 2), new.office)
    session.add(tables.Origin(id=chain.origin_id, name=chain.name, office=chain.office))
    session.flush()
    return _adopt(session, store.of(chain), new)


def _adopt(session: Session, store: Store, new: NewPlan) -> int:
    """Add the rows of a plan as they are missing, and the entry that puts them in force; the first names the office of the chain."""
    plan = new.plan
    owner = session.exec(select(tables.Plan).where(col(tables.Plan.key) == plan.meta.key)).first()
    if owner is None:
        owner = tables.Plan(key=plan.meta.key, origin_id=store.chain.origin_id)
        session.add(owner)
        session.flush()
    elif owner.origin_id != store.chain.origin_id:
        raise Refusal(
            f"方案 {plan.meta.key} 属于另一个办公室的台账，与 --plan 写的不是同一本；请用 --plan {plan.meta.key}。台账未改动。"
        )
    plan_id, mark = owner.id or 0, plan_digest(plan)
    known = select(tables.Version).where(
        col(tables.Version.plan_id) == plan_id, col(tables.Version.digest) == mark
    )
    if session.exec(known).first() is None:
        version = tables.Version(plan_id=plan_id, digest=mark)
        session.add(version)
        session.flush()
        for table, rows in _rows(plan, version.id or 0):
            session.connection().execute(insert(table), rows)
    _require_stored(store, plan.meta.key, mark)
    day, details = new.clerk.today, write_details(office=new.office)
    draft = Draft(EntryKind.ADOPTION.value, day, subject=mark, note=plan.meta.title, details=details)
    return append_all(store, plan_id, (draft,), new.clerk)[0]


def _require_stored(store: Store, key: str, mark: str) -> None:
    """Read back the version that is about to be put in force, whether it was just written or stood there before."""
    versions = store.rows(STORED, {"key": key, "digest": mark})
    is_sole = [origin for _, origin in versions] == [store.chain.origin_id]
    if not is_sole or not is_as_adopted(store, int(versions[0][0]), mark):
        raise unstored("方案的内容")


def _rows(plan: Plan, version: int) -> Iterator[tuple[type[SQLModel], list[dict[str, Any]]]]:
    """Turn the rows of a plan into rows of the tables that have some.

    They go in table by table: an object for each of five hundred rows takes longer than all else that creates a ledger.
    """
    parts = [(Meta, (plan.meta,)), *((part.row, getattr(plan, name)) for name, part in PARTS.items())]
    for kind, rows in parts:
        if rows:
            numbered = [_fields(row) | {"version_id": version, "position": n} for n, row in enumerate(rows)]
            yield tables.VERSIONED[kind], numbered


def _fields(row: Any) -> dict[str, Any]:
    return {name: int(value) if isinstance(value, bool) else value for name, value in row._asdict().items()}
