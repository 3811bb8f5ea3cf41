"""The list of what an archive holds, each file with its SHA-256, and whether it is still so.

The form is that of `sha256sum`, which checks it without this program.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import normalize

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\")


class Manifest(NamedTuple):
    """What a manifest says."""

    digests: dict[str, str]  # SHA-256 of each file by its path
    faults: tuple[str, ...]


class Findings(NamedTuple):
    """What is wrong with an archive."""

    altered: tuple[str, ...]
    lacking: tuple[str, ...]
    extra: tuple[str, ...]
    faults: tuple[str, ...]  # of the manifest or the way in which the archive is packed

    @property
    def is_sound(self) -> bool:
        """Whether the archive is what was built."""
        return not any(self)


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """Write a manifest, in the order of the paths."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest; a line that cannot be used is a fault, and no path leads outside of the archive."""
    faults: list[str] = []
    digests: dict[str, str] = {}
    names: set[str] = set()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Manifest({}, ("清单不是 UTF-8 文字，无法核对",))
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if not match:
            faults.append(f"清单第{number}行不成格式")
            continue
        path = composed(match[2])
        if _OUTSIDE.search(path):
            faults.append(f"清单第{number}行指向档案之外：{path}")
        elif path.casefold() in names:
            faults.append(f"清单第{number}行的名字重复：{path}")
        else:
            digests[path] = match[1]
            names.add(path.casefold())
    if not digests and not faults:
        faults.append("清单是空的")
    return Manifest(digests, tuple(faults))


def composed(path: str) -> str:
    """Return a path in one form of Unicode: some systems take a name apart when they copy it."""
    return normalize("NFC", path)


def compare_files(manifest: Manifest, present: Mapping[str, str], faults: Iterable[str] = ()) -> Findings:
    """Compare what is there with the manifest.

    Args:
        manifest: what was built.
        present: SHA-256 of each file that is there, by its path.
        faults: what is wrong with the way in which the archive is packed.
    """
    wanted = manifest.digests
    return Findings(
        altered=tuple(path for path in wanted if path in present and present[path] != wanted[path]),
        lacking=tuple(path for path in wanted if path not in present),
        extra=tuple(path for path in present if path not in wanted),
        faults=(*manifest.faults, *faults),
    )


def finding_lines(findings: Findings, count: int, seal: str) -> str:
    """Return what a user reads: every altered, lacking and extra file.

    Args:
        findings: what is wrong.
        count: how many files the manifest names.
        seal: SHA-256 of the manifest itself.
    """
    if findings.is_sound:
        return f"核对通过：{count} 个文件都与归档时一致，没有多出的。\n清单的 SHA-256 {seal}"
    lines = [f"  {fault}" for fault in findings.faults]
    for what, paths in (("改动过", findings.altered), ("缺少", findings.lacking), ("多出", findings.extra)):
        lines += [f"  {what}：{path}" for path in paths]
    return "\n".join(("核对未通过：这份档案与归档时不一致。", *lines, "请向交来的单位要原件重新核对。"))
