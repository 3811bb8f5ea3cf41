"""The desk: what every command needs to know before it calls anything, and how its answer leaves."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from planledger.papers.text import lined
from planledger.plan.days import CHINA, LATEST
from planledger.plan.refusal import Refusal
from planledger.questions.plans import (
    PlanInForce,
    plan_in_force,
    plan_key,
    plan_of_day,
    plans_of_chain,
    titled,
)
from planledger.questions.sheet import Sheet, load
from planledger.store.database import Store
from planledger.store.opening import open_to_read, open_to_write
from planledger.store.places import default_ledger, is_nearly_an_address
from planledger.store.sqlite_file import is_there

if TYPE_CHECKING:
    from planledger.ledger.hand import Hand
    from planledger.questions.provenance import Provenance
    from planledger.questions.receipt import Receipt

T = TypeVar("T")


class Desk:
    """Where the ledger is, which plan, which day, who writes, and what form the answer takes."""

    def __init__(self) -> None:
        """Start from the environment; the options of a command come on top."""
        self.ledger: str = os.environ.get("PLANLEDGER_LEDGER", "")
        self.plan: str = os.environ.get("PLANLEDGER_PLAN", "")
        self.by: str = os.environ.get("PLANLEDGER_BY", "")
        self.as_of = ""
        self.known_at = ""
        self.json = False
        self.csv = False
        self.output = ""
        self.full = False
        self.has_written = False
        self.has_ledger = True
        self.source: Provenance | None = None  # of an answer about one plan, where it leaves as JSON
        self.is_quiet = False  # help and completion say nothing beside their answer
        self.typed: list[str] = []  # the whole line, without the program's name
        self.options: set[str] = set()  # those that fill the desk and that the command takes
        self.which: list[str] = []  # which of several plans was asked, and what is open in the others

    @classmethod
    def of(cls, ctx: Any) -> "Desk":
        """Find the desk of a command."""
        root = ctx.find_root()
        if not isinstance(root.obj, cls):
            root.obj = cls()
        return root.obj

    def now(self) -> str:
        """Say the moment in +08:00; `PLANLEDGER_TODAY` pins the clock to a day or a moment."""
        now = datetime.now(CHINA).isoformat(timespec="microseconds")
        pinned = os.environ.get("PLANLEDGER_TODAY", "")
        if not pinned:
            return now
        from planledger.plan.day_reading import read_day, read_moment

        day, moment = read_day(pinned), read_moment(pinned)
        if moment.fault:
            raise Refusal(f"环境变量 PLANLEDGER_TODAY={pinned}：{moment.fault}")
        return moment.moment if day.fault else day.day + now[10:]

    def hand(self) -> "Hand":
        """Say who writes, and when."""
        from planledger.ledger.hand import Hand, login

        return Hand(self.by or login(), self.now())

    def day(self) -> str:
        """Say the day of the question."""
        if not self.as_of:
            return self.now()[:10]
        from planledger.plan.day_reading import read_day

        reading = read_day(self.as_of)
        if reading.fault:
            raise Refusal(f"--as-of {self.as_of}：{reading.fault}")
        return reading.day

    def moment(self) -> str:
        """Say the moment whose knowledge counts."""
        if not self.known_at:
            return LATEST
        from planledger.plan.day_reading import read_moment

        reading = read_moment(self.known_at)
        if reading.fault:
            raise Refusal(f"--known-at {self.known_at}：{reading.fault}")
        return reading.moment

    @contextmanager
    def reading(self, month: str = "") -> Iterator[tuple[Store, PlanInForce]]:
        """Open the ledger for a question; with none yet, the built-in plan is asked, in memory.

        Of several plans the one is asked whose year holds the day, or the *month* where one was typed.
        """
        store = self.store()

        def among(plans: Sequence[PlanInForce]) -> PlanInForce:
            chosen = plan_of_day(plans, month or self.day())
            if not (self.is_quiet or self.which):
                from planledger.cli.several_plans import looked_beside

                self.which = looked_beside(self, store, chosen, plans)
            return chosen

        try:
            plan = plan_in_force(store, self.plan, self.day(), self.moment(), among)
            if self.plan and not self.which:
                self.which = [titled(plan, plans_of_chain(store, self.moment()))]
            if self.form() != "json":
                yield store, plan
                return
            with store.snapshot():
                self.source = self._source(store, plan)
                yield store, plan
        finally:
            store.close()

    def _source(self, store: Store, plan: PlanInForce) -> "Provenance":
        """Say where an answer about the plan comes from; what stands in memory while there is no ledger is of nobody."""
        from planledger.questions.provenance import Provenance, provenance

        return (
            provenance(store, plan, self.day(), self.moment()) if self.has_ledger else Provenance(plan.title)
        )

    def tell_which(self) -> None:
        """Say which of several plans was asked, beside a result that is no screen."""
        for line in self.which:
            self.note(line)

    def sheet(self, month: str = "") -> Sheet:
        """Ask how the annex stands."""
        with self.reading(month) as (store, plan):
            return load(store, plan, self.day(), self.moment())

    def write(
        self, deed: Callable[[Store], T], *, takes_files: bool = False, may_be_empty: bool = False
    ) -> T:
        """Do a deed on the ledger; the default ledger is founded by the first one.

        A deed that takes files in needs a ledger first: what keeps two of them apart is the ledger's own lock.
        On a server the ledger *may be empty* where the deed begins it.
        """
        if not self.is_founded:
            from planledger.cli.founding import founded_by_deed

            if takes_files:
                founded_by_deed(self, lambda _: True)
            else:
                done = founded_by_deed(self, lambda store: deed(self._named(store)))
                if done is not None:
                    return done
        store = self.opened(to_write=True, may_be_empty=may_be_empty)
        try:
            result = store.done(deed)
        finally:
            store.close()
        self.has_written = True
        if store.copy_before_upgrade:
            self.note(f"台账已升级到新版结构；升级前的样子存在 {store.copy_before_upgrade}。")
        return result

    @property
    def is_on_server(self) -> bool:
        """Whether the ledger is named by an address and not by a path."""
        return "://" in self.ledger

    @property
    def is_founded(self) -> bool:
        """Whether there is a ledger; one that was named is believed in until it is opened."""
        return bool(self.ledger) or is_there(self.path)

    @property
    def path(self) -> Path:
        """Where the ledger lies.

        Raises:
            Refusal: it lies in no file, or is nearly an address: as a path that would be shown, and a ledger made there.
        """
        if self.is_on_server:
            raise Refusal("台账在服务器上，不是文件；这个命令只用于台账文件，服务器上的由管理员照管。")
        if is_nearly_an_address(self.ledger):
            from planledger.store.gateway import mistyped

            raise mistyped()
        return Path(self.ledger) if self.ledger else default_ledger()

    def opened(self, *, to_write: bool = False, may_be_empty: bool = False) -> Store:
        """Open the ledger, a file or on a server, for the chain of the plan that was named."""
        if self.is_on_server:
            from planledger.store.gateway import open_server

            return self._named(open_server(self.ledger, may_be_empty=may_be_empty))
        return self._named((open_to_write if to_write else open_to_read)(self.path))

    def _named(self, store: Store) -> Store:
        """Let the word by which a plan was named stand for its id, and speak for its chain."""
        if self.plan:
            try:
                self.plan = plan_key(store, self.plan)
            except Refusal:
                store.close()
                raise
        return store.choose(self.plan)

    def answer(self, question: str, *facts: Any) -> None:
        """Give the answer of *question* in the form that was asked for, to the screen or into a file.

        Each form has a maker that bears the question's name; only the one that is wanted is loaded.
        """
        form = self.form()
        if form == "json":
            from planledger.papers import porcelain

            told = getattr(porcelain, question)(*facts)
            self.say(porcelain.text(porcelain.of_plan(told, self.source) if self.source else told))
        elif form == "csv":
            from planledger.papers import delimited

            self.tell_which()
            self.say(getattr(delimited, question)(*facts))
        else:
            self._show(import_module(f"planledger.papers.screen.{question}"), facts)

    def form(self) -> str:
        """Say which form is wanted: by option, else by the ending of the file's name."""
        if self.json and self.csv:
            raise Refusal("--json 和 --csv 只能写一个。")
        if self.json or self.csv:
            return "json" if self.json else "csv"
        if not self.output:
            return ""
        from planledger.cli.outlet import form_of

        return form_of(self.output)

    def _show(self, maker: Any, facts: tuple[Any, ...]) -> None:
        from planledger.papers.screen.console import printed, say, shown

        def drawn(console: Any) -> None:
            which = self.which[getattr(maker, "NAMES_PLAN", False) :]
            if which:
                say(console, *which, "")
            maker.draw(console, *facts)

        if self.output:
            self.say(printed(drawn).rstrip("\n"))
        else:
            shown(drawn)

    def page(self, text: str) -> None:
        """Give a long text, folded at the edge of the terminal."""
        from shutil import get_terminal_size

        from planledger.papers.columns import folded

        self.say("\n".join(folded(lined(text), get_terminal_size().columns)))

    def say(self, text: str) -> None:
        """Give a text as the result: to standard output, or whole into the file of `-o`."""
        if self.output:
            from planledger.cli.outlet import into_file

            into_file(self.output, text)
            self.note(f"已写入 {self.output}。")
            return
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        if not encoding.startswith("utf"):
            text = text.removeprefix("\ufeff")  # a mark for UTF-8 alone
        sys.stdout.write(text + "\n")

    def reply(self, *receipts: "Receipt") -> None:
        """Say what a deed did, on each row that it touched, and beside it what deserves a second look."""
        from planledger.papers import reply

        where = ""
        if self.ledger or self.plan:
            from planledger.cli.command_line import whereabouts

            where = whereabouts(self)
        self.say("\n".join(reply.receipt(receipt, where) for receipt in receipts))
        for line in dict.fromkeys(line for receipt in receipts for line in reply.remarks(receipt, where)):
            self.note(line)

    def note(self, text: str) -> None:
        """Say something beside the result, on standard error."""
        if text:
            from planledger.plan.masking import masked_aside

            sys.stderr.write(lined(masked_aside(text), "  ") + "\n")

    def store(self) -> Store:
        """Open the ledger for reading; with none yet, the built-in plan stands in memory."""
        if self.is_founded:
            return self.opened()
        from planledger.cli.founding import unfounded

        return self._named(unfounded(self))
