"""What may be amended of an item, and the entry that amends it (调整): the plan's own words stay."""

from functools import partial
from typing import NamedTuple

from planledger.ledger.actions.amendment_effect import amendment_warnings, divided_figures, refuse_unreported
from planledger.ledger.actions.names import unit_name
from planledger.ledger.actions.request import amount_of, day_of_work, indicator_named, refuse_other_side
from planledger.ledger.clerk import checked_basis, reason
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import AmendmentKind, Comparison, EntryKind, Role, Standing
from planledger.plan.phrases.days import FIRST, LAST, DayPlace, DayReading, read_typed_day
from planledger.plan.phrases.deadlines import read_deadline
from planledger.plan.phrases.spoken_days import written_out
from planledger.plan.phrases.texts import fold, hint, quoted, squeeze
from planledger.plan.phrases.unit_names import agency_choices, find_agencies
from planledger.plan.refusal import NotRecorded
from planledger.questions.facts.plans import PlanSubject
from planledger.questions.facts.progress import Progress
from planledger.questions.judge.amending import own_value
from planledger.questions.naming import LONGEST
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Row, Sheet, filled_sheet
from planledger.questions.unit_naming import agency_named, side_named

ROLES = (Role.LEAD, Role.RESPONSIBLE, Role.ASSIST)
WAYS = "--due 日期、--target 指标 数、--quota 单位 数、--add-agency 单位、--drop-agency 单位、--cancel"


class Amending(NamedTuple):
    """What was typed after `amend`: nothing of it is believed yet."""

    code: str
    because: str
    basis: str
    due: str = ""
    target: tuple[str, str] = ("", "")  # (key or label, number as typed)
    # (unit, number as typed, with its indicator where there are several: KEY=N)
    quota: tuple[str, str] = ("", "")
    add_agency: str = ""
    drop_agency: str = ""
    side: str = ""
    role: str = ""
    is_cancelled: bool = False
    since: str = ""  # from which day on; empty: today
    today: str = ""  # from which a day is counted


def amend_item(book: PlanSession, amending: Amending) -> Receipt:
    """Change a deadline, a target or a unit from a day on, or cancel the item; the plan's own words stay.

    Raises:
        Refusal: it changes nothing, several things, something that cannot be, or leaves a figure without a unit.
    """
    with book.store.transaction():
        form, _, today = book.row_meant(PlanSubject(amending.code, on=amending.since))
        since = day_of_work(amending.since, form.day_place(FIRST)).day
        sheet = filled_sheet(book.ledger_today(form.plan)._replace(as_of=since), form, today.item.code)
        plain = next(one for one in form.rows if one.item.code == today.item.code)
        read = amending._replace(since=since, today=form.as_of)
        draft = _amendment(read, sheet, sheet.rows[0], plain)
        receipt = book.append_typed(form, (draft,), today.item.code)
        refuse_unreported(receipt)
        return receipt._replace(warnings=receipt.warnings + amendment_warnings(receipt, today))


def _amendment(amending: Amending, sheet: Sheet, row: Row, plain: Progress) -> Draft:
    """The entry that what was typed means.

    Args:
        amending: what was typed, with `since` read as a day.
        sheet: the annex as it stands.
        row: the item as it stands.
        plain: the item by the plan's own words.

    Raises:
        Refusal: it changes nothing, several things, or something that cannot be.
    """
    blank = amending._field_defaults
    subjects = [kind for kind, (field, _) in _CHANGES.items() if getattr(amending, field) != blank[field]]
    if len(subjects) != 1:
        many = "一次只调整一样" if subjects else "没有写调整什么"
        raise NotRecorded(f"{many}；请写其中一样：{WAYS}。")
    because = reason(amending.because)
    basis = checked_basis(amending.basis)
    subject = subjects[0]
    changes = _CHANGES[subject][1](amending, sheet, row)
    agency, side = changes.pop("agency", ""), changes.pop("side", "")
    own = own_value(
        plain, subject, changes.get("key", ""), agency, partial(sheet.units.on, day=amending.since)
    )
    return Draft(
        EntryKind.AMENDMENT.value,
        amending.since,
        row.item.code,
        agency=agency,
        side=side,
        subject=subject.value,
        note=because,
        details=write_details(basis=basis, said=own, **changes),
    )


def _due(amending: Amending, sheet: Sheet, row: Row) -> dict[str, str]:
    year, first = sheet.plan.year, amending.since
    reading = _last_day(amending, year)
    day = reading.day
    if not day:
        raise NotRecorded(f"--due {amending.due}：{reading.fault}").to_type("--due", reading.choices)
    if day < first:
        this_year = int(first[:4])
        later = (_last_day(amending, one).day for one in (this_year, this_year + 1))
        to_come = next((one for one in later if one >= first), "")
        if to_come:  # the words leave the year out
            raise NotRecorded(
                f"--due {amending.due}：可以是 {day}，也可以是 {to_come}；请写上年份。"
            ).to_type("--due", (day, to_come))
        raise NotRecorded(
            f"--due {day} 早于调整生效的 {first}，到期的事不能再改期；请核对，或用 --from 写明从哪一天起。"
        )
    if day == row.item.last_day:
        raise NotRecorded(f"{row.item.code} 的最后一天本来就是 {day}，不需要调整。")
    return {"due": day}


def _last_day(amending: Amending, year: int) -> DayReading:
    """Read the new last day as of a plan of *year*: a day, or the words of 完成时限."""
    reading = read_typed_day(amending.due, DayPlace(LAST, amending.today, year))
    words = written_out(squeeze(amending.due), amending.today)
    return reading if reading.day else reading._replace(day=read_deadline(words, year).last_day)


def _target(amending: Amending, _sheet: Sheet, row: Row) -> dict[str, str]:
    name, typed = amending.target
    indicator = indicator_named(row, name)
    amount = amount_of(row, name, typed, f"--target {name}", is_target=True)
    what = f"{row.item.code} 的{indicator.label}"
    if indicator.key in [figure.indicator.key for figure in divided_figures(row)]:
        raise NotRecorded(f"{what}已分解到各单位；请用 --quota 单位 数 逐家调整。")
    _refuse_target(amount, indicator, f"{what}目标", f"{row.item.code} 不再开展的，请用 --cancel")
    return {"key": indicator.key, "target": str(amount)}


def _refuse_target(amount: int, indicator: Indicator, what: str, way: str) -> None:
    """Refuse a target of nothing, and one that is there already; *way* is what to do in place of nothing.

    Raises:
        Refusal: it is such a one.
    """
    if amount == 0 and indicator.comparison != Comparison.AT_MOST:
        raise NotRecorded(f"目标是 0 就是不做也算完成；{way}。")
    if amount == indicator.target:
        raise NotRecorded(f"{what}本来就是这个数，不需要调整。")


def _quota(amending: Amending, sheet: Sheet, row: Row) -> dict[str, str]:
    unit, typed = amending.quota
    key, _, number = fold(typed).rpartition("=")
    of_units = [figure for figure in row.progress.figures if figure.quotas]
    meant = [one for one in of_units if key in ("", one.indicator.key, one.indicator.label)]
    if len(meant) != 1:
        choices = "、".join(f"{one.indicator.key}={number}（{one.indicator.label}）" for one in of_units)
        which = f"由各单位分别完成的指标有{len(of_units)}个；请写成 --quota {unit} 指标=数：{choices}"
        none = "没有由各单位分别完成的指标；请用 --target 指标 数"
        raise NotRecorded(f"{row.item.code} {which if choices else none}。")
    indicator, agency = meant[0].indicator, agency_named(unit, sheet)
    if not row.duty_of(agency.name):
        raise NotRecorded(f"{agency.name} 不是 {row.item.code} 的责任单位；请先用 --add-agency 增加。")
    amount = amount_of(row, indicator.key, number, f"--quota {unit}", is_target=True)
    share = meant[0].share_of(agency.name)
    own = share.indicator if share else indicator._replace(target=None)
    what, way = f"{agency.name} 的{indicator.label}任务数", f"{agency.name} 不再承担的，请用 --drop-agency"
    _refuse_target(amount, own, what, way)
    return {"key": indicator.key, "target": str(amount), "agency": agency.name, "side": agency.side}


def _add(amending: Amending, sheet: Sheet, row: Row) -> dict[str, str]:
    words = {word: role.value for role in ROLES for word in (role.label, role.value)}
    if amending.role not in words:
        typed = f"没有职责 {quoted(amending.role)}；" if amending.role else ""
        raise NotRecorded(f"{typed}请用 --role 写明职责：{'、'.join(role.label for role in ROLES)}。")
    name, side = _unit(amending, sheet)
    if row.duty_of(name):
        raise NotRecorded(
            f"{name} 已经是 {row.item.code} 的责任单位；要改职责，请先用 --drop-agency 减去再增加。"
        )
    return {"agency": name, "side": side, "role": words[amending.role]}


def _unit(amending: Amending, sheet: Sheet) -> tuple[str, str]:
    """Find the unit that is added; one that the plan does not know is taken by its official name and its side."""
    typed, sides = amending.add_agency, sheet.sides
    side = side_named(amending.side, sides) if amending.side else ""
    if find_agencies(typed, sheet.agencies, sides):
        agency = agency_named(typed, sheet)
        refuse_other_side(agency, side)
        return agency.name, agency.side
    if not side:
        words = " 或 ".join(f"--side {one.name}" for one in sides)
        near = hint(fold(typed), agency_choices(sheet.agencies, sides))
        raise NotRecorded(f"名册里没有 {typed[:LONGEST]}。{near}确是新单位，请写全称并加 {words}。")
    return unit_name(typed, "--add-agency", side, sheet), side


def _drop(amending: Amending, sheet: Sheet, row: Row) -> dict[str, str]:
    agency = agency_named(amending.drop_agency, sheet)
    if not row.duty_of(agency.name):
        units = "、".join(duty.agency for duty in row.progress.duties)
        raise NotRecorded(f"{agency.name} 不是 {row.item.code} 的责任单位；该项责任单位：{units}。")
    return {"agency": agency.name, "side": agency.side}


def _cancel(_amending: Amending, _sheet: Sheet, row: Row) -> dict[str, str]:
    standing = row.judgement.standing
    if standing in (Standing.CANCELLED, Standing.DONE, Standing.CLOSED):
        raise NotRecorded(f"{row.item.code} {standing.label}，不能再终止。")
    return {}


_CHANGES = {  # by what is changed: what was typed for it, and what that means
    AmendmentKind.DUE: ("due", _due),
    AmendmentKind.TARGET: ("target", _target),
    AmendmentKind.QUOTA: ("quota", _quota),
    AmendmentKind.ADD: ("add_agency", _add),
    AmendmentKind.DROP: ("drop_agency", _drop),
    AmendmentKind.CANCEL: ("is_cancelled", _cancel),
}
