"""Arguments and options that many commands take, and what completion offers for them.

Completion offers items, units, indicators and filings of the ledger, and only words that no shell would act on.
"""

from collections.abc import Callable, Iterable
from typing import Any

import typer

from planledger.cli.session.session import TYPED, Session
from planledger.plan.refusal import Refusal
from planledger.questions.sheet import Sheet


def complete_items(ctx: Any, incomplete: str) -> list[str]:
    """Offer item codes."""
    sheet = _sheet(ctx)
    return _fitting([row.item.code for row in sheet.rows], incomplete) if sheet else []


def complete_agencies(ctx: Any, incomplete: str) -> list[str]:
    """Offer units by their official names, and by what stands after the side."""
    sheet = _sheet(ctx)
    if not sheet:
        return []
    names = [agency.name for agency in sheet.agencies]
    short = [name.removeprefix(side) for name in names for side in sheet.side_names if name.startswith(side)]
    return _fitting([*names, *dict.fromkeys(short)], incomplete)


def complete_each(offered: Callable[[Any, str], list[str]]) -> Callable[[Any, str], list[str]]:
    """Offer the same for each of several words that are typed with 、 between them."""

    def offer(ctx: Any, incomplete: str) -> list[str]:
        head, mark, word = incomplete.rpartition("、")
        return [head + mark + found for found in offered(ctx, word)]

    return offer


def complete_plans(ctx: Any, incomplete: str) -> list[str]:
    """Offer the plans of the ledger by what names them."""
    from planledger.plan.days import LATEST
    from planledger.questions.facts.plans import plans_of_chain, word_for

    session = Session.of(ctx)
    session.ledger.is_quiet, session.settings.plan = True, ""
    try:
        with session.ledger.store() as store:
            known = plans_of_chain(store, LATEST)
    except Refusal:
        return []
    return _fitting([word for plan in known for word in (word_for(plan, known), plan.key)], incomplete)


def complete_areas(ctx: Any, incomplete: str) -> list[str]:
    """Offer areas by code and name."""
    sheet = _sheet(ctx)
    return _fitting([word for area in sheet.areas for word in area], incomplete) if sheet else []


def complete_sides(ctx: Any, incomplete: str) -> list[str]:
    """Offer the sides."""
    sheet = _sheet(ctx)
    return _fitting(list(sheet.side_names), incomplete) if sheet else []


def complete_papers(ctx: Any, incomplete: str) -> list[str]:
    """Offer the kinds of paper that an item must have."""
    code = _item(ctx)
    sheet = _sheet(ctx)
    rows = [row for row in sheet.rows if row.item.code == code] if sheet else []
    return _fitting([one.kind for row in rows for one in row.progress.requirements], incomplete)


def complete_roles(ctx: Any, incomplete: str) -> list[str]:  # noqa: ARG001  (how Typer calls it)
    """Offer the roles that a unit may be given."""
    from planledger.ledger.actions.amendment import ROLES

    return _fitting([role.label for role in ROLES], incomplete)


def complete_targets(ctx: Any, incomplete: str) -> list[str]:
    """Offer the indicators of an item by key and by label, for `--target`."""
    return [word.removeprefix("--") for word in complete_indicators(ctx, _item(ctx), incomplete)]


def complete_indicators(ctx: Any, code: str, incomplete: str) -> list[str]:
    """Offer the indicators of an item as options, by key and by label."""
    sheet = _sheet(ctx)
    rows = [row for row in sheet.rows if row.item.code == code] if sheet else []
    words = [
        word for row in rows for f in row.progress.figures for word in (f.indicator.key, f.indicator.label)
    ]
    return ["--" + word for word in _fitting(words, incomplete.removeprefix("--"))]


def _item(ctx: Any) -> str:
    """Find the item among what was typed so far, which the parser may not have come to."""
    return next((word for word in ctx.meta.get(TYPED, ()) if word[:1].isdigit()), "")


def complete_filings(ctx: Any, incomplete: str) -> list[str]:
    """Offer what the plan asks every unit to hand in, by key and by label."""
    sheet = _sheet(ctx)
    words = [word for filing in sheet.filings for word in (filing.key, filing.label)] if sheet else []
    return _fitting(words, incomplete)


def complete_forms(ctx: Any, incomplete: str) -> list[str]:
    """Offer the forms in which anything is handed in."""
    sheet = _sheet(ctx)
    return _fitting(_each_once(filing.forms for filing in sheet.filings), incomplete) if sheet else []


def complete_recipients(ctx: Any, incomplete: str) -> list[str]:
    """Offer those to whom anything is handed in."""
    sheet = _sheet(ctx)
    return _fitting(_each_once(filing.recipients for filing in sheet.filings), incomplete) if sheet else []


def _each_once(joined: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for names in joined for name in names.split("、") if name))


def _sheet(ctx: Any) -> Sheet | None:
    """Ask the ledger; where that is refused, completion just offers nothing."""
    session = Session.of(ctx)
    session.ledger.is_quiet = True
    try:
        return session.ledger.sheet()
    except Refusal:
        return None


def _fitting(words: list[str], incomplete: str) -> list[str]:
    return [word for word in words if word.startswith(incomplete) and _is_harmless(word)]


def _is_harmless(word: str) -> bool:
    return all(char.isalnum() or char in "._-" for char in word)


def item_argument(text: str) -> Any:
    """Return the argument that names an item, with *text* as its help."""
    return typer.Argument(metavar="事项编号", help=text, autocompletion=complete_items)


def agency_argument(text: str) -> Any:
    """Return the argument that names a unit."""
    return typer.Argument(metavar="单位", help=text, autocompletion=complete_agencies)


def agency_option(text: str) -> Any:
    """Return an option that names a unit."""
    return typer.Option(metavar="单位", help=text, autocompletion=complete_agencies)


def agencies_option(text: str) -> Any:
    """Return an option that names units and may be typed several times."""
    return typer.Option(metavar="单位", help=text, autocompletion=complete_each(complete_agencies))


def side_option(text: str) -> Any:
    """Return an option that names a side."""
    return typer.Option(metavar="方", help=text, autocompletion=complete_sides)


def paper_option(text: str) -> Any:
    """Return an option that names a kind of paper."""
    return typer.Option(metavar="材料", help=text, autocompletion=complete_papers)
