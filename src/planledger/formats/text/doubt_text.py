"""What somebody should look at in the data, as lines under topics: the same on a screen, in a list and in a paper."""

from planledger.formats.text import entry_text
from planledger.formats.text.change_text import TopicLine
from planledger.plan.model.rows import amount_text
from planledger.questions.answers.doubts import Doubt, DoubtKind, Doubts
from planledger.questions.answers.evidence import shown_name
from planledger.questions.facts.entry_rows import TYPED_LATE_DAYS


def doubt_sections(answer: Doubts) -> list[tuple[str, list[TopicLine]]]:
    """Return the rules of which there is a finding, each with its lines."""
    sections = ((kind.label, answer.of_kind(kind)) for kind in DoubtKind)
    return [(label, [_line(one, answer) for one in several]) for label, several in sections if several]


def _line(one: Doubt, answer: Doubts) -> TopicLine:
    agencies = dict.fromkeys(entry.agency or entry.side or "本办" for entry in one.entries)
    return TopicLine(
        "、".join(row.item.code for row in one.rows),
        "、".join(row.item.title for row in one.rows),
        _finding(one, answer),
        "、".join(agencies),
        "、".join(str(entry.number) for entry in one.entries),
    )


def _finding(one: Doubt, answer: Doubts) -> str:
    """Return what is so, and nothing of why it may be."""
    label = f"{one.figure.indicator.label}：" if one.figure else ""
    match one.kind:
        case DoubtKind.SHARED_FILE:
            return _shared_file(one)
        case DoubtKind.UNPROVEN_FIGURE:
            return f"{label}{len(one.entries)}条记录没有文件，也没有登记另存的材料"
        case DoubtKind.EQUAL_FIGURES:
            units = "、".join(unit.agency for unit in one.units)
            return f"{label}{units}都是{_amount(one, one.units[0].total)}"
        case DoubtKind.DIFFERING_CHECK:
            return label + _differing_check(one)
        case DoubtKind.LATE_CORRECTION:
            return _late_correction(one, answer)
        case DoubtKind.LATE_RECORD:
            return f"{len(one.entries)}条记录在事情发生{TYPED_LATE_DAYS}天以后才登记，最久的隔了{one.days}天"


def _amount(one: Doubt, total: int | None) -> str:
    return "" if total is None or one.figure is None else amount_text(total, one.figure.indicator)


def _shared_file(one: Doubt) -> str:
    """Return which file stands where: minutes.pdf 用在：1.3 会议纪要（2019-06-18）、2.2 会议纪要（2019-07-02）."""
    places = (f"{entry.code} {entry.subject}（{entry.dated}）" for entry in one.entries)
    return f"{shown_name(one.entries[0].details, is_full=False)} 用在：{'、'.join(places)}"


def _differing_check(one: Doubt) -> str:
    """Return what others report and what counts: 大新县就业局报60人，计数的是62人；江海区人社局报9人，报数单位还没有报."""
    return "；".join(
        f"{unit.agency}报{_amount(one, unit.total)}，"
        + (f"计数的是{counted}" if (counted := _amount(one, unit.counted)) else "报数单位还没有报")
        for unit in one.units
    )


def _late_correction(one: Doubt, answer: Doubts) -> str:
    """Return what was reversed after the archive's day, and which figure stands in its place."""
    _, reversal, *later = one.entries
    changed = [reversal, *(entry for entry in later if not entry.reversed_by)]
    texts = "；".join(entry_text.entry_text(entry, answer.history) for entry in changed)
    return f"归档期限{one.day}，{reversal.recorded_at[:10]}改：{texts}"
