"""Console blocks of the documents, run as real processes: a document shows what the program says today.

A block starts with ```` ```console ````; each of its lines `$ planledger …` is run, in order, in one fresh home for
each document. `<!-- today: 2019-11-20 -->` above a block sets the day (or the moment) for all blocks below it.
A line `export NAME=VALUE …` of a ```` ```sh ```` block holds for all blocks below it, as in the window of the reader.
What differs from run to run is written in one way: the home as `~`, the head of a chain and the SHA-256 of a manifest as
twelve digits and `…`. The folder has the made-up files that the documents attach.
A ```` ```diff ```` block below `<!-- edit FILE -->` is what the clerk changes in a file: each group of its lines, parted by
blank ones, stands in the file as it is without the lines that begin with `+`.

The READMEs and the first page for clerks are run as on their own install, which has no extras. Run as a program (`python tests/docs_console.py
README.md …`, which the gate does with the wheel in a fresh environment), this file says which documents do not show
what the installed program prints, and starts an interpreter for each command; the tests fork one (`forking.py`).
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

from annexes import write_made_up_annex
from planledger.plan.refusal import ExitCode

ROOT = Path(__file__).parents[1]
PROMPT = "$ "
CLERK = "本办"
ANNEX = "附件.xlsx"
MADE_UP_FILES = ("会议材料.pdf", "会议纪要.pdf", "招聘会照片.jpg", "某某某花名册.xlsx")
MADE_UP = "{}（虚构）\n"
FENCE = "```console\n"
READMES = ("README.md", "README.zh-CN.md")
PLAIN = (*READMES, "start.md")
EXTRAS = ("chinese_calendar", "psycopg")
Run = Callable[[list[str], dict[str, str], Path], "subprocess.CompletedProcess[str]"]
_PIECE = re.compile(
    r"^<!-- today: (?P<today>\S+) -->$|^```sh\n(?P<shell>.*?)^```$|^<!-- edit (?P<file>\S+) -->\n\n?```diff\n(?P<edits>.*?)^```$"
    r"|^```console\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_EXPORT = re.compile(r"^export (.*?)(?: +#.*)?$", re.MULTILINE)
_HEAD = re.compile(r"(链首 \d+:)[0-9a-f]{16}")
_MANIFEST = re.compile(r"(清单的 SHA-256 )[0-9a-f]{64}")  # it binds the head, and with it the origin


def documents() -> list[Path]:
    """The documents whose blocks are run."""
    return [*(ROOT / name for name in READMES), *sorted((ROOT / "docs").rglob("*.md"))]


def commands(text: str) -> list[str]:
    """The commands of all console blocks of a document, as they are typed."""
    blocks = [piece["block"] for piece in _PIECE.finditer(text) if piece["block"] is not None]
    return [
        line.removeprefix(PROMPT)
        for block in blocks
        for line in block.splitlines()
        if line.startswith(PROMPT)
    ]


def started(words: list[str], env: dict[str, str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run one command line in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-m", "planledger", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=env,
        cwd=folder,
        check=False,
    )


def rendered(document: Path, home: Path, run: Run = started) -> str:
    """Write a document anew, with what its commands really print when they are run in the empty folder *home*."""
    text = document.read_text("utf-8")
    folder = _furnished(document, home)
    today = ""
    exported: dict[str, str] = {}
    parts = []
    end = 0
    for piece in _PIECE.finditer(text):
        parts.append(text[end : piece.start()])
        end = piece.end()
        if piece["today"]:
            today = piece["today"]
            parts.append(piece[0])
            continue
        if piece["shell"] is not None:
            exported |= exports(piece["shell"])
            parts.append(piece[0])
            continue
        if piece["file"]:
            edit(folder / piece["file"], piece["edits"])
            parts.append(piece[0])
            continue
        assert today, "这个文档有 console 代码块，请在前面写一行 <!-- today: 2019-11-20 -->"
        typed = [line for line in piece["block"].splitlines() if line.startswith(PROMPT)]
        shown = "".join(
            f"{line}\n{_answer(line.removeprefix(PROMPT), home, today, exported, run)}" for line in typed
        )
        parts.append(f"{FENCE}{shown}```")
    return "".join([*parts, text[end:]])


def _furnished(document: Path, home: Path) -> Path:
    """Make the folder in which a document is run, with its made-up files, and hide the extras that it is without."""
    folder = home / "office"
    (folder / "data").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "plan_2019.yaml", folder / "data")
    for name in MADE_UP_FILES:
        (folder / name).write_text(MADE_UP.format(name), "utf-8")
    write_made_up_annex(folder / ANNEX)
    if document.name in PLAIN:
        (home / "plain").mkdir()
        for name in EXTRAS:
            (home / "plain" / f"{name}.py").write_text("raise ImportError\n")
    return folder


def exports(shell: str) -> dict[str, str]:
    """The variables that the lines of a shell block set for what is typed below it."""
    words = " ".join(_EXPORT.findall(shell)).split()
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def edit(path: Path, edits: str) -> None:
    """Change a file as a clerk does: every group of lines stands in it once, as it is before the change."""
    text = path.read_text("utf-8")
    for group in edits.strip("\n").split("\n\n"):
        lines = group.splitlines()
        old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] != sign) for sign in ("+", "-"))
        assert 1 == text.count(old), f"{path.name} 里应当正好有一处：\n{old}"
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def _answer(line: str, home: Path, today: str, exported: dict[str, str], run: Run) -> str:
    """Run one command line; `| head -n N` is the only pipe that a block may have."""
    words = shlex.split(line)
    most = int(words[-1]) if words[-4:-1] == ["|", "head", "-n"] else None
    if most is not None:
        words = words[:-4]
    assert words[0] == "planledger", f"console 代码块只运行 planledger；{line} 请放进 sh 代码块"
    done = run(words[1:], _environment(home, today) | exported, home / "office")
    assert done.returncode in set(ExitCode) - {ExitCode.BUG}, f"{line}\n{done.stdout}"
    text = _HEAD.sub(r"\g<1>0123456789ab…", done.stdout.replace(str(home), "~"))
    text = _MANIFEST.sub(r"\g<1>0123456789ab…", text)
    return "".join(f"{shown.rstrip()}\n" for shown in text.splitlines()[:most])


def _environment(home: Path, today: str) -> dict[str, str]:
    """An environment in which every answer is the same on every machine."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    before = [str(home / "plain")] if (home / "plain").exists() else []
    return kept | {
        "PYTHONPATH": os.pathsep.join([*before, kept.get("PYTHONPATH", "")]),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "COLUMNS": "80",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",  # standard output and error in the order in which a person sees them
        "PLANLEDGER_TODAY": today,
        "PLANLEDGER_BY": CLERK,
    }


def steps(text: str) -> Iterator[re.Match[str]]:
    """The days, the blocks and the edits of a document, in their order."""
    return _PIECE.finditer(text)


def story(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a document in their order, each with the day on which it is typed; pipes are left out."""
    days_and_lines: list[tuple[str, list[str]]] = []
    today = ""
    for piece in _PIECE.finditer(text):
        today = piece["today"] or today
        typed = (line for line in (piece["block"] or "").splitlines() if line.startswith(PROMPT))
        days_and_lines += [
            (today, shlex.split(line.removeprefix(PROMPT).partition(" | ")[0])[1:]) for line in typed
        ]
    return days_and_lines


def main(names: list[str]) -> int:
    """Hold the named documents against what is printed, and show where they differ; 1 where one does."""
    differ = 0
    for name in names:
        with tempfile.TemporaryDirectory() as home:
            written, real = (ROOT / name).read_text("utf-8"), rendered(ROOT / name, Path(home))
        sys.stdout.writelines(
            unified_diff(written.splitlines(keepends=True), real.splitlines(keepends=True), name, "printed")
        )
        differ |= real != written
    return differ


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
