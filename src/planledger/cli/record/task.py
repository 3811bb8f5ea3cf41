"""One thing that a clerk is led through: its questions, the answers so far, and the way back to one that was refused.

A task is a row of questions, each of which fills an option. The command that comes out of them is shown and run: it alone
judges, and what it refuses leads back to the question that its sentence names.
"""

import re
from collections.abc import Callable, Mapping
from itertools import chain
from os.path import basename
from typing import NamedTuple

from planledger.cli.dispatch import printable
from planledger.cli.record.line_editor import Dialogue, StepBack
from planledger.cli.session.session import Session
from planledger.cli.session.suggested_line import option_words
from planledger.plan.model.rows import Agency
from planledger.plan.refusal import Refusal
from planledger.questions.sheet import Row, Sheet

OFFICE = Agency(name="", side="", short="", initials="", contact="")  # itself: no unit is named


class Answer(NamedTuple):
    """What a question was answered with."""

    option: str = ""  # that it fills; a later answer replaces an earlier one
    words: tuple[str, ...] = ()  # of the command; none where the option is left out
    phrase: str = ""  # in the line that shows what will be stored
    then: tuple["Question", ...] = ()  # what is asked next because of it
    command: str = ""  # that stores all of it, where this answer decides

    @property
    def is_alone(self) -> bool:
        """Whether no other answer depends on it."""
        return bool(self.option) and self.option != "--agency" and not self.then


Question = Callable[["Task"], Answer | None]  # None: there was nothing to ask


class Task:
    """One thing that is to be recorded, about the annex of one plan as it stands today: what was answered so far."""

    sheet: Sheet
    row: Row

    def __init__(self, session: Session, dialogue: Dialogue, begun: Answer) -> None:
        """Ask in *dialogue* for a command of *session*; the choice of the task has *begun* it."""
        self.session, self.dialogue = session, dialogue
        dialogue.console.pasted = session.output.pasted  # names the plan that is chosen for this task
        self.clerk, self.named_plan = session.ledger.clerk(), session.settings.plan
        self.agency, self.name = OFFICE, ""  # who reports, and by which of its names
        self.answers = [begun]
        self.steps: list[tuple[Question, ...]] = []  # what was to be asked: for each answer but the first
        self.kept: dict[Question, Answer] = {}  # answers behind one that was refused

    def ask(self) -> bool:
        """Ask all questions, and those that an answer brings; return whether the clerk did not step back from the first.

        Raises:
            Refusal: nothing can be asked at all.
        """
        coming = self.answers[0].then
        while coming:
            try:
                answer = self.kept.pop(coming[0], None) or coming[0](self)
            except (StepBack, Refusal) as back:
                if isinstance(back, Refusal):
                    if not self.steps:
                        raise
                    self.dialogue.write(printable(str(back)), style="red")
                if not self.steps:
                    return False
                place = self._place_named(str(back))
                later = zip(self.steps[place + 1 :], self.answers[place + 2 :], strict=True)
                is_kept = str(back) and self.answers[place + 1].is_alone
                self.kept = {questions[0]: answer for questions, answer in later} if is_kept else {}
                coming = self.steps[place]
                del self.steps[place:], self.answers[place + 1 :]
                continue
            if answer:
                self.steps.append(coming)
                self.answers.append(answer)
            coming = (answer.then if answer else ()) + coming[1:]
        return True

    @property
    def has_unit(self) -> bool:
        """Whether a unit was named."""
        return any(one.option == "--agency" and one.words for one in self.answers)

    def _place_named(self, sentence: str) -> int:
        """Return the place of the question that a sentence names, by its option, else by its answer; without one the last."""
        last = len(self.steps) - 1
        for names_of in (lambda one: (one.option,), lambda one: map(basename, one.words)):
            for place in range(last, -1, -1):
                names = "|".join(map(re.escape, filter(None, names_of(self.answers[place + 1]))))
                if names and re.search(rf"(?a)(?<![\w.-])({names})(?![\w.-])", sentence):
                    return place
        return last

    def command(self) -> list[str]:
        """Return the words of the command that the answers come to, the options last."""
        command = [one.command for one in self.answers if one.command][-1].split()
        words = {one.option or place: one.words for place, one in enumerate(self.answers)}
        return [*command, *chain(*sorted(words.values(), key=lambda one: "".join(one).startswith("--")))]


def filled(option: str, value: str, phrase: str = "") -> Answer:
    """Return the answer that fills an option; an empty *value* leaves it out."""
    is_dashed = value.startswith("-")  # and would be taken for an option
    words = [f"{option}={value}"] if is_dashed else option_words((option, value))
    return Answer(option, tuple(words), phrase.replace("{}", value) if value else "")


def line_question(option: str, question: str, read: Callable[[str], str], phrase: str = "") -> Question:
    """Return the question whose typed line fills an option; *phrase* has a place for it."""
    return lambda task: filled(option, task.dialogue.answer(question, read), phrase)


def choice_question(question: str, choices: Mapping[str, Answer]) -> Question:
    """Return the question that is answered with one of several choices."""
    return lambda task: task.dialogue.choose(question, choices)
