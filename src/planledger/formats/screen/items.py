"""Entries, newest first, and items: everything about each, and what each lacks."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from planledger.formats.screen.console import (
    Column,
    StyledCell,
    fitting_column,
    is_wide,
    print_heading,
    print_records,
    print_table,
    print_texts,
)
from planledger.formats.text import entry_text, figures, phrases, row_text
from planledger.formats.text.display import lined
from planledger.plan.days import to_the_minute
from planledger.questions.answers.history import History
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.sheet import Row

if TYPE_CHECKING:
    from planledger.formats.text.change_text import TopicLine
    from planledger.questions.answers.changes import Changes
    from planledger.questions.answers.doubts import Doubts
    from planledger.questions.answers.evidence import Dossier


def draw_history(console: Console, answer: History) -> None:
    """Draw the entries."""
    draw_entries(console, answer, answer.entries)
    count = len(answer.entries)
    older = f"只列最新{count}条，更早的请加 --limit。"
    print_texts(console, older if answer.has_more else f"共{count}条，最新的在前。")


def draw_changes(console: Console, answer: "Changes") -> None:
    """Draw what changed, topic by topic."""
    from planledger.formats.text.change_text import change_sections, span_text

    sections = change_sections(answer)
    print_texts(console, f"{span_text(answer)}{'' if sections else '：没有'}。")
    _topics(console, sections, Column("记录号", 6, is_right=True))


def draw_doubts(console: Console, answer: "Doubts") -> None:
    """Draw what is to be looked at, rule by rule."""
    from planledger.formats.text.doubt_text import doubt_sections

    count = len(answer.doubts)
    moment = phrases.extent_text(answer.sheet)
    print_texts(console, f"{moment}：{f'{count}处要核对' if count else '没有要核对的'}。")
    _topics(console, doubt_sections(answer), Column("记录号", 10))
    if count:
        print_texts(console, "", "只列出数据里有什么，不下结论；每条记录见 planledger history。")


def _topics(console: Console, sections: "Sequence[tuple[str, list[TopicLine]]]", numbers: Column) -> None:
    """Draw the lines of each topic under its head; of many units or entries as many as fit, and how many there are."""
    width = 22 if is_wide(console) else 16
    columns: dict[Column, Callable[[TopicLine], str]] = {
        Column("编号", 5): lambda one: one.code,
        Column("事项", width): lambda one: one.title,
        Column("内容"): lambda one: one.text,
        Column("责任单位", width): lambda one: phrases.fitting_text(one.who.split("、"), width, lines=2),
        numbers: lambda one: phrases.fitting_text(one.number.split("、"), numbers.width, "条", lines=2),
    }
    for topic, lines in sections:
        print_heading(console, f"{topic}（{len(lines)}）")
        print_records(console, lines, columns)


def draw_entries(console: Console, answer: History, several: tuple[Entry, ...]) -> None:
    """Draw *several* entries of a history, without how many there are."""
    wide = is_wide(console)
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
    print_records(console, several, columns)


LATEST = 10  # entries on the page; all of them are in `history`


def draw_dossier(console: Console, answer: "Dossier") -> None:
    """Draw each row with everything about it, one below the other."""
    from planledger.formats.text import reason_text

    for number, (row, recorded, reasons) in enumerate(answer.records):
        if number:
            print_texts(console, "")
        _particulars(console, answer, row)
        _listed(console, "调整（方案原文不变）", row_text.amendments_section(row))
        print_heading(console, "责任")
        heads = (Column("职责", 4), Column("单位", 24), Column("未了"))
        print_table(console, heads, row_text.duties_section(row))
        _counted(console, answer, row)
        _listed(console, "为什么", reason_text.reasons_section(row, reasons))
        _listed(console, "时间节点", row_text.milestones_section(answer, row))
        _listed(console, "阶段", row_text.stages_section(answer, row))
        _listed(console, "逐期（漏报不改变事项的状态）", row_text.periods_section(answer, row))
        _listed(console, "必备材料", row_text.requirements_section(answer, row))
        _listed(console, "佐证材料（取出：planledger evidence extract 号）", row_text.files_section(row))
        _listed(console, "方案没有写定或前后不一之处", row_text.findings_section(answer, row))
        _entries(console, row.item.code, recorded)


def _particulars(console: Console, answer: "Dossier", row: Row) -> None:
    style = phrases.LOOKS[row.judgement.standing].colour
    lines: list[tuple[str, str | StyledCell]] = [
        (name, StyledCell(text, style) if name == row_text.STATE else text)
        for name, text in row_text.particulars_section(answer, row)
    ]
    print_table(console, (Column("", 8), Column("")), lines, has_head=False)


def _listed(console: Console, head: str, lines: Sequence[str]) -> None:
    """Draw a section that is a list; nothing where the list is empty."""
    if lines:
        print_heading(console, head)
        print_texts(console, *(lined(f"  {line}", "    ") for line in lines))


def _counted(console: Console, answer: "Dossier", row: Row) -> None:
    lines = row_text.figures_section(answer, row)
    if not lines:
        return
    names = ("累计/目标", *row_text.sides_counted(answer))
    heads = [
        fitting_column(Column(name, 8, is_right=True), [line[place] for line in lines])
        for place, name in enumerate(names, 1)
        if name != row_text.BY_SIDE
    ]
    shared = [Column(name) for name in (*names, "按单位") if name in (row_text.BY_SIDE, "按单位")]
    for line, figure in zip(lines, row.progress.figures, strict=True):
        line[0] += f" --{figure.indicator.key}"
    print_heading(console, "指标")
    print_table(console, [Column("指标", 28), *heads, *shared], lines)
    for text in filter(None, map(figures.doubled_text, row.progress.figures)):
        print_texts(console, f"注意：{text}。")


def _entries(console: Console, code: str, recorded: History) -> None:
    count = len(recorded.entries)
    if not count:
        return
    more = f"；只列最新{LATEST}条，全部见 planledger history {code}" if count > LATEST else ""
    print_heading(console, f"记录（{count} 条，最新的在前{more}）")
    draw_entries(console, recorded, recorded.entries[:LATEST])
