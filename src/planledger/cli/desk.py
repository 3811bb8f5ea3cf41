"""The desk: what every command needs to know before it calls anything, and how its answer leaves."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from planledger.papers.text import safe
from planledger.plan.days import CHINA, LATEST
from planledger.plan.refusal import Refusal
from planledger.questions.plans import PlanInForce, plan_in_force
from planledger.questions.sheet import Sheet, load
from planledger.store.database import Store
from planledger.store.opening import is_there, open_to_read, open_to_write
from planledger.store.places import built_in_plan, default_ledger, is_nearly_an_address

if TYPE_CHECKING:
    from planledger.ledger.hand import Hand
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
        self.is_quiet = False  # help and completion say nothing beside their answer

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
        from planledger.plan.day_reading import read_day, read_moment  # noqa: PLC0415  (most days nobody types one)

        day, moment = read_day(pinned), read_moment(pinned)
        if moment.fault:
            raise Refusal(f"环境变量 PLANLEDGER_TODAY={pinned}：{moment.fault}")
        return moment.moment if day.fault else day.day + now[10:]

    def hand(self) -> "Hand":
        """Say who writes, and when."""
        from planledger.ledger.hand import Hand  # noqa: PLC0415  (a question needs none)

        return Hand(self.by or _login(), self.now())

    def day(self) -> str:
        """Say the day of the question."""
        if not self.as_of:
            return self.now()[:10]
        from planledger.plan.day_reading import read_day  # noqa: PLC0415

        reading = read_day(self.as_of)
        if reading.fault:
            raise Refusal(f"--as-of {self.as_of}：{reading.fault}")
        return reading.day

    def moment(self) -> str:
        """Say the moment whose knowledge counts."""
        if not self.known_at:
            return LATEST
        from planledger.plan.day_reading import read_moment  # noqa: PLC0415

        reading = read_moment(self.known_at)
        if reading.fault:
            raise Refusal(f"--known-at {self.known_at}：{reading.fault}")
        return reading.moment

    @contextmanager
    def reading(self) -> Iterator[tuple[Store, PlanInForce]]:
        """Open the ledger for a question; with none yet, the built-in plan is asked, in memory."""
        store = self.store()
        try:
            yield store, plan_in_force(store, self.plan, self.day(), self.moment())
        finally:
            store.close()

    def sheet(self) -> Sheet:
        """Ask how the annex stands."""
        with self.reading() as (store, plan):
            return load(store, plan, self.day(), self.moment())

    def write(self, deed: Callable[[Store], T], *, takes_files: bool = False) -> T:
        """Do a deed on the ledger; the default ledger is founded by the first one.

        A deed that takes files in needs a ledger first: what keeps two of them apart is the ledger's own lock.
        """
        if not self.ledger and not is_there(self.path):
            if takes_files:
                self._found(self.path, lambda _: True)
            else:
                done = self._found(self.path, deed)
                if done is not None:
                    return done
        store = self._opened(to_write=True)
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
        """Whether the ledger is named by an address and not by a path.

        Raises:
            Refusal: it is nearly an address; as a path it would be shown, and a ledger made there.
        """
        if "://" in self.ledger:
            return True
        if is_nearly_an_address(self.ledger):
            from planledger.store.gateway import mistyped  # noqa: PLC0415  (SQLAlchemy only on a server)

            raise mistyped()
        return False

    @property
    def path(self) -> Path:
        """Where the ledger lies.

        Raises:
            Refusal: it lies in no file.
        """
        if self.is_on_server:
            raise Refusal("台账在服务器上，不是文件；这个命令只用于台账文件，服务器上的由管理员照管。")
        return Path(self.ledger) if self.ledger else default_ledger()

    def _opened(self, *, to_write: bool = False) -> Store:
        """Open the ledger, a file or on a server, for the chain of the plan that was named."""
        if self.is_on_server:
            from planledger.store.gateway import open_server  # noqa: PLC0415  (SQLAlchemy only on a server)

            return open_server(self.ledger).choose(self.plan)
        return (open_to_write if to_write else open_to_read)(self.path).choose(self.plan)

    def answer(self, question: str, *facts: Any) -> None:
        """Give the answer of *question* in the form that was asked for, to the screen or into a file.

        Each form has a maker that bears the question's name; only the one that is wanted is loaded.
        """
        form = self._form()
        if form == "json":
            from planledger.papers import porcelain  # noqa: PLC0415

            self.say(porcelain.text(getattr(porcelain, question)(*facts)))
        elif form == "csv":
            from planledger.papers import delimited  # noqa: PLC0415

            self.say(getattr(delimited, question)(*facts))
        else:
            self._show(import_module(f"planledger.papers.screen.{question}"), facts)

    def _form(self) -> str:
        """Say which form is wanted: by option, else by the ending of the file's name."""
        if self.json and self.csv:
            raise Refusal("--json 和 --csv 只能写一个。")
        if self.json or self.csv:
            return "json" if self.json else "csv"
        if not self.output:
            return ""
        from planledger.cli.outlet import form_of  # noqa: PLC0415  (only where a file is written)

        return form_of(self.output)

    def _show(self, maker: Any, facts: tuple[Any, ...]) -> None:
        from planledger.papers.screen.console import printed, shown  # noqa: PLC0415

        if self.output:
            self.say(printed(lambda console: maker.draw(console, *facts)).rstrip("\n"))
        else:
            shown(lambda console: maker.draw(console, *facts))

    def page(self, text: str) -> None:
        """Give a long text, folded at the edge of the terminal."""
        from shutil import get_terminal_size  # noqa: PLC0415

        from planledger.papers.columns import folded  # noqa: PLC0415

        self.say("\n".join(folded("\n".join(map(safe, text.split("\n"))), get_terminal_size().columns)))

    def say(self, text: str) -> None:
        """Give a text as the result: to standard output, or whole into the file of `-o`."""
        if self.output:
            from planledger.cli.outlet import into_file  # noqa: PLC0415  (only where a file is written)

            into_file(self.output, text)
            self.note(f"已写入 {self.output}。")
            return
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        if not encoding.startswith("utf"):
            text = text.removeprefix("\ufeff")  # a mark for UTF-8 alone
        sys.stdout.write(text + "\n")

    def reply(self, receipt: "Receipt") -> None:
        """Say what a deed did, and beside it what deserves a second look."""
        from planledger.papers import reply  # noqa: PLC0415  (a question needs none)

        where = ""
        if self.ledger or self.plan:
            from planledger.cli.command_line import whereabouts  # noqa: PLC0415  (most deeds name neither)

            where = whereabouts(self)
        self.say(reply.receipt(receipt, where))
        for line in reply.remarks(receipt, where):
            self.note(line)

    def note(self, text: str) -> None:
        """Say something beside the result, on standard error."""
        if text:
            from planledger.plan.masking import masked_aside  # noqa: PLC0415  (most commands say nothing beside)

            sys.stderr.write(safe(masked_aside(text)) + "\n")

    def store(self) -> Store:
        """Open the ledger for reading; with none yet, the built-in plan stands in memory."""
        if self.ledger or is_there(self.path):
            return self._opened()
        if self.has_ledger:
            self.has_ledger = False
            if not self.is_quiet:
                self.note(f"还没有台账（{self.path}），以下按随程序带的方案回答；第一次登记时建立。")
        from planledger.ledger.adoption import in_memory  # noqa: PLC0415  (SQLModel only while there is no ledger)
        from planledger.ledger.hand import Hand  # noqa: PLC0415
        from planledger.plan.file import require_plan  # noqa: PLC0415

        return in_memory(require_plan(built_in_plan()), Hand("", "0001-01-01T00:00:00.000000+08:00"))

    def store_to_write(self) -> Store:
        """Open a ledger that must be there already."""
        if not self.ledger and not is_there(self.path):
            raise Refusal(f"还没有台账（{self.path}）；请先登记，或用 --ledger 写明台账。")
        return self._opened(to_write=True)

    def _found(self, path: Path, deed: Callable[[Store], T]) -> T | None:
        from planledger.ledger.adoption import found  # noqa: PLC0415  (SQLModel only for the first write)
        from planledger.plan.file import require_plan  # noqa: PLC0415

        plan = require_plan(built_in_plan())
        result = found(path, plan, "", self.hand(), deed)
        if result is not None:
            self.has_written = self.has_ledger = True
            self.note(f"已新建台账 {path}，启用《{plan.meta.title}》（第1号记录）。")
        return result


def _login() -> str:
    """Name the login: a claim, kept as one."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    return "未署名"
