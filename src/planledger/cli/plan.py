"""Plan files at the counter: init, adopt, check."""

from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.counter import ANYWHERE, BY, offered
from planledger.cli.desk import Desk
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
    desk = Desk.of(ctx)
    if desk.is_on_server:
        _begun(desk, _path(file), office)
        return
    if is_there(desk.path) and desk.path.is_dir():
        raise Refusal(f"{desk.path} 是文件夹；请写出台账文件的名字，例如 {desk.path / 'ledger.db'}。")
    if is_there(desk.path) or not _found(desk, _path(file), office, is_beside=beside):
        raise Refusal(
            f"{desk.path} 已经有了；启用另一个方案请用 planledger adopt 方案文件，新建台账请用 --ledger 换一个路径。"
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

    desk = Desk.of(ctx)
    named = checked(office or "", "本办名称")
    if office is not None and not named:
        raise Refusal(
            "--office 后面没有名称；另立一本请写办公室的名称，不另立的请不写 --office。台账未改动。"
        )
    if not desk.is_founded and _found(desk, Path(file), named):
        return
    plan = require_plan(Path(file))
    if named:
        desk.say(adopted(desk.write(lambda store: begin(store, plan, named, desk.hand()))))
    else:
        desk.say(adopted(desk.write(lambda store: put_in_force(store, plan, desk.hand()))))


@offered(*ANYWHERE)
def check(ctx: typer.Context, file: FileArgument = "") -> None:
    """Check a plan file: its faults, else what the document itself does not settle."""
    from planledger.papers.inspection import inspection
    from planledger.plan.file import read_plan

    desk = Desk.of(ctx)
    plan, faults = read_plan(_path(file))
    if plan is not None:
        desk.page(inspection(plan))
        return
    for fault in faults:
        desk.say(str(fault))
    desk.note(f"共 {len(faults)} 处问题；改正后再运行 planledger check。")
    raise typer.Exit(int(ExitCode.PLAN_REFUSED))


def _found(desk: Desk, file: Path, office: str, *, is_beside: bool = False) -> bool:
    """Found the ledger with the plan of *file* in force; False where somebody else founded it meanwhile."""
    from planledger.cli.founding import founded
    from planledger.ledger.texts import checked
    from planledger.plan.file import require_plan

    plan = require_plan(file)
    if founded(desk, plan, checked(office, "本办名称"), lambda _: True, is_beside=is_beside) is None:
        return False
    desk.say(
        f"已新建台账 {desk.path}\n启用《{plan.meta.title}》：{len(plan.items)}项，{len(plan.agencies)}家单位（第1号记录）。\n{NOTICE}"
    )
    return True


def _begun(desk: Desk, file: Path, office: str) -> None:
    """Begin the first chain in a database that an administrator set up."""
    from planledger.ledger.adoption import begin
    from planledger.ledger.texts import checked
    from planledger.papers.changes import adopted
    from planledger.plan.file import require_plan

    plan, named = require_plan(file), checked(office, "本办名称")
    begun = desk.write(lambda store: begin(store, plan, named, desk.hand(), is_first=True), may_be_empty=True)
    desk.say(f"{adopted(begun)}\n{NOTICE}")


def _path(file: str) -> Path:
    return Path(file) if file else built_in_plan()
