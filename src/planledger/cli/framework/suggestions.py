"""What was probably meant by a line that cannot be read: one sentence with the line to type instead.

Nothing is taken for what it might be: the refusal ends with the right line, and whoever typed types that.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from planledger.cli.framework.chinese_line import TEXTS, in_both_languages, line_to_type, options_of
from planledger.cli.framework.parameters import UsageError
from planledger.cli.framework.probable_option import option_for, option_of_row, option_of_unit
from planledger.cli.session.session import AMOUNTS, TYPED, Session
from planledger.cli.session.suggested_line import question_options, with_words
from planledger.plan.phrases.quantities import read_quantity
from planledger.plan.phrases.texts import fold, means_nothing
from planledger.plan.refusal import Refusal
from planledger.questions.sheet import Row, Sheet

_NAMED = re.compile(r"([^=＝:：]+)[=＝:：](.+)", re.DOTALL)


def refuse_bare_reason(ctx: Any, numbers: list[str], because: str) -> None:
    """Refuse a reason, or the rest of one, that stands among the numbers of entries, with the line as it should be.

    Raises:
        Refusal: there is a word that has no digit.
    """
    bare = [word for word in numbers if not any(map(str.isdigit, fold(word)))]
    if not bare or len(bare) == len(numbers):
        return
    if because and "--because" in Session.of(ctx).typed:
        line = _replaced(ctx, ["--because", because, *bare], ["--because", " ".join((because, *bare))])
        raise Refusal(f"有空格的原因要加引号{line_to_type(line)}")
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
    return extra.continued() or extra.meaning() if extra.words else ""


class ExtraWords:
    """The words of a line that no argument of its command takes, and what they were probably meant for."""

    def __init__(self, ctx: Any, sheet: Sheet) -> None:
        """Read the line that *ctx* holds; units, items and indicators are those of *sheet*."""
        typed = ctx.meta.get(TYPED, ())
        self.ctx, self.sheet, self.options = ctx, sheet, options_of(ctx.command, ctx)
        self.known = in_both_languages(self.options, ctx.command)
        names = {word.partition("=")[0] for word in Session.of(ctx).typed}
        is_several = bool(names & {"--done", "--nothing"})  # only then several units may be named
        several = [name for name, param in self.options.items() if param.multiple and is_several]
        self.free = {*self.options} - names | {*several, "--evidence"} & {*self.options}
        given, self.words, _ = ctx.command.make_parser(ctx).parse_args(list(typed))
        arguments = (given.get(one.name) for one in ctx.command.params if one.param_type_name == "argument")
        self.argument = next((word for word in arguments if isinstance(word, str)), "")  # the first one
        rows = {row.item.code: row for row in sheet.rows}
        codes = [word for word in typed if fold(word)[:1].isdigit()]
        self.row = rows.get(fold(codes[0])) if codes else None
        if self.row and codes[0] in self.words and self.argument and fold(self.argument) not in rows:
            # the item stands behind what is no item: that is the extra word
            self.words[self.words.index(codes[0])], self.argument = self.argument, codes[0]

    def meaning(self) -> str:
        """Return what the words were probably meant for, by what the command takes; empty where nothing fits them."""
        if self.row and AMOUNTS in self.ctx.meta:
            return self.in_record(self.row)
        return self.in_report() if self.row and "--progress" in self.options else self.in_question()

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
        option = option_for(self.argument, self.free, self.sheet) if left == self.words[:1] else []
        if option:
            line = _replaced(self.ctx, self.words, meant)
            line[line.index(self.argument)] = first
            return f"{self.argument} 前面要写选项{line_to_type(with_words(line, *option))}"
        return "" if left else f"{first} 前面要写选项{self._instead(meant)}"

    def continued(self) -> str:
        """Return the line in which all words belong to the values before them, which have blanks in them; empty where one does not."""
        extra, line, option = list(self.words), list[str](), ""
        for word in Session.of(self.ctx).typed:
            is_value = line[-1:] == [option]
            whole = "" if is_value or word not in extra else self._whole(option, line[-1], word)
            if whole:
                line[-1] = whole
                extra.remove(word)
                continue
            line.append(word)
            if not is_value:
                param = self.options.get(word)
                option = word if param and not param.is_flag and param.nargs == 1 else ""
        return "" if extra else f"有空格的文字要加引号，单位、日期里不要空格{line_to_type(line)}"

    def _whole(self, option: str, value: str, word: str) -> str:
        """Return the *value* of an option with the *word* behind it; empty where the word does not belong to it."""
        if not option:
            return ""
        if self.options[option].metavar in TEXTS:
            figure = option_of_row(self.row, word, iter(())) if self.row else []
            fit = figure or option_for(word, self.options, self.sheet)[:1]
            is_text = fit in ([], [option]) and not fold(word)[:1].isdigit()
            return f"{value} {word}".strip("“”") if is_text else ""
        is_part = not option_for(value, [option], self.sheet)
        return value + word if is_part and option_for(value + word, [option], self.sheet) else ""

    def in_record(self, row: Row) -> str:
        """Return how a number, an indicator without hyphens, a unit, a day, or words are recorded on a row."""
        first = self.words[0]
        indicators = [figure.indicator for figure in row.progress.figures]
        meant, words = self._apart(row)
        if not words:
            return f"{first} 前面要写选项{self._instead(meant)}"
        if any(option_of_row(row, word, iter(())) for word in words):  # of one figure two numbers
            return ""
        text = " ".join(words)
        if not fold(text)[:1].isdigit():
            if not self._has_more(meant):
                line = self._instead([*meant, "--progress", text], as_report=True)
                return f"{words[0]} 是文字，用 report 登记{line}"
            is_free = "--note" in self.free
            return f"{words[0]} 前面要写 --note{self._instead([*meant, '--note', text])}" if is_free else ""
        fitting = [one for one in indicators if not read_quantity(text, one.unit, one.decimals).fault]
        has_figure = any(word[:2] == "--" and word not in self.known for word in meant)
        if (
            not fitting or words[1:] or has_figure or self.ctx.meta[AMOUNTS]
        ):  # it may be part of another number
            return ""
        one = fitting[0]
        which = f"指标（{one.label}）"
        if fitting[1:]:
            which = f"是{len(fitting)}个指标中的哪一个，例如{one.label}"
        return f"{text} 前面要写明{which}{self._instead([f'--{one.key}', text, *meant])}"

    def in_report(self) -> str:
        """Return how words are reported on a row: as its progress, or as 零报告."""
        meant, words = self._apart()
        text, given = " ".join(words), {name for name, value in self.ctx.params.items() if value}
        if words and given & {"progress", "nothing"}:
            return ""
        if words:
            is_nothing = means_nothing(text) and not given & {"problem", "next_"}
            meant += ["--nothing"] if is_nothing else ["--progress", text]
        return f"{self.words[0]} 前面要写它是什么{self._instead(meant)}"

    def _has_more(self, meant: list[str]) -> bool:
        """Whether anything was typed after `record`, or *meant*, that `report` does not take."""
        both = ("item", "on", "agency", "any_agency")
        more = [name for name, value in self.ctx.params.items() if value]
        more += [self.known[word].name if word in self.known else word for word in meant if word[:2] == "--"]
        return bool(self.ctx.meta[AMOUNTS]) or not set(more).issubset(both)

    def _apart(self, row: Row | None = None) -> tuple[list[str], list[str]]:
        """Return options with their values, as they should be typed, and the words that fit none."""
        meant, left, words = list[str](), list[str](), iter(self.words)
        for word in words:
            option = (
                (row and (option_of_row(row, word, words) or option_of_unit(row, word, self.sheet)))
                or self._named(word, words)
                or option_for(word, self.free, self.sheet)
            )
            param = self.known.get(option[0]) if option else None
            if not option or (option[0] in meant and not (param and param.multiple)):
                left.append(word)
            else:
                meant += option
        return meant, left

    def _named(self, word: str, rest: Iterator[str]) -> list[str]:
        """Return the option that a word names without its hyphens: 单位=人社局, or 单位 with its value in the *rest*."""
        match = _NAMED.fullmatch(word)
        name = f"--{fold(match[1] if match else word)}"
        param = self.known.get(name)
        if param is None or self.free.isdisjoint(param.opts) or (param.is_flag and not match):
            return []
        values = [match[2]] if match else []
        values += islice(rest, param.nargs - len(values))
        return [name, *values] if len(values) == param.nargs else []

    def _instead(self, meant: list[str], *, as_report: bool = False) -> str:
        """Return the line with what was *meant* in place of the words; *as_report* with `report` in place of its command.

        Where it may not be repeated, the options alone.
        """
        words = _replaced(self.ctx, self.words, meant)
        line = ["report" if as_report and word == self.ctx.info_name else word for word in words]
        options = "、".join(word for word in meant if word.startswith("--"))
        return line_to_type(line, f"：{options}。")


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
