"""What an action answers for each kind of entry that it stores, and where that leaves the unit that it is about."""

from planledger.formats.entry_wording import WORDING
from planledger.formats.text import entry_text, figures, phrases
from planledger.plan.model.rows import Agency
from planledger.plan.model.terms import EntryKind, Measure
from planledger.questions.facts.office import office_unit
from planledger.questions.facts.progress import NOTHING
from planledger.questions.judge.merging import does_count
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Sheet


def noted_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return what was done, and its note."""
    return EntryKind(draft.kind).label + (f"（{draft.note}）" if draft.note else "")


def close_reply(draft: Draft, receipt: Receipt) -> str:
    """Return that an item is closed out, who approved it, and the note."""
    approved = phrases.approved_text(draft.details, is_full=False)
    return f"{noted_reply(draft, receipt)}，{approved}"


def amount_reply(draft: Draft, receipt: Receipt) -> str:
    """Return which figure was added, by whom and of which day."""
    return f"{_figure(draft, receipt)}（{phrases.who(draft.agency, draft.side)}，{draft.dated}）"


def declaration_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return who declared an item done."""
    return f"{f'{draft.agency} 申报' if draft.agency else '本办认定'}完成（{draft.dated}）"


def report_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return who reported in words how far it is."""
    return f"{'零报告' if draft.subject == NOTHING else '进展情况已记'}（{phrases.who(draft.agency, draft.side)}，{draft.dated}）"


def paper_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return which paper lies elsewhere."""
    entry = draft.details.text("entry")
    of_entry = f"，属第{entry}号" if entry else ""
    return f"材料 {draft.subject}（另存{of_entry}，{phrases.who(draft.agency, draft.side)}，{draft.dated}）"


def evidence_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return which file was taken in."""
    from planledger.questions.answers.evidence import shown_name

    entry, size = draft.details.text("entry"), figures.size_text(draft.details.number("size"))
    of_entry = f"，属第{entry}号" if entry else ""
    personal = "，含个人信息" if draft.details.text("personal") else ""
    name = shown_name(draft.details, is_full=False)
    return f"佐证材料 {draft.subject}：{name}（{size}{personal}{of_entry}，{phrases.who(draft.agency, draft.side)}，{draft.dated}）"


def destruction_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return which file is gone, and why."""
    entry = draft.details.text("entry")
    return f"销毁第{entry}号的文件（原因：{draft.note}）；文件名和 SHA-256 留在台账里"


def amendment_reply(draft: Draft, receipt: Receipt) -> str:
    """Return what was amended, from which day on, and why."""
    indicator = receipt.after.progress.indicator(draft.details.text("key")) if receipt.after else None
    changed = entry_text.amendment_text(draft.subject, draft.agency, draft.details, indicator)
    return f"调整：{changed}，自{draft.dated}起；{draft.note}"


def contact_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return whom to call in a unit."""
    from planledger.questions.answers.agencies import contact_in

    return f"{draft.agency} 联系人 {contact_in(draft.details).text(is_full=False)}"


def contact_of_unit(draft: Draft, sheet: Sheet) -> list[str]:
    """Return whom to call now, where the entry reverses a contact."""
    from planledger.questions.answers.agencies import contacts

    now = contacts(sheet).get(draft.agency)
    return [f"  现在的联系人：{now.text(is_full=False) if now else '没有'}"] if draft.reverses else []


def unit_change_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return which units bear which name, from which day on."""
    return f"{WORDING[draft.kind].prefix}{entry_text.unit_change_text(draft)}，自{draft.dated}起"


def name_reply(draft: Draft, _receipt: Receipt) -> str:
    """Return what the office is called from now on, and the note."""
    return f"本办名称登记为 {draft.subject}" + (f"（{draft.note}）" if draft.note else "")


def office_now(_draft: Draft, sheet: Sheet) -> list[str]:
    """Return what the office is called now, and which unit of the plan that is; also after a name was reversed."""
    if not sheet.office:
        return ["  现在的本办：没有名称"]
    unit = office_unit(sheet.office, sheet)
    if unit is None:
        return [f"  现在的本办：{sheet.office}（看不出是方案里的哪家主办单位）"]
    return [f"  现在的本办：{as_unit(sheet.office, unit)}"]


def as_unit(name: str, unit: Agency) -> str:
    """Return the name of the office with the unit of the plan that it means, and its side: 江海扶贫办，即江海区扶贫办（江海区）."""
    side = f"（{unit.side}）" if unit.side else ""
    return ("" if unit.name == name else f"{name}，即") + unit.name + side


def reversal_reply(draft: Draft, receipt: Receipt) -> str:
    """Return which entry was reversed, its figure, and why."""
    figure = f"：{_figure(draft, receipt)}" if draft.indicator else ""
    return f"已冲正第{draft.reverses}号{figure}（原因：{draft.note}）"


def _figure(draft: Draft, receipt: Receipt) -> str:
    """Return what was added to a figure and, with the last entry of it, what it comes to now; empty where the entry has none."""
    figure = receipt.after.progress.figure(draft.indicator) if receipt.after else None
    if figure is None:
        return ""
    sums_up = "现为" if figure.indicator.measure == Measure.STOCK else "累计"
    given = figures.given_text(draft.amount or 0, figure.indicator)
    if not does_count(figure, draft.agency, draft.dated, receipt.sheet.units):
        given += f"（核对数，不计入；由{'、'.join(figure.sources)}报数）"
    if any(one.draft.indicator == draft.indicator for one in receipt.behind(draft)):
        return given
    share = figure.share_of(receipt.sheet.units.of(draft.agency))
    own = f"{share.owner}{sums_up} {figures.against_target(share)}，全项" if share else ""
    return f"{given}，{own}{sums_up} {figures.against_target(figure)}"
