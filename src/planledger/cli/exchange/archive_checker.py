"""Checking an archive that came from elsewhere, a folder or a zip archive: nothing in it is trusted, no link is followed."""

import os
import stat
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from planledger.cli.session.output_file import with_progress
from planledger.formats.archive import manifest
from planledger.plan.refusal import Refusal
from planledger.store.errors import os_error_text, translate_os_errors
from planledger.store.files import foreign_zip

LARGEST_MANIFEST = 16 << 20


def check_archive(place: Path) -> tuple[manifest.Findings, int, str]:
    """Compare an archive with its manifest; return the findings, the number of files in the manifest, and its SHA-256.

    Raises:
        Refusal: there is no archive, or it cannot be read.
    """
    listed, seal = manifest_at(place)
    if place.name == manifest.MANIFEST:
        place = place.parent
    try:
        with translate_os_errors(f"{place} 读不了", "请检查路径和权限。", Refusal):
            read = _read_folder if place.is_dir() else _read_zip
            present, faults = read(place, listed.digests)
    except foreign_zip.BROKEN as error:
        raise Refusal(
            f"{place} 不是归档（不是文件夹，也不是完好的压缩包）；请向交来的单位要原件。"
        ) from error
    return manifest.compare_files(listed, present, faults), len(listed.digests), seal


def manifest_at(place: Path) -> tuple[manifest.Manifest, str]:
    """Return the manifest at *place* (the file itself, its folder, or a zip archive), and its SHA-256.

    Raises:
        Refusal: there is none.
    """
    try:
        data = _manifest_data(place)
    except (OSError, KeyError, *foreign_zip.BROKEN) as error:
        why = f"里面没有 {manifest.MANIFEST}"
        if isinstance(error, OSError) and not place.is_dir():
            why = os_error_text(error)
        raise Refusal(
            f"{place} 不是归档（{why}）；请写归档的文件夹、压缩包或 {manifest.MANIFEST}。"
        ) from error
    return manifest.read_manifest(data), sha256(data).hexdigest()


def _manifest_data(place: Path) -> bytes:
    if place.is_dir():
        place = place / manifest.MANIFEST
    if not stat.S_ISREG(place.lstat().st_mode):  # reading a pipe would wait for its writer
        raise BadZipFile
    if is_zipfile(place):
        with ZipFile(place) as archive:
            part = archive.getinfo(_top_folder(archive) + manifest.MANIFEST)
            return b"".join(foreign_zip.unpacked_pieces(archive, part, LARGEST_MANIFEST))
    with place.open("rb") as file:
        return file.read(LARGEST_MANIFEST)


def _top_folder(archive: ZipFile) -> str:
    """Return the one folder in which an archive has everything, as its name is stored, with the `/` behind it; empty for none."""
    folders = [
        name.removesuffix(manifest.MANIFEST)
        for name in archive.namelist()
        if name.endswith(manifest.MANIFEST)
    ]
    return folders[0] if len(folders) == 1 and folders[0].count("/") == 1 and folders[0].endswith("/") else ""


def _read_folder(folder: Path, wanted: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Return the files of a folder, each with the SHA-256 of the *wanted* ones, and the faults; a link is a fault."""
    present: dict[str, str] = {}
    faults: list[str] = []
    names: set[str] = set()
    for path in with_progress("核对")(list(_paths_below(folder, faults))):
        name = manifest.composed(path.relative_to(folder).as_posix())
        status = path.lstat()
        if name.casefold() in names:
            faults.append(f"名字重复：{name}")
        names.add(name.casefold())
        if not stat.S_ISREG(status.st_mode):
            faults.append(f"不是普通文件（链接、设备或管道）：{name}")
        elif name != manifest.MANIFEST:
            present[name] = _digest_of(path) if name in wanted else ""
    return present, faults


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(foreign_zip.bounded(file, path.stat().st_size))


def _paths_below(folder: Path, faults: list[str]) -> Iterator[Path]:
    """Yield the files and links below a folder; a folder that cannot be read is added to *faults*."""

    def add_fault(error: OSError) -> None:
        faults.append(f"看不了的文件夹：{Path(error.filename).relative_to(folder).as_posix()}")

    for at, folders, files in os.walk(folder, onerror=add_fault):
        yield from (Path(at) / name for name in sorted(files))
        yield from (Path(at) / name for name in sorted(folders) if (Path(at) / name).is_symlink())


def _read_zip(place: Path, wanted: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Return the files of a zip archive as :func:`_read_folder` does; nothing is unpacked to the disk."""
    present: dict[str, str] = {}
    faults: list[str] = []
    with ZipFile(place) as archive:
        # a folder's own name is no file
        parts = [part for part in archive.infolist() if not part.is_dir() or part.file_size or _fault(part)]
        top = manifest.composed(foreign_zip.decode_name(_top_folder(archive), is_utf8=False))
        counts = Counter(manifest.composed(foreign_zip.part_name(part)).casefold() for part in parts)
        faults += [f"名字重复：{name}" for name, count in counts.items() if count > 1]
        if sum(part.compress_size for part in parts) > place.stat().st_size:
            return present, [*faults, "压缩包的各部分互相重叠，不是正常的压缩包"]
        for part in with_progress("核对")(parts):
            name, fault = manifest.composed(foreign_zip.part_name(part)).removeprefix(top), _fault(part)
            if fault:
                faults.append(f"{fault}：{name}")
                continue
            digest = _unpacked_digest(archive, part) if name in wanted else "-"
            if not digest:
                faults.append(f"解不开：{name}")
            elif name != manifest.MANIFEST:
                present[name] = digest
    return present, faults


def _fault(part: ZipInfo) -> str:
    """Return what is wrong with a part, of the things that no archive of this program has; empty for nothing."""
    name = part.filename
    if name.startswith(("/", "\\")) or ".." in Path(name.replace("\\", "/")).parts or ":" in name[:2]:
        return "指向档案之外"
    if stat.S_ISLNK(part.external_attr >> 16):
        return "是链接"
    if part.is_dir() and part.file_size:
        return "文件夹里藏有内容"
    if part.compress_type not in foreign_zip.METHODS:
        return "压缩方法不认识"
    return "加了密" if foreign_zip.is_encrypted(part) else ""


def _unpacked_digest(archive: ZipFile, part: ZipInfo) -> str:
    try:
        return _digest(foreign_zip.unpacked_pieces(archive, part))
    except (OSError, *foreign_zip.BROKEN):
        return ""


def _digest(pieces: Iterable[bytes]) -> str:
    computed = sha256()
    for piece in pieces:
        computed.update(piece)
    return computed.hexdigest()
