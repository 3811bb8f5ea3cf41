"""Backups at the counter: one file that holds the ledger and its files, and the way back from it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planledger.cli.counter import LEDGER, offered
from planledger.cli.desk import Desk
from planledger.plan.refusal import ExitCode, Refusal
from planledger.plan.typed import word

if TYPE_CHECKING:
    from planledger.questions.soundness import Loss


@offered(LEDGER)
def backup(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="文件", help="备份写成哪个文件；不写放在台账旁的备份文件夹（服务器上的必写）"),
    ] = "",
) -> None:
    """Write a backup of the ledger and its files, and verify it."""
    from planledger.cli.waiting import watched
    from planledger.ledger.safekeeping import back_up
    from planledger.papers import soundness

    desk = Desk.of(ctx)
    store = desk.store()
    try:
        if not desk.has_ledger:
            raise Refusal("还没有台账，没有可备份的内容。")
        target = Path(file) if file else _place(desk)
        kept = back_up(store, target, watched("备份"))
    finally:
        store.close()
    desk.page(soundness.backed_up(str(target), kept.found, kept.stock))
    if not kept.stock.is_sound:
        raise typer.Exit(int(ExitCode.VERIFICATION))


@offered(LEDGER)
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="文件", help="backup 写成的文件，或以前恢复时换下来的台账")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="现在的台账有而备份没有的，也换下来")] = False,
) -> None:
    """Let a backup take the place of the ledger; the old one is kept."""
    from planledger.cli.waiting import watched
    from planledger.ledger.restoration import restore as restored
    from planledger.papers import soundness

    desk = Desk.of(ctx)

    def agreed(loss: "Loss") -> None:
        said = soundness.lost(loss, str(desk.path))
        if loss.is_damaged or replace:
            desk.note(f"注意：{said}" if said else "")
        elif said:
            raise Refusal(f"{said}没有恢复，什么都没有动；确要换成备份的，请输入：{_again(desk, file)}。")

    kept = restored(Path(file), desk.path, _stamp(desk), agreed, watched("恢复"))
    before = str(kept.before) if kept.before else ""
    desk.page(soundness.restored(str(desk.path), before, kept.found, kept.stock))


def _again(desk: Desk, file: str) -> str:
    """Write the line that restores whatever is lost by it."""
    from planledger.cli.command_line import whereabouts

    return f"planledger restore {word(file)} --replace{whereabouts(desk)}"


def _place(desk: Desk) -> Path:
    """Name a backup by its moment, in the folder beside the ledger.

    Raises:
        Refusal: the ledger is on a server, and nothing lies beside it.
    """
    if desk.is_on_server:
        raise Refusal("台账在服务器上，请写明备份成哪个文件，例如 planledger backup 备份.zip。")
    from planledger.cli.outlet import folder_made

    folder = desk.path.with_name(f"{desk.path.name}.backups")
    return folder_made(str(folder)) / f"{desk.path.stem}-{_stamp(desk)}.zip"


def _stamp(desk: Desk) -> str:
    """Write the moment as a part of a file's name."""
    day, _, clock = desk.now().partition("T")
    return f"{day.replace('-', '')}-{clock[:8].replace(':', '')}"
