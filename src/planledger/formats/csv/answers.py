"""Answers as rows under one head, from which CSV or a list for print is made; what is late stands in `overdue`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from planledger.formats.csv import overdue as late
from planledger.formats.csv.tables import annex_columns, answer_table, table_of
from planledger.formats.text import entry_text, lack_text, phrases
from planledger.formats.text.figures import Amount, AnswerTable, Columns, Moment
from planledger.plan.model.terms import EntryKind, Standing

if TYPE_CHECKING:
    from planledger.formats import answers
    from planledger.questions.answers.agencies import UnitRow
    from planledger.questions.facts.entry_rows import Entry

overdue, overdue_by_item, overdue_by_side = late.overdue, late.overdue_by_item, late.overdue_by_side


def status(sheet: answers.Sheet, rows: Iterable[answers.Row], _agencies: tuple[str, ...] = ()) -> AnswerTable:
    """The rows of the annex as they stand."""
    return table_of(rows, annex_columns(sheet))


def sums(_sheet: answers.Sheet, counted: tuple[answers.Tally, ...], _by: str) -> AnswerTable:
    """How many rows stand where."""
    standings = tuple(counted[0].standings) if counted else ()
    return answer_table(
        ("名称", "项数", *(standing.label for standing in standings)),
        ((t.name, t.rows, *t.standings.values()) for t in counted),
    )


def roll_up(answer: answers.RollUp) -> AnswerTable:
    """How many items of each plan stand where."""
    return answer_table(
        ("方案", "名称", "项数", *(word.label for word in Standing)),
        (
            (plan.key, tally.name, tally.rows, *tally.standings.values())
            for plan, tally in zip(answer.plans, answer.counted, strict=True)
        ),
    )


def dossier(answer: answers.Dossier) -> AnswerTable:
    """The row as a line of the annex, with the document's own number and columns; its entries are what `history --csv` gives."""
    columns = {**annex_columns(answer.sheet)}
    rows = [record.row for record in answer.records]
    if any(row.progress.number for row in rows):
        columns["序号"] = lambda row: row.progress.number
    for head in dict.fromkeys(head for row in rows for head in row.progress.own_columns):
        name = f"方案的{head}" if head in columns else head
        columns[name] = partial(lambda head, row: row.progress.own_columns.get(head, ""), head)
    return table_of(rows, columns)


def upcoming(answer: answers.Upcoming) -> AnswerTable:
    """The dates of the next days."""
    return table_of(
        answer.dates,
        {
            "日期": lambda date: date.day,
            "类别": phrases.date_kind,
            "编号": lambda date: date.code,
            "内容": lambda date: date.label,
            "还有几天": lambda date: date.days_left,
            "最后一个工作日": lambda date: date.working_day.day,
            "责任单位": lambda date: phrases.acting_text(date, answer),
        },
    )


def history(answer: answers.History) -> AnswerTable:
    """The entries, newest first."""

    def subject(entry: Entry) -> str:
        indicator = answer.indicator_of(entry)
        return indicator.label if indicator else entry_text.content_text(entry, answer)

    def amount(entry: Entry) -> Amount | str:
        return "" if entry.amount is None else Amount(entry.amount, answer.decimals_of(entry))

    return table_of(
        answer.entries,
        {
            "编号": lambda entry: entry.number,
            "事项": lambda entry: entry.code,
            "类型": lambda entry: EntryKind(entry.kind).label,
            "指标": subject,
            "数量": amount,
            "发生日期": lambda entry: entry.dated,
            "记录时间": lambda entry: Moment(entry.recorded_at),
            "责任单位": lambda entry: entry.agency or "本办",
            "方": lambda entry: entry.side,
            "记录人": lambda entry: entry.by,
            "说明": answer.note_of,
            "冲正": lambda entry: entry.reverses or "",
            "已被冲正": lambda entry: entry.reversed_by or "",
            "填报人": lambda entry: entry.number_of("sender") or "",
        },
    )


def changes(answer: answers.Changes) -> AnswerTable:
    """What changed, one line each under its topic."""
    from planledger.formats.text.change_text import change_sections

    lines = [(topic, *line) for topic, several in change_sections(answer) for line in several]
    return answer_table(("变化", "编号", "事项", "内容", "责任单位", "记录号"), lines)


def doubts(answer: answers.Doubts) -> AnswerTable:
    """What is to be looked at, one line each under its rule."""
    from planledger.formats.text.doubt_text import doubt_sections

    lines = [(topic, *line) for topic, several in doubt_sections(answer) for line in several]
    return answer_table(("核查内容", "编号", "事项", "内容", "责任单位", "记录号"), lines)


def reports(answer: answers.Reports) -> AnswerTable:
    """Who reported in words in a month, and what; a unit that did not has one line without a day."""
    lines: list[tuple[str, ...]] = []
    for unit in answer.units:
        name = (unit.agency.name, unit.agency.side)
        if not unit.reports:
            silent = "未报" if unit.is_silent else f"（只报了数或材料{unit.others}条）"
            lines.append((*name, "", "", silent, "", ""))
        for one in unit.reports:
            progress = one.detail("progress") or entry_text.report_text(one)
            lines.append((*name, one.code, one.dated, progress, one.detail("problem"), one.detail("next")))
    return answer_table(("责任单位", "方", "事项", "日期", "进展情况", "存在问题", "下一步措施"), lines)


def missing(answer: answers.Papers) -> AnswerTable:
    """Required papers, one line each: 缺, 未到期 or 另存; then the rows without proof."""
    head = ("情况", "编号", "哪一次", "材料", "方", "向谁要", "自何时", "天数", "文号", "存放单位", "记录号")
    lines: list[tuple[object, ...]] = []
    for one in (*answer.missing, *answer.pending):
        state, days = ("缺", one.days) if one.since else ("未到期", "")
        occasion = lack_text.occasion_text(one)
        place = (state, one.row.item.code, occasion, one.kind, one.side, "、".join(one.units))
        lines.append((*place, one.since, days, "", "", ""))
    for kept in answer.kept:
        paper = kept.mark
        occasion = lack_text.occasion_text(kept)
        place = ("另存", kept.row.item.code, occasion, paper.subject, paper.side, paper.agency)
        lines.append((*place, paper.day, "", kept.reference, kept.held_by, paper.entry))
    for bare in answer.unattached:
        place = (phrases.UNATTACHED, bare.row.item.code, bare.row.item.title, "", "", "、".join(bare.units))
        lines.append((*place, "", "", "", "", ""))
    return answer_table(head, lines)


def evidence(answer: answers.Holdings) -> AnswerTable:
    """The files that stand as proof, one line each."""
    return table_of(
        answer.evidence,
        {
            "记录号": lambda one: one.mark.entry,
            "编号": lambda one: one.row.item.code,
            "哪一次": lack_text.proven_text,
            "材料": lambda one: one.mark.subject,
            "文件名": lambda one: one.name(is_full=answer.is_full),
            "字节数": lambda one: one.size,
            "责任单位": lambda one: phrases.who(one.mark.agency, one.mark.side),
            "方": lambda one: one.mark.side,
            "日期": lambda one: one.mark.day,
            "含个人信息": lambda one: "是" if one.is_personal else "",
            "已由第几号销毁": lambda one: one.destroyed_by or "",
            "SHA-256": lambda one: one.sha256,
        },
    )


def duplicates(answer: answers.Duplicates) -> AnswerTable:
    """Figures that two units may both have reported, the two entries below each other."""
    return history(answer.history._replace(entries=tuple(entry for pair in answer.pairs for entry in pair)))


def agencies(answer: answers.Units) -> AnswerTable:
    """The units with their duties and their silence."""
    routes: Columns[str, UnitRow] = {"经由": lambda unit: answer.sheet.through(unit.agency.name)}
    return table_of(
        answer.units,
        {
            "责任单位": lambda unit: unit.agency.name,
            "方": lambda unit: unit.agency.side,
            "事项": lambda unit: "、".join(
                f"{row.item.code}（{phrases.role_text(duty.role)}）" for row, duty in unit.duties
            ),
            "未了": lambda unit: unit.owing,
            "最近记录": lambda unit: unit.last_entry,
            "已多少天没有记录": lambda unit: "" if unit.silent_days is None else unit.silent_days,
            "联系人": lambda unit: unit.contact.text(is_full=answer.is_full) if unit.contact else "",
            **(routes if answer.sheet.routes else {}),
        },
    )


def filings(answer: answers.Filings) -> AnswerTable:
    """Who filed what, a line for each unit and filing."""
    from planledger.formats.text import filing_text

    return table_of(
        [(unit.agency, state) for unit in answer.units for state in unit.states],
        {
            "责任单位": lambda one: one[0].name,
            "方": lambda one: one[0].side,
            "报送": lambda one: one[1].filing.label,
            "最后一天": lambda one: one[1].filing.last_day,
            "状态": lambda one: one[1].standing.label,
            "首报": lambda one: one[1].first_on,
            "退回": lambda one: one[1].returned_on,
            "交齐": lambda one: one[1].complete_on,
            "逾期天数": lambda one: one[1].days_late,
            "还缺": lambda one: filing_text.filing_lacks(one[1]),
        },
    )


def chases(answer: answers.Chases) -> AnswerTable:
    """Who was chased for what, a line for each time, and what came since."""
    from planledger.formats.text import chase_text

    return table_of(
        ((unit, *one) for unit in answer.units for one in unit.chases),
        {
            "责任单位": lambda one: one[0].agency.name,
            "日期": lambda one: one[1].day,
            "方式": lambda one: chase_text.way_text(one[1].details),
            "催什么": lambda one: chase_text.chased_for_text(one[1].details, answer.sheet.filing_labels),
            "此后的记录": lambda one: one[3][:10],
            "此后的记录号": lambda one: one[2].entry if one[2] else "",
            "说明": lambda one: one[1].note,
            "记录号": lambda one: one[1].entry,
        },
    )
