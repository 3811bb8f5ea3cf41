"""The commands of backups: one file that holds the ledger and its files, and the way back from it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planledger.cli.framework.lazy_group import LEDGER, command
from planledger.cli.session.output import note
from planledger.cli.session.session import Session
from planledger.plan.phrases.texts import shell_word
from planledger.plan.refusal import ExitCode, Refusal

if TYPE_CHECKING:
    from planledger.questions.answers.soundness import Loss


@command(LEDGER)
def backup(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="文件", help="备份写成哪个文件；不写放在台账旁的备份文件夹（服务器上的必写）"),
    ] = "",
) -> None:
    """Write a backup of the ledger and its files, and verify it."""
    from planledger.cli.session.progress_bar import with_progress
    from planledger.formats.admin import soundness
    from planledger.ledger.files.safekeeping import back_up

    session = Session.of(ctx)
    with session.ledger.store() as store:
        if not session.ledger.has_ledger:
            raise Refusal("还没有台账，没有可备份的内容。")
        target = Path(file) if file else _place(session)
        kept = back_up(store, target, with_progress("备份"))
    session.output.write_folded(soundness.backup_lines(str(target), kept.found, kept.stock))
    if not kept.stock.is_sound:
        raise typer.Exit(int(ExitCode.VERIFICATION))


@command(LEDGER)
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="文件", help="backup 写成的文件，或以前恢复时换下来的台账")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="现在的台账有而备份没有的，也换下来")] = False,
) -> None:
    """Let a backup take the place of the ledger; the old one is kept."""
    from planledger.cli.session.progress_bar import with_progress
    from planledger.formats.admin import soundness
    from planledger.ledger.files.restoration import restore as restored

    session = Session.of(ctx)

    def agreed(loss: "Loss") -> None:
        said = soundness.loss_text(loss, str(session.ledger.path))
        if loss.is_damaged or replace:
            note(f"注意：{said}" if said else "")
        elif said:
            raise Refusal(f"{said}没有恢复，什么都没有动；确要换成备份的，请输入：{_again(session, file)}。")

    kept = restored(Path(file), session.ledger.path, _stamp(session), agreed, with_progress("恢复"))
    before = str(kept.before) if kept.before else ""
    session.output.write_folded(
        soundness.restore_lines(str(session.ledger.path), before, kept.found, kept.stock)
    )


def _again(session: Session, file: str) -> str:
    """Write the line that restores whatever is lost by it."""
    from planledger.cli.session.suggested_command import ledger_options

    return f"planledger restore {shell_word(file)} --replace{ledger_options(session.settings)}"


def _place(session: Session) -> Path:
    """Name a backup by its moment, in the folder beside the ledger.

    Raises:
        Refusal: the ledger is on a server, and nothing lies beside it.
    """
    if session.ledger.is_on_server:
        raise Refusal("台账在服务器上，请写明备份成哪个文件，例如 planledger backup 备份.zip。")
    from planledger.cli.session.output_file import make_output_folder

    folder = session.ledger.path.with_name(f"{session.ledger.path.name}.backups")
    return make_output_folder(str(folder)) / f"{session.ledger.path.stem}-{_stamp(session)}.zip"


def _stamp(session: Session) -> str:
    """Write the moment as a part of a file's name."""
    day, _, clock = session.settings.now().partition("T")
    return f"{day.replace('-', '')}-{clock[:8].replace(':', '')}"
