"""`verify` checks the ledger and its files; `completion` prints the script for a shell."""

from typing import Annotated

import typer

from planledger.cli.framework.lazy_group import ANYWHERE, command
from planledger.cli.session.progress_bar import with_progress
from planledger.cli.session.session import Session
from planledger.formats.admin import soundness
from planledger.ledger.chain import verification
from planledger.ledger.files.stocktaking import stocktaking
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.answers.soundness import noted_head
from planledger.questions.facts.plans import refuse_unknown
from planledger.store.errors import NoFolder
from planledger.store.files.draft import abandoned_drafts

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


@command(*ANYWHERE)
def verify(
    ctx: typer.Context,
    against: Annotated[
        str, typer.Option(metavar="链首", help="与以前抄下的链首核对，如 33:0123456789abcdef")
    ] = "",
    since: Annotated[str, typer.Option(metavar="链首", help="只查这个链首之后的记录，不读文件；快")] = "",
) -> None:
    """Recompute the chain and the plans' digests, and read every file again."""
    session = Session.of(ctx)
    if since:
        _verify_since(session, since, against)
        return
    noted = noted_head(against) if against else None
    with session.ledger.store() as store:
        refuse_unknown(store, session.settings.plan)
        chain, stock = verification.verify(store, noted), None
        try:
            if session.ledger.has_ledger and not chain.fault:
                stock = stocktaking(store, with_progress("佐证材料"))
        except NoFolder as error:
            raise NoFolder(f"{soundness.chain_text(chain)}。佐证材料没有查：{error}") from error
    if not session.ledger.has_ledger:
        session.output.write("没有可校验的记录。")
        return
    left = (f"注意：{line}" for line in soundness.abandoned_drafts_line(abandoned_drafts(store.path)))
    session.output.write("\n".join([soundness.soundness_lines(chain, stock, noted), *left]))
    if stock is None or not stock.is_sound:
        raise typer.Exit(int(ExitCode.VERIFICATION))


def _verify_since(session: Session, since: str, against: str) -> None:
    """Check the entries behind a head that was noted down."""
    if against:
        raise Refusal("--since 和 --against 只能写一个：--since 只查链首之后的，--against 查全部。")
    noted = noted_head(since)
    with session.ledger.store() as store:
        refuse_unknown(store, session.settings.plan)
        chain = verification.verify_since(store, noted)
    session.output.write(soundness.soundness_since_lines(chain, noted))
    if chain.fault:
        raise typer.Exit(int(ExitCode.VERIFICATION))


@command()
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="终端", help="bash、zsh、fish、powershell 或 pwsh")],
) -> None:
    """Print the script with which a shell completes the commands."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # Typer gives the name on and does not list it

    if shell not in SHELLS:
        raise Refusal(f"不认识 {shell}；可写：{'、'.join(SHELLS)}。")
    Session.of(ctx).output.write(
        get_completion_script(
            prog_name="planledger", complete_var="_PLANLEDGER_COMPLETE", shell=shell
        ).strip()
    )
