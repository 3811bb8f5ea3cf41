"""The letters about what is owed (提醒函、催办函、工作联系函): what stands in each, and a row for each in a list.

A letter says what is not in the ledger yet and until when it was or is asked, and by which day the office asks for an
answer. It blames nobody and names no figure but what is lacking of the plan's own.
"""

from collections.abc import Sequence

from planledger.formats.letter.paper import Attachment, Paper, PaperBlock, PaperTable, gap, paper_on
from planledger.formats.text import filing_text, lack_text
from planledger.formats.text.display import portable_name
from planledger.formats.text.figures import AnswerTable
from planledger.plan.days import spoken
from planledger.plan.model.terms import FilingStanding
from planledger.questions.answers.debts import Debts, OwedRow
from planledger.questions.answers.reminders import Reminder, Reminders
from planledger.questions.judge.filings import FilingState, filing_task

LATE, EARLY, JOINT = "催办函", "提醒函", "工作联系函"
_SUBJECTS = {
    LATE: "关于催办{}有关事项的函",
    EARLY: "关于提醒办理{}有关事项的函",
    JOINT: "关于商请办理{}有关事项的工作联系函",
}
_HEADS = ("责任单位", "编号", "事项", "最后一天", "逾期天数", "还缺")
_WIDTHS = (16, 8, 34, 14, 8, 20)
_LIST = ("主送单位", "函", "文件", "涉及单位", "事项", "报送", "最多逾期天数", "请于何日前回复")


def letter_kind(letter: Reminder) -> str:
    """Return what a letter is called: 催办函 once a last day of it has passed, 工作联系函 to the office of another side."""
    return JOINT if letter.side else LATE if letter.days_late else EARLY


def letter_file(letter: Reminder) -> str:
    """Return the name of the file of a letter: 江海区妇联-催办函.docx."""
    return portable_name(f"{letter.addressee or letter.side}-{letter_kind(letter)}.docx")


def reminder_paper(letter: Reminder, answer: Reminders, contact: str, phone: str) -> Paper:
    """Return one letter.

    Args:
        letter: to whom, and about what.
        answer: all letters.
        contact: whom a unit calls in the office; a gap where it is empty.
        phone: the office's telephone; a gap where it is empty.
    """
    sheet, kind = answer.sheet, letter_kind(letter)
    plan = f"《{sheet.plan.title}》"
    blocks: list[PaperBlock] = [_opening(letter, plan, sheet.as_of)]
    if letter.earlier:
        days = "、".join(map(spoken, letter.earlier))
        blocks.append(f"本办已于{days}就其中事项去函（{gap('去函文号')}）。")
    if letter.own:
        blocks += _own_lines(letter.own)
    if letter.others:
        whose = "贵方有关单位" if letter.side else "经贵单位联系的单位"
        also = "请一并转告" if letter.own else "请转告"
        blocks.append(f"{whose}的{_kinds(letter.others)}见附件，{also}。")
    blocks += [
        _reply(letter, spoken(answer.reply_by) if answer.reply_by else gap("回复日期")),
        f"联系人：{contact or gap('联系人')}；联系电话：{phone or gap('联系电话')}。",
        "特此函商。" if letter.side else "特此函告。",
    ]
    table = _others_table(letter.others)
    paper = paper_on(sheet, answer.source, _SUBJECTS[kind].format(plan), blocks)
    return paper._replace(
        is_letter=True,
        addressee=letter.addressee or gap("主送机关"),
        attachment=Attachment(f"有关单位的{_kinds(letter.others)}", table) if letter.others else None,
    )


def letter_list(answer: Reminders) -> AnswerTable:
    """Return a row for each letter, for the office's own mail merge."""
    rows = (
        (
            letter.addressee or letter.side,
            letter_kind(letter),
            letter_file(letter),
            "、".join(debts.agency.name for debts in letter.debts),
            "、".join(dict.fromkeys(code for debts in letter.debts for code in debts.codes)),
            "、".join(dict.fromkeys(one.filing.label for debts in letter.debts for one in debts.filings)),
            letter.days_late,
            answer.reply_by,
        )
        for letter in answer.letters
    )
    return AnswerTable(_LIST, tuple(rows))


def _opening(letter: Reminder, plan: str, day: str) -> str:
    owed = (
        f"由贵单位承担的下列{_kinds([letter.own])}"
        if letter.own
        else f"有关单位承担的{_kinds(letter.others)}"
    )
    return f"根据{plan}，截至{spoken(day)}，{owed}尚未全部登记完成，现函告如下。"


def _kinds(several: Sequence[Debts]) -> str:
    """Return of what kinds debts are: 事项, 报送任务, or 事项和报送任务."""
    has_rows, has_filings = any(one.rows for one in several), any(one.filings for one in several)
    return "和".join(filter(None, ("事项" * has_rows, "报送任务" * has_filings)))


def _reply(letter: Reminder, until: str) -> str:
    """Ask for an answer on rows, and for what is to be filed; of filings alone no report on an item is asked."""
    has_filings = any(debts.filings for debts in letter.debts)
    if any(debts.rows for debts in letter.debts):
        return f"请于{until}前将完成情况说明或进展情况函复本办{'，并报齐所列材料' * has_filings}。"
    return f"请于{until}前报齐所列材料，或将办理情况函复本办。"


def _own_lines(debts: Debts) -> list[PaperBlock]:
    """Return a paragraph for each row and filing that the addressee owes."""
    rows = (
        f"{one.item.code}　{one.item.text.rstrip('。；')}。{_until(one)}。{lack_text.lacks_under('还缺', _lacks(one, debts, '贵单位'))}。"
        for one in debts.rows
    )
    filings = (
        f"{filing_task(one.filing.label)}，{_until(one)}，{_filing_lacks(one)}。" for one in debts.filings
    )
    return [*rows, *filings]


def _until(one: OwedRow | FilingState) -> str:
    """Return the last day of a row or a filing and how late it is; of several periods the first, of a row without one the document's words."""
    if not (day := one.filing.last_day if isinstance(one, FilingState) else one.last_day):
        return f"完成时限：{_last_day(one)}"
    return f"最后一天{spoken(day)}{_which(one)}{f'，已逾期{one.days_late}天' if one.days_late else ''}"


def _which(one: OwedRow | FilingState) -> str:
    word = lack_text.earliest_text(one.periods) if isinstance(one, OwedRow) else ""
    return f"（{word}）" if word else ""


def _others_table(several: tuple[Debts, ...]) -> PaperTable:
    """Return a row for each row and filing that the other units of a letter owe."""
    rows: list[tuple[str, ...]] = []
    for debts in several:
        name = debts.agency.name
        rows += (
            (name, one.item.code, one.item.text, *_when(one), _lacks(one, debts, "该单位"))
            for one in debts.rows
        )
        rows += ((name, "报送", one.filing.label, *_when(one), _filing_lacks(one)) for one in debts.filings)
    return PaperTable(_HEADS, tuple(rows), _WIDTHS)


def _when(one: OwedRow | FilingState) -> tuple[str, str]:
    return f"{_last_day(one)}{_which(one)}", str(one.days_late or "")


def _last_day(one: OwedRow | FilingState) -> str:
    """Return the last day of a row or a filing; of a row without one the document's words."""
    if isinstance(one, FilingState):
        return one.filing.last_day
    return one.last_day or one.item.due or "未定"


def _lacks(one: OwedRow, debts: Debts, whose: str) -> str:
    """Return what the unit lacks of a row, its own number where it owes one, and the milestones that were missed; *whose* is what it is called."""
    lacks = lack_text.lacks_in_paper(one.lacks, one.row.progress, debts.agency.name).replace("本单位", whose)
    stages = lack_text.stages_text(one.stages)
    periods = f"{lack_text.periods_text(one.periods)}的进展情况" if one.periods else ""
    missed = lack_text.milestones_text(one.milestones, one.row.progress, spoken)
    return "；".join(filter(None, ("：".join(filter(None, (stages, lacks))), periods, missed)))


def _filing_lacks(state: FilingState) -> str:
    lacks = filing_text.filing_lacks(state)
    words = {FilingStanding.INCOMPLETE: "还缺：", FilingStanding.RETURNED: "已退回补正，尚未重新收到"}
    return words.get(state.standing, "尚未收到") + lacks
