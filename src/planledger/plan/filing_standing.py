"""Where a unit stands with what it has to hand in."""

from planledger.plan.terms import Term


class FilingStanding(Term):
    """Where a unit stands with one filing (报送状态)."""

    HANDED_IN = "handed_in", "已交"
    INCOMPLETE = "incomplete", "不全"
    RETURNED = "returned", "退回补正"
    MISSING = "missing", "未交"
