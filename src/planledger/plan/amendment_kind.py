"""What an amendment changes: words that only amended plans load."""

from planledger.plan.terms import Term


class AmendmentKind(Term):
    """What an amendment changes of an item (调整内容)."""

    DUE = "due", "完成时限"
    TARGET = "target", "目标"
    ADD = "add", "增加责任单位"
    DROP = "drop", "减去责任单位"
    CANCEL = "cancel", "不再开展"
