"""`archive build` writes the archive for an inspection (归档), `archive verify` checks one against its manifest."""

from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.exchange.archive_checker import check_archive, manifest_at
from planledger.cli.exchange.archive_writer import FileDestroyedMeanwhile, write_archive
from planledger.cli.framework.lazy_group import ABOUT, FULL, command
from planledger.cli.session.output import note
from planledger.cli.session.session import Session
from planledger.formats.archive.binder import delivery_lines
from planledger.formats.archive.manifest import ArchiveContents, ArchiveExtent, extent_in, finding_lines
from planledger.formats.text.display import safe
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.answers import archive as questions
from planledger.questions.answers.evidence import destructions
from planledger.store.files.vault import Vault


class NotThatArchive(Refusal):
    """An archive is not one of this ledger, or the ledger is not what it was."""

    exit_code = ExitCode.VERIFICATION


@command(*ABOUT, FULL)
def build(
    ctx: typer.Context,
    folder: Annotated[
        str, typer.Argument(metavar="文件夹", help="写到哪个新文件夹；只要压缩包的不用写")
    ] = "",
    zip_: Annotated[str, typer.Option("--zip", metavar="文件", help="另打成一个压缩包，以 .zip 结尾")] = "",
    since: Annotated[
        str, typer.Option(metavar="清单", help="补充归档：前次归档的 MANIFEST.sha256 或它的文件夹")
    ] = "",
) -> None:
    """Build the archive for inspection."""
    if not (folder or zip_):
        raise Refusal("请写明归档到哪里：planledger archive build 归档资料，或 --zip 归档资料.zip。")
    session = Session.of(ctx)
    seal = ""
    while not seal:  # it ends: each round knows of one more destroyed file
        answer, vault, ledger = _answer(session)
        contents = ArchiveContents(answer, *(_earlier(since, answer) if since else ()))
        try:
            seal = write_archive(contents, vault, ledger, lambda: _destroyed(session), folder, zip_)
        except FileDestroyedMeanwhile as refusal:
            note(str(refusal))
    session.output.write_folded(delivery_lines(contents, "、".join(filter(None, (folder, zip_))), seal))
    session.output.note_which()


def _answer(session: Session) -> tuple[questions.Archive, Vault, str]:
    """Return what goes into the archive, the vault of its files, and the ledger's path or address.

    With `--known-at` alone the day of that moment is the day of the question.
    """
    if session.settings.known_at and not session.settings.as_of:
        session.settings.as_of = min(session.settings.moment()[:10], session.settings.day())
    with session.ledger.reading() as (store, plan):
        if not session.ledger.has_ledger:
            raise Refusal("还没有台账，没有可归档的内容；先登记，或用 --ledger 写明台账。")
        if session.settings.day() > session.settings.now()[:10]:
            raise Refusal(f"--as-of {session.settings.day()} 还没有到；归档只能到今天为止。")
        answer = questions.archive(
            store, plan, session.settings.day(), session.settings.moment(), is_full=session.settings.is_full
        )
        return answer, Vault(store.files), store.path


def _destroyed(session: Session) -> dict[int, int]:
    """Return the entries whose files are destroyed by now, each with the entry that destroyed its file."""
    with session.ledger.reading() as (store, _):
        return destructions(store)


def _earlier(since: str, answer: questions.Archive) -> tuple[ArchiveExtent, str]:
    """Return up to which entry an earlier archive of this ledger went, and the SHA-256 of its manifest."""
    manifest, digest = manifest_at(Path(since))
    extent = extent_in(manifest.digests)
    if extent is None:
        raise Refusal(f"{since} 不是归档清单：里面没有链首；请写前次归档的 MANIFEST.sha256。")
    if not answer.daybook.seals.get(extent.number, "").startswith(extent.seal):
        raise NotThatArchive(
            f"{since} 的链首 {extent.number}:{extent.seal} 与本台账不符：不是这个台账或这个方案的归档，或台账被改动过；请运行 planledger verify 核对。"
        )
    if all(map(extent.holds, answer.daybook.history.entries)):
        raise Refusal(f"前次归档（到第{extent.number}号记录）以后没有新的记录，不需要补充归档。")
    return extent, digest


@command()
def verify(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(metavar="归档", help="归档的文件夹，或 .zip 压缩包")],
) -> None:
    """Check an archive against its manifest; no ledger is needed."""
    findings, count, seal = check_archive(Path(place))
    Session.of(ctx).output.write("\n".join(map(safe, finding_lines(findings, count, seal).split("\n"))))
    if not findings.is_sound:
        raise typer.Exit(int(ExitCode.VERIFICATION))
