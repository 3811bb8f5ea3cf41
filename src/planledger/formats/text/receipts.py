"""What an action did, as a person reads it: what it stored, where the item stands now, what it still lacks, what deserves a second look.

Plain text without a table: recording is typed a thousand times a year and loads no Rich.
"""

from planledger.formats.entry_wording import load_wording
from planledger.formats.text import figures, lack_text, phrases
from planledger.formats.text.display import lined
from planledger.plan.model.entry_kinds import HAPPENED, MEANING, Undone
from planledger.plan.model.terms import AmendmentKind, EntryKind, Scope, Standing
from planledger.questions.receipt import SAME_AGAIN_MINUTES, Receipt, Stored
from planledger.questions.sheet import Row

FAR_ABOVE = 3  # times the target


def receipt_text(receipt: Receipt) -> str:
    """Return what an action did, and the command that takes it back."""
    row, undone = receipt.after, receipt.reversed_entry
    lines = [f"{row.item.code} {row.item.title}" if row else receipt.sheet.plan.title]
    if row and receipt.has_chosen:
        lines.append(f"  记入《{receipt.sheet.plan.title}》")
    for stored in receipt.stored:
        reply = load_wording(stored.draft.kind, "reply")(stored.draft, receipt)
        lines.append(f"  {reply}（第{stored.number}号记录）")
        if unit := load_wording(undone.kind if undone else stored.draft.kind, "where"):
            lines += unit(receipt.on_day(stored.draft), receipt.sheet)
    lines += _where(row, receipt.sheet.as_of) if row else []
    numbers = [
        str(one.number) for one in receipt.stored if MEANING[one.draft.kind].undone is not Undone.NEVER
    ]
    if numbers:
        lines.append(f"  登错了就冲正：planledger reverse {' '.join(numbers)} --because 原因")
    if any(stored.draft.note or stored.draft.details for stored in receipt.stored):
        from planledger.plan.people.masking import masked_private

        lines = [masked_private(line) for line in lines]
    return "\n".join(lined(line, "    ") for line in lines)


def _where(row: Row, day: str) -> list[str]:
    """Return where an item stands, and what it still lacks."""
    lacking = lack_text.lacking_text(row)
    left = phrases.days_left(row, day)
    limit = "最后一天" if row.item.last_day else "完成时限"
    standing = f"  状态：{phrases.standing_text(row)}；{limit} {phrases.last_day(row)}{f'（{left}）' if left else ''}"
    return [f"  还缺：{lacking}", standing] if lacking else [standing]


def remarks(receipt: Receipt) -> list[str]:
    """Return what deserves a second look, for standard error."""
    again = [
        f"注意：第{new}号与第{old}号完全相同，{SAME_AGAIN_MINUTES}分钟内登记了两次；若是重复，请运行：planledger reverse {new} --because 重复登记"
        for new, old in receipt.twins
    ]
    resembling = [
        f"注意：第{one.number}号与第{other}号（另一家单位）同月同指标、数量相近，疑似重复上报；"
        f"若是重复，请运行：planledger reverse {one.number} --because 重复上报"
        for one in receipt.stored
        if (other := one.draft.details.text("resembles"))
    ]
    units = dict.fromkeys((one.draft.agency, receipt.on_day(one.draft).agency) for one in receipt.stored)
    renamed = [f"注意：{was} 现在是 {now}。" for was, now in units if was != now]
    lines = [*receipt.warnings, *again, *resembling, *renamed]
    if row := receipt.after:
        stored = tuple(one._replace(draft=receipt.on_day(one.draft)) for one in receipt.stored)
        for remarks_of in (_doubled, _in_vain, _on_cancelled, _several, _far_above, _not_asked_for):
            lines += remarks_of(stored, row)
    return lines


def _doubled(several: tuple[Stored, ...], row: Row) -> list[str]:
    """Name the figures just recorded that units of both sides have reported."""
    keys = dict.fromkeys(one.draft.indicator for one in several if one.draft.kind == EntryKind.AMOUNT)
    doubled = [figures.doubled_text(figure) for figure in map(row.progress.figure, keys) if figure]
    return [f"注意：{text}。" for text in doubled if text]


def _in_vain(several: tuple[Stored, ...], row: Row) -> list[str]:
    """Name the declarations that finish nothing, no stage either: of an assisting unit, or where numbers decide."""
    units = {"", *row.progress.answering}
    of_stages = {unit for one in row.judgement.stages if not one.stage.targets for unit in ("", *one.units)}
    agencies = [one.draft.agency for one in several if one.draft.kind == EntryKind.DECLARATION]
    agencies = [agency for agency in agencies if agency not in of_stages]
    if not row.progress.asks_declaration:
        return [f"注意：{row.item.code} 按数量和材料认定完成，这条申报只作记录。" for _ in agencies]
    return [
        f"注意：{agency} 不是责任主体，它的申报只作记录，不使本项完成。"
        for agency in agencies
        if agency not in units
    ]


def _on_cancelled(several: tuple[Stored, ...], row: Row) -> list[str]:
    """Name the item if it is not carried on or was closed out, and something was recorded of it nevertheless."""
    kinds, code = {one.draft.kind for one in several}, row.item.code
    if row.judgement.standing == Standing.CLOSED and kinds & HAPPENED:
        return [f"注意：{code} 已销号，已照记；请核对，必要时先 planledger reopen {code} 再重新销号。"]
    cancels = any(one.draft.subject == AmendmentKind.CANCEL for one in several)
    is_late = kinds & (HAPPENED | {EntryKind.AMENDMENT}) and not cancels
    if row.judgement.standing == Standing.CANCELLED and is_late:
        return [f"注意：{code} 已终止，已照记；若要恢复，请冲正终止的那一条记录。"]
    return []


def _several(several: tuple[Stored, ...], row: Row) -> list[str]:
    """Name the entries that record several meetings as one, which then have their papers in common."""
    progress = row.progress
    labels = {r.per: f.indicator.label for r in progress.requirements if (f := progress.figure(r.per))}
    return [
        f"注意：第{one.number}号一次登记了{one.draft.amount}次{labels[one.draft.indicator]}，材料只按这一条记；要分开留材料，请冲正后逐次登记。"
        for one in several
        if one.draft.indicator in labels and (one.draft.amount or 0) > 1
    ]


def _far_above(several: tuple[Stored, ...], row: Row) -> list[str]:
    """Name the figures so far above their target that a digit too many may have been typed."""
    lines = []
    for one in several:
        figure = row.progress.figure(one.draft.indicator)
        if figure is None or not figure.counts(one.draft.agency) or (one.draft.amount or 0) <= 0:
            continue
        figure = figure.share_of(one.draft.agency) or figure
        side = one.draft.side if figure.indicator.scope == Scope.EACH else ""
        if figure.indicator.target and (figure.total(side) or 0) > FAR_ABOVE * figure.indicator.target:
            lines.append(
                f"注意：{figure.indicator.label}已是目标的{FAR_ABOVE}倍以上，已照记；请核对有没有多打数字。"
            )
    return lines


def _not_asked_for(several: tuple[Stored, ...], row: Row) -> list[str]:
    """Name the kinds of the files just taken in that the item does not ask for: what it asks for stays missing."""
    required = [requirement.kind for requirement in row.progress.requirements]
    kinds = {one.draft.subject for one in several if one.draft.kind == EntryKind.EVIDENCE}
    return [
        f"注意：{row.item.code} 要求的材料是{'、'.join(required)}；{kind}只作一般佐证，不抵其中任何一种。"
        for kind in sorted(kinds - set(required))
        if required
    ]
