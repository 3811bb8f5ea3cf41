"""Where the files of a chain lie in its folder: each in a folder named by the first two digits of its SHA-256.

A ledger may be made up, and a folder come with it: nothing in it, and no link, leads out of the folder.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from planledger.store.database import DIGEST, NAME, is_hex
from planledger.store.errors import Forged


def place_in(folder: Path, digest: str) -> Path:
    """The path of a file.

    Raises:
        Forged: what names it is no SHA-256, and might lead out of the folder.
    """
    if not is_hex(digest, DIGEST):
        raise Forged(
            "台账里有文件的摘要不是 64 位十六进制数，不是程序所写；请勿再登记，运行 planledger verify 核对。"
        )
    return folder / digest[:2] / digest


def is_plain(folder: Path) -> bool:
    """Whether no link stands on the way to a folder; it need not be there."""
    return os.path.realpath(folder) == os.path.abspath(folder)  # noqa: PTH100  (links must stay in it)


def stored(folder: Path) -> Iterator[Path]:
    """Every file that one chain keeps; what is a link, or lies behind one, does not count."""
    for below in folder.glob("??"):
        if is_plain(below) and below.is_dir():
            yield from (
                path for path in below.iterdir() if is_hex(path.name, DIGEST) and not path.is_symlink()
            )


def stored_in(folder: Path) -> list[Path]:
    """Every file under the folder of a ledger, of whichever chain."""
    of_others = (path for path in folder.glob("?" * NAME) if is_hex(path.name, NAME))
    return sorted(path for one in (folder, *of_others) for path in stored(one))
