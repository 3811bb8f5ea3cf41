"""`import` reads the forms that units filled in (填报表), checks each as a whole, and stores all of it or nothing."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.framework import parameters
from planledger.cli.framework.parameters import ACTION, argument, command, option
from planledger.cli.session.output import note
from planledger.cli.session.output_file import make_output_folder, write_file
from planledger.cli.session.session import Session
from planledger.formats.form.layout import Identity
from planledger.formats.form.mark_faults import arrival_lines, import_outcome, marked, marked_name
from planledger.formats.form.read_details import identity_of
from planledger.formats.form.read_form import returned
from planledger.formats.text.display import lined
from planledger.formats.xlsx.opening import WorkbookRefused, open_workbook
from planledger.ledger.chain.chain import plan_digest
from planledger.ledger.clerk import checked_text
from planledger.ledger.forms.incoming import Incoming
from planledger.plan.model.rows import Plan
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import ExitCode, NotRecorded, Refusal
from planledger.questions.facts.plans import plan_in_force, plans_of_chain
from planledger.questions.forms.form import Form, Intake, Returned, asking, form_today
from planledger.questions.forms.outstanding import sent_by
from planledger.questions.naming import agency_named
from planledger.questions.sheet import Sheet, load
from planledger.store.database import Store
from planledger.store.paths import earlier_plans
from planledger.store.sqlite.copies import copy_in_memory

CHANGED = ("add", "correct")
# Any table is read, and refused where it is no form; none is passed over.
TABLE = re.compile(r"\.(xls[xmb]?|xlt[xm]|ett?|f?ods|numbers|csv)", re.IGNORECASE)
# What programs and systems write next to files: a spreadsheet program while a file is open, macOS on a stick, Windows.
SYSTEM_PREFIXES = ("~$", ".~", "._")
SYSTEM_NAMES = (".ds_store", "thumbs.db", "desktop.ini", "__macosx")
ARCHIVES = (".zip", ".rar", ".7z")


@command(*ACTION)
def import_(
    session: Session,
    files: Annotated[list[str], argument("文件", "填报表，或放填报表的文件夹")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不登记")] = False,
    agency: Annotated[str, parameters.agency_option("只收这家单位的表")] = "",
    changed: Annotated[str, option("add|correct", "与上次不同的格：add 本期另有，correct 更正前数")] = "",
    marked: Annotated[str, option("文件夹", "把有问题的表标红写到这里")] = "",
) -> None:
    """Store what is new in forms that came back."""
    if changed and changed not in CHANGED:
        raise NotRecorded(f"--changed 不能写 {changed}；可写：add（本期另有）、correct（更正前数）。")
    paths = _paths(files)
    for one in files:
        if unread := _unread(Path(one)):
            note(
                f"注意：{one} 里的 {'、'.join(unread)} 没有读取；里面的填报表请放到这个文件夹里，或另行导入。"
            )
    folder = make_output_folder(marked) if marked else None
    refused = stored = 0
    all_read = _read_all(session, paths, agency)
    with _rehearsal(session) if dry_run else nullcontext() as trial:
        for path, read in zip(paths, all_read, strict=True):
            if isinstance(read, Refusal):
                session.output.write(lined(str(read), "  "))
                refused += 1
                continue
            intake = _store(session, read, changed, trial)
            refused += bool(intake.faults)
            stored += bool(intake.wanted and not intake.faults)
            if intake.faults and folder:
                session.output.write(_write_marked(path, intake, folder))
    _sum_up(len(paths), refused, stored, is_dry=dry_run)


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


def _read_all(session: Session, paths: list[Path], agency: str) -> list[Returned | Refusal]:
    """Read every form by what the ledger asks of its unit today, before any of them is stored."""
    read: list[Returned | Refusal] = []
    with session.ledger.store() as store:
        sheets = _sheets(session, store, agency)
        for path in paths:
            try:
                read.append(_read(store, sheets, path, agency, session.settings.now()[:10]))
            except Refusal as refusal:
                read.append(refusal)
    return read


def _sheets(session: Session, store: Store, agency: str) -> dict[str, Sheet]:
    """Return the sheet of every plan of the chain, as a form names its plan; with `--plan` of that plan alone.

    Raises:
        Refusal: no plan has the unit of `--agency`.
    """
    day, moment = session.settings.day(), session.settings.moment()
    plans = () if session.settings.plan or not store.has_chosen else plans_of_chain(store, moment)
    plans = plans or (plan_in_force(store, session.settings.plan, day, moment),)
    sheets = [load(store, plan, day, moment) for plan in plans]
    if agency and not any(find_agencies(agency, sheet.agencies, sheet.sides) for sheet in sheets):
        agency_named(agency, sheets[-1].agencies, sheets[-1].sides)
    return {sheet.plan.key: sheet for sheet in sheets}


def _read(store: Store, sheets: dict[str, Sheet], path: Path, agency: str, today: str) -> Returned:
    checked_text(path.name, "文件名")  # every entry of the form keeps it
    book = open_workbook(path)
    form, sent = _form(store, sheets, path, identity_of(book), agency)
    try:
        return returned(book, form, today, sent)
    except WorkbookRefused:
        raise
    except Exception as error:  # whatever the file holds, the file is refused
        raise WorkbookRefused(f"{path.name} 里有读不懂的内容；请用 planledger template 重新发表。") from error


def _form(
    store: Store, sheets: dict[str, Sheet], path: Path, identity: Identity, agency: str
) -> tuple[Form, Plan]:
    """Return the form that a workbook says it is, as it would be sent today, and the plan's version that it was sent by."""
    if identity.plan not in sheets:
        raise WorkbookRefused(
            f"{path.name} 是方案 {identity.plan} 的表，现在的方案是 {'、'.join(sheets)}；请用 --plan 写明。"
        )
    sheet = sheets[identity.plan]
    only = agency_named(agency, sheet.agencies, sheet.sides).name if agency else ""
    if only and identity.agency != only:
        raise WorkbookRefused(f"{path.name} 是 {identity.agency} 的表，不是 {only} 的；请核对文件。")
    sent = sent_by(store, sheet.plan, identity.digest) or _of_an_earlier_program(identity.digest)
    if sent is None:
        raise WorkbookRefused(
            f"{path.name} 是方案另一版本的表，本台账没有启用过那一版（{identity.digest[:8]}），多半是另一本台账发的；"
            "请核对文件，或用 planledger template 重新发表。"
        )
    agencies = (*sheet.agencies, *sent.agencies)
    unit = next((agency for agency in agencies if agency.name == identity.agency), None)
    if unit is None:
        raise WorkbookRefused(f"{path.name} 的单位 {identity.agency} 不在方案里；请核对文件。")
    form = form_today(store, sheet, unit, identity.period)
    try:
        form = asking(form) if form.digest == identity.digest else form
    except Refusal as refusal:
        raise WorkbookRefused(f"{path.name}：{refusal}") from refusal
    if identity.template != form.template:
        raise WorkbookRefused(f"{path.name} 的标识被改动过；请用 planledger template 重新发表。")
    return form, sent


@contextmanager
def _rehearsal(session: Session) -> Iterator[Store]:
    """Give a copy of the ledger in memory that takes the forms: what is new in the second depends on the first."""
    with session.ledger.store() as store, closing(copy_in_memory(store)) as copy:
        yield copy


@lru_cache(maxsize=8)
def _of_an_earlier_program(digest: str) -> Plan | None:
    """Return the built-in plan of an earlier program with this digest; units may have its forms, and no ledger adopted it."""
    from planledger.plan.file.yaml_file import require_plan

    plans = (require_plan(path) for path in earlier_plans())
    return next((plan for plan in plans if plan_digest(plan) == digest), None)


def _store(session: Session, read: Returned, changed: str, trial: Store | None) -> Intake:
    """Write what is new in a form and store it, in the ledger or in the *trial*; a form with faults makes no ledger."""
    shown: list[Intake] = []
    session.settings.plan = read.plan  # a form is stored for the plan that it was read for

    def show(intake: Intake) -> None:
        shown.append(intake)
        session.output.write(arrival_lines(intake))

    def take_in(forms: Incoming) -> tuple[int, ...]:
        return forms.take_in(read, changed, show)

    if trial:
        numbers = take_in(Incoming(trial.choose(read.plan), session.ledger.clerk(), read.plan))
    else:
        if not session.ledger.has_ledger:
            with session.ledger.store() as store:
                intake = Incoming(store, session.ledger.clerk(), read.plan).look_at(read, changed)
            if intake.faults or not intake.wanted:
                show(intake)
                return intake
        numbers = session.ledger.run(Incoming, take_in)
    if numbers:
        session.output.write(import_outcome(numbers, is_dry=trial is not None))
    return shown[-1]


def _write_marked(path: Path, intake: Intake, folder: Path) -> str:
    """Write a form with its faults in red and return the line about it; the form is read again, as most need no marks."""
    try:
        book = open_workbook(path)
        name = marked_name(book)
        target, number = folder / name, 1
        while target.exists():
            number += 1
            target = folder / name.replace(".xlsx", f"-{number}.xlsx")
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
    if refused:
        raise typer.Exit(int(ExitCode.WORKBOOK_REFUSED))
