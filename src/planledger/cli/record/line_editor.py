"""A talk on a terminal: one question after the other, a line for each answer, and one way out of all of them.

The keys are taken as they are pressed, because the terminal's own line would hold Esc back until Enter,
take only one of the two columns of a Chinese character back, and lose what is longer than 4095 bytes.
"""

import os
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from planledger.formats.screen.console import print_texts, terminal
from planledger.formats.text.display import columns, folded, safe
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal

T = TypeVar("T")

PATIENCE = 0.1  # seconds within which the rest of an arrow key follows its first byte
ENTER, ESC, ERASE, KILL, END = (b"\n", b"\r"), b"\x1b", (b"\x7f", b"\b"), b"\x15", (b"\x04", b"")


class Dialogue:
    """Questions to whoever sits at the terminal; whoever leaves (Esc, Ctrl-C, Ctrl-D) raises KeyboardInterrupt."""

    def __init__(self, keys: "KeyDialogue | PlainDialogue") -> None:
        """Answer from *keys*, ask on standard output."""
        self.console = terminal()
        self._keys: Any = keys  # what Rich wants is a text file, and reads lines of it only

    def say(self, *texts: str, style: str = "") -> None:
        """Tell something, folded at the edge of the terminal."""
        print_texts(self.console, *texts, style=style)

    def ask(self, question: str) -> str:
        """Ask for a line; blanks at its ends are not part of it."""
        from rich.prompt import Prompt
        from rich.text import Text

        *before, last = folded(safe(question), self.console.width - 2)
        if before:
            self.say(*before, style="bold")
        self._keys.column = columns(last) + 1
        prompt = Prompt(Text(last, style="bold"), console=self.console, show_default=False)
        prompt.prompt_suffix = " "
        return prompt(default="", stream=self._keys)

    def answered(self, question: str, read: Callable[[str], T]) -> T:
        """Ask until *read* takes the answer; why it does not is told each time."""
        while True:
            typed = self.ask(question)
            try:
                return read(typed)
            except Refusal as refusal:
                self.say(str(refusal), style="red")

    def chosen(self, question: str, choices: Sequence[str]) -> int:
        """Let one of several be chosen by its number; gives its place among them."""
        self.say(*(f"{number:>4}  {choice}" for number, choice in enumerate(choices, 1)))
        return self.answered(
            question,
            lambda typed: choices.index(typed) if typed in choices else list_place(typed, len(choices)),
        )

    def start_anew(self) -> None:
        """Forget what was typed before the question was there: it answers nothing."""
        self._keys.forget()


def list_place(typed: str, count: int) -> int:
    """Read a number of a list as the place that it names, from 0.

    Raises:
        Refusal: the list has no such number.
    """
    word = fold(typed)
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= count):
        raise Refusal(f"请输入序号 1 到 {count}。" if count > 1 else "请输入序号 1。")
    return int(word) - 1


class PlainDialogue:
    """The lines of a console that gives no single keys (Windows)."""

    column = 0

    def readline(self) -> str:
        """Take a line; one with an Esc in it leaves."""
        try:
            line = input()
        except EOFError:
            raise KeyboardInterrupt from None
        if "\x1b" in line:
            raise KeyboardInterrupt
        return line

    def forget(self) -> None:
        """Nothing can be forgotten here."""


class KeyDialogue:
    """The lines of a terminal that gives every key as it is pressed and shows none of them by itself."""

    def __init__(self, fd: int, termios: Any) -> None:
        """Read from *fd*."""
        self.column = 0  # where the line begins: behind its question
        self._fd, self._termios = fd, termios

    def readline(self) -> str:
        """Take a line and show it as it is typed."""
        decoder = getincrementaldecoder(sys.stdin.encoding or "utf-8")(errors="replace")
        line = TypedLine(self.column, os.get_terminal_size(self._fd).columns)
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
        """Leave at an Esc that stands alone; an arrow or function key begins with one and does nothing here."""
        if not self._follows() or os.read(self._fd, 1) not in (b"[", b"O"):
            self.forget()
            raise KeyboardInterrupt
        while self._follows() and not b"@" <= os.read(self._fd, 1) <= b"~":
            pass

    def _follows(self) -> bool:
        from select import select

        return bool(select([self._fd], [], [], PATIENCE)[0])


class TypedLine:
    """A line that is being typed, and where on the screen each of its characters ends."""

    def __init__(self, start: int, width: int) -> None:
        """Begin behind *start* columns, on a terminal of *width*."""
        self.text = ""
        self._width = width or 80
        self._ends = [divmod(start, self._width)]  # row and column

    def followed_by(self, char: str) -> str:
        """Take one more character, and say how it is shown; what a terminal would act on is not taken."""
        if not (char.isprintable() or char == "\u3000"):
            return ""
        (row, column), wide = self._ends[-1], columns(char)
        if column + wide > self._width:
            row, column = row + 1, 0
        # a full row is left at once, where a terminal would wait for the next character
        is_full = column + wide == self._width
        self.text += char
        self._ends.append((row + 1, 0) if is_full else (row, column + wide))
        return f"{char} \r" if is_full else char

    def without(self, count: int) -> str:
        """Give the last *count* characters up, and say how they vanish, also over the edge of the terminal."""
        row, _ = self._ends[-1]
        kept = max(0, len(self.text) - count)
        self.text = self.text[:kept]
        del self._ends[kept + 1 :]
        to_row, to_column = self._ends[-1]
        up = f"\x1b[{row - to_row}A" if row > to_row else ""
        return f"{up}\x1b[{to_column + 1}G\x1b[J"


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextmanager
def open_dialogue() -> Iterator[Dialogue]:
    """Talk on the terminal, and leave it as it was found."""
    try:
        import termios
    except ImportError:
        yield Dialogue(PlainDialogue())
        return
    fd = sys.stdin.fileno()
    found, own = termios.tcgetattr(fd), termios.tcgetattr(fd)
    own[3] &= ~(termios.ICANON | termios.ECHO)
    own[6][termios.VMIN], own[6][termios.VTIME] = 1, 0
    own[6][termios.VSUSP] = bytes(
        [os.fpathconf(fd, "PC_VDISABLE")]
    )  # a shell would find a terminal without echo
    try:
        termios.tcsetattr(fd, termios.TCSADRAIN, own)
        yield Dialogue(KeyDialogue(fd, termios))
    finally:
        termios.tcsetattr(
            fd, termios.TCSAFLUSH, found
        )  # the rest of a pasted text is no command for the shell
