"""Recording step by step, for whoever knows what was reported and not how it is typed.

It asks for nothing that the typed commands do not take and judges nothing itself: each answer is read by
the rule that reads the option, and what that rule refuses is told and asked again.
"""

import sys
from collections.abc import Callable

from planledger.cli.record.line_editor import Dialogue, list_place, open_dialogue
from planledger.cli.session.session import Session
from planledger.cli.session.suggested_command import record_command, shell_lines
from planledger.formats.screen import items
from planledger.formats.text import figures, phrases
from planledger.ledger.actions.recording import drafts
from planledger.ledger.actions.report import WORDS, Words, report_draft, report_texts
from planledger.ledger.actions.request import Recording, Ties, amount_of, indicator_named, reporting_agency
from planledger.ledger.clerk import Clerk
from planledger.plan.days import LATEST
from planledger.plan.model.rows import Agency, Indicator
from planledger.plan.model.terms import Measure, Scope, Standing
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.facts.plans import PlanInForce, plans_of_chain, titled
from planledger.questions.naming import agencies_named, row_named
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Row, Sheet

FINISHED = (Standing.DONE, Standing.CLOSED, Standing.CANCELLED)
DONE, REPORT, NOTHING = "申报完成", "进展情况（文字）", "零报告"


class GuideLeft(Refusal):
    """Somebody left half-way (退出); nothing was recorded."""

    exit_code = ExitCode.INTERRUPTED


def ask_step_by_step(session: Session) -> Recording | Words | None:
    """Ask for one thing to record; gives nothing where nothing is open, or where it is not to be stored.

    Raises:
        Departure: whoever was asked has left.
    """
    try:
        plans, clerk = _begun(session), session.ledger.clerk()
        with open_dialogue() as opened:
            if len(plans) > 1:
                chosen = opened.chosen("登记到哪个方案？（序号）", [titled(plan, plans) for plan in plans])
                session.settings.plan = plans[chosen].key
            return Guide(session, session.ledger.sheet(), clerk, opened).entry()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        sys.stdout.flush()
        raise GuideLeft("已退出，什么都没有登记。") from None


def _begun(session: Session) -> tuple[PlanInForce, ...]:
    """Return the plans of the chain whose year has come, the newest first; none where one was named."""
    if session.settings.plan:
        return ()
    with session.ledger.store() as store:
        plans = plans_of_chain(store, LATEST) if store.has_chosen else ()
    of_now = (plan for plan in plans if str(plan.year) <= session.settings.day()[:4])
    return tuple(sorted(of_now, key=lambda plan: -plan.year))


class Guide:
    """The questions in their order, of one session, about the annex as it stands today."""

    def __init__(self, session: Session, sheet: Sheet, clerk: Clerk, opened: Dialogue) -> None:
        """Ask in the talk that is *opened*."""
        self.session, self.sheet, self.clerk, self.talk = session, sheet, clerk, opened

    def entry(self) -> Recording | Words | None:
        """Ask for everything, show what it comes to, and have it confirmed."""
        self.talk.say("一步一步登记；按 Esc 或 Ctrl-C 退出，什么都不登记。")
        agency = self._agency()
        row = self._row(agency)
        if row is None:
            return None
        said = self._dated(self._said(row, agency), row)
        return said if self._is_confirmed(said, row) else None

    def _agency(self) -> Agency | None:
        """Ask for the unit that reports; none is the office itself."""
        known, sides = self.sheet.agencies, self.sheet.sides
        found = self.talk.answered(
            "哪家单位报来的？（全称、简称或拼音首字母；直接回车＝本办登记）",
            lambda word: agencies_named(word, known, sides) if word else (),
        )
        if len(found) > 1:
            return found[self.talk.chosen("是哪一家？（序号）", [agency.name for agency in found])]
        return found[0] if found else None

    def _row(self, agency: Agency | None) -> Row | None:
        """Ask for the item: one of those that are open, or any other in which the unit has a part."""
        name = agency.name if agency else ""
        rows = tuple(
            row
            for row in self.sheet.rows
            if row.judgement.standing not in FINISHED and (not name or row.duty_of(name))
        )
        if not rows:
            self.talk.say(
                f"{name}没有未完成的事项；要补登已完成的事项，请写编号：planledger record 事项编号。"
            )
            return None
        # where 7 is an item, 7 cannot be the seventh line too
        is_numbered = not any(row.item.code.isdigit() for row in self.sheet.rows)
        asked = "序号或事项编号" if is_numbered else "事项编号"
        items.draw_open_items(self.talk.console, rows, name, is_numbered=is_numbered)

        def read(word: str) -> Row:
            if not word:
                raise Refusal(f"请输入{asked}。")
            if is_numbered and fold(word).isdigit():
                return rows[list_place(word, len(rows))]
            row = row_named(self.sheet, word)
            if name:
                reporting_agency(name, self.sheet, row)
            return row

        return self.talk.answered(f"哪一项？（{asked}）", read)

    def _said(self, row: Row, agency: Agency | None) -> Recording | Words:
        """Ask what is reported on the item: a figure, that it is done, words, or that there is nothing to tell."""
        code, name = row.item.code, agency.name if agency else ""
        self.talk.say(f"{code} {row.item.title}")
        known = row.progress.figures
        choices = [*map(figures.so_far, known), DONE, REPORT, NOTHING]
        chosen = self.talk.chosen("登记什么？（序号）", choices)
        if chosen < len(known):
            return self._figure(row, known[chosen].indicator, agency)
        if choices[chosen] == DONE:
            return Recording(code, is_done=True, agency=name)
        if choices[chosen] == NOTHING:
            return Words(code, is_nothing=True, agency=name)
        return self._words(Words(code, agency=name))

    def _figure(self, row: Row, indicator: Indicator, agency: Agency | None) -> Recording:
        """Ask for a number, and for the side where each counts for itself and no unit tells which."""
        how = "现在是多少" if indicator.measure == Measure.STOCK else "这次报多少"

        def read(word: str) -> str:
            amount_of(row, indicator.key, word, indicator.label)
            return fold(word)

        number = self.talk.answered(f"{indicator.label}，{how}？（{indicator.unit}）", read)
        said = Recording(row.item.code, ((indicator.key, number),), agency=agency.name if agency else "")
        if indicator.scope != Scope.EACH or (agency and agency.side) or len(self.sheet.sides) == 1:
            return said
        names = self.sheet.side_names
        return said._replace(side=names[self.talk.chosen("算在哪一方？（序号）", names)])

    def _words(self, empty: Words) -> Words:
        """Ask for what a unit says: how far the work is, what hinders it, what comes next."""
        progress, problem, next_step = WORDS.values()
        skip = "（没有就直接回车）"
        begun = self._told(f"{progress}：", lambda text: empty._replace(progress=text))
        hindered = self._told(f"{problem}{skip}：", lambda text: begun._replace(problem=text))
        return self._told(f"{next_step}{skip}：", lambda text: hindered._replace(next_step=text))

    def _told(self, question: str, said_with: Callable[[str], Words]) -> Words:
        def read(text: str) -> Words:
            said = said_with(text)
            report_texts(said)
            return said

        return self.talk.answered(question, read)

    def _dated(self, said: Recording | Words, row: Row) -> Recording | Words:
        """Ask for the day; all that is said is judged with it, as a whole."""
        today = self.clerk.today
        return self.talk.answered(
            f"哪一天的情况？（年-月-日；直接回车＝今天 {today}）",
            lambda word: said._replace(on=self._draft(said._replace(on=word or today), row).dated),
        )

    def _is_confirmed(self, said: Recording | Words, row: Row) -> bool:
        """Show what will be stored and how it would have been typed; only a key pressed after that counts."""
        draft = self._draft(said, row)
        whom = phrases.who(draft.agency, draft.side)
        self.talk.say(
            f"将登记：{row.item.code} {row.item.title}，{_phrase(said, draft, row)}（{whom}，{draft.dated}）",
            *shell_lines(
                record_command(said, self.session.settings), self.talk.console.width, "同样的命令："
            ),
        )
        self.talk.start_anew()
        is_wanted = self.talk.answered("登记吗？（直接回车＝登记，n＝不登记）", _yes)
        if not is_wanted:
            self.talk.say("没有登记。")
        return is_wanted

    def _draft(self, said: Recording | Words, row: Row) -> Draft:
        if isinstance(said, Words):
            return report_draft(said, self.sheet, row, self.clerk)
        return drafts(said, self.sheet, row, self.clerk, Ties())[0]


def _phrase(said: Recording | Words, draft: Draft, row: Row) -> str:
    """Say in one phrase what will be stored."""
    if isinstance(said, Words):
        return (
            "；".join(f"{WORDS[key]}：{text}" for key, text in report_texts(said).items() if text) or NOTHING
        )
    if said.is_done:
        return DONE if said.agency else "本办认定完成"
    return figures.given_text(draft.amount or 0, indicator_named(row, draft.indicator))


def _yes(word: str) -> bool:
    answer = fold(word).lower()
    if answer not in ("", "y", "n"):
        raise Refusal("登记请直接回车，不登记请输入 n。")
    return answer != "n"
