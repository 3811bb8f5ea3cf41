"""The questions by which a clerk is led on the terminal, and what `planledger record` asks without an item (一步一步登记)."""

from planledger.cli.dispatch import dispatch
from planledger.cli.record.line_editor import StepBack, place_of
from planledger.cli.record.task import OFFICE, Answer, Task, choice_question, filled
from planledger.cli.session.suggested_line import chosen_options
from planledger.formats.text import lack_text, phrases
from planledger.formats.text.display import safe
from planledger.ledger.actions.request import day_of_work, reporting_agency
from planledger.plan.days import LATEST
from planledger.plan.model.entry_kinds import MEANING, UNFINISHED
from planledger.plan.model.rows import Agency
from planledger.plan.model.terms import EntryKind, Scope
from planledger.plan.phrases.days import WORK, DayPlace
from planledger.plan.phrases.texts import codes_numbered, fold, shell_word
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.facts.which_plan import plans_of_chain, titled
from planledger.questions.naming import code_typed, row_named
from planledger.questions.sheet import Row, load_printed
from planledger.questions.unit_naming import agencies_named

HOW = "一步一步登记：写序号，或名称里的几个字；输入 < 回到上一步，按 Esc 或 Ctrl-C 退出，什么都不登记。"
SKIP = "（没有就直接回车）"


def plan(task: Task) -> Answer | None:
    """Ask for the plan, where none was named and the year of several has come, the newest first."""
    ledger, settings = task.session.ledger, task.session.settings
    settings.plan = task.named_plan
    with ledger.store() as store:
        known = plans_of_chain(store, LATEST) if store.has_chosen and not settings.plan else ()
    begun = sorted((one for one in known if str(one.year) <= settings.day()[:4]), key=lambda one: -one.year)
    if len(begun) > 1:
        titles = {titled(one, begun): one for one in begun}
        settings.plan = task.dialogue.choose("登记到哪个方案？", titles).key
    task.sheet = ledger.ask(load_printed)  # a row may be named by the number that the document gives it
    return Answer() if len(begun) > 1 else None


def unit(task: Task, office: str = "；直接回车＝本办登记") -> Answer:
    """Ask for the unit that reports; *office* says how none is named, empty where one must be."""
    sheet = task.sheet

    def read(word: str) -> tuple[Agency, ...]:
        """Return the units that a word means, else those of whose names it is a part."""
        parts = (one for one in sheet.agencies if word and fold(word) in f"{one.name}、{one.short}")
        is_itself = bool(office) and word in ("", "本办")
        meant = (OFFICE,) if is_itself else find_agencies(word, sheet.agencies, sheet.sides)
        return meant or tuple(parts) or agencies_named(word, sheet.agencies, sheet.sides)

    def named(agency: Agency, word: str = "") -> Answer:
        # before a merger only the name of the part itself is known
        task.agency, is_other = agency, word in sheet.units.names(agency.name)
        task.name = word if is_other else agency.name
        return filled("--agency", task.name)

    question = f"哪家单位报来的？（全称、简称或拼音首字母{office}）"
    typed, agencies = task.dialogue.answer(question, lambda word: (word, read(word)))
    if len(agencies) > 1:
        names = {one.name: one for one in agencies}
        return Answer(then=(lambda task: named(task.dialogue.choose("是哪一家？", names)),))
    return named(agencies[0], typed)


def item(task: Task, kind: EntryKind = EntryKind.REPORT) -> Answer:
    """Ask for the item: one of the rows that are open to a *kind* of entry, or any other in which the unit has a part."""
    name, sheet, standings = task.agency.name, task.sheet, MEANING[kind].open_to
    rows = [
        row for row in sheet.rows if row.judgement.standing in standings and (not name or row.duty_of(name))
    ]

    def line(row: Row) -> str:
        duty = row.duty_of(name)
        own = lack_text.lacks_text(row.owed_by(duty), row.progress, name) if duty else ""
        lacks = own or lack_text.lacking_text(row)
        name_of_row = "  ".join(filter(None, (row.item.code, row.progress.number, row.item.title)))
        return f"  {name_of_row}，{phrases.last_day(row)}{'，还缺' if lacks else ''}{lacks}"

    def read(word: str) -> Row:
        is_number = codes_numbered({row.item.code: row.progress.number for row in sheet.rows}, word)
        if not (is_number or code_typed(word)[:1].isdigit()):
            return rows[place_of(word, [row.item.title for row in rows], "请输入事项编号。")]
        row = row_named(sheet, word)
        if name:
            reporting_agency(name, sheet, row)
        return row

    none = f"{name}没有{'未完成' if standings == UNFINISHED else '这样'}的事项；别的事项请写编号。"
    task.row = row = task.dialogue.pick("哪一项？（事项编号）", list(map(line, rows)) or [none], read)
    return Answer("", (row.item.code,), f"{row.item.code} {row.item.title}")


def sharing_unit(task: Task, names: tuple[str, ...]) -> Answer | None:
    """Ask for one of the units among which a figure is divided, where none was named."""
    if not names or task.has_unit:
        return None
    units = {one.name: one for one in task.sheet.agencies if one.name in names}
    task.agency = task.dialogue.choose("这个数由各单位分别完成，是哪一家的？", units)
    task.name = task.agency.name
    return filled("--agency", task.name)


def side(task: Task, scope: str) -> Answer | None:
    """Ask for the side, where each counts for itself and the unit belongs to none."""
    names = task.sheet.side_names
    if scope != Scope.EACH or task.agency.side or len(names) == 1:
        return None
    sides = {name: filled("--side", name, "，{}") for name in names}
    return task.dialogue.choose("算在哪一方？", sides)


def day(task: Task, *, only_stock: bool = False) -> Answer:
    """Ask for the day; and for one before a merger, which part of the unit it was."""
    sheet, today = task.sheet, task.clerk.today
    where = DayPlace(WORK, today, sheet.plan.year)
    meant = task.dialogue.answer(
        f"哪一天的情况？（年-月-日；直接回车＝今天 {today}）",
        lambda typed: day_of_work(typed or today, where, only_stock=only_stock),
    )
    of_day = sheet.units.agencies_on(meant.day) or sheet.agencies
    agencies = agencies_named(task.name, of_day, sheet.sides) if task.name else (OFFICE,)
    names = {one.name: filled("--agency", one.name, f"（{one.name}，{meant.day}）") for one in agencies}
    if len(names) > 1:
        part = choice_question("那一天还没有合并，是哪一家？", names)
        return filled("--on", meant.span or meant.day)._replace(then=(part,))
    return filled("--on", meant.span or meant.day, f"（{phrases.who(agencies[0].name, '')}，{meant.day}）")


def store(task: Task) -> None:
    """Show what would be stored and the command that does so, and run it where that is confirmed.

    Raises:
        StepBack: the command was refused, with its sentence.
    """
    session, dialogue, command = task.session, task.dialogue, task.command()
    line = " ".join(map(shell_word, ["planledger", *command, *chosen_options(session.settings)]))
    dialogue.write(f"将登记：{''.join(one.phrase for one in task.answers)}")
    # not folded: what the terminal wraps it gives back as one line, which every shell takes
    dialogue.console.out(safe(f"同样的命令：{line}"), highlight=False)
    dialogue.forget()  # only what is typed after that counts
    if not dialogue.answer("登记吗？（直接回车＝登记，n＝不登记）", _is_yes):
        dialogue.write("没有登记。")
        return
    session.settings.forget_now()  # the entry bears the moment when it is stored
    code = dispatch(command, session)
    if code == ExitCode.INTERRUPTED and not session.ledger.has_written:
        raise KeyboardInterrupt
    if code == ExitCode.REFUSED:
        task.sheet = session.ledger.ask(load_printed)  # somebody else may have changed what was asked about
        raise StepBack(session.refusal)
    if code not in (ExitCode.DONE, ExitCode.INTERRUPTED):
        store(task)  # the ledger is in use, or the disk is full: until that is over


def _is_yes(word: str) -> bool:
    answer = fold(word).lower()
    if answer not in ("", "y", "是", "n", "否"):
        raise Refusal("登记请直接回车，不登记请输入 n。")
    return answer not in ("n", "否")
