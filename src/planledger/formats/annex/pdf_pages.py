"""The tables and lines of a PDF, read in a process of its own: what reads them is not ours, and its input is anybody's.

Run as `python -m planledger.formats.annex.pdf_pages < FILE`; the answer is JSON. Memory and time of the process are bounded.
"""

import json
import re
import sys
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import Any

MOST_PAGES, MOST_CHARACTERS, MOST_BYTES, MOST_SECONDS = 60, 100_000, 400_000_000, 6
_PASSWORD, _SCAN = "加了打开密码", "没有读得出的文字，多半是扫描件或图片"
_TOO_LARGE = f"超过{MOST_PAGES}页，或字数过多"
# what a browser prints at the edges of each page: its address, and when it was printed
_OF_BROWSER = re.compile(
    r"(?:https?|file)://\S+ *[0-9]+/[0-9]+$|[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4},? *(?:[上下]午)?[0-9]{1,2}:[0-9]{2}\b"
)
_ENDS = ("。", "；", "：", "）", ";", ":", ")")
_ASLANT, _LARGE = 0.01, 3  # of a matrix; sizes of the usual sign
_MARGIN = 0.08  # the part of a page at its head or foot where no body has its lines
_OTHER_SIZE = 1.25  # of a line, of which the next paragraph has another one than the title above it
_OVER_AN_EDGE = 0.2  # of its height
_NEAR = 2.5  # points within which two edges are one


def bound_this_process() -> None:
    """Let the system end this process where it asks for too much; Windows has only the time that its parent waits."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def read_pages(file: BytesIO) -> dict[str, Any]:
    """Return the tables and lines in their order and the pages without text, or why the file is refused."""
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        document = pdfplumber.open(file)
    except PdfminerException as error:
        if "Password" in repr(error):
            return {"refused": _PASSWORD}
        raise
    pieces: list[dict[str, Any]] = []
    empty: list[int] = []
    watermarks: dict[str, None] = {}
    characters = 0
    for number, page in enumerate(document.pages, 1):
        characters += len(page.chars)
        if number > MOST_PAGES or characters > MOST_CHARACTERS:
            return {"refused": _TOO_LARGE}
        for line in page.lines:  # what turning a page left of a sum makes none of them level
            line |= {side: round(line[side], 1) for side in ("x0", "x1", "top", "bottom")}
        if page.chars:
            usual = sorted(one["size"] for one in page.chars)[len(page.chars) // 2]
            watermarks["".join(one["text"] for one in page.chars if not _is_printed(usual, one))] = None
            pieces += _pieces(page.filter(partial(_is_printed, usual)), number)
        elif page.objects:
            empty.append(number)
        page.close()
    answer = {"pieces": pieces, "empty": empty, "watermarks": list(filter(None, watermarks))}
    return answer if characters else {"refused": _SCAN}


def _is_printed(usual: float, one: Mapping[str, Any]) -> bool:
    """Whether something belongs to the page, and not to a watermark: its signs stand aslant, or are far larger than the usual one."""
    if one["object_type"] != "char":
        return True
    across, up = one["matrix"][:2]
    return bool(min(abs(across), abs(up)) < _ASLANT and one["size"] < _LARGE * usual)


def _pieces(page: Any, number: int) -> Iterator[dict[str, Any]]:
    """Give the tables and lines of a page from top to bottom."""
    # a browser cuts a row without a line: the ends of what stands upright close it
    upright = [one for one in page.edges if one["orientation"] == "v"]
    ends = [min(one["top"] for one in upright), max(one["bottom"] for one in upright)] if upright else []
    found = page.find_tables({"explicit_horizontal_lines": ends})
    tables = [table for table in found if len(table.cells) > 1]
    # a line may begin above the edge of the table that it stands below
    boxes = [box for table in tables for box in table.cells]  # a table may have holes with words in them
    outside = page.filter(lambda one: not any(_is_in(one, box) for box in boxes))
    lines = [one for one in outside.extract_text_lines() if not _OF_BROWSER.match(one["text"])]
    left = min((one["x0"] for one in lines), default=0)
    right = max((*(one["x1"] for one in lines), *(table.bbox[2] for table in tables)), default=0)
    pieces = [(table.bbox[1], _table(table, page.chars) | {"page": number}) for table in tables]
    before = 0.0
    for line in lines:
        size = line["bottom"] - line["top"]
        is_other = max(size, before) > _OTHER_SIZE * min(size, before or size)
        before = size
        room = 1 if line["text"].endswith(_ENDS) else 2.5  # no mark begins a line, so that one may be short
        is_full, is_new = right - line["x1"] < room * size, is_other or line["x0"] - left > size
        text = {"page": number, "line": line["text"], "is_full": is_full, "is_new": is_new}
        if min(line["top"], page.height - line["bottom"]) < _MARGIN * page.height:
            text["top"] = round(line["top"])
        pieces.append((line["top"], text))
    yield from (piece for _, piece in sorted(pieces, key=lambda pair: pair[0]))


def _table(table: Any, characters: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return of each cell the rows and columns that it covers and its text, and how many rows there are.

    Where rows are too low for their words, these run into each other.
    """
    boxes = [box for row in table.rows for box in row.cells]
    texts = [text for row in table.extract() for text in row]
    cells = [(box, text or "") for box, text in zip(boxes, texts, strict=True) if box]
    down = _edges(place for box, _ in cells for place in box[1::2])
    across = _edges(place for box, _ in cells for place in box[::2])
    placed = [
        [*(_place(down, place) for place in box[1::2]), *(_place(across, place) for place in box[::2]), text]
        for box, text in cells
    ]
    crossing = sum(_crosses(one, box) for box, _ in cells for one in characters)
    share = crossing / max(1, sum(len(text) for _, text in cells))
    return {"rows": len(down) - 1, "cells": placed, "crowded": share}


def _is_in(sign: Mapping[str, Any], box: Sequence[float]) -> bool:
    """Whether the middle of a sign stands in a box."""
    across, down = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= down < box[3])


def _crosses(character: Mapping[str, Any], box: Sequence[float]) -> bool:
    """Whether a character stands in a cell, and over its upper or lower edge."""
    top, bottom = character["top"], character["bottom"]
    over = max(box[1] - top, bottom - box[3])
    is_word = not character["text"].isspace()
    return is_word and over > _OVER_AN_EDGE * (bottom - top) and _is_in(character, box)


def _place(edges: Sequence[float], place: float) -> int:
    return bisect(edges, place + _NEAR) - 1


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


if __name__ == "__main__":
    bound_this_process()
    sys.stdout.write(json.dumps(read_pages(BytesIO(sys.stdin.buffer.read()))))
