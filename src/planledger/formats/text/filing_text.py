"""Filings as text: what came, what is lacking, who is late; on screens, in replies, in CSV."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from planledger.formats.text.lack_text import parts_text
from planledger.plan.days import short_day
from planledger.plan.model.entry_details import Details
from planledger.plan.model.rhythm_periods import PeriodicFiling
from planledger.plan.model.rows import Filing, grouped_pairs
from planledger.plan.model.terms import FilingStanding
from planledger.questions.answers.filings import Filings, LateFiling
from planledger.questions.judge.filings import FilingLack, FilingLackKind, FilingState, filing_task, states_of

if TYPE_CHECKING:
    from planledger.questions.receipt import Draft, Receipt
    from planledger.questions.sheet import Sheet

LACKING = {FilingStanding.MISSING: "未交", FilingStanding.RETURNED: "退回", FilingStanding.INCOMPLETE: "不全"}
_SHORTEST = 2  # characters that a shortened name keeps at least


def joined_names(names: list[str]) -> str:
    """Return names that end alike as the office lists them: 甲、乙两县扶贫办 need their ending once."""
    ending = _ending(names)
    fronts = [name.removesuffix(ending) for name in names] if ending else names
    return "、".join(fronts) + ending if all(fronts) else "、".join(names)


def filing_asked(filing: Filing) -> str:
    """Return what every unit must file, and until when: 归档资料（最后一天 2019-11-15，四（一））."""
    clause = f"，{filing.clause}" if filing.clause else ""
    return f"{filing.label}（最后一天 {filing.last_day}{clause}）"


def filing_counts(answer: Filings, filing: Filing) -> str:
    """Return of one filing how many units have filed it, and how many are late."""
    counts = "，".join(
        f"{name}{answer.stand(filing, word)}家"
        for word, name in ((FilingStanding.HANDED_IN, "已交"), *reversed(LACKING.items()))
    )
    return f"{filing_asked(filing)}：应交{len(answer.units)}家，{counts}；逾期（含逾期交的）{answer.late(filing)}家"


def periodic_counts(answer: Filings, one: PeriodicFiling) -> str:
    """Return of a filing with a rhythm how many periods are over, how many units lack any of them, and the present one."""
    begun = [filing for filing in answer.sheet.filings if filing in one.of_periods]
    over = [filing for filing in begun if filing.last_day < answer.sheet.as_of]
    lacking = sum(len(answer.units) - answer.stand(filing, FilingStanding.HANDED_IN) for filing in over)
    head = f"{one.filing.label}（{one.rhythm.words}）：共{len(one.of_periods)}期，已到期{len(over)}期，"
    head += f"应交{len(over) * len(answer.units)}份，未交齐{lacking}份"
    return "\n".join([head, *(f"  {filing_counts(answer, filing)}" for filing in begun[-1:])])


def periodic_cell(states: list[FilingState], one: PeriodicFiling, day: str, year: int) -> str:
    """Return where a unit stands with a filing that has a rhythm: the present period, then those that are over and lacking."""
    labels = [_period(state.filing, one) for state in states]
    lacking = [
        label
        for state, label in zip(states, labels, strict=True)
        if state.filing.last_day < day and state.standing != FilingStanding.HANDED_IN
    ]
    now = [f"{labels[-1]}{filing_standing(states[-1], year)}"] if states else []
    return "；".join([*now, *([f"缺{'、'.join(lacking)}"] if lacking else [])])


def filed_as(details: Details) -> str:
    """Return in which form something came, to whom, and whether it bears a stamp: 纸质，已盖章，报某办公室."""
    to = list(details.names("to"))
    parts = [details.text("form"), "已盖章" if details.text("stamped") else ""]
    return "，".join(part for part in (*parts, f"报{joined_names(to)}" if to else "") if part)


def filing_lack(one: FilingLack, filing: Filing) -> str:
    """Return one thing that is lacking: 电子, 盖章, 报大新县."""
    names = filing.recipients.split("、")
    front = one.to.removesuffix(_ending(names)) if one.to else ""
    to = front if len(front) >= _SHORTEST else one.to
    if one.kind == FilingLackKind.RECIPIENT:
        return f"报{to}"
    if one.kind == FilingLackKind.STAMP:
        where = one.form if one.to and "、" in filing.forms else ""
        return f"{to}{where}盖章"
    return f"{to}{one.form}"


def filing_lacks(state: FilingState) -> str:
    """Return everything that is lacking of what has begun to come, and from which parts of a merged unit; of most units nothing where nothing has come."""
    is_begun = state.standing == FilingStanding.INCOMPLETE
    lacks = "、".join(filing_lack(one, state.filing) for one in state.lacks) if is_begun else ""
    return lacks + parts_text(state.parts)


def filing_cell(state: FilingState, year: int) -> str:
    """Return where a unit stands in as few columns as it takes: 已交 11-20 逾期5天, 缺电子, 退回 11-18（首报 11-14）."""
    return filing_standing(state, year) + (f" 逾期{state.days_late}天" if state.days_late else "")


def filing_standing(state: FilingState, year: int) -> str:
    """Return where a unit stands, whether late or not: 已交 11-20, 缺电子, 退回 11-18（首报 11-14）."""
    first = f"（首报 {short_day(state.first_on, year)}）" if state.returned_on and state.first_on else ""
    if state.standing == FilingStanding.HANDED_IN:
        return f"已交 {short_day(state.complete_on, year)}{first}"
    if state.standing == FilingStanding.INCOMPLETE:
        return f"缺{filing_lacks(state)}{first}"
    if state.standing == FilingStanding.RETURNED:
        return f"退回 {short_day(state.returned_on, year)}{first}{filing_lacks(state)}"
    return f"未交{filing_lacks(state)}"


def late_filing(one: LateFiling, year: int) -> str:
    """Return from how many units a late filing has not come, or not whole: 归档资料 应于11-15，48家未交."""
    counted = "、".join(f"{len(names)}家{word}" for word, names in _by_standing(one).items())
    return f"{one.filing.label} 应于{short_day(one.filing.last_day, year)}，{counted}"


def late_units(one: LateFiling) -> str:
    """Return the units from which a late filing has not come, or not whole."""
    parts = {word: "、".join(names) for word, names in _by_standing(one).items()}
    return "；".join(f"{word}：{names}" for word, names in parts.items())


def late_periods(one: PeriodicFiling, late: Iterable[LateFiling]) -> str:
    """Return from which units late periods of a filing have not come, or not whole, units with the same ones together."""
    of_units = grouped_pairs(
        (agency.name, _period(period.filing, one))
        for period in sorted(late, key=lambda each: each.filing.last_day)
        for agency, _ in period.units
    )
    together = grouped_pairs(("、".join(labels), name) for name, labels in of_units.items())
    return "；".join(f"{labels}：{'、'.join(names)}" for labels, names in together.items())


def _period(filing: Filing, one: PeriodicFiling) -> str:
    return filing.label.removeprefix(one.filing.label)[1:-1]


def _by_standing(one: LateFiling) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {word: [] for word in LACKING.values()}
    for agency, state in one.units:
        parts[LACKING[state.standing]].append(agency.name + parts_text(state.parts))
    return {word: names for word, names in parts.items() if names}


def filing_reply(draft: Draft, done: Receipt) -> str:
    """Return what a unit filed."""
    label = done.sheet.filing_labels.get(draft.subject, draft.subject)
    return f"{draft.agency} {filing_task(label)}：{filed_as(draft.details)}（{draft.dated}）"


def return_reply(draft: Draft, done: Receipt) -> str:
    """Return what was returned, and why."""
    label = done.sheet.filing_labels.get(draft.subject, draft.subject)
    return f"{draft.agency} {label} 退回补正（原因：{draft.note}，{draft.dated}）"


def filings_of_unit(draft: Draft, sheet: Sheet) -> list[str]:
    """Return where a unit stands after an action on a filing, or its reversal."""
    asked = tuple(filing for filing in sheet.filings if filing.key == draft.subject)
    unit = next((agency for agency in sheet.agencies if agency.name == draft.agency), None)
    if unit is None or unit.name in sheet.plan.office_names:  # its addition was reversed, or it files no more
        return []
    states = states_of(unit, asked, sheet)
    return [line for state in states for line in _where(state)]


def _where(state: FilingState) -> list[str]:
    lacking = filing_lacks(state)
    if lacking == parts_text(state.parts):  # nothing but what some parts of a merged unit have still to file
        lacking = f"{'、'.join(state.parts)}的{state.filing.label}" if state.parts else ""
    late = f"（逾期{state.days_late}天）" if state.days_late else ""
    first = f"；首报 {state.first_on}" if state.returned_on and state.first_on else ""
    standing = f"  状态：{state.standing.label}{late}{first}；最后一天 {state.filing.last_day}"
    return [f"  还缺：{lacking}", standing] if lacking else [standing]


def _ending(names: list[str]) -> str:
    """Return the ending that all of several names share."""
    if not names[1:]:  # one name shares its ending with none
        return ""
    last_letters = zip(*(name[::-1] for name in names), strict=False)
    alike = takewhile(lambda letters: len(set(letters)) == 1, last_letters)
    return "".join(letters[0] for letters in alike)[::-1]
