"""The office (本办): what it is called, and which unit of the plan it is."""

from typing import Annotated

import typer

from planledger.cli.framework import choices
from planledger.cli.framework.lazy_group import ABOUT, ACTION, command
from planledger.cli.session.session import Session
from planledger.formats.text.reply import as_unit
from planledger.ledger.actions.office_name import OfficeActions
from planledger.questions.facts.office import require_office
from planledger.questions.facts.plans import empty_sheet
from planledger.questions.sheet import unfilled


@command(*ACTION)
def name_(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="名称", help="本办的名称，照方案里主办单位的写", autocompletion=choices.complete_agencies
        ),
    ],
    note: Annotated[str, typer.Option(metavar="文字", help="说明，如更名的文号")] = "",
) -> None:
    """Store what the office is called from today on; its earlier names stay in the ledger."""
    session = Session.of(ctx)
    session.output.reply(session.ledger.run(OfficeActions, lambda book: book.name_office(name, note)))


@command(*ABOUT)
def show(ctx: typer.Context) -> None:
    """Answer which unit of the plan the office is."""
    session = Session.of(ctx)
    with session.ledger.reading() as (store, plan):
        sheet = unfilled(store, empty_sheet(store, plan), session.settings.day(), session.settings.moment())
    unit = require_office(sheet.office, plan, sheet.agencies, sheet.sides)
    session.output.note_which()
    session.output.write(f"本办：{as_unit(sheet.office, unit)}")
