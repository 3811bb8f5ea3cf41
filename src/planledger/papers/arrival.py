"""What becomes of a form that came back: how much is new, every fault of every cell, and that no row got lost."""

from collections.abc import Sequence

from planledger.papers.text import lined
from planledger.plan.masking import masked_private
from planledger.questions.filled import Intake


def lines(found: Intake) -> str:
    """Say of one form, before anything is stored, what is new, that all its rows are accounted for, and its faults."""
    returned = found.returned
    counts = f"新增{found.new}条，变更{found.changed}条，未变{found.unchanged}条"
    said = [f"{returned.file}  {returned.agency} {returned.period}：{counts}"]
    said.append(f"  行数{len(returned.lines)}＝采纳{found.accepted}＋空白{found.blank}＋退回{found.refused}")
    said += [f"  {fault}" for fault in found.faults]
    said += [f"  注意：{warning}" for warning in found.warnings]
    if found.faults:
        said.append(f"  有{len(found.faults)}处问题，整份未登记。")
    elif not found.wanted:
        said.append("  没有新增内容。" if found.returned.filled else "  没有填任何内容。")
    return "\n".join(lined(masked_private(line), "    ") for line in said)


def outcome(numbers: Sequence[int], *, is_dry: bool) -> str:
    """Say of one form without faults what was done with it."""
    if is_dry:
        return "  检查通过，尚未登记。"
    return f"  已登记（第{numbers[0]}号{f'至第{numbers[-1]}号' if len(numbers) > 1 else ''}记录）。"
