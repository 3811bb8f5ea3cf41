"""What becomes of a form that came back: how much is new, every fault of every cell, and that no row got lost."""

from planledger.papers.text import safe
from planledger.questions.filled import Intake


def lines(found: Intake, *, is_dry: bool) -> str:
    """Say of one form what is new, changed and there already, that all its rows are accounted for, and its faults."""
    returned = found.returned
    said = [f"{returned.file}  {returned.agency} {returned.period}：{_counts(found, is_dry=is_dry)}"]
    said.append(f"  行数{len(returned.lines)}＝采纳{found.accepted}＋空白{found.blank}＋退回{found.refused}")
    said += [f"  {fault}" for fault in found.faults]
    said += [f"  注意：{warning}" for warning in found.warnings]
    return "\n".join(map(safe, said))


def _counts(found: Intake, *, is_dry: bool) -> str:
    counts = f"新增{found.new}条，变更{found.changed}条，未变{found.unchanged}条"
    if found.faults:
        return f"有{len(found.faults)}处问题，整份未登记（{counts}）"
    if not found.returned.filled:
        return "没有填任何内容"
    if not found.wanted:
        return f"没有新增内容（{counts}）"
    return f"{'检查通过，尚未登记' if is_dry else '已登记'}（{counts}）"
