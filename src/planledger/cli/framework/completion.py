"""The words that complete a line, also where an option and its value are typed as one word: `--agency=大新县人`.

Bash parts that word at the `=` and puts back only what stands behind it; zsh, fish and PowerShell put back all of it.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from typer import _completion_classes as shells

from planledger.cli.session.session import TYPED, Session
from planledger.plan.days import LATEST
from planledger.plan.model.rhythm_periods import first_day
from planledger.plan.model.rows import names_in
from planledger.plan.refusal import Refusal
from planledger.questions.facts.which_plan import plans_of_chain, word_for
from planledger.questions.sheet import Row, Sheet

JOINT = "="


def prepare() -> None:
    """Let Typer complete with the classes of this module."""
    from typer._click.shell_completion import add_completion_class

    shells.completion_init()
    add_completion_class(_Parted, "bash")
    for base in (shells.ZshComplete, shells.FishComplete, shells.PowerShellComplete):
        add_completion_class(_whole(base), base.name)
    add_completion_class(_whole(shells.PowerShellComplete), "pwsh")


def _with_option(items: list[Any], incomplete: str) -> list[Any]:
    """Return the values with their option before them, where both are one word to the shell."""
    option, joint, _ = incomplete.partition(JOINT)
    if not (joint and option.startswith("--")):
        return items
    return [type(item)(f"{option}{JOINT}{item.value}", help=item.help) for item in items]


def _in_english(group: Any, args: list[str], incomplete: str) -> tuple[list[str], str]:
    """Return a line in English up to the value that is to be completed; a name that is to be completed stays."""
    from planledger.cli.framework.chinese_line import in_english

    *args, word = in_english([*args, incomplete if JOINT in incomplete else ""], group)
    return args, word or incomplete


def _whole(base: Any) -> Any:
    class Whole(base):  # type: ignore[misc]  # one class for each shell of Typer
        was_parted = False

        def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
            items = super().get_completions(*_in_english(self.cli, args, incomplete))
            return items if self.was_parted else _with_option(items, incomplete)

    return Whole


class _Parted(_whole(shells.BashComplete)):  # type: ignore[misc]  # as above
    def get_completion_args(self) -> tuple[list[str], str]:
        """Join what Bash parted: `--agency`, `=`, `大新县人` are one word."""
        args, incomplete = super().get_completion_args()
        self.was_parted = JOINT in (*args, incomplete)
        words: list[str] = []
        for word in (*args, incomplete):
            is_joined = words and (word == JOINT or (words[-1][-1:] == JOINT and words[-1][:2] == "--"))
            if is_joined and (word == JOINT or self.was_parted):
                words[-1] += word
            else:
                words.append(word)
        return words[:-1], words[-1]


Completion = Callable[[Any, str], list[str]]  # the context and the incomplete word to the words that fit
Words = Callable[[Session, str], Iterable[str]]  # of the ledger, and of the item that was typed before


def _of_plan(words: Callable[[Sheet], Iterable[str]]) -> Words:
    """Return what gives *words* of the plan."""
    return lambda session, _: words(session.ledger.sheet())


def _of_item(words: Callable[[Row], Iterable[str]]) -> Words:
    """Return what gives *words* of the item."""
    return lambda session, code: chain.from_iterable(
        words(row) for row in session.ledger.sheet().rows if row.item.code == code
    )


def _plans(session: Session, _code: str) -> Iterable[str]:
    """Return the plans of the ledger by what names them."""
    session.settings.plan = ""
    with session.ledger.store() as store:
        known = plans_of_chain(store, LATEST)
    return chain.from_iterable((word_for(plan, known), plan.key) for plan in known)


def _roles(_session: Session, _code: str) -> Iterable[str]:
    """Return the roles that a unit may be given."""
    from planledger.ledger.actions.amendment import ROLES

    return (role.label for role in ROLES)


def _agency_names(sheet: Sheet) -> list[str]:
    """Return the units by their official names, and by what stands after the side."""
    names = [agency.name for agency in sheet.agencies]
    short = [name.removeprefix(side) for name in names for side in sheet.side_names if name.startswith(side)]
    return [*names, *dict.fromkeys(short)]


def _filing_words(sheet: Sheet) -> Iterator[str]:
    """Yield what names each filing; of one with a rhythm also each period, in the words that need no brackets: 月报3月."""
    for one in (*(each.filing for each in sheet.periodic), *sheet.filings):
        yield from (
            (one.label.replace("（", "").replace("）", ""),) if first_day(one) else (one.key, one.label)
        )


COMPLETIONS: dict[str, Words] = {
    "事项编号": _of_plan(lambda sheet: (row.item.code for row in sheet.rows)),
    "单位": _of_plan(_agency_names),
    "名称": _of_plan(_agency_names),  # of the office, which is a unit of its plan
    "重点工作": _of_plan(lambda sheet: chain.from_iterable(sheet.areas)),
    "方": _of_plan(lambda sheet: sheet.side_names),
    "方案": _plans,
    "职责": _roles,
    "材料": _of_item(lambda row: (one.kind for one in row.progress.requirements)),
    "指标 数": _of_item(
        lambda row: (word for f in row.progress.figures for word in (f.indicator.key, f.indicator.label))
    ),
    "报送": _of_plan(_filing_words),
    "形式": _of_plan(
        lambda sheet: dict.fromkeys(form for one in sheet.filings for form in names_in(one.forms))
    ),
    "报送到": _of_plan(
        lambda sheet: dict.fromkeys(to for one in sheet.filings for to in names_in(one.recipients))
    ),
}
"""What completes a value, by what help calls it."""


def completion_of(metavar: str, *, is_several: bool = False) -> Completion | None:
    """Return what completes a value that help calls so, or each of *several* with 、 between them; None where nothing does."""
    words = COMPLETIONS.get(metavar)
    if words is None:
        return None

    def complete(ctx: Any, incomplete: str) -> list[str]:
        head, mark, last = incomplete.rpartition("、") if is_several else ("", "", incomplete)
        return [head + mark + word for word in _completing(ctx, words, last)]

    return complete


def complete_indicators(ctx: Any, incomplete: str) -> list[str]:
    """Return the indicators of the item as options, by key and by label."""
    return ["--" + word for word in _completing(ctx, COMPLETIONS["指标 数"], incomplete.removeprefix("--"))]


def _completing(ctx: Any, words: Words, incomplete: str) -> list[str]:
    """Return the words that complete what was typed; none where the ledger refuses."""
    session = Session.of(ctx)
    session.ledger.is_quiet = True
    numbered = (word for word in ctx.meta.get(TYPED, ()) if word[:1].isdigit())
    code = ctx.params.get("item") or next(numbered, "")  # the parser may not have come to it
    try:
        return _fitting(words(session, code), incomplete)
    except Refusal:
        return []


def _fitting(words: Iterable[str], incomplete: str) -> list[str]:
    """Return the words that begin as what was typed and on which no shell would act."""
    return [
        word
        for word in words
        if word.startswith(incomplete) and all(char.isalnum() or char in "._-" for char in word)
    ]
