"""How a phrase of the plan is understood, shown to whoever writes a plan file."""

from planledger.plan.deadline import Deadline
from planledger.plan.units import UnitReading


def deadline_json(reading: Deadline) -> dict[str, object]:
    """The reading of a deadline for programs."""
    return {
        "text": reading.text,
        "last_day": reading.last_day or None,
        "kind": reading.kind.value,
        "assumed": reading.assumed or None,
        "fault": reading.fault or None,
    }


def deadline_lines(reading: Deadline) -> str:
    """The reading of a deadline for a person."""
    if reading.fault:
        return f"{reading.text}：{reading.fault}"
    last = f"最后一天 {reading.last_day}（当天算在内）" if reading.last_day else "没有最后一天"
    said = f"{reading.text}：{last}，类别 {reading.kind.label}"
    return f"{said}\n我方理解：{reading.assumed}" if reading.assumed else said


def units_json(reading: UnitReading) -> dict[str, object]:
    """The reading of units for programs."""
    return {
        "text": reading.text,
        "duties": [
            {
                "agency": duty.agency,
                "side": duty.side or None,
                "role": duty.role.value,
                "group": duty.is_group,
            }
            for duty in reading.duties
        ],
        "open": reading.open or None,
        "assumed": list(reading.assumed),
        "fault": reading.fault or None,
    }


def units_lines(reading: UnitReading) -> str:
    """The reading of units for a person."""
    if reading.fault:
        return f"{reading.text}：{reading.fault}"
    lines = [f"共 {len(reading.duties)} 家："]
    for duty in reading.duties:
        group = "（泛指，不落到具体单位）" if duty.is_group else ""
        lines.append(f"  {duty.role.label}  {duty.agency}  {duty.side or '未写明哪一方'}{group}")
    lines += [f"未点名：{reading.open}"] if reading.open else []
    lines += [f"我方理解：{assumed}" for assumed in reading.assumed]
    return "\n".join(lines)
