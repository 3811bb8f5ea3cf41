"""Official papers (公文) on the whole plan as Word files, each a draft that the office completes."""

from collections.abc import Callable
from typing import Annotated

from planledger.cli.framework.parameters import ABOUT, REPLACE, argument, command, flag, option
from planledger.cli.session.output_file import file_named, write_file
from planledger.cli.session.session import Session
from planledger.formats.letter import plan_papers
from planledger.formats.letter.paper import Paper, gap_count
from planledger.formats.letter.word_file import paper_file, require_word
from planledger.plan.days import last_day_of_month
from planledger.plan.refusal import Refusal
from planledger.questions.answers.overview import Overview, overview

WORD = ".docx"
FileArgument = Annotated[str, argument("文件", f"以 {WORD} 结尾的文件名")]
RedHeadOption = Annotated[bool, flag("--red-head", "加红头（不写只有正文）")]
PAPER = (*ABOUT, REPLACE)


@command(*PAPER)
def circular(session: Session, file: FileArgument, *, red_head: RedHeadOption = False) -> None:
    """Write the circular to all units on how the plan stands."""
    _write_on_plan(session, file, plan_papers.circular_paper, red_head=red_head)


@command(*PAPER)
def summary(
    session: Session,
    file: FileArgument,
    agency: Annotated[str, option("单位", "只写这一家承担的")] = "",
    *,
    red_head: RedHeadOption = False,
) -> None:
    """Write the summary of the year, of the whole plan or of one unit's part."""
    _write_on_plan(session, file, plan_papers.summary_paper, agency, red_head=red_head)


@command(*PAPER)
def monthly(
    session: Session,
    file: FileArgument,
    month: Annotated[str, option("月份", "哪一个月，如 7月、上月；不写是本月")] = "",
    *,
    red_head: RedHeadOption = False,
) -> None:
    """Write the report of a month: figures as of its end, words of the month."""
    _check(file)
    settings = session.settings
    with session.ledger.reading(month) as ledger:
        asked = settings.month_typed("--month", month or settings.day()[:7])
        end = last_day_of_month(int(asked[:4]), int(asked[5:]))
        day = ledger.as_of if settings.as_of else min(end, ledger.as_of)
        if asked > day[:7]:
            raise Refusal(
                f"--month {month}：{asked} 在 {day} 还没有开始，没有可写的；请写已经开始的月份，如 {day[:7]}。"
            )
        answer = overview(ledger._replace(as_of=day), asked)
    _write(session, file, plan_papers.monthly_paper(answer, asked), red_head=red_head)


@command(*PAPER)
def briefing(session: Session, file: FileArgument, *, red_head: RedHeadOption = False) -> None:
    """Write the paper that a meeting of the leading group hears."""
    _write_on_plan(session, file, plan_papers.briefing_paper, red_head=red_head)


@command(*PAPER)
def handover(session: Session, file: FileArgument) -> None:
    """Write the list that is signed when a clerk hands over to the next."""
    from planledger.formats.letter.handover_paper import handover_paper
    from planledger.ledger.files.stocktaking import stocktaking
    from planledger.questions.answers.handover import handover as everything_open

    _check(file)
    with session.ledger.reading() as ledger:
        if not session.ledger.has_ledger:
            raise Refusal("还没有台账，没有可交接的；先登记，或用 --ledger 写明台账。")
        answer = everything_open(ledger)
        store = ledger.store
        paper = handover_paper(answer, str(store.path), store.surroundings(), stocktaking(store))
    _write(session, file, paper, red_head=False)


def _write_on_plan(
    session: Session, file: str, paper_of: Callable[[Overview], Paper], agency: str = "", *, red_head: bool
) -> None:
    """Write a paper on how the plan stands, or on the part of one unit in it."""
    _check(file)
    answer = session.ledger.ask(overview, agency=agency)
    _write(session, file, paper_of(answer), red_head=red_head)


def _check(file: str) -> None:
    """Check that a Word file can be written under the name.

    Raises:
        Refusal: the name promises something else, or the extra is not installed.
    """
    file_named(file, WORD, " Word ", f"通报{WORD}。")
    require_word()


def _write(session: Session, file: str, paper: Paper, *, red_head: bool) -> None:
    """Write a paper, and say what the office has to fill in."""
    paper = paper._replace(has_red_head=red_head)
    write_file(file, paper_file(paper), session.output.forced)
    gaps = gap_count(paper)
    left = f"；有{gaps}处［请填写］要由本办补上" if gaps else ""
    mark = f"（{paper.mark}）" if paper.mark else ""
    session.output.sum_up(f"已写入 {file}：{session.output.command_name}{mark}，截至{paper.day}{left}。")
