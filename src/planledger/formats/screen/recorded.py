"""What was recorded: entries, newest first, what changed by them, and what in them is to be looked at."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from planledger.formats.screen.console import Column, Screen
from planledger.formats.text import entry_text, phrases
from planledger.plan.days import to_the_minute
from planledger.plan.model.rows import grouped
from planledger.questions.answers.history import History
from planledger.questions.facts.entry_rows import Entry

if TYPE_CHECKING:
    from planledger.formats.text.change_text import TopicLine
    from planledger.questions.answers.changes import Changes
    from planledger.questions.answers.doubts import Doubts


def draw_history(screen: Screen, answer: History) -> None:
    """Draw the entries."""
    draw_entries(screen, answer, answer.entries)
    count = len(answer.entries)
    older = f"只列最新{count}条，更早的请加 --limit。"
    screen.print_texts(older if answer.has_more else f"共{count}条，最新的在前。")


def draw_changes(screen: Screen, answer: "Changes") -> None:
    """Draw what changed, topic by topic."""
    from planledger.formats.text.change_text import change_sections, left_out_lines, span_text

    sections = change_sections(answer)
    screen.print_texts(f"{span_text(answer)}{'' if sections else '：没有'}。", *left_out_lines(answer))
    _topics(screen, sections, Column("记录号", 6, is_right=True))


def draw_doubts(screen: Screen, answer: "Doubts") -> None:
    """Draw what is to be looked at, rule by rule."""
    from planledger.formats.text.doubt_text import doubt_sections

    count = len(answer.doubts)
    moment = phrases.extent_text(answer.sheet)
    screen.print_texts(f"{moment}：{f'{count}处要核对' if count else '没有要核对的'}。")
    _topics(screen, doubt_sections(answer), Column("记录号", 10))
    if count:
        screen.print_texts("", "只列出数据里有什么，不下结论；每条记录见 planledger history。")


def _topics(screen: Screen, sections: "Sequence[tuple[str, list[TopicLine]]]", numbers: Column) -> None:
    """Draw the lines of each topic under its head; of many units or entries as many as fit, and how many there are; no column is empty."""
    width = 22 if screen.is_wide else 16
    columns: dict[Column, Callable[[TopicLine], str]] = {
        Column("编号", 5): lambda one: one.code,
        Column("事项", width): lambda one: one.title,
        Column("内容"): lambda one: one.text,
        Column("责任单位", width): lambda one: phrases.fitting_text(one.who.split("、"), width, lines=2),
        numbers: lambda one: phrases.fitting_text(one.number.split("、"), numbers.width, "条", lines=2),
    }
    for topic, lines in sections:
        screen.print_heading(f"{topic}（{len(lines)}）")
        shared = grouped(lines, lambda one: one._replace(who="", number="")).values()
        together = [_together(several) for several in shared]
        filled = {head: cell for head, cell in columns.items() if any(map(cell, together))}
        screen.print_records(together, filled)


def _together(lines: "Sequence[TopicLine]") -> "TopicLine":
    """Return what several units share as one line: that forty units were chased is no forty lines."""
    numbers = "、".join(one.number for one in lines)
    return lines[0]._replace(who="、".join(dict.fromkeys(one.who for one in lines)), number=numbers)


def draw_entries(screen: Screen, answer: History, several: tuple[Entry, ...]) -> None:
    """Draw *several* entries of a history, without how many there are."""
    wide = screen.is_wide
    columns: dict[Column, Callable[[Entry], str]] = {
        Column("号", 5, is_right=True): lambda one: str(one.number),
        Column("事项", 5): lambda one: one.code,
        Column("发生日期", 10): lambda one: one.dated,
        Column("内容"): lambda one: entry_text.entry_text(one, answer),
        Column("责任单位", 22 if wide else 16): lambda one: one.agency or one.side or "本办",
        Column("记录人", 10 if wide else 6): lambda one: one.by,
    }
    if wide:
        columns[Column("记录时间", 16)] = lambda one: to_the_minute(one.recorded_at)
    screen.print_records(several, columns)
