"""What was probably meant by a line that cannot be read: one sentence with the line to type instead.

Nothing is taken for what it might be: the refusal ends with the right line, and whoever typed types that.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from planledger.cli.framework.chinese_line import TEXTS, in_both_languages, line_to_type, options_of
from planledger.cli.framework.parameters import UsageError
from planledger.cli.framework.probable_option import option_for, option_of_row, options_glued
from planledger.cli.session.session import AMOUNTS, TYPED, Session
from planledger.cli.session.suggested_line import question_options, with_words, without
from planledger.plan.phrases.quantities import read_quantity
from planledger.plan.phrases.texts import fold, means_nothing
from planledger.plan.refusal import Refusal
from planledger.questions.naming import code_typed
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
    if because:
        line = without(_replaced(ctx, bare, []), "--because")
        whole = with_words(line, "--because", " ".join((because, *bare)))
        raise Refusal(f"有空格的原因要加引号{line_to_type(whole)}")
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
        self.ctx, self.sheet = ctx, sheet
        self.options, self.known = options_of(ctx), in_both_languages(ctx)
        names = {word.partition("=")[0] for word in Session.of(ctx).typed}
        self.free = {name for name, param in self.options.items() if param.multiple or name not in names}
        given, self.words, _ = ctx.command.make_parser(ctx).parse_args(list(typed))
        arguments = (given.get(one.name) for one in ctx.command.params if one.param_type_name == "argument")
        self.argument = next((word for word in arguments if isinstance(word, str)), "")  # the first one
        code = code_typed(self.argument)
        self.row = next((row for row in sheet.rows if row.item.code == code), None)

    def meaning(self) -> str:
        """Return what the words were probably meant for, by what the command takes; empty where nothing fits them."""
        is_record, first = AMOUNTS in self.ctx.meta, self.words[0]
        if "--as-of" in self.options and self._is_item(first):
            settings = Session.of(self.ctx).settings
            return f"一项的情况用 show 看{line_to_type(['show', first, *question_options(settings)])}"
        meant, left = self._apart(self.row if is_record else None)
        if not left:
            return f"{first} 前面要写选项{self._instead(meant)}"
        is_behind = self.argument and left == [first]
        option = option_for(self.argument, self.free, self.sheet) if is_behind else []
        if option:
            line = _replaced(self.ctx, self.words, meant)
            line[line.index(self.argument)] = first
            return f"{self.argument} 前面要写选项{line_to_type(with_words(line, *option))}"
        if self.row and is_record:
            return self._in_record(self.row, meant, left)
        return self._in_report(meant, left) if self.row and "--progress" in self.options else ""

    def _is_item(self, word: str) -> bool:
        """Whether a word is the code of an item, or of several (5.2 of 5.2.1 and 5.2.2); that of an area is none."""
        code = code_typed(word)
        is_area = any(area.code == code for area in self.sheet.areas)
        return not is_area and any(f"{row.item.code}.".startswith(f"{code}.") for row in self.sheet.rows)

    def continued(self) -> str:
        """Return the line in which all words belong to the values before them, which have blanks in them; empty where one does not."""
        extra, line, option = list(self.words), list[str](), ""
        for word in Session.of(self.ctx).typed:
            is_value = line[-1:] == [option]
            whole = self._whole(option, line[-1], word) if option and not is_value and word in extra else ""
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
        kind = self.options[option].metavar
        if kind in TEXTS:
            figure = option_of_row(self.row, word, iter(())) if self.row else []
            fit = figure or option_for(word, self.options, self.sheet)[:1]
            is_text = fit in ([], [option], ["--done"]) and not fold(word)[:1].isdigit()
            return f"{value} {word}" if is_text else ""
        whole = f"{value} {word}" if kind == "文件" else value + word
        is_part = not option_for(value, [option], self.sheet)
        return whole if is_part and option_for(whole, [option], self.sheet) else ""

    def _in_record(self, row: Row, meant: list[str], words: list[str]) -> str:
        """Return how a number, or words, are recorded on a row beside what else was *meant*."""
        indicators = [figure.indicator for figure in row.progress.figures]
        figures = any(option_of_row(row, word, iter(())) for word in words)
        if figures or any(option_for(word, self.options, self.sheet) for word in words):
            return ""  # of one figure two numbers, two days, or a unit in a text
        text = " ".join(words)
        if not fold(text)[:1].isdigit():
            if not self._has_more(meant):
                line = self._instead([*meant, "--progress", text], as_report=True)
                return f"{words[0]} 是文字，用 report 登记{line}"
            line = self._instead([*meant, "--note", text])
            return f"{words[0]} 前面要写 --note{line}" if self._is_free("--note", meant) else ""
        fitting = [one for one in indicators if not read_quantity(text, one.unit, one.decimals).fault]
        has_figure = any(word[:2] == "--" and word not in self.known for word in meant)
        if not fitting or words[1:] or has_figure or self.ctx.meta[AMOUNTS]:
            return ""  # it may be part of another number
        one = fitting[0]
        which = f"指标（{one.label}）"
        if fitting[1:]:
            which = f"是{len(fitting)}个指标中的哪一个，例如{one.label}"
        return f"{text} 前面要写明{which}{self._instead([f'--{one.key}', text, *meant])}"

    def _in_report(self, meant: list[str], words: list[str]) -> str:
        """Return how words are reported on a row beside what else was *meant*: as its progress, or as 零报告."""
        text, of_something = " ".join(words), ("--problem", "--next")
        if not all(self._is_free(name, meant) for name in ("--progress", "--nothing")):
            return ""
        is_nothing = means_nothing(text) and all(self._is_free(name, meant) for name in of_something)
        what = ["--nothing"] if is_nothing else ["--progress", text]
        return f"{words[0]} 前面要写选项{self._instead([*meant, *what])}"

    def _is_free(self, name: str, meant: list[str]) -> bool:
        """Whether an option was neither typed nor *meant*, by any of its names."""
        return name in self.free and self.options[name] not in map(self.known.get, meant)

    def _has_more(self, meant: list[str]) -> bool:
        """Whether anything was typed after `record`, or *meant*, that `report` does not take."""
        both = ("item", "on", "agency", "any_agency")
        more = [name for name, value in self.ctx.params.items() if value]
        more += [self.known[word].name if word in self.known else word for word in meant if word[:2] == "--"]
        return bool(self.ctx.meta[AMOUNTS]) or not set(more).issubset(both)

    def _apart(self, row: Row | None = None) -> tuple[list[str], list[str]]:
        """Return options with their values, as they should be typed, and the words that fit none.

        What stands among those words, or says 已完成 beside them, is of their text.
        """
        meant, left, words = list[str](), list[str](), iter(self.words)
        for word in words:
            option = (
                (row and (option_of_row(row, word, words) or options_glued(row, word, self.free, self.sheet)))
                or self._named(word, words)
                or option_for(word, self.free, self.sheet)
            )
            param = self.known.get(option[0], option[0]) if option else None
            is_there = param in [self.known.get(one, one) for one in meant]
            if not option or (is_there and not getattr(param, "multiple", False)):
                left.append(word)
            else:
                meant += option
        is_text = left and ("--done" in meant or " ".join(left) not in " ".join(self.words))
        return ([], self.words) if is_text else (meant, left)

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
        if as_report:
            words[words.index(self.ctx.info_name)] = "report"
        options = "、".join(word for word in meant if word.startswith("--"))
        return line_to_type(words, f"：{options}。")


def _replaced(ctx: Any, extra: list[str], meant: list[str]) -> list[str]:
    """Return the words of the line without the *extra* ones and with what was *meant* behind the others."""
    words = list(Session.of(ctx).typed)
    flags = {name for name, param in options_of(ctx).items() if param.is_flag}
    for word in extra:
        places = [place for place, typed in enumerate(words) if typed == word]
        # what stands behind an option is its value, and not extra
        fit = [at for at in places if words[at - 1][:2] != "--" or words[at - 1] in flags]
        words.pop((fit or places)[-1])
    return with_words(words, *meant)
