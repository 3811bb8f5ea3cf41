"""Tables of all units that the office fills in itself, and takes back with `import`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperOption

from planledger.cli.ask.units import sheet_with_contacts
from planledger.cli.framework.parameters import ANYWHERE, FULL, argument, command
from planledger.cli.session.output_file import workbook_named, write_file
from planledger.cli.session.session import Session
from planledger.formats.form.office_tables import table_workbook
from planledger.formats.text.display import safe
from planledger.plan.refusal import Refusal
from planledger.questions.forms.tables import CONTACTS, DECLARATIONS, FILINGS

FileArgument = Annotated[str, argument("文件", "以 .xlsx 结尾的文件名")]
Force = Annotated[bool, typer.Option("--force", help="替换已有的同名文件")]


def _command(kind: str, *shared: TyperOption) -> Any:
    """Make the command that writes one of the tables."""

    @command(*ANYWHERE, *shared)
    def write(session: Session, file: FileArgument, *, force: Force = False) -> None:
        """Write a table with what is known."""
        workbook_named(file)
        if Path(file).exists() and not force:
            raise Refusal(f"已经有 {file}，里面可能有填好的内容，没有覆盖；要替换的加 --force。")
        sheet = sheet_with_contacts(session)
        write_file(file, table_workbook(kind, sheet, is_full=session.settings.is_full))
        session.output.write(
            safe(f"已写入 {file}：{kind}表，截至{sheet.as_of}；填好后 planledger import {file}。")
        )
        session.output.note_which()

    return write


contacts = _command(CONTACTS, FULL)
filings = _command(FILINGS)
declarations = _command(DECLARATIONS)
