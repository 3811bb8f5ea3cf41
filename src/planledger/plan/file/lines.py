"""The text of a plan file as lines: its bytes decoded, what YAML would let pass with another meaning, and its open questions.

An open question (# 问：) is a comment: what the writer was asked and has not settled; with one the plan is not adopted.
The same words inside a text are the document's, and ask nothing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from planledger.plan.file.tree import Fault, FaultList
from planledger.plan.people.identity import marking, masked_identity

LARGEST = 10_000_000  # bytes: some ten thousand rows
_SLIPS = (
    (re.compile(r" *\t|\s*- *\t|\s*(?:- +)?\w+: *\t"), "用了制表符（Tab）；请改用空格。"),
    (re.compile(r"\s*(?:- +)?[A-Za-z_]+："), "键后面的冒号是全角“：”；请改成半角冒号加一个空格。"),
    (re.compile(r"\s*(?:- +)?[A-Za-z_]+:(?![\s/]|$)"), "键后面的冒号没有跟空格；请在冒号后面加一个空格。"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def decoded(data: bytes, faults: FaultList) -> str | None:
    """Return the text of a plan file; None where its bytes are none, which is a fault."""
    if len(data) > LARGEST:
        faults.add(0, f"文件超过{LARGEST:,}字节，方案文件没有这么大；请检查是不是选错了文件。")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        faults.add(0, "文件是 UTF-16 编码，或者不是文字文件；请另存为 UTF-8。")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            faults.add(line, "文件不是 UTF-8 编码；请另存为 UTF-8。")
        else:
            faults.add(line, "文件像是 GBK（ANSI）编码；请在编辑器里另存为 UTF-8。")
        return None


def slips_of(text: str) -> dict[int, str]:
    """Return the lines that look like a slip of a key, its colon or its indentation; in a block of text they are none."""
    slips = {}
    for number, line in numbered_lines(text):
        slip = next((message for pattern, message in _SLIPS if pattern.match(line)), "")
        if slip:
            slips[number] = slip
    return slips


def report_unwelcome(text: str, faults: FaultList) -> bool:
    """Report what may stand nowhere; say whether YAML will stumble over it too."""
    has_control = False
    for number, line in numbered_lines(text):
        if _CONTROL.search(line):
            has_control = True
            faults.add(number, "有看不见的控制字符；请删去。")
        identity = masked_identity(line)
        if identity:
            faults.add(number, f"有身份证号（{identity}）；台账不收身份证号，请删去。")
        mark = marking(line)
        if mark:
            faults.add(number, f"有密级标志（{mark}）；涉密内容不得写入本台账，请删去。")
    return has_control


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Number the lines as YAML counts them, from 1."""
    return enumerate(re.split("\r\n|[\r\n\x85\u2028\u2029]", text), 1)


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
