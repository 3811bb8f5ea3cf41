"""What is typed to be stored, as values, and the checks that all actions share: the indicator, the number, the units, the day. Pure."""

from collections.abc import Callable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from planledger.ledger.clerk import checked_text
from planledger.plan.days import work_day_fault
from planledger.plan.model.rows import RECORD_OPTIONS, Agency, Indicator
from planledger.plan.model.terms import EntryKind, Scope
from planledger.plan.phrases.days import WORK, DayPlace, DayReading, read_typed_day
from planledger.plan.phrases.quantities import how_to_take_back, read_quantity
from planledger.plan.phrases.texts import HALF, nearest, question_of
from planledger.plan.refusal import NotRecorded, Refusal, each
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.facts.plans import PlanSubject
from planledger.questions.naming import once_each
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet
from planledger.questions.unit_naming import agency_named, name_on_day, side_named

if TYPE_CHECKING:
    from planledger.questions.answers.evidence import File
    from planledger.store.files.vault import StagedFile


class Recording(NamedTuple):
    """What was typed after `record`: nothing of it is believed yet."""

    code: str
    amounts: tuple[tuple[str, str], ...] = ()  # (key or label, number as typed)
    is_done: bool = False
    paper: str = ""
    reference: str = ""
    held_by: str = ""
    entry: str = ""  # the entry that the paper or the files prove
    event: str = ""  # what happened
    same_event: str = ""  # an entry of the event that this item counts too
    on: str = ""
    agency: str = ""
    any_agency: bool = False
    side: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()  # files that are taken in
    kind: str = ""  # of the files
    is_personal: bool = False  # they hold data of private people
    largest: int = 0  # bytes of a file; 0 for the usual limit

    @property
    def about(self) -> PlanSubject:
        """What shows which plan is meant; of a row whose work is done papers may still come."""
        kind = EntryKind.PAPER if self.paper or self.evidence else EntryKind.AMOUNT
        return PlanSubject(self.code, on=self.on, entries=(self.entry, self.same_event), kind=kind)


class Ties(NamedTuple):
    """What the entries of a recording hang together with."""

    event: Entry | None = None  # of an event that another item counts already
    proven: Entry | None = None  # of what a paper is the proof of
    first: int = 0  # the number that the first of the new entries will bear
    files: "tuple[StagedFile, ...]" = ()
    known: "Mapping[str, File]" = MappingProxyType({})  # what the ledger holds of each, by its SHA-256


def indicator_named(row: Row, name: str) -> Indicator:
    """Find an item's indicator by its key, its Chinese label, or a part of the label that no other one has.

    What is written like a key is never a part: a form may bring one that a later version of the plan dropped.

    Raises:
        Refusal: the item has no such indicator, or the labels of several have the part.
    """
    indicators = [figure.indicator for figure in row.progress.figures]
    matches = [one for one in indicators if name in (one.key, one.label)]
    if not matches and name and not (name.isascii() and name.islower()):
        matches = [one for one in indicators if name in one.label]
    if len(matches) == 1:
        return matches[0]
    if matches:
        choices = "、".join(f"--{one.key}（{one.label}）" for one in matches)
        raise Refusal(f"{row.item.code} 有{len(matches)}个指标含 {name}，请写明是哪一个：{choices}。")
    from planledger.plan.phrases.option_names import OPTION_NAMES, OTHER_NAMES

    names = [word for one in indicators for word in (one.key, one.label)]
    # a single character (人) is rather a unit that is counted than a slip of the pen
    options = [OPTION_NAMES.get(f"--{option}", "") for option in RECORD_OPTIONS if name[1:]]
    word = OTHER_NAMES.get(name, name)
    is_file = word == "文件"
    meant = nearest(word, [*names, *RECORD_OPTIONS]) or nearest(word, filter(None, options), near=HALF)
    meant = ["evidence"] if is_file else meant
    refusal = Refusal(f"{row.item.code} 没有指标 {name}。{question_of(meant)}{recordable(row)}")
    raise refusal.to_type(f"--{name}", tuple(f"--{one}" for one in meant[:1]))


def amount_of(row: Row, name: str, typed: str, option: str, *, is_target: bool = False) -> int:
    """Read a number for one of an item's indicators, in its smallest unit.

    *option* is what the number was typed after, for the refusal; one that *is a target* is no figure of work.

    Raises:
        Refusal: the item has no such indicator, or the number is none.
    """
    indicator = indicator_named(row, name)
    quantity = read_quantity(typed, indicator.unit, indicator.decimals)
    if quantity.amount is None:
        advice = "" if is_target else how_to_take_back(typed)
        raise NotRecorded(f"{option} {typed}：{quantity.fault}{advice}")
    return quantity.amount


def refuse_other_side(agency: Agency, side: str) -> None:
    """Refuse a *side* that is not that of the unit; either may be empty."""
    if agency.side and side not in ("", agency.side):
        raise NotRecorded(f"{agency.name} 属于 {agency.side}，与 --side {side} 不符；去掉 --side 即可。")


def shared_draft(recording: Recording, sheet: Sheet, row: Row, *, only_stock: bool) -> Draft:
    """What all entries of a recording share, checked: unit, side, day and note."""
    agency = None
    if recording.agency:
        agency = reporting_agency(recording.agency, sheet, row, is_any=recording.any_agency)
    side = side_named(recording.side, sheet.sides) if recording.side else ""
    if agency:
        refuse_other_side(agency, side)
    if not side and not agency and len(sheet.sides) == 1:
        side = sheet.sides[0].name
    day = day_of_work(recording.on, sheet.day_place(WORK), only_stock=only_stock)
    return Draft(
        kind="",
        code=row.item.code,
        dated=day.day,
        agency=name_on_day(recording.agency, day.day, sheet) if agency else "",
        side=(agency.side if agency else "") or side,
        note=checked_text(note_of(recording.note, day), "说明"),
    )


def of_each(units: tuple[str, ...], drafts_of: Callable[[str], tuple[Draft, ...]]) -> tuple[Draft, ...]:
    """The same entries for several units, for each of its own, all or none.

    Raises:
        Refusal: for one of them it cannot stand, or two words mean the same unit.
    """
    drafts = tuple(chain.from_iterable(each(units, drafts_of)))
    once_each(draft.agency for draft in drafts)
    return drafts


def one_unit_each(why: str) -> NotRecorded:
    """The refusal of several units, with the reason why only one can be named here."""
    return NotRecorded(f"--agency 写了几家单位：{why}；请一家一条命令。")


def needs_side(side: str, sheet: Sheet, why: str) -> None:
    """Refuse what each side has for itself where no side is named.

    Raises:
        Refusal: *side* is empty.
    """
    if not side:
        words = " 或 ".join(f"--side {name}" for name in sheet.side_names)
        raise NotRecorded(f"{why}，请用 --agency 写明单位，或加 {words}。")


def amount_draft(shared: Draft, sheet: Sheet, row: Row, indicator: Indicator, amount: int) -> Draft:
    """The entry of a figure; *shared* is what the entries of a recording share, *amount* is in the smallest unit.

    Raises:
        Refusal: each side counts it for itself, and no side is named; or each unit, and none that owes it is.
    """
    figure = row.progress.figure(indicator.key)
    if figure and figure.shares and not figure.share_of(sheet.units.of(shared.agency)):
        owners = tuple(share.owner for share in figure.shares)
        why = f"{shared.agency} 没有任务数" if shared.agency else "本办代记也要写明单位"
        raise NotRecorded(
            f"{row.item.code} 的{indicator.label}由各单位分别完成，{why}；请用 --agency 写明有任务的单位：{'、'.join(owners)}。"
        ).to_type("--agency", owners)
    if indicator.scope == Scope.EACH:
        needs_side(shared.side, sheet, f"{row.item.code} 的{indicator.label}由各方分别计数")
    return shared._replace(kind=EntryKind.AMOUNT.value, indicator=indicator.key, amount=amount)


def reporting_agency(name: str, sheet: Sheet, row: Row, *, is_any: bool = False) -> Agency:
    """Find the unit that something comes from; it must have a part in the item, unless it may be *any* of the plan.

    Raises:
        Refusal: no unit is called so, several are, or it has no part in the item.
    """
    agency = agency_named(name, sheet)
    if row.duty_of(agency.name) is None and not is_any:
        units = "、".join(duty.agency for duty in row.progress.duties)
        raise NotRecorded(
            f"{agency.name} 不是 {row.item.code} 的责任单位；该项责任单位：{units}。确实由它报来的，请加 --any-agency。"
        )
    return agency


def day_of_work(typed: str, where: DayPlace, *, only_stock: bool = False) -> DayReading:
    """Read the day of the work.

    Raises:
        Refusal: it is no day, or none that can be.
    """
    reading = read_typed_day(typed, where) if typed else DayReading(where.today, "")
    if reading.fault:
        raise NotRecorded(f"{where.place} {typed}：{reading.fault}").to_type(where.place, reading.choices)
    refuse_day(reading.day, where, only_stock=only_stock)
    return reading


def note_of(note: str, day: DayReading) -> str:
    """The note of an entry: what was typed, and the words of a day that has a beginning."""
    return "；".join(filter(None, (note, day.span)))


def refuse_day(day: str, where: DayPlace, *, only_stock: bool) -> None:
    """Refuse a day on which no work of the plan can have been done.

    Raises:
        Refusal: it has not come yet, or lies before the plan's year.
    """
    fault = work_day_fault(day, where.year, where.today, of_stock=only_stock)
    if fault:
        raise NotRecorded(f"{where.place} {day} {fault}")


def recordable(row: Row) -> str:
    """The options by which something can be recorded on the item, in a sentence."""
    words = [
        f"--{f.indicator.key} N（{f.indicator.label}，{f.indicator.unit}）" for f in row.progress.figures
    ]
    papers = [f"--paper {requirement.kind}" for requirement in row.progress.requirements]
    return f"{row.item.code} 可登记：{'、'.join([*words, *papers, '--done（申报完成）'])}。"
