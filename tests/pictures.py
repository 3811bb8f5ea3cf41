"""Screens of the program as pictures for the READMEs, by Rich's own SVG export; `python tests/pictures.py` draws them anew.

What they show is printed by the real command, in colour and 100 columns wide, about a made-up year.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape, unescape
from io import StringIO
from pathlib import Path

from PIL import Image
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

import year
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.file.yaml_file import require_plan
from planledger.store.paths import built_in_plan
from planledger.store.sqlite.opening import open_to_write

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
WIDTH = 90
PICTURES = {
    "status": ["status", "--as-of", "2019-11-20"],
    "overdue": ["overdue", "--by", "item", "--as-of", "2019-12-05"],
}
COLUMN = 12.2  # what Rich gives a column of the terminal
_RUN = re.compile("[\x21-\x7e]+|[\xa0\n ]+|[^\x20-\x7e\xa0\n]+")
_TEXT = re.compile(
    r'<text( class="[^"]*-r\d+") x="([0-9.]+)"( y="[0-9.]+") textLength="[0-9.]+"([^>]*)>([^<]*)</text>'
)


def made_up_ledger(folder: Path) -> Path:
    """A ledger of the built-in plan with a made-up year in it."""
    path = folder / "ledger.db"
    clerk = Clerk("试验员", "2019-04-01T09:00:00.000000+08:00")
    create_ledger(path, NewPlan(require_plan(built_in_plan()), clerk, "试验办"), lambda _: True)
    store = open_to_write(path)
    year.fill(store)
    store.close()
    return path


def screen(ledger: Path, words: list[str]) -> Text:
    """What a command prints on a terminal in colour."""
    screen_text = subprocess.run(
        [sys.executable, "-m", "planledger", *words],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=os.environ
        | {
            "PLANLEDGER_LEDGER": str(ledger),
            "FORCE_COLOR": "1",
            "COLUMNS": str(WIDTH),
            "PYTHONIOENCODING": "utf-8",
        },
    ).stdout
    return Text.from_ansi(screen_text.rstrip("\n"))


def drawn(text: Text, words: list[str]) -> str:
    """The screen as a picture."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="standard")
    console.print(text, crop=False, no_wrap=True)
    title = f"planledger {' '.join(words)}"
    svg = console.export_svg(title=title, unique_id=words[0])
    # a page fetches no font: Chinese is two columns wide in any monospaced one
    return _TEXT.sub(_set_apart, re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL))


def _set_apart(match: re.Match[str]) -> str:
    """Place each run of wide and of narrow characters by itself: Rich counts a wide one as one column, fonts differ."""
    before, x, between, after, words = match.groups()
    at, parts = float(x), []
    for run in _RUN.findall(unescape(words)):
        wide = cell_len(run) * COLUMN
        if run.strip("\xa0\n"):
            parts.append(
                f'<text{before} x="{at:g}"{between} textLength="{wide:g}"{after}>{escape(run)}</text>'
            )
        at += wide
    return "".join(parts)


def shown(svg: str) -> list[str]:
    """The words that a picture shows, line by line; how Rich places them is not asked."""
    lines: dict[float, str] = {}
    for height, words in re.findall(r'<text class="[^"]*-r\d+"[^>]* y="([0-9.]+)"[^>]*>(.*?)</text>', svg):
        lines[float(height)] = lines.get(float(height), "") + unescape(words).replace("\xa0", " ")
    return ["".join(line.split()) for _, line in sorted(lines.items()) if line.strip()]


def draw_page(ledger: Path, folder: Path) -> None:
    """Draw the page for a leader as a real Chromium shows it."""
    page = folder / "看板.html"
    line = ["page", str(page), "--as-of", "2019-11-20", "--ledger", str(ledger)]
    subprocess.run([sys.executable, "-m", "planledger", *line], check=True)
    shot = f"--screenshot={FOLDER / 'page.png'}"
    browser = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=900,2080"]
    subprocess.run([*browser, shot, page.as_uri()], check=True, stderr=subprocess.DEVNULL)
    with Image.open(FOLDER / "page.png") as picture:
        picture.quantize(24).save(FOLDER / "page.png", optimize=True)


def main() -> None:
    """Draw every picture; that of the page where there is a Chromium."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ledger = made_up_ledger(Path(folder))
        for name, words in PICTURES.items():
            (FOLDER / f"{name}.svg").write_text(drawn(screen(ledger, words), words), "utf-8")
        if shutil.which("chromium"):
            draw_page(ledger, Path(folder))


if __name__ == "__main__":
    main()
