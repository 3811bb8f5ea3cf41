"""Where things lie, and how a file of SQLite begins and is connected to."""

import os
import re
import sqlite3
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

from planledger.plan.refusal import Refusal
from planledger.store import database
from planledger.store.errors import translate_os_errors

LEDGER = "ledger.db"
SETTINGS = "config.toml"
BUILT_IN_PLAN = "plan_2019.yaml"


def default_ledger() -> Path:
    """The path of the user's ledger when no other is named.

    Raises:
        Refusal: the user has no home; nothing is put into a folder that is called `~`.
    """
    folder = _user_folder("XDG_DATA_HOME", "~/.local/share")
    if folder is None:
        raise Refusal(
            "找不到您的主目录，不知道台账放在哪里；请用 --ledger 写明台账文件，或设环境变量 PLANLEDGER_LEDGER。"
        )
    return folder / LEDGER


def settings_file() -> Path | None:
    """The path of the file in which the user's settings stay; None where the user has no home."""
    folder = _user_folder("XDG_CONFIG_HOME", "~/.config")
    return folder and folder / SETTINGS


def _user_folder(variable: str, usual: str) -> Path | None:
    """The folder that is ours among those of a user; Windows has one for data and settings alike.

    A variable that names no whole path counts for nothing: it would be another ledger in every folder.
    """
    if sys.platform == "win32":
        variable, usual = "LOCALAPPDATA", "~/AppData/Local"
    base = os.environ.get(variable, "")
    if not Path(base).is_absolute():
        base = os.path.expanduser(usual)  # noqa: PTH111  (Path raises where there is no home)
    return None if base.startswith("~") else Path(base) / "planledger"


def file_uri(path: Path | str, mode: str) -> str:
    """The URI by which SQLite opens a file, whatever characters are in its name; a text is such a URI already."""
    if isinstance(path, str):
        return path
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def files_beside(ledger: str | Path) -> Path:
    """The folder of a ledger's files; of a link, that of the ledger it leads to."""
    return Path(f"{os.path.realpath(ledger)}.files")


def backups_beside(ledger: Path) -> Path:
    """The folder next to a ledger for its backups."""
    return ledger.with_name(f"{ledger.name}.backups")


def built_in_plan() -> Path:
    """The plan that comes with the program: in an installed wheel, else in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "data" / BUILT_IN_PLAN
    return installed if installed.is_file() else package.parents[1] / "data" / BUILT_IN_PLAN


def earlier_plans() -> list[Path]:
    """The versions of that plan with which earlier programs came."""
    return sorted((built_in_plan().parent / "earlier").glob("*.yaml"))


def is_nearly_an_address(ledger: str) -> bool:
    """Whether a path would be an address if something were not mistyped in it: //, a colon, or all before the user."""
    return bool(re.search(r"(?i)^\s*postgres(ql)?\s*[:：/\\／]|^[^/\\]+[:：;][^/\\]*[@＠]", ledger))


APPLICATION_ID = 0x504C4447  # "PLDG" at offset 68 of the file
READING = ("trusted_schema=OFF", "cell_size_check=ON")
WRITING = (*READING, "foreign_keys=ON", "synchronous=EXTRA", "recursive_triggers=ON")
HEAD = 100  # bytes of its header, which shows what a file is
MAGIC = b"SQLite format 3\x00"


def read_header(path: Path) -> bytes:
    """The header of a file of SQLite, or as much as a file has of it.

    Only before a connection exists: closing any handle on a database file drops the locks that the same process
    holds through SQLite.
    """
    with path.open("rb") as file:
        return file.read(HEAD)


def application_of(header: bytes) -> int:
    """The number of the program that a file of SQLite belongs to."""
    return int.from_bytes(header[68:72], "big")


def is_ledger(path: Path) -> bool:
    """Whether what stands at *path* begins as a ledger of ours does; no other ledger may be open in this process."""
    try:
        header = read_header(path) if path.is_file() else b""
    except OSError:
        return False
    return header.startswith(MAGIC) and application_of(header) == APPLICATION_ID


def journal_files(path: Path, part: str) -> Path:
    """The file that SQLite keeps next to a ledger; of a link, next to the file that it leads to."""
    real = path.resolve() if path.is_symlink() else path
    return real.with_name(f"{real.name}-{part}")


def is_there(path: Path) -> bool:
    """Whether a file stands at *path*.

    Raises:
        StorageTrouble: its folder cannot be read.
    """
    with translate_opening(path):
        return path.exists()


def is_taken(path: Path) -> bool:
    """Whether anything bears the name *path*, also a link that leads nowhere.

    Raises:
        StorageTrouble: its folder cannot be read.
    """
    return is_there(path) or path.is_symlink()


def translate_opening(path: Path) -> AbstractContextManager[None]:
    """Turn an error of the disk into the refusal of a ledger that cannot be opened."""
    return translate_os_errors(f"台账 {path} 打不开", "请检查路径和权限。")


def connect(uri: str, pragmas: tuple[str, ...] = WRITING) -> sqlite3.Connection:
    """Connect with the settings that keep a ledger whole: waiting writers, full syncs, foreign keys."""
    connection = sqlite3.connect(
        uri, uri=True, timeout=database.BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection
