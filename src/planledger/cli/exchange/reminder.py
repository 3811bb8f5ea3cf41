"""Letters to the units that owe something (提醒函、催办函、工作联系函), into a new folder, one Word file each."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from planledger.cli.framework.parameters import ABOUT, BY, argument, command, flag, option
from planledger.cli.session.output import note
from planledger.cli.session.output_file import new_folder, with_progress, workbook_named, write_file
from planledger.cli.session.session import Session
from planledger.formats.letter.paper import gap_count
from planledger.formats.letter.reminder_papers import letter_file, letter_kind, letter_list, reminder_paper
from planledger.formats.letter.word_file import paper_file, require_word
from planledger.plan.model.terms import ChaseWay
from planledger.plan.phrases.days import REPLY
from planledger.plan.refusal import Refusal
from planledger.questions.answers.debts import Choice
from planledger.questions.answers.reminders import Reminders, reminders
from planledger.questions.sheet import load

if TYPE_CHECKING:
    from planledger.questions.receipt import Receipt


@command(*ABOUT, BY)
def reminder(
    session: Session,
    folder: Annotated[str, argument("文件夹", "写进哪个新文件夹，一家一份")],
    *,
    agency: Annotated[
        list[str] | None, option("单位", "只给哪些单位，写它欠的全部，可写几家", is_several=True)
    ] = None,
    is_late: Annotated[bool, flag("--overdue", "只写已逾期的（默认）")] = False,
    due_within: Annotated[int | None, option("天数", "写今后这些天内到期的", least=0, most=3660)] = None,
    without: Annotated[list[str] | None, option("单位", "不给哪些单位，可写几家", is_several=True)] = None,
    reply_by: Annotated[str, option("日期", "请单位在哪一天前回复；不写就空着")] = "",
    list_file: Annotated[str, option("文件", "另写一份清单（Excel），一函一行", "--list")] = "",
    is_recorded: Annotated[bool, flag("--record", "同时登记催办（函）")] = False,
    red_head: Annotated[bool, flag("--red-head", "加红头（不写只有正文）")] = False,
) -> None:
    """Write a letter to each unit that owes something, and record that where it is asked for."""
    require_word()
    files = (workbook_named(list_file),) if list_file else ()
    if is_recorded and (session.settings.as_of or session.settings.known_at):
        raise Refusal("--record 登记的是今天的催办，不能和 --as-of、--known-at 一起写；请去掉一个。")
    choice = Choice(tuple(agency or ()), is_late=is_late, days=due_within, reply_by=reply_by)
    answer = _reminders(session, choice, tuple(without or ()))
    with new_folder(folder, *files) as place:
        gaps = _write_letters(session, answer, place, has_red_head=red_head)
        if list_file:
            from planledger.formats.workbook.register import plain_workbook

            title = f"{answer.sheet.plan.title} 发函清单"
            write_file(list_file, plain_workbook(title, letter_list(answer)))
        receipt = _record(session, choice, answer) if is_recorded else None
    kinds = Counter(letter_kind(letter) for letter in answer.letters)
    counts = "、".join(f"{kind}{count}份" for kind, count in kinds.items())
    until = f"，请于{answer.reply_by}前回复" if answer.reply_by else ""
    session.output.sum_up(
        f"已写入 {folder}：{counts}，截至{answer.sheet.as_of}{until}；共有{gaps}处［请填写］要由本办补上。"
    )
    for remark in answer.remarks:
        note(remark)
    if receipt:
        session.output.reply(receipt)


def _reminders(session: Session, choice: Choice, without: tuple[str, ...]) -> Reminders:
    """Ask whom the office writes to about what; the day of the reply is still as it was typed."""
    with session.ledger.reading() as ledger, ledger.store.snapshot():
        if choice.reply_by:
            choice = choice._replace(reply_by=session.settings.day_typed(REPLY, choice.reply_by, REPLY))
        return reminders(ledger, load(ledger), choice, without)


def _write_letters(session: Session, answer: Reminders, folder: Path, *, has_red_head: bool) -> int:
    """Write each letter into the folder and return how many gaps they have."""
    gaps = 0
    contact, phone = (session.settings.lasting(key)[0] for key in ("contact", "phone"))
    for letter in with_progress("发函")(answer.letters):
        paper = reminder_paper(letter, answer, contact, phone)._replace(has_red_head=has_red_head)
        write_file(str(folder / letter_file(letter)), paper_file(paper))
        gaps += gap_count(paper)
    return gaps


def _record(session: Session, choice: Choice, answer: Reminders) -> "Receipt":
    """Record that all units of the letters were chased by letter, for what was chosen."""
    from planledger.ledger.actions.chasing import chase_units

    return session.ledger.run(chase_units, choice.of(answer.agencies), ChaseWay.LETTER.value)
