"""Looking into an archive that came from elsewhere: a folder or a zip archive, in which nothing is believed or followed."""

import os
import stat
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from planledger.cli.session.progress_bar import with_progress
from planledger.formats.archive.manifest import Findings, Manifest, compare_files, composed, read_manifest
from planledger.formats.archive.places import MANIFEST
from planledger.plan.refusal import Refusal
from planledger.store.errors import os_error_text
from planledger.store.files.foreign_zip import (
    BROKEN,
    METHODS,
    bounded,
    is_encrypted,
    name_read,
    part_name,
    unpacked_pieces,
)

LARGEST_MANIFEST = 16 << 20


def check_archive(place: Path) -> tuple[Findings, int, str]:
    """Hold an archive against its manifest: what was found, how many files are named, the manifest's SHA-256.

    Raises:
        Refusal: there is no archive.
    """
    manifest, seal = manifest_at(place)
    if place.name == MANIFEST:
        place = place.parent
    try:
        look = _in_folder if place.is_dir() else _in_zip
        present, faults = look(place, manifest.digests)
    except OSError as error:
        raise Refusal(f"{place} 读不了（{os_error_text(error)}）；请检查路径和权限。") from error
    except BROKEN as error:
        raise Refusal(
            f"{place} 不是归档（不是文件夹，也不是完好的压缩包）；请向交来的单位要原件。"
        ) from error
    return compare_files(manifest, present, faults), len(manifest.digests), seal


def manifest_at(place: Path) -> tuple[Manifest, str]:
    """Read a manifest: the file itself, or that of a folder or of a zip archive; and its SHA-256.

    Raises:
        Refusal: there is none.
    """
    try:
        data = _manifest_data(place)
    except (OSError, KeyError, *BROKEN) as error:
        cannot = isinstance(error, OSError) and not place.is_dir()
        why = os_error_text(error) if cannot and isinstance(error, OSError) else f"里面没有 {MANIFEST}"
        raise Refusal(f"{place} 不是归档（{why}）；请写归档的文件夹、压缩包或 {MANIFEST}。") from error
    return read_manifest(data), sha256(data).hexdigest()


def _manifest_data(place: Path) -> bytes:
    if place.is_dir():
        place = place / MANIFEST
    if not stat.S_ISREG(place.lstat().st_mode):  # a pipe would be waited for
        raise BadZipFile
    if is_zipfile(place):
        with ZipFile(place) as packed:
            part = packed.getinfo(_top(packed) + MANIFEST)
            return b"".join(unpacked_pieces(packed, part, LARGEST_MANIFEST))
    with place.open("rb") as file:
        return file.read(LARGEST_MANIFEST)


def _top(packed: ZipFile) -> str:
    """Say in which folder an archive was packed, as it was stored there; empty where it was packed without one."""
    found = [name.removesuffix(MANIFEST) for name in packed.namelist() if name.endswith(MANIFEST)]
    return found[0] if len(found) == 1 and found[0].count("/") == 1 and found[0].endswith("/") else ""


def _in_folder(folder: Path, wanted: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Read every file of a folder that is *wanted*; a link is told of and not followed."""
    present: dict[str, str] = {}
    faults: list[str] = []
    taken: set[str] = set()
    for path in with_progress("核对")(list(_below(folder, faults))):
        name = composed(path.relative_to(folder).as_posix())
        found = path.lstat()
        if name.casefold() in taken:
            faults.append(f"名字重复：{name}")
        taken.add(name.casefold())
        if not stat.S_ISREG(found.st_mode):
            faults.append(f"不是普通文件（链接、设备或管道）：{name}")
        elif name != MANIFEST:
            present[name] = _digest_of(path) if name in wanted else ""
    return present, faults


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(bounded(file, path.stat().st_size))


def _below(folder: Path, faults: list[str]) -> Iterator[Path]:
    """Walk a folder without following links; what cannot be looked into is told."""

    def closed(error: OSError) -> None:
        faults.append(f"看不了的文件夹：{Path(error.filename).relative_to(folder).as_posix()}")

    for at, folders, files in os.walk(folder, onerror=closed):
        yield from (Path(at) / name for name in sorted(files))
        yield from (Path(at) / name for name in sorted(folders) if (Path(at) / name).is_symlink())


def _in_zip(place: Path, wanted: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Read every file of a zip archive that is *wanted*, without unpacking it anywhere."""
    present: dict[str, str] = {}
    faults: list[str] = []
    with ZipFile(place) as packed:
        parts = [part for part in packed.infolist() if not _is_plain_folder(part)]
        top = composed(name_read(_top(packed), is_utf8=False))
        counts = Counter(composed(part_name(part)).casefold() for part in parts)
        faults += [f"名字重复：{name}" for name, count in counts.items() if count > 1]
        if sum(part.compress_size for part in parts) > place.stat().st_size:
            return present, [*faults, "压缩包的各部分互相重叠，不是正常的压缩包"]
        for part in with_progress("核对")(parts):
            name, fault = composed(part_name(part)).removeprefix(top), _fault(part)
            if fault:
                faults.append(f"{fault}：{name}")
                continue
            digest = _unpacked(packed, part) if name in wanted else "-"
            if not digest:
                faults.append(f"解不开：{name}")
            elif name != MANIFEST:
                present[name] = digest
    return present, faults


def _is_plain_folder(part: ZipInfo) -> bool:
    """Whether a part is nothing but the name of a folder inside the archive."""
    return part.is_dir() and not part.file_size and not _fault(part)


def _fault(part: ZipInfo) -> str:
    """Say what no archive of ours has."""
    name = part.filename
    if name.startswith(("/", "\\")) or ".." in Path(name.replace("\\", "/")).parts or ":" in name[:2]:
        return "指向档案之外"
    if stat.S_ISLNK(part.external_attr >> 16):
        return "是链接"
    if part.is_dir() and part.file_size:
        return "文件夹里藏有内容"
    if part.compress_type not in METHODS:
        return "压缩方法不认识"
    return "加了密" if is_encrypted(part) else ""


def _unpacked(packed: ZipFile, part: ZipInfo) -> str:
    try:
        return _digest(unpacked_pieces(packed, part))
    except (OSError, *BROKEN):
        return ""


def _digest(chunks: Iterable[bytes]) -> str:
    computed = sha256()
    for chunk in chunks:
        computed.update(chunk)
    return computed.hexdigest()
