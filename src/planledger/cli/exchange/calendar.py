"""The days of a plan as calendar files (日历)."""

from typing import Annotated

from planledger.cli.framework.parameters import ABOUT, REPLACE, argument, command
from planledger.cli.session.output_file import ending_of, make_output_folder, write_file
from planledger.cli.session.session import Session
from planledger.formats.calendar.ics import calendar_file
from planledger.formats.text.display import portable_name
from planledger.formats.text.phrases import extent_text
from planledger.plan.refusal import Refusal
from planledger.questions.answers.calendar import calendars

ICS = ".ics"


@command(*ABOUT, REPLACE)
def calendar(
    session: Session,
    place: Annotated[
        str, argument("文件或文件夹", f"以 {ICS} 结尾的一个文件是本办的；文件夹里每家单位一个")
    ] = "",
) -> None:
    """Write the calendar of the office as a file, or that of each unit into a folder."""
    if not place or ending_of(place) not in ("", ICS):
        typed = f"{place} 不是日历文件名；" if place else "没有写文件名；"
        raise Refusal(
            f"{typed}请写以 {ICS} 结尾的文件名，如 planledger calendar 日历{ICS}，或一个文件夹，每家单位一个文件。"
        )
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
