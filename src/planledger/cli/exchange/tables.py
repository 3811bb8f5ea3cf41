"""Tables of all units that the office fills in itself, and takes back with `import`."""

from typing import Annotated, Any

from typer.core import TyperOption

from planledger.cli.framework.parameters import ANYWHERE, FORCE, FULL, argument, command
from planledger.cli.session.output_file import workbook_named, write_file
from planledger.cli.session.session import Session
from planledger.formats.form.office_tables import table_workbook
from planledger.questions.answers.agencies import load_with_contacts
from planledger.questions.forms.tables import CONTACTS, DECLARATIONS, FILINGS

FileArgument = Annotated[str, argument("文件", "以 .xlsx 结尾的文件名")]


def _command(kind: str, *shared: TyperOption) -> Any:
    """Make the command that writes one of the tables."""

    @command(*ANYWHERE, FORCE, *shared)
    def write(session: Session, file: FileArgument) -> None:
        """Write a table with what is known."""
        workbook_named(file)
        sheet = session.ledger.ask(load_with_contacts)
        data = table_workbook(kind, sheet, is_full=session.settings.is_full)
        write_file(file, data, session.output.forced)
        session.output.sum_up(
            f"已写入 {file}：{kind}表，截至{sheet.as_of}；填好后 planledger import {file}。"
        )

    return write


contacts = _command(CONTACTS, FULL)
filings = _command(FILINGS)
declarations = _command(DECLARATIONS)
