"""A PDF as paragraphs and grids, read by a process of its own that is bounded in memory and time."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from planledger.formats.annex.grid import (
    WRAP,
    Blocks,
    Grid,
    GridCell,
    GridRow,
    Paragraph,
    Spanning,
    filled_rows,
)
from planledger.formats.annex.pdf_pages import MOST_PAGES, MOST_SECONDS, PASSWORD, SCAN, TOO_LARGE
from planledger.formats.annex.prose import depth_of
from planledger.formats.xlsx.opening import WorkbookRefused
from planledger.plan.refusal import Refusal

_READER = "planledger.formats.annex.pdf_pages"
ASK_FOR_ORIGINAL = "请向发文单位要 Word 或 Excel 原件（.docx、.xlsx）再起草"
_CROWDED, _ILLEGIBLE = "crowded", 0.05  # the share of signs that stand over the edges of their cells
_WHY = {
    _CROWDED: "的格子装不下字，字叠在一起，读不准",
    PASSWORD: "加了打开密码",
    SCAN: "没有文字，是扫描件或图片",
    TOO_LARGE: f"超过{MOST_PAGES}页，或字数过多",
}
# blanks that only part signs: they are no words of the document
_OF_THE_PAGE = re.compile("(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])|(?<=[0-9]) +(?=[0-9])")


def pdf_blocks(name: str, data: bytes) -> Blocks:
    """Return the pages of a PDF, one after the other.

    Raises:
        Refusal: what reads PDF is not installed.
        WorkbookRefused: it is encrypted, has no text, is damaged or too large.
    """
    if find_spec("pdfplumber") is None or not sys.executable:
        raise Refusal(
            f"{name} 是 PDF，这台电脑没有装读 PDF 的部分；请运行 pip install 'planledger[draft]'，或{ASK_FOR_ORIGINAL[1:]}。"
        )
    command = [sys.executable, "-P", "-m", _READER]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * MOST_SECONDS, check=False)
        answer = json.loads(done.stdout) if not done.returncode else {}
    except (OSError, ValueError, subprocess.SubprocessError):
        answer = {}
    if any(piece.get("crowded", 0) > _ILLEGIBLE for piece in answer.get("pieces", ())):
        answer = {"refused": _CROWDED}
    if "pieces" not in answer:
        why = _WHY.get(answer.get("refused", ""), "不完整或内容损坏，读不出来")
        raise WorkbookRefused(f"{name} {why}；{ASK_FOR_ORIGINAL}。", outcome="")
    empty = tuple(f"第{page}页没有文字（像是扫描的），没有读" for page in answer["empty"])
    return Blocks(tuple(_blocks(answer["pieces"])), questions=empty)


def _blocks(pieces: Sequence[dict[str, Any]]) -> list[Paragraph | Grid]:
    """Return tables as grids, and lines joined to paragraphs where the line before was full."""
    blocks: list[Paragraph | Grid] = []
    page, is_open, rows = 0, False, 0
    for piece in pieces:
        is_first, page = piece["page"] != page, piece["page"]
        rows = 0 if is_first else rows
        last = blocks[-1] if blocks else None
        if "cells" in piece:
            blocks.append(_grid(piece, rows, is_first=is_first))
            rows, is_open = rows + piece["rows"], False
            continue
        line = _OF_THE_PAGE.sub("", piece["line"])
        is_new = piece["is_indented"] or depth_of(line) >= 0
        if isinstance(last, Paragraph) and is_open and not is_new:
            blocks[-1] = last._replace(text=last.text + line)
        else:
            blocks.append(Paragraph(f"第{page}页", line))
        is_open = piece["is_full"]
    return blocks


def _grid(piece: dict[str, Any], before: int, *, is_first: bool) -> Grid:
    """Return a table of a page, *before* which the page has so many rows; where a line of a cell ends is not certain."""
    spans = []
    for top, bottom, left, right, text in piece["cells"]:
        words = _OF_THE_PAGE.sub("", text).replace("\n", WRAP)
        spans.append(Spanning(range(top, bottom), range(left, right), GridCell(words, (0, 0))))
    rows = filled_rows(spans, piece["rows"])
    places = (f"第{piece['page']}页第{before + at}行" for at in range(1, len(rows) + 1))
    notes = ("这一页的格子装不下字，读出的可能串行，请对照原件",) if piece["crowded"] else ()
    return Grid(
        "", tuple(GridRow(*one, notes) for one in zip(places, rows, strict=True)), begins_page=is_first
    )
