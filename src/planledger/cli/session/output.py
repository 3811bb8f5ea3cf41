"""The result of a command, written in its form, to the screen or into a file; and notes on standard error."""

import sys
from typing import TYPE_CHECKING

from planledger.cli.session.settings import Settings
from planledger.cli.session.suggested_line import pasted_line, with_ledger, with_words
from planledger.formats.text.display import folded, lined, safe

if TYPE_CHECKING:
    from planledger.formats.answers import Question
    from planledger.formats.screen.answers import Drawing
    from planledger.formats.text.figures import AnswerTable
    from planledger.questions.facts.office import Provenance
    from planledger.questions.receipt import Receipt


class Output:
    """The result of one command."""

    def __init__(self, settings: Settings, typed: list[str]) -> None:
        """Write in the form and into the file that *settings* name, as the line *typed* asks."""
        self.settings = settings
        self.typed = typed
        self.command_name = ""  # in Chinese
        self.plan = ""  # title of the plan that is asked
        self.source: Provenance | None = None  # of an answer about one plan, where it leaves as JSON
        self.which: list[str] = []  # which of several plans was asked, and what is open in the others

    def answer(self, question: "Question", *about: str) -> None:
        """Write the answer of a *question*, which calls the function of its name; only what that one needs is loaded.

        Args:
            question: what is asked.
            about: for whom, or of what: what a workbook says below its title.
        """
        form = self.settings.form()
        if form == "json":
            note("\n".join(self.settings.readings))
            from planledger.formats.json import answers as json_answers

            answer = question(json_answers)
            self.write(
                json_answers.json_text(json_answers.of_plan(answer, self.source) if self.source else answer)
            )
        elif form:
            from planledger.formats.csv import answers as csv_answers

            rows = question(csv_answers)
            self.note_which()
            self._write_csv(rows) if form == "csv" else self._write_workbook(rows, about)
        else:
            from planledger.formats.screen import answers

            self._draw(question(answers))

    def pasted(self, text: str) -> str:
        """Return a text in which the commands that are suggested work as they are pasted."""
        return with_ledger(text, self.settings)

    def _draw(self, drawing: "Drawing") -> None:
        from planledger.formats.screen.console import Screen, draw_to_text, terminal

        def draw(screen: Screen) -> None:
            which = [*self.settings.readings, *self.which[drawing.names_plan :]]
            if which:
                screen.print_texts(*which, "")
            drawing.draw(screen)

        if self.settings.output:
            self.write(draw_to_text(draw, self.pasted).rstrip("\n"))
        else:
            draw(terminal(self.pasted, is_plain=self.settings.is_plain))

    def write_folded(self, text: str) -> None:
        """Write a long text, folded at the edge of the terminal."""
        from shutil import get_terminal_size

        text = self.pasted(text)
        self.write("\n".join(folded(lined(text), get_terminal_size().columns)))

    def _write_csv(self, rows: "AnswerTable") -> None:
        from planledger.formats.csv.tables import csv_text

        self.write(csv_text(rows))

    def _write_workbook(self, rows: "AnswerTable", about: tuple[str, ...]) -> None:
        from planledger.cli.session.output_file import write_file
        from planledger.formats.text.phrases import moment_text
        from planledger.formats.workbook.register import answer_workbook

        settings = self.settings
        day = f"截至{settings.day()}{moment_text(settings.moment())}"
        extent = "  ".join((day, *filter(None, about), f"共{len(rows.rows)}行"))
        data = answer_workbook(f"{self.plan} {self.command_name}".lstrip(), extent, rows)
        write_file(settings.output, data, self.forced)
        note(f"已写入 {settings.output}。")

    def write(self, text: str) -> None:
        """Write a text as the result: to standard output, or whole into the file of `-o`."""
        if self.settings.output:
            from planledger.cli.session.output_file import write_file

            write_file(self.settings.output, (text.removesuffix("\n") + "\n").encode())
            note(f"已写入 {self.settings.output}。")
            return
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        if not encoding.startswith("utf"):
            text = text.removeprefix("\ufeff")  # a mark for UTF-8 alone
        sys.stdout.write(text + "\n")

    @property
    def forced(self) -> str | None:
        """The line that replaces a file which stands there, empty where it may not be repeated; None where this one does."""
        return None if self.settings.is_forced else pasted_line(with_words(self.typed, "--force"))

    def sum_up(self, *lines: str) -> None:
        """Write what the files are that a command wrote, and note which of several plans was asked."""
        self.write(self.pasted("\n".join(map(safe, lines))))
        self.note_which()

    def reply(self, *receipts: "Receipt") -> None:
        """Write what an action stored and where each row stands now; note what deserves a second look."""
        from planledger.formats.text.receipts import receipt_text, remarks

        self.write(self.pasted("\n".join(map(receipt_text, receipts))))
        for line in dict.fromkeys(line for receipt in receipts for line in remarks(receipt)):
            note(self.pasted(line))

    def note_which(self) -> None:
        """Note how a day was read, and which of several plans was asked, for a result that is no screen."""
        note("\n".join(self.settings.readings))
        for line in self.which:
            note(line)


def is_terminal() -> bool:
    """Whether a person can be asked and can read the question."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def note(text: str) -> None:
    """Write a line to standard error, without numbers of people and passwords; nothing where the text is empty."""
    if text:
        from planledger.plan.people.masking import masked_aside

        sys.stderr.write(lined(masked_aside(text), "  ") + "\n")
