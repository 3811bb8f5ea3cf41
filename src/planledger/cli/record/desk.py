"""`desk` (工作台): what is late and what comes in, then one thing after another, each asked step by step in one sitting.

What is stored, a command stores: the desk makes its words, shows them, and runs it.
"""

import shlex
from functools import partial
from os.path import expanduser, isfile
from pathlib import Path

from planledger.cli.admin.care import due_lines
from planledger.cli.dispatch import printable
from planledger.cli.framework.parameters import action
from planledger.cli.record import guide
from planledger.cli.record.guide import SKIP
from planledger.cli.record.line_editor import StepBack, open_dialogue
from planledger.cli.record.task import OFFICE, Answer, Question, Task, choice_question, filled, line_question
from planledger.cli.session.output import is_terminal
from planledger.cli.session.session import Session
from planledger.formats.text.entry_text import entry_text
from planledger.formats.text.figures import so_far
from planledger.ledger.actions.report import Words, report_texts
from planledger.ledger.actions.request import amount_of
from planledger.ledger.clerk import checked_text, reason
from planledger.plan.model.rows import Indicator
from planledger.plan.model.terms import EntryKind, Measure
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal
from planledger.questions.answers.history import history
from planledger.questions.facts.figure import Figure
from planledger.questions.facts.progress import REPORT_WORDS
from planledger.questions.naming import row_named
from planledger.questions.sheet import Row

LEAVE = Answer()


@action()
def desk(session: Session) -> None:
    """Lead through one thing after another until the clerk leaves."""
    if not is_terminal():
        raise Refusal(
            "工作台要在终端里一问一答；这里请直接写命令，如 planledger record 6.1 --transferred 40。"
        )
    with open_dialogue(session.output.pasted, is_plain=session.settings.is_plain) as dialogue:
        dialogue.write(*due_lines(session.ledger.sheet()), guide.HOW)
        chosen = None
        while chosen is not LEAVE:
            try:
                chosen = None
                dialogue.write("")
                chosen = dialogue.choose("做什么？", TASKS)
                Task(_next_command(session), dialogue, chosen).ask()
            except StepBack:
                pass  # there is no question before the first
            except KeyboardInterrupt:
                dialogue.write("", "没有登记。" if chosen else "已离开工作台。")
                chosen = chosen or LEAVE
            except Refusal as refusal:
                dialogue.write(printable(str(refusal)), style="red")


def _next_command(session: Session) -> Session:
    """Return the session of a task: of several plans each may concern another one."""
    task = Session(session.typed)
    vars(task.settings).update(vars(session.settings))
    task.settings.forget_now()
    task.ledger.is_quiet = True  # that there is no ledger yet stood there at the beginning
    return task


def record_step_by_step(session: Session) -> None:
    """Ask for one thing to record, and store it where it is confirmed."""
    with open_dialogue(session.output.pasted, is_plain=session.settings.is_plain) as dialogue:
        dialogue.write(guide.HOW)
        try:
            while not Task(session, dialogue, RECORD).ask():
                pass  # whoever steps back from the first question is asked it again
        except KeyboardInterrupt:
            dialogue.write("", "已退出，什么都没有登记。")
            raise


def what(task: Task) -> Answer:
    """Ask what is reported on the item: a figure, that it is done, words, or no progress (零报告)."""
    row = task.row
    if not task.has_unit:
        # the unit of a divided figure is asked for with that figure
        task.agency, task.name = OFFICE, ""
    task.dialogue.write(f"{row.item.code} {row.item.title}")
    known = {so_far(one): Answer(then=_figure(row, one)) for one in row.progress.figures}
    is_done = "申报完成" if task.agency.name else "本办认定完成"
    done = {"申报完成": Answer("", ("--done",), f"，{is_done}", (guide.day,))}
    return task.dialogue.choose("登记什么？", known | done | REPORT)


def _figure(row: Row, figure: Figure) -> tuple[Question, ...]:
    """Return what is asked of a figure: the unit where each has its share, the number, the side where each counts for itself, the day."""
    indicator, units = figure.indicator, tuple(share.owner for share in figure.shares)
    is_stock = indicator.measure == Measure.STOCK
    how = "现在是多少" if is_stock else "这次报多少"
    number = figure_question(f"--{indicator.key}", how, row, indicator, f"，{indicator.label} {{}}")
    sharing = partial(guide.sharing_unit, names=units)
    return (
        sharing,
        number,
        partial(guide.side, scope=indicator.scope),
        partial(guide.day, only_stock=is_stock),
    )


def figure_question(option: str, how: str, row: Row, indicator: Indicator, phrase: str) -> Question:
    """Return the question for a number of an indicator."""

    def read(word: str) -> str:
        amount_of(row, indicator.key, word, indicator.label)
        return fold(word)

    return line_question(option, f"{indicator.label}，{how}？（{indicator.unit}）", read, phrase)


def show_due(task: Task) -> None:
    """Write what is late and what comes in."""
    task.dialogue.write(*due_lines(task.sheet))


def proof_files(task: Task) -> Answer:
    """Ask for the files that prove something, and where the item asks for papers, for which of them."""
    question = "文件在哪里？（写路径，或把文件拖进窗口；几个用空格隔开）"
    paths = task.dialogue.answer(question, _paths)
    names = "、".join(Path(path).name for path in paths)
    return Answer("", tuple(paths), f"，存入 {names}", (paper,) if task.row.progress.requirements else ())


def _paths(words: str) -> list[str]:
    """Read the paths of files as a shell does; a terminal writes them so where one is dropped in it."""
    if not words:
        raise Refusal("请写文件的路径。")
    try:
        is_one = isfile(words)  # noqa: PTH113  (of a name that is too long Path raises an OSError)
        paths = [words] if is_one else list(map(expanduser, shlex.split(words)))
    except ValueError:
        paths = [words]
    missing = [path for path in paths if not isfile(path)]  # noqa: PTH113  (as above)
    if missing:
        raise Refusal(f"没有这个文件：{'、'.join(missing)}；请核对路径。")
    return [f"./{path}" if path.startswith("-") else path for path in paths]


def paper(task: Task) -> Answer:
    """Ask which kind of paper the files are, and what goes with it."""
    papers = {one.kind: one for one in task.row.progress.requirements}
    one = task.dialogue.choose("是哪种材料？", papers)
    then = (partial(guide.side, scope=one.scope), *((meeting,) if one.per else ()))
    return filled("--kind", one.kind, "（{}）")._replace(then=then)


def filing(task: Task) -> Answer:
    """Ask for the filing that came in, and from whom."""
    filings = {one.label: one for one in task.sheet.filings}
    if not filings:
        raise Refusal("这个方案没有要求报送。")
    one = task.dialogue.choose("报来的是什么？", filings)
    then = (partial(guide.unit, office=""), *((stamp,) if one.stamped else ()))
    return Answer("", (one.key,), one.label, then)


def wrong_figure(task: Task) -> Answer:
    """Ask which figure is wrong: of all that stand, the newest first."""
    answer = task.session.ledger.ask(history)
    choices = {
        f"第{one.number}号  {one.code} {entry_text(one, answer)}（{one.agency or '本办'}，{one.dated}）": one
        for one in answer.entries
        if one.kind == EntryKind.AMOUNT and not one.reversed_by
    }
    if not choices:
        raise Refusal("没有可更正的数。")
    one = task.dialogue.choose("更正哪一条？", choices)
    row, indicator = row_named(task.sheet, one.code), answer.indicators[one.code, one.indicator]
    right = figure_question("--to", "正确的数是多少", row, indicator, " {}")
    phrase = f"{row.item.code} {row.item.title}，第{one.number}号的{indicator.label}更正为"
    return Answer("", (str(one.number),), phrase, (right,))


def flag_question(option: str, question: str, yes: str) -> Question:
    """Return the question whether an option is set; no word for yes is a part of the choice for no, nor the other way round."""
    choices = {"否": Answer(option), f"是，{yes}": Answer(option, (option,), f"，{yes}")}
    return choice_question(question, choices)


def _text_of(key: str, word: str) -> str:
    """Read one text of a report: the progress may not be empty."""
    progress, problem, next_step = (word if one == key else "另写" for one in REPORT_WORDS)
    return report_texts(Words("", progress, problem, next_step))[key]


_texts = tuple(
    line_question(
        f"--{key}",
        f"{label}{SKIP if key != 'progress' else ''}：",
        partial(_text_of, key),
        f"，{label}：{{}}",
    )
    for key, label in REPORT_WORDS.items()
)
REPORT = {
    "进展情况（文字报告）": Answer(then=(*_texts, guide.day), command="report"),
    "零报告": Answer("", ("--nothing",), "，零报告", (guide.day,), "report"),
}
words = choice_question("填报什么？", REPORT)
privacy = flag_question("--personal", "含个人信息吗？", "含个人信息：各处打码，文件留在台账里")
stamp = flag_question("--stamped", "盖章了吗？", "已盖章")
meeting = line_question("--entry", "证明哪条记录？（记录号；只有一条的直接回车）", str)
because = line_question("--because", "为什么更正？", reason, "（{}）")
approver = line_question(
    "--approved", f"谁审定的？{SKIP}", partial(checked_text, what="审定人"), "，审定人 {}"
)
paper_number = line_question("--ref", f"审定的文号？{SKIP}", partial(checked_text, what="文号"), "，文号 {}")


def _task(command: str, *questions: Question, phrase: str = "") -> Answer:
    """Return what begins a task: of which plan it is, its own *questions*, and whether it is stored."""
    return Answer(command=command, phrase=phrase, then=(guide.plan, *questions, guide.store))


_paper_item, _done_item = (partial(guide.item, kind=kind) for kind in (EntryKind.PAPER, EntryKind.CLOSE))
RECORD = _task("record", guide.unit, guide.item, what)
TASKS = {
    "登记  数量、完成情况": RECORD,
    "填报  进展情况、零报告": _task("report", guide.unit, guide.item, words),
    "佐证  存入文件": _task("attach", guide.unit, _paper_item, proof_files, privacy, guide.day),
    "签收  单位报送的材料": _task("filing record", filing, guide.day, phrase="签收"),
    "更正  登错的数": _task("correct", wrong_figure, because),
    "销号  已经办结的事项": _task("close", _done_item, approver, paper_number, phrase="销号 "),
    "近期  什么逾期，什么快到": Answer(then=(guide.plan, show_due)),
    "退出": LEAVE,
}
