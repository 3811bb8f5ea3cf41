"""Workbooks that leave: the annex, the ledger, the units. They are questions; nothing is written but the file."""

from typing import Annotated

import typer

from planledger.cli.ask.units import sheet_with_contacts
from planledger.cli.framework.lazy_group import ABOUT, command
from planledger.cli.session.output_file import workbook_named, write_bytes_file
from planledger.cli.session.session import Session
from planledger.formats.text.display import safe

FileArgument = Annotated[
    str, typer.Argument(metavar="文件", help="以 .xlsx 结尾的文件名；已有的同名文件会被替换")
]


@command(*ABOUT)
def annex(ctx: typer.Context, file: FileArgument) -> None:
    """Give the annex with what became of each row."""
    from planledger.formats.workbook import register

    workbook_named(file)
    session = Session.of(ctx)
    sheet = session.ledger.sheet()
    write_bytes_file(file, register.annex_workbook(sheet))
    _tell(session, file, f"总表{len(sheet.rows)}项", sheet.as_of)


@command(*ABOUT)
def ledger(ctx: typer.Context, file: FileArgument) -> None:
    """Give every entry with its seal, and the head of the chain."""
    from planledger.formats.workbook.daybook import ledger_workbook as made
    from planledger.questions.answers.daybook import daybook, unopened

    workbook_named(file)
    session = Session.of(ctx)
    book = session.ledger.ask(daybook)
    if not session.ledger.has_ledger:
        book = unopened(book)
    write_bytes_file(file, made(book, session.settings.now()[:10]))
    _tell(session, file, f"台账记录{len(book.history.entries)}条", book.history.as_of)


@command(*ABOUT)
def agencies(ctx: typer.Context, file: FileArgument) -> None:
    """Give the units with what each has to do and still owes."""
    from planledger.formats.workbook import register
    from planledger.questions.answers.agencies import units

    workbook_named(file)
    session = Session.of(ctx)
    answer = units(sheet_with_contacts(session))
    write_bytes_file(file, register.agencies_workbook(answer))
    _tell(session, file, f"责任单位{len(answer.units)}家", answer.sheet.as_of)


def _tell(session: Session, file: str, what: str, day: str) -> None:
    """Say what was written where."""
    session.output.write(safe(f"已写入 {file}：{what}，截至{day}。"))
    session.output.note_which()
