"""What kind of time the words of 完成时限 name."""

from planledger.plan.terms import Term


class DeadlineKind(Term):
    """What kind of time the words of 完成时限 name."""

    DAY = "day", "日"
    TEN_DAYS = "ten_days", "旬"
    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half_year", "半年"
    YEAR = "year", "年"
    RECURRING = "recurring", "周期"
    OPEN_ENDED = "open_ended", "长期"
    RELATIVE = "relative", "相对"
    NONE = "none", "未定"
