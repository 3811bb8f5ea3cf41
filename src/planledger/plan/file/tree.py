"""Faults: what is wrong in data that the user gives, as values with their places.

What the user asked and cannot have is another thing: :mod:`.refusal`.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planledger.plan.phrases.texts import fold, hint, quoted


class Fault(NamedTuple):
    """A fault (问题) in a file that the user gives: where, and one sentence with what to write instead."""

    file: str
    line: int  # 1 is the first, 0 the file as a whole
    message: str

    def __str__(self) -> str:
        """Write the fault as one line: `plan.yaml 第12行：…`."""
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        return f"{place}：{self.message}"


_LONGEST_MESSAGE = 400
_LONGEST_HINTED = 60  # a longer text is no misspelt word, and comparing it takes for ever


class Tree(NamedTuple):
    """A value of the file with the line where it stands (1 is the first): that of its key, if it has one."""

    line: int
    value: "str | list[Tree] | dict[str, Tree]"
    is_plain: bool = False  # a scalar without quotes


class FaultList:
    """The faults of one file, gathered while it is read; nothing stops at the first."""

    def __init__(self, file: str) -> None:
        """Gather for *file*."""
        self.file = file
        self._faults: dict[Fault, None] = {}

    def add(self, line: int, message: str) -> None:
        """Take note of a fault, as one printable line whatever was typed; the same one twice counts once."""
        printable = "".join(letter if letter.isprintable() else " " for letter in message)
        if len(printable) > _LONGEST_MESSAGE:
            printable = f"{printable[:_LONGEST_MESSAGE]}……。"
        self._faults.setdefault(Fault(self.file, line, printable))

    def once(self, named: Iterable[tuple[int, str]], what: str) -> None:
        """Take note of every name that stands twice where it may stand once; *named* gives (line, name)."""
        seen: dict[str, int] = {}
        for line, name in named:
            if name in seen:
                self.add(line, f"{what}{quoted(name)}写了两次（上一次在第{seen[name]}行）；只能留一个。")
            elif name:
                seen[name] = line

    def in_order(self) -> tuple[Fault, ...]:
        """All faults in the order of their lines."""
        return tuple(sorted(self._faults, key=lambda fault: fault.line))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._faults)


class Fields:
    """One mapping of the file, read field by field; what nobody asked for is an unknown key."""

    def __init__(self, tree: Tree | None, faults: FaultList, what: str, example: str = "") -> None:
        """Read *tree*; *what* names it in messages, e.g. 指标. None stands for one that is missing and is a fault already."""
        self.line = tree.line if tree else 0
        self.faults = faults
        self.what = what
        self._fields: dict[str, Tree] = {}
        self._asked: set[str] = set()
        self._is_mapping = tree is not None and isinstance(tree.value, dict)
        if tree and isinstance(tree.value, dict):
            self._fields = tree.value
        elif tree:
            faults.add(tree.line, f"{what}应写成“键: 值”的样子{f'，例如 {example}' if example else ''}。")

    def has(self, key: str) -> bool:
        """Whether the field is there, whatever it says."""
        return self._ask(key) is not None

    def is_blank(self, key: str) -> bool:
        """Whether the field is not there, or is there and says nothing."""
        tree = self._ask(key)
        value = tree.value if tree else ""
        return not (value.strip() if isinstance(value, str) else value)

    def names(self) -> tuple[str, ...]:
        """All its keys, where they are names that mean something outside the file's own words."""
        self._asked.update(self._fields)
        return tuple(self._fields)

    def line_of(self, key: str) -> int:
        """The line of a field, or of the mapping if it is not there."""
        return self._fields[key].line if key in self._fields else self.line

    def fault(self, key: str, message: str) -> None:
        """Take note of a fault in a field."""
        self.faults.add(self.line_of(key), message)

    def text(self, key: str, *, required: bool = False) -> str:
        """Read a text as it was typed, its ends trimmed."""
        tree = self._ask(key, required=required)
        if tree is None:
            return ""
        if not isinstance(tree.value, str):
            self.fault(key, f"{self.what}的 {key} 应是一段文字。")
            return ""
        value = tree.value.strip()
        if required and not value:
            self.fault(key, f"{self.what}的 {key} 是空的，请填写。")
        return value

    def code(self, key: str, *, required: bool = False) -> str:
        """Read a code such as "6.10", which must be quoted: other programs would read 6.1."""
        typed = self.text(key, required=required)
        value = fold(typed)
        if not value.replace(".", "").isdigit():
            return typed
        if self._fields[key].is_plain:
            self.fault(
                key,
                f'{self.what}的 {key} 请加引号，写成 {key}: "{quoted(value)[1:-1]}"；'
                "不加引号会被当作数，6.10 就成了 6.1。",
            )
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of names; a single text may name several, with 、 between them."""
        tree = self._ask(key)
        if tree is None or tree.value == "":
            return ()
        elements = tree.value if isinstance(tree.value, list) else [tree]
        texts = [element.value for element in elements if isinstance(element.value, str)]
        words = [word.strip() for text in texts for word in text.split("、")]
        if len(texts) != len(elements) or not all(words):
            self.fault(key, f"{self.what}的 {key} 应是一列文字，例如 [甲, 乙]。")
        return tuple(words)

    def flag(self, key: str) -> bool:
        """Read yes or no: true or false."""
        value = self.text(key)
        if value not in ("", "true", "false"):
            self.fault(key, f"{self.what}的 {key} 只能写 true 或 false，不能写{quoted(value)}。")
        return value == "true"

    def whole(self, key: str, default: int, *, least: int, most: int) -> int:
        """Read a plain whole number between two bounds."""
        value = fold(self.text(key))
        if not value:
            return default
        if not (value.isascii() and value.isdigit()) or not least <= int(value[:9]) <= most:
            self.fault(key, f"{self.what}的 {key} 应是 {least} 到 {most} 之间的整数，不能写{quoted(value)}。")
            return default
        return int(value)

    def word(self, key: str, words: Iterable[str], default: str) -> str:
        """Read one of a few words."""
        known = tuple(words)
        value = self.text(key)
        if value and value not in known:
            self.fault(key, f"{self.what}的 {key} 不能写{quoted(value)}。{_choices(value, known)}")
        return value if value in known else default

    def children(self, key: str, what: str, *, required: bool = False) -> "list[Fields]":
        """Read a list of mappings."""
        tree = self._ask(key, required=required)
        if tree is None:
            return []
        if required and tree.value in ("", []):
            self.fault(key, f"{self.what}的 {key} 是空的；请至少写一项。")
        elif tree.value and not isinstance(tree.value, list):
            self.fault(key, f"{self.what}的 {key} 应是一列{what}，每个以“- ”开头。")
        elements = tree.value if isinstance(tree.value, list) else []
        return [Fields(element, self.faults, what) for element in elements]

    def each(
        self, key: str, what: str, once: str = "", *, of: str = "", required: bool = False
    ) -> "Iterator[Fields]":
        """Yield the mappings of a list, each finished before the next; what the field *once* says may stand there once.

        A list that every row *of* the annex may have says in its fault of which row it is.
        """
        named = []
        for fields in self.children(key, what, required=required):
            yield fields
            named.append((fields.line_of(once), fields.text(once) if once else ""))
            fields.finish()
        self.faults.once(named, of + what)

    def child(self, key: str, what: str, example: str) -> "Fields":
        """Read one mapping, which must be there."""
        return Fields(self._ask(key, required=True), self.faults, what, example)

    def finish(self) -> None:
        """Report every key that means nothing here, with the nearest one that does."""
        for key, tree in self._fields.items():
            if key not in self._asked:
                choices = _choices(key, sorted(self._asked))
                self.faults.add(tree.line, f"{self.what}里没有{quoted(key)}这个键。{choices}")

    def _ask(self, key: str, *, required: bool = False) -> Tree | None:
        self._asked.add(key)
        if required and self._is_mapping and key not in self._fields:
            self.faults.add(self.line, f"{self.what}缺少 {key}，请补上。")
        return self._fields.get(key)


def _choices(typed: str, known: Iterable[str]) -> str:
    """Return which words there are, the nearest first."""
    words = tuple(known)
    near = hint(typed, words) if len(typed) <= _LONGEST_HINTED else ""
    return f"{near}可写：{'、'.join(words)}。" if words else "这里没有可写的，请去掉。"
