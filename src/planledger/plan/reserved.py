"""Words that `record` keeps for itself: an indicator called so could never be recorded."""

RESERVED = frozenset(
    (
        *("on", "agency", "any-agency", "side", "note", "by", "done", "paper", "ref", "held-by"),
        *("evidence", "event", "same-event", "entry", "because", "basis", "kind", "form", "stamped", "to"),
        *("ledger", "plan", "as-of", "known-at", "json", "csv", "output", "help", "full", "dry-run"),
        "personal",
    )
)
