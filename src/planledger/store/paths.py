"""Where things lie: the ledger in the user's data folder, the plan file in the package or the checkout."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from planledger.plan.refusal import Refusal

LEDGER = "ledger.db"
BUILT_IN_PLAN = "plan_2019.yaml"


def default_ledger(environ: Mapping[str, str] = os.environ) -> Path:
    """The path of the user's ledger when no other is named.

    Raises:
        Refusal: the user has no home; nothing is put into a folder that is called `~`.
    """
    is_windows = sys.platform == "win32"
    variable, folder = (
        ("LOCALAPPDATA", "~/AppData/Local") if is_windows else ("XDG_DATA_HOME", "~/.local/share")
    )
    base = environ.get(variable) or os.path.expanduser(folder)  # noqa: PTH111  (Path raises where there is no home)
    if base.startswith("~"):
        raise Refusal(
            "找不到您的主目录，不知道台账放在哪里；请用 --ledger 写明台账文件，或设环境变量 PLANLEDGER_LEDGER。"
        )
    return Path(base) / "planledger" / LEDGER


def file_uri(path: Path | str, mode: str) -> str:
    """The URI by which SQLite opens a file, whatever characters are in its name; a text is such a URI already."""
    if isinstance(path, str):
        return path
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def files_beside(ledger: str | Path) -> Path:
    """The folder of a ledger's files; of a link, that of the ledger it leads to."""
    return Path(f"{os.path.realpath(ledger)}.files")


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
