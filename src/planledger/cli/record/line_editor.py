"""A dialogue on a terminal: questions, a typed line as the answer to each, and one way to leave all of them.

The keys are read as they are pressed: the terminal's own line editing would hold Esc back until Enter, remove only
one of the two columns of a Chinese character, and lose what is longer than 4095 bytes.
"""

import os
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from select import select
from typing import Any, TypeVar

from planledger.formats.screen.console import Screen, terminal
from planledger.formats.text.display import columns, folded, safe
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal

T = TypeVar("T")

BACK = ("<", "《", "上一步")
MARGIN = 5  # lines of the screen that a page leaves to what stands around it
PATIENCE = 0.1  # seconds within which the rest of an arrow key follows its first byte
ENTER, ESC, ERASE, KILL, END = (b"\n", b"\r"), b"\x1b", (b"\x7f", b"\b"), b"\x15", (b"\x04", b"")


class StepBack(Exception):  # noqa: N818  (no error: a way to answer)
    """The clerk wants to answer the question before once more (上一步)."""


class Dialogue:
    """Questions to the clerk at the terminal; Esc, Ctrl-C and Ctrl-D raise KeyboardInterrupt."""

    def __init__(self, lines: "KeyedLines | PlainLines", console: Screen) -> None:
        """Take the answers from *lines*, write the questions to the *console*."""
        self.console, self._lines = console, lines

    def write(self, *texts: str, style: str = "") -> None:
        """Write texts, folded at the edge of the terminal."""
        self.console.print_texts(*texts, style=style)

    def answer(self, question: str, read: Callable[[str], T]) -> T:
        """Ask until *read* accepts the line, and return what it makes of it; its refusals are shown.

        Raises:
            StepBack: the clerk wants the question before.
        """
        while True:
            *before, last = folded(safe(question), self.console.width - 2)
            if before:
                self.write(*before, style="bold")
            self.console.print(last, end=" ", style="bold")
            typed = self._lines.readline(columns(last) + 1).strip()
            if fold(typed) in BACK:
                raise StepBack
            try:
                return read(typed)
            except Refusal as refusal:
                self.write(str(refusal), style="red")

    def choose(self, question: str, choices: Mapping[str, T]) -> T:
        """Show a numbered list, ask for one of the numbers, and return what is chosen."""
        names = list(choices)
        numbered = [f"{number:>4}  {name}" for number, name in enumerate(names, 1)]
        place = self.pick(f"{question}（序号）", numbered, lambda typed: place_of(typed, names))
        return choices[names[place]]

    def pick(self, question: str, several: Sequence[str], read: Callable[[str], T]) -> T:
        """Show lines and ask for one of them; where the screen cannot hold them an empty answer turns the page."""
        lines = folded("\n".join(several), self.console.width)
        room, start = max(MARGIN, self.console.height - MARGIN), 0
        is_long = len(lines) > room
        while True:
            self.console.out("\n".join(lines[start : start + room]), highlight=False)
            if is_long:
                self.write(f"（第{start + 1}行起，共{len(lines)}行；直接回车翻页）")
            chosen = self.answer(question, lambda typed: () if is_long and not typed else (read(typed),))
            if chosen:
                return chosen[0]
            start = start + room if start + room < len(lines) else 0

    def forget(self) -> None:
        """Drop what was typed before the next question is on the screen: it answers nothing."""
        self._lines.forget()


def place_of(typed: str, choices: Sequence[str], asked: str = "") -> int:
    """Read what names one of several choices, its number or a part of it, as its place from 0.

    Raises:
        Refusal: nothing, or more than one, is meant; *asked* is what is to be typed where it is no number.
    """
    word, count = fold(typed), len(choices)
    if word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= count:
        return int(word) - 1
    near = [place for place, choice in enumerate(choices) if word and word in fold(choice)]
    meant = [place for place in near if word == fold(choices[place])] or near
    if len(meant) == 1 and not word.isdigit():
        return meant[0]
    several = "、".join(choices[place] for place in meant)
    asked = asked or f"请输入序号 1{f' 到 {count}' if count > 1 else ''}。"
    raise Refusal(f"“{typed}”有几个：{several}。{asked}" if meant[1:] else asked)


class PlainLines:
    """Lines of a console that gives no single keys (Windows)."""

    def readline(self, _start: int) -> str:
        """Return a line; one with an Esc in it raises KeyboardInterrupt, as the end of the input does."""
        try:
            line = input()
        except EOFError:
            raise KeyboardInterrupt from None
        if "\x1b" in line:
            raise KeyboardInterrupt
        return line

    def forget(self) -> None:
        """Do nothing: the console keeps what was typed."""


class KeyedLines:
    """Lines of a terminal that gives every key as it is pressed and shows none of them."""

    def __init__(self, fd: int, termios: Any) -> None:
        """Read from the terminal *fd*; *termios* is the module, which Windows lacks."""
        self._fd, self._termios = fd, termios

    def readline(self, start: int) -> str:
        """Return a line and show it behind *start* columns while it is typed."""
        decoder = getincrementaldecoder(sys.stdin.encoding or "utf-8")(errors="replace")
        line = TypedLine(start, os.get_terminal_size(self._fd).columns)
        while (byte := os.read(self._fd, 1)) not in ENTER:
            if byte in END:
                raise KeyboardInterrupt
            if byte == ESC:
                self._leave_unless_a_key()
            elif byte == KILL or byte in ERASE:
                _show(line.without(len(line.text) if byte == KILL else 1))
            else:
                _show("".join(line.followed_by(char) for char in decoder.decode(byte)))
        _show("\n")
        return line.text

    def forget(self) -> None:
        """Drop what was typed and not read."""
        self._termios.tcflush(self._fd, self._termios.TCIFLUSH)

    def _leave_unless_a_key(self) -> None:
        """Raise KeyboardInterrupt where the Esc stands alone; an arrow or function key begins with one and does nothing."""
        if not self._follows() or os.read(self._fd, 1) not in (b"[", b"O"):
            self.forget()
            raise KeyboardInterrupt
        while self._follows() and not b"@" <= os.read(self._fd, 1) <= b"~":
            pass

    def _follows(self) -> bool:
        return bool(select([self._fd], [], [], PATIENCE)[0])


class TypedLine:
    """A line while it is typed, with the row and column in which each of its characters ends."""

    def __init__(self, start: int, width: int) -> None:
        """Begin behind *start* columns, on a terminal of *width* columns."""
        self.text = ""
        self._width = width or 80
        self._ends = [divmod(start, self._width)]  # row and column

    def followed_by(self, char: str) -> str:
        """Add a character and return how it is shown; one that a terminal would act on is not added."""
        if not (char.isprintable() or char == "\u3000"):
            return ""
        (row, column), wide = self._ends[-1], columns(char)
        if column + wide > self._width:
            row, column = row + 1, 0
        # the cursor leaves a full row at once; a terminal would wait for the next character
        is_full = column + wide == self._width
        self.text += char
        self._ends.append((row + 1, 0) if is_full else (row, column + wide))
        return f"{char} \r" if is_full else char

    def without(self, count: int) -> str:
        """Remove the last *count* characters and return what removes them from the screen, also over the edge of a row."""
        row, _ = self._ends[-1]
        length = max(0, len(self.text) - count)
        self.text = self.text[:length]
        del self._ends[length + 1 :]
        to_row, to_column = self._ends[-1]
        up = f"\x1b[{row - to_row}A" if row > to_row else ""
        return f"{up}\x1b[{to_column + 1}G\x1b[J"


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextmanager
def open_dialogue(pasted: Callable[[str], str], *, is_plain: bool) -> Iterator[Dialogue]:
    """Let the terminal give single keys while the dialogue lasts; then its settings are the old ones again.

    Args:
        pasted: gives a text its commands as they work when they are pasted.
        is_plain: without colours.
    """
    console = terminal(pasted, is_plain=is_plain)
    try:
        import termios
    except ImportError:
        yield Dialogue(PlainLines(), console)
        return
    fd = sys.stdin.fileno()
    before, during = termios.tcgetattr(fd), termios.tcgetattr(fd)
    during[3] &= ~(termios.ICANON | termios.ECHO)
    during[6][termios.VMIN], during[6][termios.VTIME] = 1, 0
    # no Ctrl-Z, no Ctrl-\: the shell would get a terminal without echo
    during[6][termios.VSUSP] = during[6][termios.VQUIT] = bytes([os.fpathconf(fd, "PC_VDISABLE")])
    try:
        termios.tcsetattr(fd, termios.TCSADRAIN, during)
        yield Dialogue(KeyedLines(fd, termios), console)
    finally:
        # flushed: the rest of a pasted text is no command for the shell
        termios.tcsetattr(fd, termios.TCSAFLUSH, before)
