"""What a deed answers: what was added, where it stands now, what is still lacking, and the line that takes it back.

Plain text: recording is typed a thousand times a year and must not wait for a table.
"""

from planledger.papers import words
from planledger.papers.text import safe
from planledger.plan.standard import asks_declaration
from planledger.plan.terms import EntryKind, Measure
from planledger.questions.history import detail
from planledger.questions.progress import NOTHING
from planledger.questions.receipt import SAME_AGAIN_MINUTES, Receipt, Stored
from planledger.questions.sheet import Row
from planledger.questions.standing import answering


def receipt(done: Receipt) -> str:
    """Say what a deed did."""
    row = done.after
    lines = [f"{row.item.code} {row.item.title}" if row else done.sheet.plan.title]
    lines += [f"  {_said(stored, done)}（第{stored.number}号记录）" for stored in done.stored]
    lines += _where(row, done.sheet.as_of) if row else []
    if done.reversed_entry is None:
        lines += [
            f"  登错了就冲正：planledger reverse {stored.number} --because 原因" for stored in done.stored
        ]
    return "\n".join(safe(line) for line in lines)


def _where(row: Row, day: str) -> list[str]:
    """Say where an item stands, and what is still lacking."""
    lacking = words.lacks(row.judgement.lacks, row.progress)
    left = words.days_left(row, day)
    standing = f"  状态：{words.standing(row)}；最后一天 {words.last_day(row)}{f'（{left}）' if left else ''}"
    return [f"  还缺：{lacking}", standing] if lacking else [standing]


def remarks(done: Receipt) -> list[str]:
    """Say what deserves a second look, for standard error."""
    again = [
        f"注意：第{new}号与第{old}号完全相同，{SAME_AGAIN_MINUTES}分钟内登记了两次；若是重复，请运行：planledger reverse {new} --because 重复登记"
        for new, old in done.twins
    ]
    return [*done.warnings, *again, *_resembling(done), *_in_vain(done)]


def _resembling(done: Receipt) -> list[str]:
    """Say which figures another unit may have reported already."""
    said = []
    for stored in done.stored:
        other = detail(stored.draft.details, "resembles")
        if other:
            said.append(
                f"注意：第{stored.number}号与第{other}号（另一家单位）同月同指标、数量相近，疑似重复上报；"
                f"若是重复，请运行：planledger reverse {stored.number} --because 重复上报"
            )
    return said


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


def _said(stored: Stored, done: Receipt) -> str:
    draft = stored.draft
    who = draft.agency or (f"{draft.side}，本办代记" if draft.side else "本办代记")
    if draft.kind == EntryKind.AMOUNT:
        return f"{_figure(stored, done)}（{who}，{draft.dated}）"
    if draft.kind == EntryKind.DECLARATION:
        return (
            f"{draft.agency or '本办认定'} 申报完成（{draft.dated}）"
            if draft.agency
            else f"本办认定完成（{draft.dated}）"
        )
    if draft.kind == EntryKind.REPORT:
        return f"{'零报告' if draft.subject == NOTHING else '进展情况已记'}（{who}，{draft.dated}）"
    if draft.kind == EntryKind.PAPER:
        return f"材料 {draft.subject}（另存，{who}，{draft.dated}）"
    if draft.kind == EntryKind.REVERSAL:
        figure = f"：{_figure(stored, done)}" if draft.indicator else ""
        return f"已冲正第{draft.reverses}号{figure}（原因：{draft.note}）"
    return EntryKind(draft.kind).label + (f"（{draft.note}）" if draft.note else "")


def _figure(stored: Stored, done: Receipt) -> str:
    """Say what a figure was given and what it adds up to now."""
    figure = done.after.progress.figure(stored.draft.indicator) if done.after else None
    if figure is None:
        return ""
    indicator, amount = figure.indicator, stored.draft.amount or 0
    total = words.against_target(figure)
    if indicator.measure == Measure.STOCK:
        return f"{indicator.label} {words.amount(amount, indicator)}，现为 {total}"
    sign = "+" if amount >= 0 else ""
    return f"{indicator.label} {sign}{words.amount(amount, indicator)}，累计 {total}"
