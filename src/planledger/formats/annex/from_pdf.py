"""A PDF as paragraphs and grids, read by a process of its own that is bounded in memory and time."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Container, Sequence
from importlib.util import find_spec
from typing import Any

from planledger.formats.annex.grid import WRAP, Blocks, Grid, GridCell, Paragraph, filled_rows
from planledger.formats.annex.heads import unruled
from planledger.formats.annex.pdf_pages import MOST_SECONDS
from planledger.formats.annex.prose import LEADING_NUMBER, PAGE_NUMBER, unread_margins
from planledger.formats.xlsx.opening import WorkbookRefused
from planledger.plan.phrases.texts import quoted, unified
from planledger.plan.refusal import Refusal

_Place = tuple[str, int]  # what a line says but for its numbers, and where in a margin
_READER = "planledger.formats.annex.pdf_pages"
ASK_FOR_ORIGINAL = "请向发文单位要 Word 或 Excel 原件（.docx、.xlsx）再起草"
_UNFINISHED = f"页数或表格太多，{MOST_SECONDS}秒里读不完"
_ILLEGIBLE = 0.05  # the share of signs that stand over the edges of their cells
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
    answer = _answer(data)
    why = answer.get("refused", "")
    if any(piece.get("crowded", 0) > _ILLEGIBLE for piece in answer.get("pieces", ())):
        why = "的格子装不下字，字叠在一起，读不准"
    if "(cid:" in str(answer):
        why = "里有的字没有编码，读不出来"
    if why:
        raise WorkbookRefused(f"{name} {why}；{ASK_FOR_ORIGINAL}。", outcome="")
    asked = [f"第{page}页没有文字（像是扫描的），没有读" for page in answer["empty"]]
    asked += [f"水印{quoted(unified(words))}没有读" for words in answer["watermarks"]]
    running = _running(answer["pieces"])
    asked += unread_margins(running.values())
    return Blocks(tuple(_blocks(answer["pieces"], running)), questions=tuple(asked))


def _answer(data: bytes) -> dict[str, Any]:
    """Return what the process that reads a PDF answers, or why it does not."""
    command = [sys.executable, "-P", "-m", _READER]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * MOST_SECONDS, check=False)
        if done.returncode == 0:
            return dict(json.loads(done.stdout))
        is_ended = done.returncode < 0  # by the system, at its bound of time
    except subprocess.TimeoutExpired:
        is_ended = True
    except (OSError, ValueError):
        is_ended = False
    return {"refused": _UNFINISHED if is_ended else "不完整或内容损坏，读不出来"}


def _blocks(pieces: Sequence[dict[str, Any]], running: Container[_Place]) -> list[Paragraph | Grid]:
    """Return tables as grids, and lines but the *running* ones joined to paragraphs where the line before was full."""
    blocks: list[Paragraph | Grid] = []
    page, is_open, rows = 0, False, 0
    for piece in pieces:
        printed = unified(piece.get("line", ""))
        line = _OF_THE_PAGE.sub("", printed)
        if PAGE_NUMBER.fullmatch(line) or _place(piece) in running:  # the words of two pages go on over it
            continue
        is_first, page = piece["page"] != page, piece["page"]
        rows = 0 if is_first else rows
        last = blocks[-1] if blocks else None
        if "cells" in piece:
            blocks.append(_grid(piece, rows, is_first=is_first))
            rows, is_open = rows + piece["rows"], False
            continue
        notes = unruled(printed)
        is_new = piece["is_new"] or LEADING_NUMBER.match(line)
        if isinstance(last, Paragraph) and is_open and not is_new:
            blocks[-1] = last._replace(text=last.text + line, notes=last.notes + notes)
        else:
            blocks.append(Paragraph(f"第{page}页", line, notes))
        is_open = piece["is_full"]
    return blocks


def _running(pieces: Sequence[dict[str, Any]]) -> dict[_Place, str]:
    """Return the lines in the margins of the pages: the same words in the same place on several, and on most of them."""
    lines = [piece for piece in pieces if "top" in piece]
    times = Counter(map(_place, lines))
    return {
        _place(one): _OF_THE_PAGE.sub("", unified(one["line"]))
        for one in reversed(lines)
        if 1 < times[_place(one)] > pieces[-1]["page"] / 2
    }


def _place(piece: dict[str, Any]) -> _Place:
    """Return what a line says but for its numbers, and how far down its page where that is in a margin."""
    return re.sub("[0-9]+", "", piece.get("line", "")), piece.get("top", -1)


def _grid(piece: dict[str, Any], before: int, *, is_first: bool) -> Grid:
    """Return a table of a page, *before* which the page has so many rows; where a line of a cell ends is not certain."""
    cells = [
        GridCell(range(top, bottom), range(left, right), _OF_THE_PAGE.sub("", text).replace("\n", WRAP))
        for top, bottom, left, right, text in piece["cells"]
    ]
    notes = ("这一页的格子装不下字，读出的可能串行，请对照原件",) if piece["crowded"] else ()
    numbers = range(before + 1, before + 1 + piece["rows"])
    places = [(f"第{piece['page']}页第{number}行", notes) for number in numbers]
    return Grid("", filled_rows(cells, places), begins_page=is_first)
