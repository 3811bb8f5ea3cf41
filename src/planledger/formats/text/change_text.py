"""What changed, as lines under topics: the same on a screen and in a list."""

from collections.abc import Iterable
from typing import NamedTuple

from planledger.formats.text import entry_text, lack_text, phrases
from planledger.plan.model.rows import amount_text, write_quantity
from planledger.questions.answers.changes import TOPICS, Changes, FigureChange
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.sheet import Row


class TopicLine(NamedTuple):
    """One thing under its topic: what changed, or what is to be looked at."""

    code: str
    title: str
    text: str
    who: str  # the units that owe the row, or from whom the entry comes
    number: str  # of the entry, or of several; empty where it is a row


def span_text(answer: Changes) -> str:
    """Return of which time the changes are."""
    if answer.head:
        return f"第{answer.head}号记录（{answer.since}）之后，到{answer.sheet.as_of}的变化"
    return f"{answer.since}到{answer.sheet.as_of}的变化"


def left_out_lines(answer: Changes) -> list[str]:
    """Return how many entries of earlier days came later and are not listed, and the line that shows them; empty where none."""
    if not answer.left_out:
        return []
    head = answer.left_out_since
    line = f"planledger changes --since {head}" if head else "planledger history"
    return [f"另有{answer.left_out}条是后来登记的以前的事，没有列入；要看请运行：", line]


def change_sections(answer: Changes) -> list[tuple[str, list[TopicLine]]]:
    """Return the topics of which there is something, each with its lines.

    What was recorded after the head of days before it stands under that topic alone; its own words say of which kind it is.
    """
    backdated = {one.number for one in answer.backdated}
    in_time = [one for one in answer.history.entries if one.number not in backdated]
    sections = [
        ("新逾期", _rows(answer.newly_late)),
        ("新完成", _rows(answer.newly_done)),
        ("不再算完成", _rows(answer.undone)),
        ("数字有变", [_figure(one) for one in answer.figures]),
        *((kind.label, _entries(answer, (one for one in in_time if one.kind == kind))) for kind in TOPICS),
        ("链首之后才登记的以前的事", _entries(answer, answer.backdated)),
    ]
    return [(topic, lines) for topic, lines in sections if lines]


def _rows(rows: Iterable[Row]) -> list[TopicLine]:
    lines = []
    for row in rows:
        lacking = lack_text.late_text(row)
        text = phrases.standing_text(row) + (f"，还缺{lacking}" if lacking else "")
        lines.append(TopicLine(row.item.code, row.item.title, text, "、".join(row.owing_agencies), ""))
    return lines


def _figure(one: FigureChange) -> TopicLine:
    """Return what a figure was and is: 新增转移就业 40→60人（+20）."""
    decimals = one.indicator.decimals
    before = "未报" if one.before is None else write_quantity(one.before, decimals)
    after = "未报" if one.after is None else amount_text(one.after, one.indicator)
    step = (one.after or 0) - (one.before or 0)
    more = f"（{'+' if step > 0 else ''}{write_quantity(step, decimals)}）" if one.before is not None else ""
    item = one.row.item
    return TopicLine(item.code, item.title, f"{one.indicator.label} {before}→{after}{more}", "", "")


def _entries(answer: Changes, entries: Iterable[Entry]) -> list[TopicLine]:
    titles = {row.item.code: row.item.title for row in answer.sheet.rows}
    return [
        TopicLine(
            one.code,
            titles.get(one.code, ""),
            f"{one.dated} {entry_text.entry_text(one, answer.history)}",
            one.agency or one.side or "本办",
            str(one.number),
        )
        for one in entries
    ]
