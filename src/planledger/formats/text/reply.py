"""What an action answers: what was added, where it stands now, what is still lacking, and the line that takes it back.

Plain text: recording is typed a thousand times a year and must not wait for a table.
"""

from planledger.formats.entry_wording import WORDING, load_wording
from planledger.formats.text import entry_text, figures, phrases
from planledger.formats.text.display import lined
from planledger.plan.model.entry_kinds import HAPPENED, MEANING, Undone
from planledger.plan.model.rows import Agency
from planledger.plan.model.standard import answering, asks_declaration
from planledger.plan.model.terms import EntryKind, Measure, Scope, Standing
from planledger.questions.facts.progress import NOTHING, detail
from planledger.questions.receipt import SAME_AGAIN_MINUTES, Draft, Receipt, Stored
from planledger.questions.sheet import Row, Sheet

FAR_ABOVE = 3  # times the target


def receipt_text(done: Receipt, where: str = "") -> str:
    """Say what an action did; *where* are the options of the ledger, for a command that is suggested."""
    row = done.after
    lines = [f"{row.item.code} {row.item.title}" if row else done.sheet.plan.title]
    if row and done.has_chosen:
        lines.append(f"  记入《{done.sheet.plan.title}》")
    for stored in done.stored:
        lines.append(f"  {_said(stored, done)}（第{stored.number}号记录）")
        lines += _where_unit(stored, done)
    lines += _where(row, done.sheet.as_of) if row else []
    numbers = [str(one.number) for one in done.stored if MEANING[one.draft.kind].undone is not Undone.NEVER]
    if numbers and done.reversed_entry is None:
        lines.append(f"  登错了就冲正：planledger reverse {' '.join(numbers)} --because 原因{where}")
    if any(stored.draft.note or stored.draft.details for stored in done.stored):
        from planledger.plan.people.masking import masked_private

        lines = [masked_private(line) for line in lines]
    return "\n".join(lined(line, "    ") for line in lines)


def _where(row: Row, day: str) -> list[str]:
    """Say where an item stands, and what is still lacking."""
    lacking = phrases.lacking_text(row)
    left = phrases.days_left(row, day)
    standing = f"  状态：{phrases.standing_text(row)}；最后一天 {phrases.last_day(row)}{f'（{left}）' if left else ''}"
    return [f"  还缺：{lacking}", standing] if lacking else [standing]


def _where_unit(stored: Stored, done: Receipt) -> list[str]:
    """Say where a filing or a contact, or its reversal, leaves the unit."""
    kind = done.reversed_entry.kind if done.reversed_entry else stored.draft.kind
    said: list[str] = load_wording(WORDING[kind].where)(stored.draft, done.sheet)
    return said


def no_unit(_draft: Draft, _sheet: Sheet) -> list[str]:
    """Say nothing: it is about no unit, and where its item stands is said of all together."""
    return []


def remarks(done: Receipt, where: str = "") -> list[str]:
    """Say what deserves a second look, for standard error."""
    again = [
        f"注意：第{new}号与第{old}号完全相同，{SAME_AGAIN_MINUTES}分钟内登记了两次；若是重复，请运行：planledger reverse {new} --because 重复登记{where}"
        for new, old in done.twins
    ]
    return [
        *done.warnings,
        *again,
        *_resembling(done, where),
        *_doubled(done),
        *_in_vain(done),
        *_on_cancelled(done),
        *_several(done),
        *_far_above(done),
        *_not_asked_for(done),
    ]


def _resembling(done: Receipt, where: str) -> list[str]:
    """Say which figures another unit may have reported already."""
    said = []
    for stored in done.stored:
        other = detail(stored.draft.details, "resembles")
        if other:
            said.append(
                f"注意：第{stored.number}号与第{other}号（另一家单位）同月同指标、数量相近，疑似重复上报；"
                f"若是重复，请运行：planledger reverse {stored.number} --because 重复上报{where}"
            )
    return said


def _doubled(done: Receipt) -> list[str]:
    """Say of which figures that were recorded units of both sides have reported."""
    keys = dict.fromkeys(one.draft.indicator for one in done.stored if one.draft.kind == EntryKind.AMOUNT)
    found = [done.after.progress.figure(key) for key in keys] if done.after else []
    return [f"注意：{said}。" for figure in found if figure and (said := figures.doubled_text(figure))]


def _in_vain(done: Receipt) -> list[str]:
    """Say that a declaration was stored which finishes nothing: of an assisting unit, or where numbers decide."""
    if done.after is None:
        return []
    progress = done.after.progress
    answering_units = {duty.agency for duty in answering(progress.duties)}
    said = []
    for stored in done.stored:
        if stored.draft.kind != EntryKind.DECLARATION:
            continue
        if not asks_declaration(progress.item, [figure.indicator for figure in progress.figures]):
            said.append(f"注意：{progress.item.code} 按数量和材料认定完成，这条申报只作记录。")
        elif stored.draft.agency and stored.draft.agency not in answering_units:
            said.append(f"注意：{stored.draft.agency} 不是责任主体，它的申报只作记录，不使本项完成。")
    return said


def _on_cancelled(done: Receipt) -> list[str]:
    """Say that something was stored of an item which is not carried on, or was closed out."""
    row, kinds = done.after, {stored.draft.kind for stored in done.stored}
    if row is None or not kinds & (HAPPENED | {EntryKind.AMENDMENT}):
        return []
    if row.judgement.standing == Standing.CLOSED and kinds & HAPPENED:
        return [
            f"注意：{row.item.code} 已销号，已照记；请核对，必要时先 planledger reopen {row.item.code} 再重新销号。"
        ]
    cancels = any(stored.draft.subject == "cancel" for stored in done.stored)
    if row.judgement.standing != Standing.CANCELLED or cancels:
        return []
    return [f"注意：{row.item.code} 已终止，已照记；若要恢复，请冲正终止的那一条记录。"]


def _several(done: Receipt) -> list[str]:
    """Say that several meetings were recorded as one, which then have their papers in common."""
    if done.after is None:
        return []
    progress = done.after.progress
    labels = {r.per: f.indicator.label for r in progress.requirements if (f := progress.figure(r.per))}
    return [
        f"注意：第{stored.number}号一次登记了{stored.draft.amount}次{labels[stored.draft.indicator]}，材料只按这一条记；要分开留材料，请冲正后逐次登记。"
        for stored in done.stored
        if stored.draft.indicator in labels and (stored.draft.amount or 0) > 1
    ]


def _far_above(done: Receipt) -> list[str]:
    """Say that a figure is so far above its target that a digit too many may have been typed."""
    if done.after is None:
        return []
    said = []
    for stored in done.stored:
        figure = done.after.progress.figure(stored.draft.indicator)
        is_counted = figure is not None and figure.counts(stored.draft.agency)
        if figure is None or not is_counted or (stored.draft.amount or 0) <= 0 or not figure.indicator.target:
            continue
        side = stored.draft.side if figure.indicator.scope == Scope.EACH else ""
        if (figure.total(side) or 0) > FAR_ABOVE * figure.indicator.target:
            said.append(
                f"注意：{figure.indicator.label}已是目标的{FAR_ABOVE}倍以上，已照记；请核对有没有多打数字。"
            )
    return said


def _not_asked_for(done: Receipt) -> list[str]:
    """Say that a file was taken in of a kind that the item does not ask for: what it asks for stays missing."""
    if done.after is None or not done.after.progress.requirements:
        return []
    required = [requirement.kind for requirement in done.after.progress.requirements]
    kinds = {one.draft.subject for one in done.stored if one.draft.kind == EntryKind.EVIDENCE}
    return [
        f"注意：{done.after.item.code} 要求的材料是{'、'.join(required)}；{kind}只作一般佐证，不抵其中任何一种。"
        for kind in sorted(kinds - set(required))
    ]


def _said(stored: Stored, done: Receipt) -> str:
    """Say what one entry put into the ledger."""
    said: str = load_wording(WORDING[stored.draft.kind].reply)(stored, done)
    return said


def noted_reply(stored: Stored, _done: Receipt) -> str:
    """Say what was done, and what was written beside it."""
    note = stored.draft.note
    return EntryKind(stored.draft.kind).label + (f"（{note}）" if note else "")


def amount_reply(stored: Stored, done: Receipt) -> str:
    """Say which figure was added."""
    return f"{_figure(stored, done)}（{phrases.who(stored.draft.agency, stored.draft.side)}，{stored.draft.dated}）"


def declaration_reply(stored: Stored, _done: Receipt) -> str:
    """Say who declared an item done."""
    draft = stored.draft
    return f"{f'{draft.agency} 申报' if draft.agency else '本办认定'}完成（{draft.dated}）"


def report_reply(stored: Stored, _done: Receipt) -> str:
    """Say who told in words how far it is."""
    draft = stored.draft
    return f"{'零报告' if draft.subject == NOTHING else '进展情况已记'}（{phrases.who(draft.agency, draft.side)}，{draft.dated}）"


def paper_reply(stored: Stored, _done: Receipt) -> str:
    """Say which paper lies elsewhere."""
    draft = stored.draft
    entry = detail(draft.details, "entry")
    of_entry = f"，属第{entry}号" if entry else ""
    return f"材料 {draft.subject}（另存{of_entry}，{phrases.who(draft.agency, draft.side)}，{draft.dated}）"


def evidence_reply(stored: Stored, _done: Receipt) -> str:
    """Say which file was taken in."""
    from planledger.questions.answers.evidence import shown_name

    draft = stored.draft
    entry, size = detail(draft.details, "entry"), figures.size_text(draft.details.number("size"))
    of_entry = f"，属第{entry}号" if entry else ""
    personal = "，含个人信息" if detail(draft.details, "personal") else ""
    name = shown_name(draft.details, is_full=False)
    return f"佐证材料 {draft.subject}：{name}（{size}{personal}{of_entry}，{phrases.who(draft.agency, draft.side)}，{draft.dated}）"


def destruction_reply(stored: Stored, _done: Receipt) -> str:
    """Say which file is gone."""
    draft = stored.draft
    return (
        f"销毁第{detail(draft.details, 'entry')}号的文件（原因：{draft.note}）；文件名和 SHA-256 留在台账里"
    )


def amendment_reply(stored: Stored, done: Receipt) -> str:
    """Say what was amended."""
    draft = stored.draft
    figure = done.after.progress.figure(detail(draft.details, "key")) if done.after else None
    indicator = figure.indicator if figure else None
    changed = entry_text.amendment_text(draft.subject, draft.agency, draft.details, indicator)
    return f"调整：{changed}，自{draft.dated}起；{draft.note}"


def named(stored: Stored, _done: Receipt) -> str:
    """What the office is called from now on, and what was written beside it."""
    note = stored.draft.note
    return f"本办名称登记为 {stored.draft.subject}" + (f"（{note}）" if note else "")


def where_named(_draft: Draft, sheet: Sheet) -> list[str]:
    """What the office is called now, and which unit of the plan that is; also after a name was taken back."""
    from planledger.questions.facts.office import office_unit

    if not sheet.office:
        return ["  现在的本办：没有名称"]
    unit = office_unit(sheet.office, sheet.plan, sheet.agencies, sheet.sides)
    if unit is None:
        return [f"  现在的本办：{sheet.office}（看不出是方案里的哪家主办单位）"]
    return [f"  现在的本办：{as_unit(sheet.office, unit)}"]


def as_unit(name: str, unit: Agency) -> str:
    """The name of the office with the unit of the plan that it means, and its side: 江海扶贫办，即江海区扶贫办（江海区）."""
    side = f"（{unit.side}）" if unit.side else ""
    return ("" if unit.name == name else f"{name}，即") + unit.name + side


def reversal_reply(stored: Stored, done: Receipt) -> str:
    """Say which entry was cancelled, and why."""
    draft = stored.draft
    figure = f"：{_figure(stored, done)}" if draft.indicator else ""
    return f"已冲正第{draft.reverses}号{figure}（原因：{draft.note}）"


def _figure(stored: Stored, done: Receipt) -> str:
    """Say what a figure was given and what it adds up to now."""
    figure = done.after.progress.figure(stored.draft.indicator) if done.after else None
    if figure is None:
        return ""
    sums_up = "现为" if figure.indicator.measure == Measure.STOCK else "累计"
    given = figures.given_text(stored.draft.amount or 0, figure.indicator)
    if not figure.counts(stored.draft.agency):
        given += f"（核对数，不计入；由{'、'.join(figure.sources)}报数）"
    return f"{given}，{sums_up} {figures.against_target(figure)}"
