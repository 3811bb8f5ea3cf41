"""`planledger record` without an item: a guide asks on the terminal for what the typed command takes as options.

The guide judges nothing: each answer is read by the rule that reads the option; where that rule refuses,
its sentence is shown and the question comes again.
"""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from planledger.cli.dispatch import dispatch
from planledger.cli.record.line_editor import Dialogue, StepBack, open_dialogue, place_of
from planledger.cli.session.session import Session
from planledger.cli.session.settings import chosen_options, option_words, shell_lines
from planledger.formats.screen import items
from planledger.formats.text import figures, phrases
from planledger.ledger.actions.recording import drafts
from planledger.ledger.actions.report import WORDS, Words, report_draft, report_texts
from planledger.ledger.actions.request import Recording, Ties, amount_of, day_of_work, reporting_agency
from planledger.plan.days import LATEST
from planledger.plan.model.rows import Agency, Indicator
from planledger.plan.model.terms import Measure, Scope, Standing
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.facts.plans import PlanInForce, plans_of_chain, titled
from planledger.questions.naming import agencies_named, row_named
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row

FINISHED = (Standing.DONE, Standing.CLOSED, Standing.CANCELLED)
OFFICE = Agency(name="", side="", short="", initials="", contact="")  # itself: no unit is named
HOW = "一步一步登记：写序号，或名称里的几个字；输入 < 回到上一步，按 Esc 或 Ctrl-C 退出，什么都不登记。"
DONE, REPORT, NOTHING = "申报完成", "进展情况（文字）", "零报告"


class GuideLeft(Refusal):
    """The clerk left the guide (退出); nothing was recorded."""

    exit_code = ExitCode.INTERRUPTED


class Proposal(NamedTuple):
    """What the answers come to, but for the day, which is asked last."""

    phrase: str  # what will be stored
    command: list[str]  # that stores it: its words, without the day
    dated: Callable[[str], tuple[str, str]] | None = (
        None  # what stands behind --on for a typed day, and who and when; None: no day
    )


def record_step_by_step(session: Session) -> None:
    """Ask for one thing to record, and store it where it is confirmed.

    Raises:
        GuideLeft: the clerk left.
    """
    plan = session.settings.plan

    def ask() -> None:
        session.settings.plan = plan  # after a step back another one may be chosen
        Guide(session, dialogue).store(Guide.record)

    try:
        with open_dialogue(is_plain=session.settings.is_plain) as dialogue:
            dialogue.write(HOW)
            dialogue.steps(ask)
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        sys.stdout.flush()
        raise GuideLeft("已退出，什么都没有登记。") from None


def _begun_plans(session: Session) -> tuple[PlanInForce, ...]:
    """Return the plans of the chain whose year has come, the newest first; none where one was named."""
    if session.settings.plan:
        return ()
    with session.ledger.store() as store:
        plans = plans_of_chain(store, LATEST) if store.has_chosen else ()
    of_now = (plan for plan in plans if str(plan.year) <= session.settings.day()[:4])
    return tuple(sorted(of_now, key=lambda plan: -plan.year))


class Guide:
    """The questions in their order, about the annex of one plan as it stands today."""

    def __init__(self, session: Session, dialogue: Dialogue) -> None:
        """Ask in *dialogue*: of several plans for the one that is meant, where *session* names none."""
        self.session, self.dialogue = session, dialogue
        plans = _begun_plans(session)
        if len(plans) > 1:
            chosen = dialogue.choose("登记到哪个方案？（序号）", [titled(plan, plans) for plan in plans])
            session.settings.plan = plans[chosen].key
        self.sheet, self.clerk = session.ledger.sheet(), session.ledger.clerk()

    def store(self, propose: Callable[["Guide"], Proposal | None]) -> None:
        """Ask for everything, show what would be stored and the command that does so, and run it where that is confirmed.

        Raises:
            StepBack: the command was refused.
        """
        proposal = propose(self)
        if proposal is None:
            return
        command, who = proposal.command, ""
        if proposal.dated:
            on, who = self._day(proposal.dated)
            command = [*command, "--on", on]
        if self._is_confirmed(f"{proposal.phrase}{who}", command):
            self.session.settings.forget_now()  # the entry bears the moment when it is stored
            if dispatch(command, self.session) != ExitCode.DONE:
                raise StepBack

    def record(self) -> Proposal | None:
        """Ask for a figure, a declaration or words of a unit on an item."""
        agency = self.agency()
        row = self.row(agency)
        return row and self._proposal(row, agency)

    def agency(self, *, may_be_office: bool = True) -> Agency:
        """Ask for the unit that reports."""
        office = "；直接回车＝本办登记" if may_be_office else ""
        meant = self.dialogue.answer(
            f"哪家单位报来的？（全称、简称或拼音首字母{office}）",
            lambda word: self._units(word) if word or not office else (),
        )
        if len(meant) > 1:
            return meant[self.dialogue.choose("是哪一家？（序号）", [agency.name for agency in meant])]
        return meant[0] if meant else OFFICE

    def _units(self, word: str) -> Sequence[Agency]:
        """Return the units that a word means, else those of whose names it is a part."""
        try:
            return agencies_named(word, self.sheet.agencies, self.sheet.sides)
        except Refusal:
            parts = [agency for agency in self.sheet.agencies if word and fold(word) in agency.name]
            if not parts:
                raise
            return parts

    def row(self, agency: Agency, without: tuple[Standing, ...] = FINISHED) -> Row | None:
        """Ask for the item: one of the rows *without* some standings, or any other in which the unit has a part."""
        name = agency.name
        rows = tuple(
            row
            for row in self.sheet.rows
            if row.judgement.standing not in without and (not name or row.duty_of(name))
        )
        if not rows:
            open_ = f"{name}没有未完成的事项；要补登已完成的事项，请写编号：planledger record 事项编号。"
            self.dialogue.write(open_ if without == FINISHED else f"{name}没有这样的事项。")
            return None
        # where 7 is an item's code, 7 cannot mean the seventh line
        is_numbered = not any(row.item.code.isdigit() for row in self.sheet.rows)
        asked = "序号或事项编号" if is_numbered else "事项编号"
        lines = self.dialogue.drawn(
            lambda console: items.draw_open_items(console, rows, name, is_numbered=is_numbered)
        )

        def read(word: str) -> Row:
            if not word:
                raise Refusal(f"请输入{asked}。")
            if (is_numbered and fold(word).isdigit()) or not fold(word)[:1].isdigit():
                return rows[place_of(word, [row.item.title for row in rows])]
            row = row_named(self.sheet, word)
            if name:
                reporting_agency(name, self.sheet, row)
            return row

        return self.dialogue.pick(f"哪一项？（{asked}）", lines, read)

    def _proposal(self, row: Row, agency: Agency) -> Proposal:
        """Ask what is reported on the item: a figure, that it is done, words, or no progress (零报告)."""
        code, name = row.item.code, agency.name
        self.dialogue.write(f"{code} {row.item.title}")
        known = row.progress.figures
        choices = [*map(figures.so_far, known), DONE, REPORT, NOTHING]
        chosen = self.dialogue.choose("登记什么？（序号）", choices)
        if chosen < len(known):
            return self._figure(row, known[chosen].indicator, agency)
        if choices[chosen] == DONE:
            done = Recording(code, is_done=True, agency=name)
            return self._recorded(row, done, DONE if name else "本办认定完成", ["--done"])
        return self.report(row, agency, is_nothing=choices[chosen] == NOTHING)

    def report(self, row: Row, agency: Agency, *, is_nothing: bool) -> Proposal:
        """Ask for the words of a report, but where it is a 零报告."""
        words = Words(row.item.code, is_nothing=is_nothing, agency=agency.name)
        return self._reported(row, words if is_nothing else self._words(words))

    def _figure(self, row: Row, indicator: Indicator, agency: Agency) -> Proposal:
        """Ask for a number; and for the side, where each side counts for itself and the unit belongs to none."""
        how = "现在是多少" if indicator.measure == Measure.STOCK else "这次报多少"
        number, amount = self.dialogue.answer(
            f"{indicator.label}，{how}？（{indicator.unit}）",
            lambda word: (fold(word), amount_of(row, indicator.key, word, indicator.label)),
        )
        side = self.side(indicator.scope, agency)
        recording = Recording(row.item.code, ((indicator.key, number),), agency=agency.name, side=side)
        options = option_words((f"--{indicator.key}", number), ("--side", side))
        return self._recorded(row, recording, figures.given_text(amount, indicator), options)

    def side(self, scope: str, agency: Agency) -> str:
        """Ask for the side, where each counts for itself and the unit belongs to none; else empty."""
        names = self.sheet.side_names
        if scope != Scope.EACH or agency.side or len(names) == 1:
            return ""
        return names[self.dialogue.choose("算在哪一方？（序号）", names)]

    def _words(self, empty: Words) -> Words:
        """Ask for the texts of a report: progress, problem, next step."""
        progress, problem, next_step = WORDS.values()
        skip = "（没有就直接回车）"
        first = self._text(f"{progress}：", lambda text: empty._replace(progress=text))
        second = self._text(f"{problem}{skip}：", lambda text: first._replace(problem=text))
        return self._text(f"{next_step}{skip}：", lambda text: second._replace(next_step=text))

    def _text(self, question: str, words_with: Callable[[str], Words]) -> Words:
        def read(text: str) -> Words:
            words = words_with(text)
            report_texts(words)
            return words

        return self.dialogue.answer(question, read)

    def _recorded(self, row: Row, recording: Recording, phrase: str, options: list[str]) -> Proposal:
        """Return what `record` stores."""
        return Proposal(
            f"{row.item.code} {row.item.title}，{phrase}",
            ["record", recording.code, *options, *option_words(("--agency", recording.agency))],
            lambda day: _dated(drafts(recording._replace(on=day), self.sheet, row, self.clerk, Ties())[0]),
        )

    def _reported(self, row: Row, words: Words) -> Proposal:
        """Return what `report` stores."""
        texts = report_texts(words)
        typed = {"--progress": words.progress, "--problem": words.problem, "--next": words.next_step}
        options = option_words(*typed.items()) + (["--nothing"] if words.is_nothing else [])
        phrase = "；".join(f"{WORDS[key]}：{text}" for key, text in texts.items() if text) or NOTHING
        return Proposal(
            f"{row.item.code} {row.item.title}，{phrase}",
            ["report", words.code, *options, *option_words(("--agency", words.agency))],
            lambda day: _dated(report_draft(words._replace(on=day), self.sheet, row, self.clerk)),
        )

    def day_of(self, agency: Agency, typed: str) -> tuple[str, str]:
        """Return what is typed for the day of what a unit, or the office, did, and who and when."""
        day = day_of_work(typed, self.sheet.plan.year, self.clerk.today)
        return day.span or day.day, f"（{agency.name or '本办'}，{day.day}）"

    def _day(self, dated: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
        """Ask for the day; with it the proposal is checked as a whole."""
        today = self.clerk.today
        return self.dialogue.answer(
            f"哪一天的情况？（年-月-日；直接回车＝今天 {today}）", lambda word: dated(word or today)
        )

    def _is_confirmed(self, phrase: str, command: list[str]) -> bool:
        """Show what will be stored and the command that does the same; only what is typed after that counts."""
        words = ["planledger", *command, *chosen_options(self.session.settings, "--by")]
        self.dialogue.write(
            f"将登记：{phrase}", *shell_lines(words, self.dialogue.console.width, "同样的命令：")
        )
        self.dialogue.forget()
        is_wanted = self.dialogue.answer("登记吗？（直接回车＝登记，n＝不登记）", _is_yes)
        if not is_wanted:
            self.dialogue.write("没有登记。")
        return is_wanted


def _is_yes(word: str) -> bool:
    answer = fold(word).lower()
    if answer not in ("", "y", "n"):
        raise Refusal("登记请直接回车，不登记请输入 n。")
    return answer != "n"


def _dated(draft: Draft) -> tuple[str, str]:
    """Return what is typed for the day of a draft, and who and when: of two days the note has the words and nothing else."""
    return draft.note or draft.dated, f"（{phrases.who(draft.agency, draft.side)}，{draft.dated}）"
