"""The lines that say what is still open in other plans, so that last year's is not forgotten over this year's."""

from planledger.questions.beside import Beside, OtherPlans


def lines(others: OtherPlans, where: str) -> list[str]:
    """Say of each plan what is open and which command shows it; *where* are the options of the ledger."""
    more = f"还有{others.left_out}个方案，见 planledger status --all-plans{where}"
    return [_plan(one, where) for one in others.plans] + ([more] if others.left_out else [])


def _plan(one: Beside, where: str) -> str:
    name = f"{one.word}年方案" if one.word == str(one.plan.year) else f"《{one.plan.title}》"
    late = f"（逾期{one.overdue}项）" if one.overdue else ""
    parts = [f"未完成{one.unfinished}项{late}"] if one.unfinished else []
    parts += [f"报送欠{one.filings}份"] if one.filings else []
    question = "overdue" if one.overdue else "filings" if one.filings and not one.unfinished else "status"
    return f"{name}{'，'.join(parts) or '已全部办结'} → planledger {question} --plan {one.word}{where}"
