"""Draw the pictures of official papers, `docs/pictures/letter-*.png`, anew: real commands, printed by LibreOffice.

Needs soffice and pdftoppm, and the extra `word`. The fonts are those of the machine; the places are those of the paper.
What units report in it is made up.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
DOTS = 64  # an inch
LINES = """
init --office 江海区扶贫办
record 6.1 --transferred 40 --fairs 1 --agency 大新县人社局 --on 2019-09-03
report 6.1 --agency 大新县人社局 --on 2019-11-05 --progress 已摸底320户 --problem 部分劳动力不愿外出 --next 上门动员
letter circular circular.docx --red-head
"""
PAGES = {"circular": 1}  # which page of each is drawn


def draw(folder: Path) -> None:
    """Write the papers in a folder and draw one page of each."""
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "PLANLEDGER_TODAY": "2019-12-05"}
    for line in LINES.strip().splitlines():
        typed = [sys.executable, "-m", "planledger", *line.split()]
        subprocess.run(typed, cwd=folder, env=home, check=True, capture_output=True)
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    papers = [f"{name}.docx" for name in PAGES]
    subprocess.run([*office, "--convert-to", "pdf", *papers], cwd=folder, check=True, capture_output=True)
    for name, page in PAGES.items():
        picture = PICTURES / f"letter-{name}"
        pages = ["-f", str(page), "-l", str(page), "-singlefile", "-r", str(DOTS), "-png"]
        subprocess.run(["pdftoppm", *pages, f"{name}.pdf", picture], cwd=folder, check=True)
        print(f"{picture.name}.png: {picture.with_suffix('.png').stat().st_size} bytes")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        draw(Path(folder))
