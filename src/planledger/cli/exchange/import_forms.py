"""`import` reads the forms that units filled in (填报表), checks each as a whole, and stores all of it or nothing."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from copy import copy
from pathlib import Path
from typing import Annotated

from planledger.cli.exchange.read_forms import read_all
from planledger.cli.framework.parameters import action, argument, flag, one_of, option
from planledger.cli.session.output import note
from planledger.cli.session.output_file import make_output_folder, write_file
from planledger.cli.session.session import Session
from planledger.cli.session.settings import Settings
from planledger.cli.session.suggested_line import with_ledger
from planledger.formats.form.mark_faults import arrival_lines, import_outcome, marked, marked_name
from planledger.formats.text.display import lined
from planledger.formats.xlsx.opening import open_workbook
from planledger.ledger.forms.incoming import look_at, take_in
from planledger.ledger.session import PlanSession
from planledger.plan.refusal import ExitCode, NotRecorded, Refusal
from planledger.questions.forms.returned import Intake, Returned
from planledger.store.database import Store
from planledger.store.files.disk import free_name
from planledger.store.sqlite.copies import copy_in_memory

CHANGED = ("add", "correct")
# Any table is read, and refused where it is no form; none is passed over.
TABLE = re.compile(r"\.(xls[xmb]?|xlt[xm]|ett?|f?ods|numbers|csv)", re.IGNORECASE)
# What programs and systems write next to files: a spreadsheet program while a file is open, macOS on a stick, Windows.
SYSTEM_PREFIXES = ("~$", ".~", "._")
SYSTEM_NAMES = (".ds_store", "thumbs.db", "desktop.ini", "__macosx")
ARCHIVES = (".zip", ".rar", ".7z")


@action()
def import_(
    session: Session,
    files: Annotated[list[str], argument("文件", "填报表，或放填报表的文件夹")],
    *,
    dry_run: Annotated[bool, flag("--dry-run", "只检查，不登记")] = False,
    agency: Annotated[str, option("单位", "只收这家单位的表")] = "",
    changed: Annotated[
        str, option("add|correct", "与上次填的不一样的格：add 另有新数，correct 更正前数")
    ] = "",
    marked: Annotated[str, option("文件夹", "把有问题的表标红写到这里")] = "",
) -> ExitCode:
    """Store what is new in forms that came back."""
    changed = changed and one_of(changed, CHANGED, "--changed")
    paths = _paths(files)
    for one in files:
        if unread := _unread(Path(one)):
            note(
                f"注意：{one} 里的 {'、'.join(unread)} 没有读取；里面的填报表请放到这个文件夹里，或另行导入。"
            )
    folder = make_output_folder(marked) if marked else None
    refused, stored, typed = 0, 0, copy(session.settings)  # before a form says for which plan it is
    all_read = read_all(session, paths, agency)
    with _rehearsal(session) if dry_run else nullcontext() as trial:
        for path, read in zip(paths, all_read, strict=True):
            if isinstance(read, Refusal):
                session.output.write(lined(with_ledger(str(read), typed), "  "))
                refused += 1
                continue
            intake = _store(session, read, changed, trial, typed)
            refused += bool(intake.faults)
            stored += bool(intake.wanted and not intake.faults)
            if intake.faults and folder:
                session.output.write(_write_marked(path, intake, folder))
    _sum_up(len(paths), refused, stored, is_dry=dry_run)
    return ExitCode.WORKBOOK_REFUSED if refused else ExitCode.DONE


def _paths(files: list[str]) -> list[Path]:
    """Return the files and, of each folder, the tables in it, without those that programs and systems write."""
    named: list[Path] = []
    for path in map(Path, files):
        is_folder = path.is_dir()
        named += sorted(one for one in path.iterdir() if TABLE.fullmatch(one.suffix)) if is_folder else [path]
    paths = [
        one for one in named if one.name[:2] not in SYSTEM_PREFIXES and one.name.lower() not in SYSTEM_NAMES
    ]
    if not paths:
        raise NotRecorded(f"{'、'.join(files)} 里没有 .xlsx 文件；请写填报表的文件名或所在文件夹。")
    return paths


def _unread(path: Path) -> list[str]:
    """Return the names in a folder that may hold more forms and are not read: folders with tables, and archives."""
    return [
        lined(one.name, "")
        for one in (sorted(path.iterdir()) if path.is_dir() else ())
        if one.name.lower() not in SYSTEM_NAMES and one.name[:1] != "."
        if one.suffix.lower() in ARCHIVES
        or (one.is_dir() and any(TABLE.fullmatch(each.suffix) for each in one.glob("*")))
    ]


@contextmanager
def _rehearsal(session: Session) -> Iterator[Store]:
    """Give a copy of the ledger in memory that takes the forms: what is new in the second depends on the first."""
    with session.ledger.store() as store, closing(copy_in_memory(store)) as copy:
        yield copy


def _store(session: Session, read: Returned, changed: str, trial: Store | None, typed: Settings) -> Intake:
    """Write what is new in a form and store it, in the ledger or in the *trial*; a form with faults makes no ledger.

    The commands that the answer suggests are for the ledger and the plan of the settings as they were *typed*.
    """
    shown: list[Intake] = []
    session.settings.plan = read.plan  # a form is stored for the plan that it was read for

    def show(intake: Intake) -> None:
        shown.append(intake)
        session.output.write(with_ledger(arrival_lines(intake), typed))

    if trial:
        book = PlanSession(trial.choose(read.plan), session.ledger.clerk(), read.plan)
        numbers = take_in(book, read, changed, show)
    else:
        if not session.ledger.has_ledger:
            with session.ledger.store() as store:
                intake = look_at(PlanSession(store, session.ledger.clerk(), read.plan), read, changed)
            if intake.faults or not intake.wanted:
                show(intake)
                return intake
        numbers = session.ledger.run(take_in, read, changed, show)
    if numbers:
        session.output.write(import_outcome(numbers, is_dry=trial is not None))
    return shown[-1]


def _write_marked(path: Path, intake: Intake, folder: Path) -> str:
    """Write a form with its faults in red and return the line about it; the form is read again, as most need no marks."""
    try:
        book = open_workbook(path)
        target = free_name(folder / marked_name(book))
        data, is_as_sent = marked(book, intake.faults)
        write_file(str(target), data)
    except Refusal as refusal:  # the forms after it are stored all the same
        return f"  没有写成标红的表：{refusal}"
    return f"  标红的表：{target}{'' if is_as_sent else '（填的内容都在；原来的格式读不出来，没有保留）'}"


def _sum_up(count: int, refused: int, stored: int, *, is_dry: bool) -> None:
    verb = "可导入" if is_dry else "已导入"
    rest = count - refused - stored
    if count > 1 or refused:
        nothing_new = f"没有新增{rest}份，" if rest else ""
        note(f"共{count}份：{verb}{stored}份，{nothing_new}退回{refused}份。")
