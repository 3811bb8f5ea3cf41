"""What was probably meant by a line that cannot be read: one sentence with the line to type instead.

Nothing is taken for what it might be: the refusal ends with the right line, and whoever typed types that.
"""

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from planledger.cli.framework.chinese_line import in_both_languages, in_english, line_to_type, options_of
from planledger.cli.framework.parameters import UsageError
from planledger.cli.session.session import AMOUNTS, TYPED, Session
from planledger.cli.session.suggested_line import question_options, with_words
from planledger.plan.model.terms import Standing
from planledger.plan.people.contact import name_fault, phone_fault
from planledger.plan.phrases.days import LAST, MONTH, read_typed_day
from planledger.plan.phrases.texts import fold, means_nothing
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import Refusal
from planledger.questions.naming import split_list
from planledger.questions.sheet import Row, Sheet

_NAMED = re.compile(r"([^=＝:：]+)[=＝:：](.+)", re.DOTALL)
_NUMBERED = re.compile(r"(\D+?)[=＝:： ]*([\d０-９].*)")
_DONE = ("done", "完成", "已完成", "申报完成", "办结")


def refuse_bare_reason(ctx: Any, numbers: list[str], because: str) -> None:
    """Refuse a reason that stands among the numbers of entries, with the line as it should be.

    Raises:
        Refusal: there is no other reason, and a word that has no digit.
    """
    bare = [word for word in numbers if not any(map(str.isdigit, fold(word)))]
    if bare and not because and len(bare) < len(numbers):
        words = bare[1:] if bare[0] in ("原因", "because") else bare
        why = " ".join(words) or "原因"
        raise Refusal(f"原因前面要写 --because{line_to_type(_replaced(ctx, bare, ['--because', why]))}")


def extra_words_hint(ctx: Any) -> str:
    """Return what words that no argument takes were probably meant for, as the command reads them; empty for nothing."""
    session = Session.of(ctx)
    session.ledger.is_quiet = True
    try:
        sheet = session.ledger.sheet()
        extra = ExtraWords(ctx, sheet)
    except (Refusal, UsageError, ValueError):  # a path that can name no file is refused where it stands alone
        return ""
    return str(ctx.command.meaning_of(extra)) if extra.words else ""


def swallowed_option(ctx: Any) -> str:
    """Return the option that is none and stands as the value of the one before it; empty where there is none, or an indicator may be meant."""
    known = {**in_both_languages(options_of(ctx.command, ctx), ctx.command), "--help": None}
    typed = () if AMOUNTS in ctx.meta else ctx.meta.get(TYPED, ())
    options = (word for word in typed if word.startswith("--") and word != "--")
    return next((word for word in options if word.partition("=")[0] not in known), "")


def argument_hint(ctx: Any, option: str) -> str:
    """Return the line in which the value of an *option* that is none stands as an argument; empty where no argument is called so."""
    session, behind = Session.of(ctx), ctx.meta.get(TYPED, ())
    arguments = (param for param in ctx.command.params if param.param_type_name == "argument")
    argument = next((one for one in arguments if option[2:] in (one.name, one.metavar)), None)
    parted = (word.split("=", 1) if word.startswith(f"{option}=") else [word] for word in behind)
    words = [part for parts in parted for part in parts]
    if argument is None or option not in words[:-1]:
        return ""
    place = words.index(option)
    line = [words[place + 1], *words[:place], *words[place + 2 :]]
    try:
        ctx.command.make_parser(ctx).parse_args(in_english(line, ctx.command))
    except UsageError as error:  # no line is right that keeps another option that is none
        option = getattr(error, "option_name", "")
        also = f"；{option} 也不能这样写" if option else ""
        return f"{argument.metavar} 不写选项名{also}。"
    session.typed[len(session.typed) - len(behind) :] = line
    ctx.meta[TYPED] = tuple(line)
    meant = extra_words_hint(ctx)
    return f"{argument.metavar} 不写选项名" + (f"；{meant}" if meant else line_to_type(session.typed))


class ExtraWords:
    """The words of a line that no argument of its command takes, and what they were probably meant for."""

    def __init__(self, ctx: Any, sheet: Sheet) -> None:
        """Read the line that *ctx* holds; units, items and indicators are those of *sheet*."""
        typed = ctx.meta.get(TYPED, ())
        self.ctx, self.sheet, self.options = ctx, sheet, options_of(ctx.command, ctx)
        given, self.words, _ = ctx.command.make_parser(ctx).parse_args(list(typed))
        arguments = (given.get(one.name) for one in ctx.command.params if one.param_type_name == "argument")
        self.argument = next((word for word in arguments if isinstance(word, str)), "")  # the first one
        code = next((fold(word) for word in typed if fold(word)[:1].isdigit()), "")
        self.row = next((row for row in sheet.rows if row.item.code == code), None)

    def in_question(self) -> str:
        """Return which options the words are the values of, or that one item is shown by `show`."""
        first, session = self.words[0], Session.of(self.ctx)
        word = fold(first)
        is_item = word not in {area.code for area in self.sheet.areas} and any(
            f"{row.item.code}.".startswith(f"{word}.") for row in self.sheet.rows
        )
        if "--as-of" in self.options and is_item:
            return f"一项的情况用 show 看{line_to_type(['show', first, *question_options(session.settings)])}"
        meant, left = self._apart()
        option = _option_for(self.argument, self.options, self.sheet) if left == self.words[:1] else []
        if option:
            line = _replaced(self.ctx, self.words, meant)
            line[line.index(self.argument)] = first
            return f"{self.argument} 前面要写选项{line_to_type(with_words(line, *option))}"
        single = {name for name, param in self.options.items() if not (param.is_flag or param.multiple)}
        names = [word.partition("=")[0] for word in (*session.typed, *meant)]
        if left or not meant or any(names.count(name) > 1 for name in single):
            return ""
        return f"{first} 前面要写选项{self._instead(meant)}"

    def in_record(self, row: Row) -> str:
        """Return how a number, an indicator without hyphens, a unit, a day, or words are recorded on a row."""
        first = self.words[0]
        indicators = [figure.indicator for figure in row.progress.figures]
        meant, words = self._apart(row)
        if not words:
            return f"{first} 前面要写选项{self._instead(meant)}"
        text = " ".join(words)
        if not fold(text)[:1].isdigit():
            if self._has_more(meant):
                return f"文字前面要写 --note{self._instead([*meant, '--note', text])}"
            return f"文字用 report 登记{self._instead([*meant, '--progress', text], as_report=True)}"
        if not indicators or len(words) > 1:
            return ""
        one = indicators[0]
        which = f"指标（{one.label}）"
        if indicators[1:]:
            which = f"是{len(indicators)}个指标中的哪一个，例如{one.label}"
        return f"数量前面要写明{which}{self._instead([f'--{one.key}', text, *meant])}"

    def in_report(self) -> str:
        """Return how words are reported on a row: as its progress, or as 零报告."""
        meant, words = self._apart()
        text, given = " ".join(words), {name for name, value in self.ctx.params.items() if value}
        if words and given & {"progress", "nothing"}:
            return ""
        if words:
            is_nothing = means_nothing(text) and not given & {"problem", "next_"}
            meant += ["--nothing"] if is_nothing else ["--progress", text]
        return f"文字前面要写它是什么{self._instead(meant)}"

    def _has_more(self, meant: list[str]) -> bool:
        """Whether anything was typed after `record`, or *meant*, that `report` does not take."""
        both = ("item", "on", "agency", "any_agency")
        known = in_both_languages(self.options, self.ctx.command)
        more = [name for name, value in self.ctx.params.items() if value]
        more += [known[word].name if word in known else word for word in meant if word.startswith("--")]
        return bool(self.ctx.meta[AMOUNTS]) or not set(more).issubset(both)

    def _apart(self, row: Row | None = None) -> tuple[list[str], list[str]]:
        """Return options with their values, as they should be typed, and the words that fit none."""
        meant, left, words = list[str](), list[str](), iter(self.words)
        for word in words:
            option = (
                (row and _of_row(row, word, words))
                or self._named(word, words)
                or _option_for(word, self.options, self.sheet)
            )
            meant += option
            left += [] if option else [word]
        return meant, left

    def _named(self, word: str, rest: Iterator[str]) -> list[str]:
        """Return the option that a word names without its hyphens: 单位=人社局, or 单位 with its value in the *rest*."""
        match = _NAMED.fullmatch(word)
        name = f"--{fold(match[1] if match else word)}"
        param = in_both_languages(self.options, self.ctx.command).get(name)
        if param is None or (param.is_flag and not match):
            return []
        values = [match[2]] if match else []
        values += islice(rest, param.nargs - len(values))
        return [name, *values] if len(values) == param.nargs else []

    def _instead(self, meant: list[str], *, as_report: bool = False) -> str:
        """Return the line with what was *meant* in place of the words; *as_report* with `report` in place of its command."""
        words = _replaced(self.ctx, self.words, meant)
        return line_to_type(
            ["report" if as_report and word == self.ctx.info_name else word for word in words]
        )


def _of_row(row: Row, word: str, rest: Iterator[str]) -> list[str]:
    """Return the option for the indicator or the paper of a row that a word names: 转移40人, transferred=40, 会议纪要."""
    if any(word == one.kind for one in row.progress.requirements):
        return ["--paper", word]
    match = _NUMBERED.fullmatch(word)
    name = match[1] if match else word
    labels = [figure.indicator.label for figure in row.progress.figures if name in figure.indicator.label]
    is_known = len(labels) == 1 or any(name == figure.indicator.key for figure in row.progress.figures)
    number = (match[2] if match else next(rest, "")) if is_known else ""
    return [f"--{name}", number] if number else []


def _option_for(word: str, options: Collection[str], sheet: Sheet) -> list[str]:
    """Return the option that a word is the value of, or is: a unit, a side, an area, a standing, a month, a day, 已完成."""
    if word in _DONE and "--done" in options:
        return ["--done"]
    of_plan = sheet.as_of, sheet.plan.year
    is_month = bool(read_typed_day(word, MONTH, *of_plan).day)
    is_full = re.search("[天周日号]|星期|礼拜|[0-9]{4}", word)  # 6.1 is an item
    reading = read_typed_day(word, LAST, *of_plan)
    is_day = bool(is_full and not is_month and (reading.day or reading.choices))
    is_unit = all(find_agencies(one, sheet.agencies, sheet.sides) for one in split_list(word) or (word,))
    fits = {
        "--agency": is_unit,
        "--side": any(word in side for side in sheet.sides),
        "--area": any(fold(word) in area for area in sheet.areas),
        "--standing": any(word == standing.label for standing in Standing),
        "--month": is_month,
        "--on": is_day,
        "--as-of": is_day,
        "--filing": any(word in (one.key, one.label) for one in sheet.filings),
        "--to": fold(word)[:1].isdigit(),
        "--days": fold(word).isdecimal(),
        "--against": bool(re.fullmatch("[0-9]+:[0-9a-f]+", fold(word))),
        "--phone": not phone_fault(fold(word)),
        "--name": not is_unit and not name_fault(word),
    }
    fits |= {"--period": fits["--month"], "--due": fits["--on"]}
    fits["--because"] = not (is_unit or fold(word)[:1].isdigit())  # whatever else it is, it may be a reason
    return next(([name, word] for name, fit in fits.items() if fit and name in options), [])


def _replaced(ctx: Any, extra: list[str], meant: list[str]) -> list[str]:
    """Return the words of the line without the *extra* ones and with what was *meant* behind the others."""
    words = list(Session.of(ctx).typed)
    flags = {name for name, param in options_of(ctx.command, ctx).items() if param.is_flag}
    for word in extra:
        places = [place for place, typed in enumerate(words) if typed == word]
        # what stands behind an option is its value, and not extra
        words.pop(
            next((at for at in places if words[at - 1][:2] != "--" or words[at - 1] in flags), places[-1])
        )
    return with_words(words, *meant)
