"""The archive at the command line, and how it is written: a folder or a zip archive that appears when it is whole."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import IO, Annotated, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import compress

from planledger.cli.exchange.archive_checker import check_archive, manifest_at
from planledger.cli.framework.parameters import ABOUT, FULL, argument, command, option
from planledger.cli.session.output import note
from planledger.cli.session.output_file import ending_of, with_progress
from planledger.cli.session.session import Session
from planledger.formats.archive import manifest
from planledger.formats.archive.binder import archive_files, delivery_lines
from planledger.formats.archive.page import ArchiveFile
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.answers import archive as questions
from planledger.questions.answers.evidence import Evidence, destructions
from planledger.store.errors import Unsound, translate_writing
from planledger.store.files.disk import make_folder, new_file, place_file
from planledger.store.files.draft import Purpose, make_draft
from planledger.store.files.vault import FileState, Vault
from planledger.store.paths import is_taken

ENDING = ".zip"
_EARLIEST = "1980-01-01"  # the first day that a zip archive can name
_SAMPLES, _SAMPLE = 4, 16_384  # bytes
_WORTH_WHILE = 0.97  # of the size; to save less than the rest is not worth minutes


class ArchiveSource(NamedTuple):
    """Where the files of evidence of an archive come from."""

    vault: Vault
    ledger: str  # its path or address
    destroyed: Callable[[], dict[int, int]]
    """Returns the entries whose files are destroyed by now, each with the entry that destroyed its file."""


class FileDestroyedMeanwhile(Refusal):
    """A file that belongs into the archive was destroyed while it was written; the ledger knows it when asked again."""


def write_archive(contents: manifest.ArchiveContents, source: ArchiveSource, folder: str, zipped: str) -> str:
    """Write an archive and return the SHA-256 of its manifest.

    Args:
        contents: its sheets and files with their places.
        source: holds the bytes of the files.
        folder: a new folder; empty for none.
        zipped: a zip archive; empty for none.

    Raises:
        Refusal: something stands there already, or the zip archive's name has another ending.
        FileDestroyedMeanwhile: a file was destroyed meanwhile; nothing is written.
        Unsound: a file is not the one that was stored; nothing is written.
        StorageTrouble: the archive cannot be written there.
    """
    _refuse_names(folder, zipped)
    target = Path(folder or zipped)
    with translate_writing(target), make_draft(target.resolve(), Purpose.ARCHIVE, source.ledger) as work:
        draft = work / "archive"
        draft.mkdir(mode=0o700)
        seal = _write_files(contents, source, draft)
        if zipped:
            _zip(draft, contents.archive.sheet.as_of, Path(zipped))
        if folder:  # over an empty folder that was made meanwhile, over nothing else
            draft.rename(target.resolve())
    return seal


def _refuse_names(folder: str, zipped: str) -> None:
    if zipped and ending_of(zipped) != ENDING:
        raise Refusal(f"--zip {zipped}：压缩包请以 {ENDING} 结尾。")
    if zipped and is_taken(Path(zipped)):
        raise Refusal(f"已经有 {zipped}，没有覆盖；请移走它，或换一个名字。")
    if folder and is_taken(Path(folder)):
        raise Refusal(f"已经有 {folder}，没有覆盖；归档写进新文件夹，请换一个名字。")
    if folder and zipped and Path(folder).resolve() == Path(zipped).resolve():
        raise Refusal("文件夹和压缩包不能同名；请换一个名字。")


def _write_files(contents: manifest.ArchiveContents, source: ArchiveSource, draft: Path) -> str:
    """Write every file, last the manifest, and return its SHA-256; all files that are not the stored ones are named."""
    digests: dict[str, str] = {}
    bad: list[Evidence] = []
    for file in with_progress("归档")(list(archive_files(contents))):
        digests[file.path] = _write_file(file, source.vault, draft, bad)
    gone = source.destroyed()
    missed = [f"第{entry}号（由第{gone[entry]}号登记销毁）" for entry in contents.evidence if entry in gone]
    if missed:
        raise FileDestroyedMeanwhile(
            f"注意：归档时{'、'.join(missed)}的文件刚被销毁，已照销毁以后的台账重新成册。"
        )
    if bad:
        names = "、".join(f"第{one.mark.entry}号（{one.row.item.code} {one.mark.subject}）" for one in bad)
        raise Unsound(
            f"{names}的文件不见了或与存入时不符，没有归档；请用原件补回（planledger evidence repair 原件），或冲正后再归档。"
        )
    text = manifest.manifest_text(digests)
    with new_file(draft / manifest.MANIFEST) as out:
        out.write(text)
    return sha256(text).hexdigest()


def _write_file(file: ArchiveFile, vault: Vault, draft: Path, bad: list[Evidence]) -> str:
    """Write one file and return its SHA-256; evidence whose bytes are not the stored ones is added to *bad*."""
    path = draft / file.path
    make_folder(path.parent)
    with new_file(path) as out:
        if file.evidence is None:
            out.write(file.data)
            return sha256(file.data).hexdigest()
        if vault.copy(file.evidence.sha256, out) != FileState.WHOLE:
            bad.append(file.evidence)
    return file.evidence.sha256


def _zip(draft: Path, as_of: str, target: Path) -> None:
    """Pack the finished folder into a file that appears when it is whole, and over no other."""
    try:
        with place_file(target.resolve(), draft.parent) as out:
            pack_folder(draft, as_of, out)
    except FileExistsError:
        raise Refusal(f"已经有 {target}，没有覆盖；请移走它，或换一个名字。") from None


def pack_folder(draft: Path, as_of: str, out: IO[bytes]) -> None:
    """Pack a folder; the same files give the same bytes, and every name is marked as UTF-8."""
    files = sorted(path for path in draft.rglob("*") if path.is_file())
    year, month, day = (int(part) for part in max(as_of, _EARLIEST).split("-"))
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path in with_progress("压缩")(files):
            info = ZipInfo(path.relative_to(draft).as_posix(), (year, month, day, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            info.file_size = path.stat().st_size  # zipfile must know before that it is more than 4 GB
            with path.open("rb") as file:
                info.compress_type = ZIP_DEFLATED if _shrinks(file, info.file_size) else ZIP_STORED
                with archive.open(info, "w") as part:
                    shutil.copyfileobj(file, part, 1 << 20)


def _shrinks(file: IO[bytes], size: int) -> bool:
    """Whether four samples of a file get smaller: most evidence is pictures, which are compressed already."""
    samples = []
    for place in range(0, size, max(size // _SAMPLES, _SAMPLE)):
        file.seek(place)
        samples.append(file.read(_SAMPLE))
    file.seek(0)
    sampled = b"".join(samples)
    return len(compress(sampled, 1)) < _WORTH_WHILE * len(sampled)


class NotThatArchive(Refusal):
    """An archive is not one of this ledger, or the ledger is not what it was."""

    exit_code = ExitCode.VERIFICATION


@command(*ABOUT, FULL)
def build(
    session: Session,
    folder: Annotated[str, argument("文件夹", "写到哪个新文件夹；只要压缩包的不用写")] = "",
    zip_: Annotated[str, option("文件", "另打成一个压缩包，以 .zip 结尾", "--zip")] = "",
    since: Annotated[str, option("清单", "补充归档：前次归档的 MANIFEST.sha256 或它的文件夹")] = "",
) -> None:
    """Build the archive for inspection."""
    if not (folder or zip_):
        raise Refusal("请写明归档到哪里：planledger archive build 归档资料，或 --zip 归档资料.zip。")
    seal = ""
    while not seal:  # it ends: each round knows of one more destroyed file
        answer, source = _answer(session)
        contents = manifest.ArchiveContents(answer, *(_earlier(since, answer) if since else ()))
        try:
            seal = write_archive(contents, source, folder, zip_)
        except FileDestroyedMeanwhile as refusal:
            note(str(refusal))
    session.output.write_folded(delivery_lines(contents, "、".join(filter(None, (folder, zip_))), seal))
    session.output.note_which()


def _answer(session: Session) -> tuple[questions.Archive, ArchiveSource]:
    """Return what goes into the archive, and where its files come from.

    With `--known-at` alone the day of that moment is the day of the question.
    """
    if session.settings.known_at and not session.settings.as_of:
        session.settings.as_of = min(session.settings.moment()[:10], session.settings.day())
    with session.ledger.reading() as ledger:
        if not session.ledger.has_ledger:
            raise Refusal("还没有台账，没有可归档的内容；先登记，或用 --ledger 写明台账。")
        if ledger.as_of > session.settings.now()[:10]:
            raise Refusal(f"--as-of {ledger.as_of} 还没有到；归档只能到今天为止。")
        answer = questions.archive(ledger, is_full=session.settings.is_full)
        source = Vault(ledger.store.files), ledger.store.path
    return answer, ArchiveSource(*source, lambda: session.ledger.ask(lambda now: destructions(now.store)))


def _earlier(since: str, answer: questions.Archive) -> tuple[manifest.ArchiveExtent, str]:
    """Return up to which entry an earlier archive of this ledger went, and the SHA-256 of its manifest."""
    listed, digest = manifest_at(Path(since))
    extent = manifest.extent_in(listed.digests)
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
    session: Session, place: Annotated[str, argument("归档", "归档的文件夹，或 .zip 压缩包")]
) -> ExitCode:
    """Check an archive against its manifest; no ledger is needed."""
    findings, count, seal = check_archive(Path(place))
    session.output.sum_up(*manifest.finding_lines(findings, count, seal).split("\n"))
    return ExitCode.DONE if findings.is_sound else ExitCode.VERIFICATION
