"""Plan files at the counter: init, adopt, check."""

from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.counter import ANYWHERE, BY, offered
from planledger.cli.output import note
from planledger.cli.session import Session
from planledger.plan.refusal import ExitCode, Refusal
from planledger.plan.secrecy import NOTICE
from planledger.store.places import built_in_plan
from planledger.store.sqlite_file import is_there

FileArgument = Annotated[str, typer.Argument(metavar="方案文件", help="YAML 方案文件，不写是随程序带的方案")]


@offered(*ANYWHERE, BY)
def init(
    ctx: typer.Context,
    file: FileArgument = "",
    office: Annotated[str, typer.Option(metavar="名称", help="本办的名称，写进台账")] = "",
    *,
    beside: Annotated[
        bool, typer.Option("--beside", help="那里留着另一个台账换下来的、没恢复完的或它的材料，也照建")
    ] = False,
) -> None:
    """Found a ledger with a plan in force."""
    session = Session.of(ctx)
    if session.ledger.is_on_server:
        _begun(session, _path(file), office)
        return
    if is_there(session.ledger.path) and session.ledger.path.is_dir():
        raise Refusal(
            f"{session.ledger.path} 是文件夹；请写出台账文件的名字，例如 {session.ledger.path / 'ledger.db'}。"
        )
    if is_there(session.ledger.path) or not _found(session, _path(file), office, is_beside=beside):
        raise Refusal(
            f"{session.ledger.path} 已经有了；启用另一个方案请用 planledger adopt 方案文件，新建台账请用 --ledger 换一个路径。"
        )


@offered(*ANYWHERE, BY)
def adopt(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="方案文件", help="YAML 方案文件")],
    office: Annotated[
        str | None, typer.Option(metavar="名称", help="几个县合用一个台账：这个方案由哪个办公室另立一本")
    ] = None,
) -> None:
    """Put another plan, or a new version, in force; as the first thing of all it founds the ledger with it."""
    from planledger.ledger.adoption import adopt as put_in_force
    from planledger.ledger.adoption import begin
    from planledger.ledger.texts import checked
    from planledger.papers.changes import adopted
    from planledger.plan.file import require_plan

    session = Session.of(ctx)
    named = checked(office or "", "本办名称")
    if office is not None and not named:
        raise Refusal(
            "--office 后面没有名称；另立一本请写办公室的名称，不另立的请不写 --office。台账未改动。"
        )
    if not session.ledger.is_founded and _found(session, Path(file), named):
        return
    plan = require_plan(Path(file))
    clerk = session.ledger.clerk
    if named:
        adoption = session.ledger.write(lambda store: begin(store, plan, named, clerk()))
    else:
        adoption = session.ledger.write(lambda store: put_in_force(store, plan, clerk()))
    session.output.say(adopted(adoption))


@offered(*ANYWHERE)
def check(ctx: typer.Context, file: FileArgument = "") -> None:
    """Check a plan file: its faults, else what the document itself does not settle."""
    from planledger.papers.inspection import inspection
    from planledger.plan.file import read_plan

    session = Session.of(ctx)
    plan, faults = read_plan(_path(file))
    if plan is not None:
        session.output.page(inspection(plan))
        return
    for fault in faults:
        session.output.say(str(fault))
    note(f"共 {len(faults)} 处问题；改正后再运行 planledger check。")
    raise typer.Exit(int(ExitCode.PLAN_REFUSED))


def _found(session: Session, file: Path, office: str, *, is_beside: bool = False) -> bool:
    """Found the ledger with the plan of *file* in force; False where somebody else founded it meanwhile."""
    from planledger.ledger.texts import checked
    from planledger.plan.file import require_plan

    plan = require_plan(file)
    if session.ledger.found(plan, checked(office, "本办名称"), lambda _: True, is_beside=is_beside) is None:
        return False
    session.output.say(
        f"已新建台账 {session.ledger.path}\n启用《{plan.meta.title}》：{len(plan.items)}项，{len(plan.agencies)}家单位（第1号记录）。\n{NOTICE}"
    )
    return True


def _begun(session: Session, file: Path, office: str) -> None:
    """Begin the first chain in a database that an administrator set up."""
    from planledger.ledger.adoption import begin
    from planledger.ledger.texts import checked
    from planledger.papers.changes import adopted
    from planledger.plan.file import require_plan

    plan, named = require_plan(file), checked(office, "本办名称")
    clerk = session.ledger.clerk
    begun = session.ledger.write(
        lambda store: begin(store, plan, named, clerk(), is_first=True), may_be_empty=True
    )
    session.output.say(f"{adopted(begun)}\n{NOTICE}")


def _path(file: str) -> Path:
    return Path(file) if file else built_in_plan()
