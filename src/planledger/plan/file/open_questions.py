"""The open questions of a plan file (# 问：): what its writer was asked in a comment and has not settled; with one the plan is not adopted.

A question is a comment. The same words inside a text are the document's, and ask nothing.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from planledger.plan.file.lines import numbered_lines
from planledger.plan.file.tree import Fault

MARK = "# 问："
_QUESTION = re.compile(r"(?<!\S)#+[^\S\n]*问[^\S\n]*[0-9]*[^\S\n]*[：:](?=(?P<words>.*))")


class OpenQuestion(NamedTuple):
    """One question that nobody has settled yet."""

    number: int  # from 1, in the order of the file
    line: int
    words: str


def open_questions(data: bytes) -> tuple[OpenQuestion, ...]:
    """Return the open questions in the bytes of a plan file, in its order; of one that is no text there are none."""
    text = data.decode("utf-8-sig", errors="replace")
    if not _QUESTION.search(text):
        return ()
    texts, questions = _texts(text), list[OpenQuestion]()
    for line, written in numbered_lines(text):
        for asked in _QUESTION.finditer(written):
            place = line, asked.start()
            if not any(begin <= place < end for begin, end in texts.get(line, ())):
                questions.append(OpenQuestion(len(questions) + 1, line, asked["words"].strip()))
    return tuple(questions)


_Place = tuple[int, int]  # line from 1, column from 0


def _texts(text: str) -> dict[int, list[tuple[_Place, _Place]]]:
    """Return from where to where each text of the file reaches, by every line that it stands on; as far as YAML reads."""
    import yaml

    texts: dict[int, list[tuple[_Place, _Place]]] = {}
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.ScalarEvent):
                marks: tuple[Any, ...] = (event.start_mark, event.end_mark)
                begin, end = ((mark.line + 1, mark.column) for mark in marks)
                for line in range(begin[0], end[0] + 1):
                    texts.setdefault(line, []).append((begin, end))
    except yaml.YAMLError:
        return texts
    return texts


def as_faults(file: str, questions: Iterable[OpenQuestion], faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Write the questions of a file as it names what is wrong in it: each with its line and its number.

    What the file's own *faults* say in the same words is not written twice.
    """
    lines = {fault.message: f"见第{fault.line}行的问题。" for fault in faults}
    return tuple(
        Fault(file, one.line, f"问{one.number}：{lines.get(one.words, one.words)}") for one in questions
    )
