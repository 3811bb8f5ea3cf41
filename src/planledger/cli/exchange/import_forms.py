"""Taking in what the units filled: `import` checks a form as a whole, then stores all of it or none."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planledger.cli.framework import choices
from planledger.cli.framework.lazy_group import ACTION, command
from planledger.cli.session.output import note
from planledger.cli.session.session import Session
from planledger.formats.text.display import lined
from planledger.ledger.forms.incoming import Incoming
from planledger.plan.refusal import ExitCode, NotRecorded, Refusal

if TYPE_CHECKING:
    from planledger.formats.form.layout import Identity
    from planledger.plan.model.rows import Plan
    from planledger.questions.forms.form import Form, Intake, Returned
    from planledger.questions.sheet import Sheet
    from planledger.store.database import Store

CHANGED = ("add", "correct")
# What may be a table and is none of ours is refused, and not passed over.
TABLE = re.compile(r"\.(xls[xmb]?|xlt[xm]|ett?|f?ods|numbers|csv)", re.IGNORECASE)
# What programs and systems leave beside files: a spreadsheet while one is open, a Mac on a stick, Windows for itself.
DROPPINGS = ("~$", ".~", "._")
DROPPED = (".ds_store", "thumbs.db", "desktop.ini", "__macosx")
PACKED = (".zip", ".rar", ".7z")


@command(*ACTION)
def import_(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="文件", help="填报表，或放填报表的文件夹")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不登记")] = False,
    agency: Annotated[str, choices.agency_option("只收这家单位的表")] = "",
    changed: Annotated[
        str, typer.Option(metavar="add|correct", help="与上次不同的格：add 本期另有，correct 更正前数")
    ] = "",
    marked: Annotated[str, typer.Option(metavar="文件夹", help="把有问题的表标红写到这里")] = "",
) -> None:
    """Take in forms that came back."""
    from planledger.cli.session.output_file import make_output_folder

    session = Session.of(ctx)
    if changed and changed not in CHANGED:
        raise NotRecorded(f"--changed 不能写 {changed}；可写：add（本期另有）、correct（更正前数）。")
    paths = _paths(files)
    for one in files:
        if left := _left_out(Path(one)):
            note(f"注意：{one} 里的 {'、'.join(left)} 没有读取；里面的填报表请放到这个文件夹里，或另行导入。")
    folder = make_output_folder(marked) if marked else None
    refused = stored = 0
    all_read = _read_all(session, paths, agency)
    with _rehearsed(session) if dry_run else nullcontext() as trial:
        for path, read in zip(paths, all_read, strict=True):
            if isinstance(read, Refusal):
                session.output.write(lined(str(read), "  "))
                refused += 1
                continue
            found = _taken_in(session, read, changed, trial)
            refused += bool(found.faults)
            stored += bool(found.wanted and not found.faults)
            if found.faults and folder:
                session.output.write(_marked(path, found, folder))
    _sum_up(len(paths), refused, stored, is_dry=dry_run)


def _paths(files: list[str]) -> list[Path]:
    """Name the files, and of a folder every workbook in it, without what is left beside them."""
    found: list[Path] = []
    for path in map(Path, files):
        inside = path.is_dir()
        of_it = sorted(one for one in path.iterdir() if TABLE.fullmatch(one.suffix)) if inside else [path]
        found += [one for one in of_it if one.name[:2] not in DROPPINGS and one.name.lower() not in DROPPED]
    if not found:
        raise NotRecorded(f"{'、'.join(files)} 里没有 .xlsx 文件；请写填报表的文件名或所在文件夹。")
    return found


def _left_out(path: Path) -> list[str]:
    """Name what may hold more forms and is not read: of a folder the folders in it, and what is packed."""
    beside = sorted(path.iterdir()) if path.is_dir() else []
    return [
        lined(one.name, "")
        for one in beside
        if one.name.lower() not in DROPPED and one.name[:1] != "."
        if one.suffix.lower() in PACKED
        or (one.is_dir() and any(TABLE.fullmatch(each.suffix) for each in one.glob("*")))
    ]


def _read_all(session: Session, paths: list[Path], agency: str) -> list["Returned | Refusal"]:
    """Read every form by what the ledger asks of its unit today, before any of them is stored."""
    found: list[Returned | Refusal] = []
    with session.ledger.store() as store:
        sheets = _sheets(session, store, agency)
        for path in paths:
            try:
                found.append(_read(store, sheets, path, agency, session.settings.now()[:10]))
            except Refusal as refusal:
                found.append(refusal)
    return found


def _sheets(session: Session, store: "Store", agency: str) -> dict[str, "Sheet"]:
    """Ask every plan of the chain how it stands: a form names its own; where one was named it alone is asked.

    Raises:
        Refusal: no plan knows the unit that was named.
    """
    from planledger.plan.phrases.unit_names import find_agencies
    from planledger.questions.facts.plans import plan_in_force, plans_of_chain
    from planledger.questions.naming import agency_named
    from planledger.questions.sheet import load

    day, moment = session.settings.day(), session.settings.moment()
    plans = () if session.settings.plan or not store.has_chosen else plans_of_chain(store, moment)
    plans = plans or (plan_in_force(store, session.settings.plan, day, moment),)
    sheets = [load(store, plan, day, moment) for plan in plans]
    if agency and not any(find_agencies(agency, sheet.agencies, sheet.sides) for sheet in sheets):
        agency_named(agency, sheets[-1].agencies, sheets[-1].sides)
    return {sheet.plan.key: sheet for sheet in sheets}


def _read(store: "Store", sheets: dict[str, "Sheet"], path: Path, agency: str, today: str) -> "Returned":
    from planledger.formats.form.read_form import returned
    from planledger.formats.form.read_identity import identity_of
    from planledger.formats.xlsx.opening import WorkbookRefused, open_workbook
    from planledger.ledger.clerk import checked_text

    checked_text(path.name, "文件名")  # it is kept with every entry
    book = open_workbook(path)
    form, sent = _form(store, sheets, path, identity_of(book), agency)
    try:
        return returned(book, form, today, sent)
    except WorkbookRefused:
        raise
    except Exception as error:  # whatever stands in the file, it is the file that is refused
        raise WorkbookRefused(f"{path.name} 里有读不懂的内容；请用 planledger template 重新发表。") from error


def _form(
    store: "Store", sheets: dict[str, "Sheet"], path: Path, identity: "Identity", agency: str
) -> tuple["Form", "Plan"]:
    """Make the form that a workbook says it is, as the ledger would send it today, and find by which version it was sent."""
    from planledger.formats.xlsx.opening import WorkbookRefused
    from planledger.questions.forms.form import asking, form_today
    from planledger.questions.forms.outstanding import sent_by
    from planledger.questions.naming import agency_named

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
def _rehearsed(session: Session) -> Iterator["Store"]:
    """Give a copy of the ledger to take forms in on: what the second of two comes to hangs on the first."""
    from planledger.store.sqlite.opening import copy_in_memory

    with session.ledger.store() as store, closing(copy_in_memory(store)) as copy:
        yield copy


@lru_cache(maxsize=8)
def _of_an_earlier_program(digest: str) -> "Plan | None":
    """Find a version of the built-in plan that came with an earlier program: forms may be out by it that no ledger adopted."""
    from planledger.ledger.chain.chain import plan_digest as digest_of
    from planledger.plan.file.yaml_file import require_plan
    from planledger.store.paths import earlier_plans

    plans = (require_plan(path) for path in earlier_plans())
    return next((plan for plan in plans if digest_of(plan) == digest), None)


def _taken_in(session: Session, returned: "Returned", changed: str, trial: "Store | None") -> "Intake":
    """Tell what a form comes to, then store it; where it would found a ledger with a fault in it, look first."""
    from planledger.formats.form.mark_faults import arrival_lines, import_outcome

    told: list[Intake] = []
    session.settings.plan = returned.plan  # what a form was read for is what it is stored for

    def tell(found: "Intake") -> None:
        told.append(found)
        session.output.write(arrival_lines(found))

    def action(store: "Store") -> tuple[int, ...]:
        return Incoming(store, session.ledger.clerk(), session.settings.plan).take_in(returned, changed, tell)

    if not trial and not session.ledger.has_ledger:
        with session.ledger.store() as store:
            found = Incoming(store, session.ledger.clerk(), session.settings.plan).look_at(returned, changed)
        if found.faults or not found.wanted:
            tell(found)
            return found
    numbers = action(trial.choose(session.settings.plan)) if trial else session.ledger.write(action)
    if numbers:
        session.output.write(import_outcome(numbers, is_dry=trial is not None))
    return told[-1]


def _marked(path: Path, found: "Intake", folder: Path) -> str:
    """Write a form back with its faults in red; it is read again, because most need no marks."""
    from planledger.cli.session.output_file import write_bytes_file
    from planledger.formats.form.mark_faults import marked, marked_name
    from planledger.formats.xlsx.opening import open_workbook

    try:
        book = open_workbook(path)
        name = marked_name(book)
        target, number = folder / name, 1
        while target.exists():
            number += 1
            target = folder / name.replace(".xlsx", f"-{number}.xlsx")
        made, is_as_sent = marked(book, found.faults)
        write_bytes_file(str(target), made)
    except Refusal as refusal:  # the forms after it are taken in all the same
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
