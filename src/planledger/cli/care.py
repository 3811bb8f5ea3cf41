"""Care of the ledger: verify it; and the completion of the command line."""

from typing import Annotated

import typer

from planledger.cli.counter import ANYWHERE, offered
from planledger.cli.desk import Desk
from planledger.plan.refusal import ExitCode, Refusal

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


@offered(*ANYWHERE)
def verify(ctx: typer.Context) -> None:
    """Recompute the chain and the plans' digests."""
    from planledger.ledger.verification import verify as checked  # noqa: PLC0415

    desk = Desk.of(ctx)
    store = desk.store()
    try:
        found = checked(store)
    finally:
        store.close()
    if not desk.has_ledger:
        desk.say("没有可校验的记录。")
        return
    if found.fault:
        desk.say(
            f"校验未通过：{found.fault}此前 {found.entries} 条完好。请勿再登记，保留此文件，用最近的备份核对。"
        )
        raise typer.Exit(int(ExitCode.VERIFICATION))
    desk.say(
        f"校验通过：自 {found.since} 起共 {found.entries} 条记录，与封存时一致；方案内容与启用时一致。\n链首 {found.entries}:{found.head[:16]}"
    )


@offered()
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="终端", help="bash、zsh、fish、powershell 或 pwsh")],
) -> None:
    """Print the script that lets a shell complete our commands."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # noqa: PLC0415

    if shell not in SHELLS:
        raise Refusal(f"不认识 {shell}；可写：{'、'.join(SHELLS)}。")
    Desk.of(ctx).say(
        get_completion_script(
            prog_name="planledger", complete_var="_PLANLEDGER_COMPLETE", shell=shell
        ).strip()
    )
