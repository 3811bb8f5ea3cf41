"""What an amendment came to: what it may not do, and what deserves a second look."""

from planledger.plan.model.rows import amount_text
from planledger.plan.model.terms import AmendmentKind, Standing
from planledger.plan.refusal import NotRecorded
from planledger.questions.facts.figure import Figure
from planledger.questions.judge.amending import unreported
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Row


def refuse_unreported(receipt: Receipt) -> None:
    """Refuse what leaves figures without any unit that counts them.

    Raises:
        Refusal: the last of them would have no part in the item any more.
    """
    row = receipt.after
    without = unreported(row.progress, receipt.sheet.side_names) if row else ()
    if row and without:
        lost = "；".join(
            f"{figure.indicator.label}由 {'、'.join(figure.sources)} 报数，减去以后{side}就没有单位报数了"
            for figure, side in without
        )
        raise NotRecorded(f"{row.item.code} 的{lost}；请先启用 from 改由别的单位报数的方案新版本。")


def amendment_warnings(receipt: Receipt, before: Row) -> tuple[str, ...]:
    """Warn of an amendment without effect, and of late days that it makes vanish."""
    now, number = receipt.after, receipt.stored[0].number
    if now is None:
        return ()
    code = now.item.code
    if not _is_in_force(receipt.on_day(receipt.stored[0].draft), now):
        return (f"注意：{code} 此后已有别的调整，第{number}号只管那以前的日子；如登记有误，请冲正。",)
    if receipt.stored[0].draft.subject == AmendmentKind.QUOTA:
        return tuple(filter(None, map(_sum_warning, divided_figures(now))))
    was, late = before.judgement, now.judgement.days_late
    if was.standing == Standing.OVERDUE and late < was.days_late:
        change = f"原来逾期{was.days_late}天，按这次调整是{now.judgement.standing.label}、逾期{late}天"
        return (f"注意：{code} {change}；调整前的情况可用 --known-at 查看。",)
    return ()


def divided_figures(row: Row) -> list[Figure]:
    """Return the figures of a row of which the plan gives each unit a number of its own."""
    return [figure for figure in row.progress.figures if figure.is_divided]


def _sum_warning(figure: Figure) -> str:
    """Warn that the numbers of the units no longer add up to that of the row; empty where they do."""
    indicator, total = figure.indicator, sum(share.indicator.target or 0 for share in figure.shares)
    if total == indicator.target:
        return ""
    whole = amount_text(indicator.target or 0, indicator)
    return f"注意：各单位的{indicator.label}任务数合计{amount_text(total, indicator)}，不再是全项的{whole}；按各单位的任务数认定。"


def _is_in_force(draft: Draft, now: Row) -> bool:
    """Whether what an amendment says is so today; one of a later day may say otherwise."""
    if draft.subject == AmendmentKind.DUE:
        return now.item.last_day == draft.details.text("due")
    if draft.subject in (AmendmentKind.TARGET, AmendmentKind.QUOTA):
        figure = now.progress.figure(draft.details.text("key"))
        owed = figure.share_of(draft.agency) if figure and draft.agency else figure
        return owed is not None and owed.indicator.target == draft.details.number("target")
    if draft.subject in (AmendmentKind.ADD, AmendmentKind.DROP):
        return bool(now.duty_of(draft.agency)) == (draft.subject == AmendmentKind.ADD)
    return True
