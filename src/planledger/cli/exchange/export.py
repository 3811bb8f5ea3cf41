"""`export` writes the annex, the ledger or the units into a workbook; the ledger itself is only read."""

from typing import Annotated

import typer

from planledger.cli.ask.units import sheet_with_contacts
from planledger.cli.framework.lazy_group import ABOUT, command
from planledger.cli.session.output_file import workbook_named, write_file
from planledger.cli.session.session import Session
from planledger.formats.text.display import safe
from planledger.formats.workbook.daybook import ledger_workbook
from planledger.formats.workbook.register import agencies_workbook, annex_workbook
from planledger.questions.answers.agencies import units
from planledger.questions.answers.history import daybook, unopened

FileArgument = Annotated[
    str, typer.Argument(metavar="文件", help="以 .xlsx 结尾的文件名；已有的同名文件会被替换")
]


@command(*ABOUT)
def annex(ctx: typer.Context, file: FileArgument) -> None:
    """Write the annex with the progress of each row."""
    workbook_named(file)
    session = Session.of(ctx)
    sheet = session.ledger.sheet()
    _write(session, file, annex_workbook(sheet), f"总表{len(sheet.rows)}项", sheet.as_of)


@command(*ABOUT)
def ledger(ctx: typer.Context, file: FileArgument) -> None:
    """Write every entry with its seal, and the head of the chain."""
    workbook_named(file)
    session = Session.of(ctx)
    book = session.ledger.ask(daybook)
    if not session.ledger.has_ledger:
        book = unopened(book)
    data = ledger_workbook(book, session.settings.now()[:10])
    _write(session, file, data, f"台账记录{len(book.history.entries)}条", book.history.as_of)


@command(*ABOUT)
def agencies(ctx: typer.Context, file: FileArgument) -> None:
    """Write the units, what each has to do and what it still owes."""
    workbook_named(file)
    session = Session.of(ctx)
    answer = units(sheet_with_contacts(session))
    _write(session, file, agencies_workbook(answer), f"责任单位{len(answer.units)}家", answer.sheet.as_of)


def _write(session: Session, file: str, data: bytes, what: str, day: str) -> None:
    write_file(file, data)
    session.output.write(safe(f"已写入 {file}：{what}，截至{day}。"))
    session.output.note_which()
