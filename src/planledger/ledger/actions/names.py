"""What the office (本办名称) and the units (更名、合并) are called: a name is recorded, also a new one, and none before it is lost."""

from typing import NamedTuple

from planledger.ledger.actions.request import day_of_work
from planledger.ledger.clerk import checked_basis, checked_text
from planledger.ledger.session import PlanSession
from planledger.plan.days import LATEST
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rows import Agency
from planledger.plan.model.terms import EntryKind, FilingStanding, Standing
from planledger.plan.people.masking import masked_private
from planledger.plan.phrases.days import FIRST
from planledger.plan.phrases.texts import fold, quoted, squeeze
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import NotRecorded, Refusal, each
from planledger.questions.facts.annex import EmptySheet, empty_sheet
from planledger.questions.facts.office import office_doubt, office_name, office_unit
from planledger.questions.facts.plans import PlanSubject
from planledger.questions.facts.which_plan import plans_of_chain
from planledger.questions.naming import LONGEST, once_each
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Sheet
from planledger.questions.unit_naming import agency_named

_LINE = "planledger agency {} --from 日期 --basis 文号。"


def name_office(book: PlanSession, typed: str, note: str = "") -> Receipt:
    """Record what the office is called from today on, in all plans of its chain.

    A name that means no unit of the plan is stored with a warning: an office may be renamed before its plan is.

    Raises:
        Refusal: it is no name, the office bears it already, or another office of the database does.
    """
    name, note = checked_office(typed), checked_text(note, "说明")
    if not name:
        raise NotRecorded("请写本办的名称，照方案里主办单位的全称写。")
    with book.store.transaction():
        _refuse_taken(book, name)
        form = book.amended_sheet()
        draft = Draft(EntryKind.OFFICE_NAME.value, form.as_of, subject=name, note=note)
        receipt = book.append(form, (draft,), "")
        doubt = office_doubt(name, form)
        warning = f"注意：{doubt}名称已照记；写错了的请冲正后重记。"
        return receipt._replace(warnings=(*receipt.warnings, warning)) if doubt else receipt


def _refuse_taken(book: PlanSession, name: str) -> None:
    own = book.store.chain
    if name == office_name(book.store, own, book.clerk.today, LATEST):
        raise Refusal(f"本办的名称已经是 {name}，不用再登记。")
    others = [chain for chain in book.store.chains() if chain != own]
    if squeeze(name) in {squeeze(office_name(book.store, chain)) for chain in others}:
        raise NotRecorded(
            f"{name} 在 {book.store.path} 里已有自己的台账；请写本办自己的名称，或用 --plan 写明是哪一本。"
        )


def checked_office(typed: str) -> str:
    """Return what the office is called, without blanks; empty where nothing was typed.

    Raises:
        Refusal: it is no name.
    """
    name = "".join(checked_text(typed, "本办名称").split())
    if len(name) > LONGEST or not name.isprintable() or masked_private(name) != name:
        raise NotRecorded(f"{quoted(name)}不像办公室的名称；最多{LONGEST}个字，不带号码和看不见的字符。")
    return name


def rename_unit(book: PlanSession, old: str, new: str, since: str, basis: str) -> Receipt:
    """Give a unit another name from a day on, in all plans of the chain.

    Raises:
        Refusal: the unit is none that the plan knows, the name is its own, another's or no name, or the day is too early.
    """
    with book.store.transaction():
        form = book.amended_sheet(PlanSubject(on=since))
        unit, typed = _unit_named(old, form), new.strip()
        if typed == unit.name:
            raise NotRecorded(f"{unit.name} 本来就叫这个名称，不用更名。")
        _refuse_others(typed, unit, form)
        own = form.units.names(unit.name, is_alone=True)
        name = _new_name(typed, unit.side, form, own)
        return _change(book, form, _NewName(EntryKind.AGENCY_RENAME, [unit], name, since, basis))


def merge_units(book: PlanSession, old: tuple[str, ...], new: str, since: str, basis: str) -> Receipt:
    """Make several units one from a day on, in all plans of the chain: a new one, or one that takes the others in.

    Raises:
        Refusal: as :func:`rename_unit`; they are one alone, or of several sides.
    """
    with book.store.transaction():
        form = book.amended_sheet(PlanSubject(on=since))
        units = each(old, lambda word: _unit_named(word, form))
        once_each(unit.name for unit in units)
        new = new.strip()
        # another name of one of them may become the new one
        bearers = find_agencies(new, form.agencies, form.sides)
        is_there = any(one not in units or one.name == new for one in bearers)
        if is_there:
            taking_in = agency_named(new, form)
            units = [*(one for one in units if one != taking_in), taking_in]
        if len({unit.side for unit in units}) > 1:
            listed = "、".join(unit.name for unit in units)
            raise NotRecorded(f"{listed} 不是同一方的，不能合并成一家。")
        name = units[-1].name if is_there else _new_name(new, units[0].side, form, ())
        if len(units) == 1:
            line = "" if is_there else f"；更名请用 {_LINE.format(f'rename {units[0].name} {name}')}"
            raise NotRecorded(f"只写了一家单位，合并至少两家{line or '。'}")
        return _change(book, form, _NewName(EntryKind.AGENCY_MERGE, units, name, since, basis))


def _change(book: PlanSession, form: EmptySheet, new: "_NewName") -> Receipt:
    """Append a change, and refuse what it would make of any plan of the chain; of the office's own unit, warn that its name stays."""
    units, name = new.units, new.name
    day = day_of_work(new.since, form.day_place(FIRST)).day
    for change in form.units.changes:
        if change.day > day and form.units.of(change.agency) in [unit.name for unit in units]:
            known = f"{change.agency} 从{change.day}起才叫这个名称（第{change.entry}号）"
            raise NotRecorded(f"{known}；--from 请写这一天或以后，写错了的先冲正第{change.entry}号。")
    names, details = "、".join(unit.name for unit in units), write_details(basis=checked_basis(new.basis))
    draft = Draft(new.kind.value, day, side=units[0].side, agency=name, subject=names, details=details)
    totals = [_totals(sheet) for sheet in _sheets(book)]
    receipt = book.append_typed(book.empty_sheet(key=form.plan.key), (draft,), "")
    for sheet, before in zip(_sheets(book), totals, strict=True):
        if twice := sheet.units.named_twice(agency.name for agency in sheet.units.agencies):
            raise NotRecorded(
                f"《{sheet.plan.title}》里 {twice[0]} 是两家单位，这样就成了一家；请写另一个全称。"
            )
        if _totals(sheet) != before:
            raise NotRecorded(
                f"{name} 从那天起报过核对数，合并后会计入累计；请先冲正，或把 --from 写晚一些。"
            )
    office = office_name(book.store, book.store.chain, form.as_of, LATEST)
    own = office_unit(office, form)
    if own not in units or own.name == name:
        return receipt
    warning = f"注意：本办名称仍是{office}；请再运行 planledger office name {name}"
    return receipt._replace(warnings=(*receipt.warnings, warning))


def _sheets(book: PlanSession) -> list[Sheet]:
    """Every plan of the chain as it stands."""
    plans = plans_of_chain(book.store, LATEST)
    return [book.filled_sheet(empty_sheet(book.ledger_today(plan)), "") for plan in plans]


class _NewName(NamedTuple):
    """Under which name units go on, as rename or merge."""

    kind: EntryKind
    units: list[Agency]  # whoever is renamed, or becomes one
    name: str
    since: str  # from which day on, as it was typed
    basis: str  # as it was typed


def _totals(sheet: Sheet) -> list[int | None]:
    return [figure.total() for row in sheet.rows for figure in row.progress.figures]


def _unit_named(word: str, form: EmptySheet) -> Agency:
    if fold(word) in {duty.agency for row in form.rows for duty in row.duties if duty.is_group}:
        raise NotRecorded(f"{word} 没有点名是哪家单位，不能更名或合并；请写一家单位。")
    return agency_named(word, form)


def _refuse_others(typed: str, unit: Agency, form: EmptySheet) -> None:
    """Refuse what other units are called; with one of the same side the unit may be merged."""
    others = [one for one in find_agencies(typed, form.agencies, form.sides) if one != unit]
    if not others:
        return
    way = "请写另一个全称。"
    if len(others) == 1 and others[0].side == unit.side:
        way = f"两家合并请用 {_LINE.format(f'merge {unit.name} --into {others[0].name}')}"
    raise NotRecorded(f"{'、'.join(one.name for one in others)} 是另一家单位；{way}")


def unit_name(typed: str, option: str, side: str, sheet: Sheet | EmptySheet) -> str:
    """The official name of a unit of a *side* that no plan names yet; *option* is what it was typed after.

    Raises:
        Refusal: a plan could not name one unit of the side so, or the word means something else.
    """
    from planledger.plan.phrases.option_names import OPTION_NAMES
    from planledger.plan.phrases.units import unit_name_fault

    name = checked_text(typed, "单位名称")
    if not name:
        raise NotRecorded(f"{option}是空的；请写一家单位的全称。")
    labels = [*(area.name for area in sheet.areas), *(filing.label for filing in sheet.filings)]
    labels += [word.label for words in (Standing, FilingStanding, EntryKind) for word in words]
    has_meaning = name in {"本办", "全部", *labels, *OPTION_NAMES.values()}
    if fault := f"{name}另有所指。" if has_meaning else unit_name_fault(name, side, sheet.sides):
        raise NotRecorded(f"{option} {typed[:LONGEST]} 请只写一家单位的全称：{fault}")
    return name


def _new_name(typed: str, side: str, form: EmptySheet, own: tuple[str, ...]) -> str:
    """A name that no unit bears or ever bore, but for the one that had it among its *own*."""
    name = unit_name(typed, "新名称", side, form)
    bearer = form.units.of(name)
    if bearer != name and name not in own:
        raise NotRecorded(f"{name} 是 {bearer} 用过的名称，不能再作新名称；请写另一个全称。")
    return name
