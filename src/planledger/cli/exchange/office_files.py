"""Files for the office itself: its calendar (日历), the page for a leader (看板), the tables that it fills in (批量填表)."""

from typing import Annotated, Any

from typer.core import TyperOption

from planledger.cli.framework.parameters import ABOUT, ANYWHERE, FORCE, FULL, REPLACE, argument, command
from planledger.cli.session.output_file import (
    ending_of,
    file_named,
    make_output_folder,
    workbook_named,
    write_file,
)
from planledger.cli.session.session import Session
from planledger.formats.text.display import portable_name
from planledger.formats.text.phrases import extent_text
from planledger.plan.refusal import Refusal
from planledger.questions.forms.tables import CONTACTS, DECLARATIONS, FILINGS

ICS, HTML = ".ics", ".html"


@command(*ABOUT, REPLACE)
def calendar(
    session: Session,
    place: Annotated[
        str, argument("文件或文件夹", f"以 {ICS} 结尾的一个文件是本办的；文件夹里每家单位一个")
    ] = "",
) -> None:
    """Write the calendar of the office as a file, or that of each unit into a folder."""
    from planledger.formats.calendar.ics import calendar_file
    from planledger.questions.answers.calendar import calendars

    if not place or ending_of(place):
        example = f"planledger calendar 日历{ICS}，或一个文件夹，每家单位一个文件。"
        file_named(place, ICS, "日历", example)
    office, *units = session.ledger.ask(calendars)
    day = f"，{extent_text(office.sheet)}"
    forced = session.output.forced
    if ending_of(place) == ICS:
        write_file(place, calendar_file(office), forced)
        session.output.sum_up(f"已写入 {place}：{len(office.events)}个日子{day}。")
    else:
        folder = make_output_folder(place)
        paths = [folder / portable_name(f"{one.agency}{ICS}") for one in units]
        there = [path for path in paths if path.exists()]
        if forced is not None and there:
            raise Refusal(
                f"{place} 里已经有 {there[0].name} 等{len(there)}份，没有覆盖；请换一个文件夹，要替换请运行：{forced}"
            )
        for one, path in zip(units, paths, strict=True):
            write_file(str(path), calendar_file(one))
        session.output.sum_up(f"已写入{len(units)}份日历，在 {place}{day}。")


@command(*ABOUT, REPLACE)
def page(
    session: Session,
    file: Annotated[str, argument("文件", f"以 {HTML} 结尾的文件名，用浏览器打开、打印")] = "",
) -> None:
    """Write the page of a plan on a day."""
    from planledger.formats.page.sections import page_file
    from planledger.questions.answers.leaders_page import leaders_page

    file_named(file, HTML, "网页", f"planledger page 看板{HTML}")
    answer = session.ledger.ask(leaders_page)
    write_file(file, page_file(answer), session.output.forced)
    session.output.sum_up(f"已写入 {file}：{len(answer.sheet.rows)}项，截至{answer.sheet.as_of}。")


def _table(kind: str, *shared: TyperOption) -> Any:
    """Make the command that writes one of the tables, which `import` takes back."""

    @command(*ANYWHERE, FORCE, *shared)
    def write(session: Session, file: Annotated[str, argument("文件", "以 .xlsx 结尾的文件名")]) -> None:
        """Write a table with what is known."""
        from planledger.formats.form.office_tables import table_workbook
        from planledger.questions.answers.agencies import load_with_contacts

        workbook_named(file)
        sheet = session.ledger.ask(load_with_contacts)
        data = table_workbook(kind, sheet, is_full=session.settings.is_full)
        write_file(file, data, session.output.forced)
        session.output.sum_up(
            f"已写入 {file}：{kind}表，截至{sheet.as_of}；填好后 planledger import {file}。"
        )

    return write


contacts = _table(CONTACTS, FULL)
filings = _table(FILINGS)
declarations = _table(DECLARATIONS)
