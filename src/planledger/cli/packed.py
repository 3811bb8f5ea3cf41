"""Looking into an archive that came from elsewhere: a folder or a zip archive, in which nothing is believed or followed."""

import os
import stat
import zlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from planledger.cli.waiting import watched
from planledger.papers.archive.manifest import Findings, Manifest, compared, composed, read
from planledger.papers.archive.places import MANIFEST
from planledger.plan.refusal import Refusal
from planledger.store.trouble import meaning

CHUNK = 1 << 20
LARGEST_MANIFEST = 16 << 20
MOST_RATIO = 1100
BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)  # what zipfile raises
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def checked(place: Path) -> tuple[Findings, int, str]:
    """Hold an archive against its manifest: what was found, how many files are named, the manifest's SHA-256.

    Raises:
        Refusal: there is no archive.
    """
    manifest, seal = manifest_at(place)
    try:
        look = _in_folder if place.is_dir() else _in_zip
        present, faults = look(place, manifest.digests)
    except OSError as error:
        raise Refusal(f"{place} 读不了（{meaning(error)}）；请检查路径和权限。") from error
    except BROKEN as error:
        raise Refusal(
            f"{place} 不是归档（不是文件夹，也不是完好的压缩包）；请向交来的单位要原件。"
        ) from error
    return compared(manifest, present, faults), len(manifest.digests), seal


def manifest_at(place: Path) -> tuple[Manifest, str]:
    """Read a manifest: the file itself, or that of a folder or of a zip archive; and its SHA-256.

    Raises:
        Refusal: there is none.
    """
    try:
        data = _manifest_data(place)
    except (OSError, KeyError, *BROKEN) as error:
        why = meaning(error) if isinstance(error, OSError) else "里面没有清单"
        raise Refusal(f"{place} 不是归档（{why}）；请写归档的文件夹、压缩包或 {MANIFEST}。") from error
    return read(data), sha256(data).hexdigest()


def _manifest_data(place: Path) -> bytes:
    if place.is_dir():
        place = place / MANIFEST
    elif is_zipfile(place):
        with ZipFile(place) as packed, packed.open(MANIFEST) as file:
            return file.read(LARGEST_MANIFEST)
    with place.open("rb") as file:
        return file.read(LARGEST_MANIFEST)


def _in_folder(folder: Path, wanted: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Read every file of a folder that is *wanted*; a link is told of and not followed."""
    present: dict[str, str] = {}
    faults: list[str] = []
    for path in watched("核对")(list(_below(folder))):
        name = composed(path.relative_to(folder).as_posix())
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            faults.append(f"不是普通文件（链接、设备或管道）：{name}")
        elif name != MANIFEST:
            present[name] = _digest_of(path) if name in wanted else ""
    return present, faults


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(_bounded(file, path.stat().st_size))


def _below(folder: Path) -> Iterator[Path]:
    """Walk a folder without following links."""
    for at, folders, files in os.walk(folder):
        yield from (Path(at) / name for name in sorted(files))
        yield from (Path(at) / name for name in sorted(folders) if (Path(at) / name).is_symlink())


def _in_zip(place: Path, wanted: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Read every file of a zip archive that is *wanted*, without unpacking it anywhere."""
    present: dict[str, str] = {}
    faults: list[str] = []
    with ZipFile(place) as packed:
        parts = [part for part in packed.infolist() if not part.is_dir()]
        counts = Counter(_name(part).casefold() for part in parts)
        faults += [f"名字重复：{name}" for name, count in counts.items() if count > 1]
        if sum(part.compress_size for part in parts) > place.stat().st_size:
            return present, [*faults, "压缩包的各部分互相重叠，不是正常的压缩包"]
        for part in watched("核对")(parts):
            name, fault = _name(part), _fault(part)
            if fault:
                faults.append(f"{fault}：{name}")
                continue
            digest = _unpacked(packed, part) if name in wanted else "-"
            if not digest:
                faults.append(f"解不开：{name}")
            elif name != MANIFEST:
                present[name] = digest
    return present, faults


def _name(part: ZipInfo) -> str:
    """Read the name of a part; programs on Chinese Windows write it in GBK and do not say so."""
    if part.flag_bits & _UTF8_NAME:
        return composed(part.filename)
    try:
        return composed(part.filename.encode("cp437").decode("gbk"))
    except UnicodeError:
        return composed(part.filename)


def _fault(part: ZipInfo) -> str:
    """Say what no archive of ours has."""
    name = part.filename
    if name.startswith(("/", "\\")) or ".." in Path(name.replace("\\", "/")).parts or ":" in name[:2]:
        return "指向档案之外"
    if stat.S_ISLNK(part.external_attr >> 16):
        return "是链接"
    return "加了密" if part.flag_bits & _ENCRYPTED else ""


def _unpacked(packed: ZipFile, part: ZipInfo) -> str:
    if part.file_size > MOST_RATIO * part.compress_size + CHUNK:  # no packing gives so much
        return ""
    try:
        with packed.open(part) as file:
            return _digest(_bounded(file, part.file_size))
    except (OSError, *BROKEN):
        return ""


def _bounded(file: IO[bytes], size: int) -> Iterator[bytes]:
    """Read as much as a part says that it holds, and not more."""
    left = size
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _digest(chunks: Iterable[bytes]) -> str:
    computed = sha256()
    for chunk in chunks:
        computed.update(chunk)
    return computed.hexdigest()
