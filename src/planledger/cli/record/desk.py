"""`desk` (工作台): what is late and what comes in, then one thing after another, each asked step by step in one sitting.

What is stored, a command stores: the desk makes its words, shows them, and runs it.
"""

import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path

from planledger.cli.admin.care import due_lines
from planledger.cli.dispatch import printable
from planledger.cli.framework.parameters import ACTION, command
from planledger.cli.record.guide import HOW, NOTHING, OFFICE, REPORT, Guide, Proposal
from planledger.cli.record.line_editor import Dialogue, open_dialogue
from planledger.cli.record.record import is_terminal
from planledger.cli.session.session import Session
from planledger.cli.session.settings import option_words
from planledger.formats.screen.items import draw_entries
from planledger.ledger.actions.request import amount_of
from planledger.ledger.clerk import checked_text, reason
from planledger.plan.model.terms import EntryKind, Standing
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal
from planledger.questions.answers.history import history
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.naming import entry_number, row_named

SETTLED = (Standing.CLOSED, Standing.CANCELLED)
NOT_DONE = tuple(standing for standing in Standing if standing is not Standing.DONE)


@command(*ACTION)
def desk(session: Session) -> None:
    """Lead through one thing after another until the clerk leaves."""
    if not is_terminal():
        raise Refusal(
            "工作台要在终端里一问一答；这里请直接写命令，如 planledger record 6.1 --transferred 40。"
        )
    with open_dialogue(is_plain=session.settings.is_plain) as dialogue:
        dialogue.write(*due_lines(session.ledger.sheet()), HOW)
        is_open = True
        while is_open:
            try:
                is_open = dialogue.steps(partial(_do_one, session, dialogue))
            except KeyboardInterrupt:
                is_open = bool(dialogue.answers)  # whoever leaves a task is back at the desk
                dialogue.write("", "没有登记。" if is_open else "已离开工作台。")
            except Refusal as refusal:
                if not dialogue.answers:
                    raise
                dialogue.write(printable(str(refusal)), style="red")


def _do_one(session: Session, dialogue: Dialogue) -> bool:
    """Ask what is to be done, and do it; return whether the clerk stays."""
    step = Session(session.typed)  # of several plans each task may concern another one
    vars(step.settings).update(vars(session.settings))
    step.settings.forget_now()
    step.ledger.is_quiet = True  # that there is no ledger yet was said at the beginning
    dialogue.write("")
    chosen = dialogue.choose("做什么？（序号）", [*TASKS, "退出"])
    if chosen < len(TASKS):
        Guide(step, dialogue).store(list(TASKS.values())[chosen])
    return chosen < len(TASKS)


def _report(guide: Guide) -> Proposal | None:
    """Ask for what `report` stores."""
    agency = guide.agency()
    if not (row := guide.row(agency)):
        return None
    chosen = guide.dialogue.choose("填报什么？（序号）", (REPORT, NOTHING))
    return guide.report(row, agency, is_nothing=chosen == 1)


def _attach(guide: Guide) -> Proposal | None:
    """Ask for what `attach` stores."""
    agency, ask = guide.agency(), guide.dialogue.answer
    if not (row := guide.row(agency, SETTLED)):
        return None
    files = ask("文件在哪里？（写路径，或把文件拖进窗口；几个用空格隔开）", _files)
    options, papers = [("--agency", agency.name)], row.progress.requirements
    if papers:
        paper = papers[guide.dialogue.choose("是哪种材料？（序号）", [one.kind for one in papers])]
        options += [("--kind", paper.kind), ("--side", guide.side(paper.scope, agency))]
        if paper.per:
            which = "证明哪条记录？（记录号；只有一条的直接回车）"
            options += [("--entry", ask(which, lambda typed: typed and str(entry_number(typed))))]
    personal = guide.dialogue.choose("含个人信息吗？（序号）", ("不含", "含：各处打码，不交出文件"))
    return Proposal(
        f"{row.item.code} {row.item.title}，存入 {'、'.join(Path(file).name for file in files)}",
        ["attach", row.item.code, *files, *option_words(*options), *(["--personal"] if personal else [])],
        partial(guide.day_of, agency),
    )


def _files(typed: str) -> list[str]:
    """Read the paths of files as a shell does; a terminal writes them so where one is dropped in it."""
    try:
        files = shlex.split(typed)
    except ValueError:
        files = []
    missing = [file for file in files if not Path(file).is_file()]
    if missing or not files:
        raise Refusal(f"没有这个文件：{'、'.join(missing) or typed}；请核对路径。")
    return files


def _sign(guide: Guide) -> Proposal:
    """Ask for what `filing record` stores."""
    filings, choose = guide.sheet.filings, guide.dialogue.choose
    if not filings:
        raise Refusal("这个方案没有要求报送。")
    filing = filings[choose("报来的是什么？（序号）", [one.label for one in filings])]
    agency = guide.agency(may_be_office=False)
    stamped = filing.stamped and not choose("盖章了吗？（序号）", ("已盖章", "没有盖章"))
    return Proposal(
        f"签收{filing.label}{'（已盖章）' if stamped else ''}",
        ["filing", "record", filing.key, "--agency", agency.name, *(["--stamped"] if stamped else [])],
        partial(guide.day_of, agency),
    )


def _correct(guide: Guide) -> Proposal:
    """Ask for what `correct` stores: of all figures that stand, the newest first."""
    answer, ask = guide.session.ledger.ask(history), guide.dialogue.answer
    entries = [one for one in answer.entries if one.kind == EntryKind.AMOUNT and not one.reversed_by]
    if not entries:
        raise Refusal("没有可更正的数。")

    def read(word: str) -> Entry:
        typed = f"第{fold(word)}号" if fold(word).isdigit() else word
        found = [one for one in entries if typed in f"第{one.number}号 {one.code} {one.agency}"]
        if len(found) != 1:
            raise Refusal("请写上面的一个记录号，或只在一条里有的单位。")
        return found[0]

    lines = guide.dialogue.drawn(lambda console: draw_entries(console, answer, tuple(entries)))
    one = guide.dialogue.pick("更正哪一条？（记录号）", lines, read)
    row, indicator = row_named(guide.sheet, one.code), answer.indicators[one.code, one.indicator]
    label = indicator.label
    to, _ = ask(
        f"{label}，正确的数是多少？（{indicator.unit}）",
        lambda word: (fold(word), amount_of(row, indicator.key, word, label)),
    )
    because = ask("为什么更正？", reason)
    return Proposal(
        f"{row.item.code} {row.item.title}，第{one.number}号的{label}更正为 {to}（{because}）",
        ["correct", str(one.number), "--to", to, "--because", because],
    )


def _close(guide: Guide) -> Proposal | None:
    """Ask for what `close` stores."""
    row, ask = guide.row(OFFICE, NOT_DONE), guide.dialogue.answer
    if row is None:
        return None
    approved = ask("谁审定的？（没有就直接回车）", lambda typed: checked_text(typed, "审定人"))
    ref = ask("审定的文号？（没有就直接回车）", lambda typed: checked_text(typed, "文号")) if approved else ""
    return Proposal(
        f"{row.item.code} {row.item.title}，销号（{approved or '未写审定人'}）",
        ["close", row.item.code, *option_words(("--approved", approved), ("--ref", ref))],
    )


TASKS: dict[str, Callable[[Guide], Proposal | None]] = {
    "登记  数量、完成情况": Guide.record,
    "填报  进展情况、零报告": _report,
    "佐证  存入文件": _attach,
    "签收  单位报送的材料": _sign,
    "更正  登错的数": _correct,
    "销号  已经办结的事项": _close,
    "近期  什么逾期，什么快到": lambda guide: guide.dialogue.write(*due_lines(guide.sheet)),
}
