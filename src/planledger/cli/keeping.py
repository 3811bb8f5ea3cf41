"""Backups at the counter: one file that holds the ledger and its files, and the way back from it."""

from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.counter import LEDGER, offered
from planledger.cli.desk import Desk
from planledger.plan.refusal import ExitCode, Refusal


@offered(LEDGER)
def backup(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="文件", help="备份写成哪个文件；不写放在台账旁的备份文件夹（服务器上的必写）"),
    ] = "",
) -> None:
    """Write a backup of the ledger and its files, and verify it."""
    from planledger.cli.waiting import watched  # noqa: PLC0415
    from planledger.ledger.safekeeping import back_up  # noqa: PLC0415
    from planledger.papers import soundness  # noqa: PLC0415

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
    file: Annotated[str, typer.Argument(metavar="文件", help="backup 写成的文件")],
) -> None:
    """Let a backup take the place of the ledger; the old one is kept."""
    from planledger.cli.outlet import folder_made  # noqa: PLC0415
    from planledger.cli.waiting import watched  # noqa: PLC0415
    from planledger.ledger.safekeeping import restore as restored  # noqa: PLC0415
    from planledger.papers import soundness  # noqa: PLC0415

    desk = Desk.of(ctx)
    folder_made(str(desk.path.parent))
    kept = restored(Path(file), desk.path, _stamp(desk), watched("恢复"))
    before = str(kept.before) if kept.before else ""
    desk.page(soundness.restored(str(desk.path), before, kept.found, kept.stock))
    for line in soundness.behind(kept.behind, is_other=kept.is_other):
        desk.note(line)


def _place(desk: Desk) -> Path:
    """Name a backup by its moment, in the folder beside the ledger.

    Raises:
        Refusal: the ledger is on a server, and nothing lies beside it.
    """
    if desk.is_on_server:
        raise Refusal("台账在服务器上，请写明备份成哪个文件，例如 planledger backup 备份.zip。")
    from planledger.cli.outlet import folder_made  # noqa: PLC0415

    folder = desk.path.with_name(f"{desk.path.name}.backups")
    return folder_made(str(folder)) / f"{desk.path.stem}-{_stamp(desk)}.zip"


def _stamp(desk: Desk) -> str:
    """Write the moment as a part of a file's name."""
    day, _, clock = desk.now().partition("T")
    return f"{day.replace('-', '')}-{clock[:8].replace(':', '')}"
