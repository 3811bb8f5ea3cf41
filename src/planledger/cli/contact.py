"""Contacts at the counter: whom to call in a unit."""

from typing import Annotated

import typer

from planledger.cli import choices
from planledger.cli.counter import DEED, Counter, offered
from planledger.cli.offers import CONTACT_OFFERS
from planledger.cli.session import Session
from planledger.ledger.book import Book
from planledger.ledger.contact import Person

contact = Counter(name="contact")
contact.offers = CONTACT_OFFERS


@offered(*DEED)
def set_(
    ctx: typer.Context,
    agency: Annotated[
        str, typer.Argument(metavar="单位", help="哪个单位的联系人", autocompletion=choices.agencies)
    ],
    name: Annotated[str, typer.Option(metavar="姓名", help="联系人姓名（必写）")] = "",
    phone: Annotated[str, typer.Option(metavar="电话", help="手机或座机（必写），数字可带 +、- 和空格")] = "",
    note: Annotated[str, typer.Option(metavar="文字", help="说明")] = "",
) -> None:
    """Note whom to call in a unit; who was known before stays in the ledger."""
    session = Session.of(ctx)
    said = Person(agency, name, phone, note)
    session.output.reply(session.ledger.run(Book, lambda book: book.set_contact(said)))
