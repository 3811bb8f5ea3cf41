"""What a command holds: its settings, its output, and its ledger, opened for a question or an action or created by the first one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from planledger.cli.session.output import Output, note
from planledger.cli.session.settings import Settings
from planledger.cli.session.suggested_line import with_ledger
from planledger.plan.refusal import Refusal
from planledger.questions.facts.office import provenance
from planledger.questions.facts.plans import LedgerAsOf, PlanInForce
from planledger.questions.facts.which_plan import (
    plan_in_force,
    plan_key,
    plan_of_day,
    plans_of_chain,
    titled,
    word_for,
)
from planledger.questions.sheet import Sheet, load
from planledger.store.database import Store
from planledger.store.paths import default_ledger, is_nearly_an_address, is_there
from planledger.store.sqlite.opening import open_to_read, open_to_write

if TYPE_CHECKING:
    from planledger.ledger.clerk import Clerk
    from planledger.ledger.session import PlanSession
    from planledger.plan.model.version import Plan

# Keys in the `meta` of Typer's context, by which the parts of a command share what was typed.
TYPED = "planledger.typed"  # the words of a command: the parser uses its list up
AMOUNTS = "planledger.amounts"  # of `record`: pairs of indicator and number

P = ParamSpec("P")
T = TypeVar("T")


class LedgerAccess:
    """The one ledger of a command, a file or on a server, and in it the chain of the plan that was named."""

    def __init__(self, settings: Settings, output: Output) -> None:
        """Take the ledger that *settings* name; *output* gets which plan an answer is about."""
        self.settings = settings
        self.output = output
        self.has_written = False
        self.has_ledger = True  # False once the built-in plan was asked instead
        self.is_quiet = False  # help and completion write no notes

    def clerk(self) -> "Clerk":
        """Return who writes, and when."""
        from planledger.ledger.clerk import Clerk, login

        return Clerk(self.settings.by or login(), self.settings.now())

    @property
    def is_on_server(self) -> bool:
        """Whether the ledger is named by an address and not by a path."""
        return "://" in self.settings.ledger

    @property
    def exists(self) -> bool:
        """Whether there is a ledger; one that was named counts as there until it is opened."""
        return bool(self.settings.ledger) or is_there(self.path)

    @property
    def path(self) -> Path:
        """Where the ledger lies.

        Raises:
            Refusal: it lies in no file, or is nearly an address, which as a path would be shown and made.
        """
        if self.is_on_server:
            raise Refusal("台账在服务器上，不是文件；这个命令只用于台账文件，服务器上的由管理员照管。")
        if not self.settings.ledger:
            return default_ledger()
        if is_nearly_an_address(self.settings.ledger):
            from planledger.store.postgres.address import mistyped

            raise mistyped()
        return Path(self.settings.ledger)

    def opened(self, *, to_write: bool = False, may_be_empty: bool = False) -> Store:
        """Open the ledger for the chain of the plan that was named."""
        if self.is_on_server:
            from planledger.store.postgres.address import open_server

            return self._named(open_server(self.settings.ledger, may_be_empty=may_be_empty))
        return self._named((open_to_write if to_write else open_to_read)(self.path))

    def _named(self, store: Store) -> Store:
        """Replace the word by which a plan was named by its id, and choose its chain."""
        if self.settings.plan:
            word = self.settings.plan
            try:
                self.settings.plan = plan_key(store, word)
            except Refusal:
                store.close()
                raise
            self.settings.plan_word = word
        return store.choose(self.settings.plan)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the ledger for reading; while there is none, a store in memory with the built-in plan."""
        with closing(self.opened() if self.exists else self._named(self._built_in_plan())) as store:
            yield store

    def _built_in_plan(self) -> Store:
        from planledger.cli.session.first_ledger import built_in_plan_in_memory

        is_first, self.has_ledger = self.has_ledger, False
        return built_in_plan_in_memory(self.path, self.settings, is_quiet=self.is_quiet, is_first=is_first)

    @contextmanager
    def reading(self, month: str = "") -> Iterator[LedgerAsOf]:
        """Open the ledger for a question, as of the day and by the knowledge of the moment that were typed.

        Of several plans the one is asked whose year holds the day, or the *month* where one was typed.
        """
        settings, output = self.settings, self.output
        year = settings.year_that_chooses(month)
        with self.store() as store:

            def among(plans: Sequence[PlanInForce]) -> PlanInForce:
                # a month before all plans is refused by that of today, which names its own
                is_before = month and all(year < str(plan.year) for plan in plans)
                chosen = plan_of_day(plans, settings.now() if is_before else year)
                settings.plan_year = chosen.year
                if not (self.is_quiet or output.which):
                    output.which = self._which(store, chosen, plans)
                return chosen

            plan = plan_in_force(store, settings.plan, year, settings.moment(), among)
            settings.plan_year, output.plan = plan.year, plan.title
            ledger = LedgerAsOf(store, plan, settings.day(), settings.moment())
            if settings.plan and not output.which:
                output.which = [titled(plan, plans_of_chain(store, settings.moment()))]
            if settings.form() != "json":
                yield ledger
                return
            with store.snapshot():
                output.source = provenance(ledger)
                yield ledger

    def _which(self, store: Store, chosen: PlanInForce, plans: Sequence[PlanInForce]) -> list[str]:
        """Return which plan was *chosen* for a question, and where the answer is for people what is open in the others."""
        which = f"{titled(chosen, plans)}（--plan {word_for(chosen, plans)}）"
        if self.settings.form() or not store.has_chosen:
            return [which]
        from planledger.formats.text.phrases import other_plans_lines
        from planledger.questions.answers.several_plans import other_plans

        ledger = LedgerAsOf(store, chosen, self.settings.day(), self.settings.moment())
        others = other_plans(ledger, plans)
        return [which, *(with_ledger(line, self.settings) for line in other_plans_lines(others))]

    def ask(
        self, question: Callable[Concatenate[LedgerAsOf, P], T], *about: P.args, **narrowed: P.kwargs
    ) -> T:
        """Ask one question of the plan."""
        with self.reading() as ledger:
            return question(ledger, *about, **narrowed)

    def sheet(self) -> Sheet:
        """Return how the annex stands."""
        return self.ask(load)

    def run(self, action: "Callable[Concatenate[PlanSession, P], T]", *typed: P.args, **more: P.kwargs) -> T:
        """Run an action on the plan that was named with what was *typed* for it, as :meth:`write` does."""
        from planledger.ledger.session import PlanSession

        def act(store: Store) -> T:
            return action(PlanSession(store, self.clerk(), self.settings.plan), *typed, **more)

        return self.write(act)

    def require(self) -> None:
        """Create the default ledger for an action that takes files in: what keeps two of them apart is the ledger's own lock."""
        if not self.exists:
            self._create_default(lambda _: True)
            self.has_written = False  # but the ledger itself

    def write(self, action: Callable[[Store], T], *, may_be_empty: bool = False) -> T:
        """Run an action on the ledger; the first one creates the default ledger.

        On a server the ledger *may be empty* where the action begins it.
        """
        if not self.exists:
            first = self._create_default(lambda store: action(self._named(store)))
            if first is not None:
                return first
        with closing(self.opened(to_write=True, may_be_empty=may_be_empty)) as store:
            result = store.run(action)
        self.has_written = True
        if store.copy_before_upgrade:
            note(f"台账已升级到新版结构；升级前的样子存在 {store.copy_before_upgrade}。")
        return result

    def create(
        self, plan: "Plan", office: str, action: Callable[[Store], T], *, is_beside: bool = False
    ) -> T | None:
        """Create the ledger with a plan in force and the first action done; None where somebody else was first."""
        from planledger.ledger.plans.adoption import NewPlan, create_ledger

        new = NewPlan(plan, self.clerk(), office)
        result = create_ledger(self.path, new, action, is_beside=is_beside)
        if result is not None:
            self.has_written = self.has_ledger = True
        return result

    def _create_default(self, action: Callable[[Store], T]) -> T | None:
        """Create the default ledger with the built-in plan and the first action, and note it; None as for :meth:`create`."""
        from planledger.cli.session.first_ledger import built_in, note_new_ledger

        plan = built_in()
        result = self.create(plan, "", action)
        if result is not None:
            note_new_ledger(self.path, plan)
        return result


class Session:
    """One command from its first word to its last line."""

    def __init__(self, typed: Sequence[str] = ()) -> None:
        """Begin with the whole line as it was *typed*, without the program's name."""
        self.typed = list(typed)
        self.settings = Settings()
        self.output = Output(self.settings, self.typed)
        self.ledger = LedgerAccess(self.settings, self.output)
        self.refusal = ""  # the sentence that ended the command; empty where none did

    @staticmethod
    def of(ctx: Any) -> "Session":
        """Return the session of a command."""
        session: Session = ctx.find_root().obj
        return session
