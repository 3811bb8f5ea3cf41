"""How an archive reaches the disk: a folder that appears when it is whole, or a zip archive, or both."""

import shutil
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import compress

from planledger.cli.session.progress_bar import with_progress
from planledger.formats.archive import manifest
from planledger.formats.archive.binder import archive_files
from planledger.formats.archive.page import ArchiveFile
from planledger.formats.archive.places import MANIFEST, ArchiveContents
from planledger.plan.refusal import Refusal
from planledger.store.errors import StorageTrouble, os_error_text
from planledger.store.files.disk import new_file, place_file
from planledger.store.files.draft import Purpose, draft_beside
from planledger.store.files.vault import Damaged, FileState, Vault
from planledger.store.sqlite_file import is_there

if TYPE_CHECKING:
    from planledger.questions.answers.evidence import Evidence

Destroyed = Callable[[], dict[int, int]]
ENDING = ".zip"
_EARLIEST = "1980-01-01"  # before it no zip archive can say a day
_SAMPLES, _SAMPLE = 4, 16_384  # bytes
_WORTH_WHILE = 0.97  # of the size; packing less than that away takes minutes for nothing


class FileDestroyedMeanwhile(Refusal):
    """A file was destroyed while an archive was made that was to have it; asked again, the ledger says so."""


def write_archive(
    contents: ArchiveContents, vault: Vault, ledger: str, destroyed: Destroyed, folder: str, zipped: str
) -> str:
    """Write an archive; say what the SHA-256 of its manifest is.

    Args:
        contents: what it is made of.
        vault: where the files lie that belong into it.
        ledger: of which it is made, a path or an address.
        destroyed: says which entries took in what is destroyed by now, and by which entry it was.
        folder: a new folder; empty for none.
        zipped: a zip archive; empty for none.

    Raises:
        Refusal: something stands there already, or the name is that of something else.
        Overtaken: a file was destroyed meanwhile; nothing is written.
        Damaged: a file is not what was taken in; nothing is written.
        StorageTrouble: it cannot be written there.
    """
    if zipped and Path(zipped).suffix.lower() != ENDING:
        raise Refusal(f"--zip {zipped}：压缩包请以 {ENDING} 结尾。")
    if zipped and is_there(Path(zipped)):
        raise Refusal(f"已经有 {zipped}，没有覆盖；请移走它，或换一个名字。")
    if folder and is_there(Path(folder)):
        raise Refusal(f"已经有 {folder}，没有覆盖；归档写进新文件夹，请换一个名字。")
    if folder and zipped and Path(folder).resolve() == Path(zipped).resolve():
        raise Refusal("文件夹和压缩包不能同名；请换一个名字。")
    target = Path(folder or zipped)
    try:
        with draft_beside(target.resolve(), Purpose.ARCHIVE, ledger) as work:
            draft = work / "archive"
            draft.mkdir(mode=0o700)
            seal = _filled(contents, vault, destroyed, draft)
            if zipped:
                _zipped(draft, contents.archive.sheet.as_of, Path(zipped))
            if folder:
                draft.rename(target.resolve())  # an empty folder that somebody made meanwhile may give way
    except OSError as error:
        raise StorageTrouble(
            f"写不进 {target}（{os_error_text(error)}）；请检查路径、权限和磁盘空间。"
        ) from error
    return seal


def _filled(contents: ArchiveContents, vault: Vault, destroyed: Destroyed, draft: Path) -> str:
    """Write every file, and last the manifest; what is not what was taken in stops it, and every such file is named."""
    digests: dict[str, str] = {}
    bad: list[Evidence] = []
    for file in with_progress("归档")(list(archive_files(contents))):
        digests[file.path] = _written(file, vault, draft, bad)
    gone = destroyed()
    overtaken = [
        f"第{entry}号（由第{gone[entry]}号登记销毁）" for entry in contents.evidence if entry in gone
    ]
    if overtaken:
        raise FileDestroyedMeanwhile(
            f"注意：归档时{'、'.join(overtaken)}的文件刚被销毁，已照销毁以后的台账重新成册。"
        )
    if bad:
        names = "、".join(f"第{one.mark.entry}号（{one.row.item.code} {one.mark.subject}）" for one in bad)
        raise Damaged(
            f"{names}的文件不见了或与存入时不符，没有归档；请用原件补回（planledger evidence repair 原件），或冲正后再归档。"
        )
    listed = manifest.manifest_text(digests)
    _new(draft / MANIFEST, listed)
    return sha256(listed).hexdigest()


def _written(file: ArchiveFile, vault: Vault, draft: Path, bad: list["Evidence"]) -> str:
    """Write one file, and note it where its bytes are not what was taken in; say its SHA-256."""
    path = draft / file.path
    for folder in (*path.relative_to(draft).parents,)[-2::-1]:  # from the top; each is for its owner alone
        (draft / folder).mkdir(mode=0o700, exist_ok=True)
    if file.evidence is None:
        _new(path, file.data)
        return sha256(file.data).hexdigest()
    with new_file(path) as out:
        if vault.copy(file.evidence.sha256, out) != FileState.WHOLE:
            bad.append(file.evidence)
    return file.evidence.sha256


def _new(path: Path, data: bytes) -> None:
    with new_file(path) as out:
        out.write(data)


def _zipped(draft: Path, as_of: str, target: Path) -> None:
    """Pack the finished folder into a file that appears when it is whole, and over nothing."""
    try:
        with place_file(target.resolve(), draft.parent) as out:
            pack_folder(draft, as_of, out)
    except FileExistsError:
        raise Refusal(f"已经有 {target}，没有覆盖；请移走它，或换一个名字。") from None


def pack_folder(draft: Path, as_of: str, out: IO[bytes]) -> None:
    """Pack a folder: the same files give the same bytes, and every name is marked as UTF-8."""
    year, month, day = (int(part) for part in max(as_of, _EARLIEST).split("-"))
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for path in with_progress("压缩")(_files_in(draft)):
            info = ZipInfo(path.relative_to(draft).as_posix(), (year, month, day, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            info.file_size = path.stat().st_size  # more than 4 GB need to be known before
            with path.open("rb") as file:
                info.compress_type = ZIP_DEFLATED if _shrinks(file, info.file_size) else ZIP_STORED
                with packed.open(info, "w") as entry:
                    shutil.copyfileobj(file, entry, 1 << 20)


def _shrinks(file: IO[bytes], size: int) -> bool:
    """Whether packing makes a file smaller, by four samples of it: most evidence is pictures, which are packed already."""
    samples = []
    for place in range(0, size, max(size // _SAMPLES, _SAMPLE)):
        file.seek(place)
        samples.append(file.read(_SAMPLE))
    file.seek(0)
    sampled = b"".join(samples)
    return len(compress(sampled, 1)) < _WORTH_WHILE * len(sampled)


def _files_in(folder: Path) -> Sequence[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
