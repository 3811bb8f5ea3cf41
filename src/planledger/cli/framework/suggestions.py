"""What was probably meant by a line that cannot be read: one sentence with the line to type instead.

Nothing is taken for what it might be: the refusal ends with the right line, and whoever typed types that.
"""

import re
from collections.abc import Collection
from typing import Any

from planledger.cli.framework.command_table import DASHES
from planledger.cli.session.session import AMOUNTS, TYPED, Session
from planledger.cli.session.settings import pasted_line, question_options
from planledger.plan.model.terms import Standing
from planledger.plan.phrases.days import read_day
from planledger.plan.phrases.texts import fold, means_nothing
from planledger.plan.phrases.typed_days import year_in
from planledger.plan.phrases.unit_names import find_agencies
from planledger.plan.refusal import Refusal
from planledger.questions.naming import split_list
from planledger.questions.sheet import Row, Sheet

_OPTION = re.compile(rf"([{DASHES}]{{1,4}})([^{DASHES}\d\s][^\s].*)", re.DOTALL)
_EQUALS = "=＝"
_DONE = ("done", "完成", "已完成", "申报完成", "办结")


def refuse_other_dashes(ctx: Any, command: Any, typed: Collection[str], *, any_name: bool) -> None:
    """Refuse an option whose hyphens are dashes, or whose `=` is full-width, with the line as it should be.

    Args:
        ctx: of the command.
        command: whose options are known.
        typed: the words after it.
        any_name: whether what it does not know may be an option too, as the indicators of `record` are.

    Raises:
        Refusal: there is such a word where an option stands.
    """
    takes_value = {name: not param.is_flag for name, param in options_of(command, ctx).items()}
    if not all(word.isascii() for word in typed if word[:1] in DASHES):
        from planledger.cli.framework.chinese_line import options_named

        takes_value |= {name: takes_value[meant] for name, meant in options_named(command).items()}
    wrong, is_value = {}, False
    for word in typed:
        if word == "--":
            break
        right = "" if is_value else _with_hyphens(word, takes_value, any_name=any_name)
        if right != word and right:
            wrong[word] = right
        name = (right or word).partition("=")[0]
        is_value = (
            not is_value and name == (right or word) and takes_value.get(name, any_name and name[:2] == "--")
        )
    if wrong:
        first = next(iter(wrong))
        raise Refusal(
            f"{first} 开头应是两个英文减号、等号也要英文的{_line([wrong.get(w, w) for w in Session.of(ctx).typed])}"
        )


def _with_hyphens(word: str, known: dict[str, bool], *, any_name: bool) -> str:
    """Return an option as it should be typed; empty where the word is none."""
    match = _OPTION.fullmatch(word)
    if not match or (word[:2] in known and not word.startswith("--")):
        return ""
    name, mark, value = next(
        (parts for sign in _EQUALS if (parts := match[2].partition(sign))[1]), (match[2], "", "")
    )
    right = f"--{fold(name)}"
    if right not in known and not (any_name and (match[1] != "-" or fold(name).isascii())):
        return ""
    return right + ("=" + value if mark else "")


def refuse_bare_reason(ctx: Any, numbers: list[str], because: str) -> None:
    """Refuse a reason that stands among the numbers of entries, with the line as it should be.

    Raises:
        Refusal: there is no other reason, and a word that has no digit.
    """
    bare = [word for word in numbers if not any(map(str.isdigit, fold(word)))]
    if bare and not because and len(bare) < len(numbers):
        raise Refusal(f"原因前面要写 --because{_line(_replaced(ctx, bare, ['--because', ' '.join(bare)]))}")


def extra_words_hint(ctx: Any) -> str:
    """Return what words that no argument takes were probably meant for, as the command reads them; empty for nothing."""
    session = Session.of(ctx)
    session.ledger.is_quiet = True
    try:
        sheet = session.ledger.sheet()
    except (Refusal, ValueError):  # a path that can name no file is refused where it stands alone
        return ""
    extra = ExtraWords(ctx, sheet)
    return str(ctx.command.meaning_of(extra)) if extra.words else ""


class ExtraWords:
    """The words of a line that no argument of its command takes, and what they were probably meant for."""

    def __init__(self, ctx: Any, sheet: Sheet) -> None:
        """Read the line that *ctx* holds; units, items and indicators are those of *sheet*."""
        typed = ctx.meta.get(TYPED, ())
        self.ctx, self.sheet, self.options = ctx, sheet, options_of(ctx.command, ctx)
        self.words: list[str] = ctx.command.make_parser(ctx).parse_args(list(typed))[1]
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
            return f"一项的情况用 show 看{_line(['show', first, *question_options(session.settings)])}"
        meant, left = self._apart()
        single = {name for name, param in self.options.items() if not (param.is_flag or param.multiple)}
        names = [word.partition("=")[0] for word in (*session.typed, *meant)]
        if left or not meant or any(names.count(name) > 1 for name in single):
            return ""
        return f"{first} 前面要写选项{self._instead(meant)}"

    def in_record(self, row: Row) -> str:
        """Return how a number, an indicator without hyphens, a unit, a day, or words are recorded on a row."""
        first, *others = self.words
        indicators = [figure.indicator for figure in row.progress.figures]
        if others and any(first in (one.key, one.label) for one in indicators):
            return f"指标前面要写两个英文减号{self._instead([f'--{first}', *others])}"
        meant, words = self._apart(row)
        if not words:
            return f"{first} 前面要写选项{self._instead(meant)}"
        text = " ".join(words)
        if not fold(text)[:1].isdigit():
            if self._has_more():
                return f"文字前面要写 --note{self._instead([*meant, '--note', text])}"
            return f"文字用 report 登记{self._instead([*meant, '--progress', text], as_report=True)}"
        if not indicators or len(words) > 1:
            return ""
        one = indicators[0]
        which = (
            f"是{len(indicators)}个指标中的哪一个，例如{one.label}"
            if indicators[1:]
            else f"指标（{one.label}）"
        )
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

    def _has_more(self) -> bool:
        """Whether anything was typed after `record` that `report` does not take."""
        both = ("item", "on", "agency", "any_agency")
        more = (value for name, value in self.ctx.params.items() if name not in both)
        return bool(self.ctx.meta[AMOUNTS]) or any(more)

    def _apart(self, row: Row | None = None) -> tuple[list[str], list[str]]:
        """Return options with their values, as they should be typed, and the words that fit none."""
        meant, left = list[str](), list[str]()
        for word in self.words:
            option = (row and _of_row(row, word)) or _option_for(word, self.options, self.sheet)
            meant += option
            left += [] if option else [word]
        return meant, left

    def _instead(self, meant: list[str], *, as_report: bool = False) -> str:
        """Return the line with what was *meant* in place of the words; *as_report* with `report` in place of its command."""
        words = _replaced(self.ctx, self.words, meant)
        return _line(["report" if as_report and word == self.ctx.info_name else word for word in words])


def _of_row(row: Row, word: str) -> list[str]:
    """Return the option for the indicator or the paper of a row that a word names: 新增转移就业40人, transferred=40, 会议纪要."""
    for indicator in (figure.indicator for figure in row.progress.figures):
        for name in (indicator.key, indicator.label):
            number = word.removeprefix(name).lstrip("=＝:： ")
            if word.startswith(name) and fold(number)[:1].isdigit():
                return [f"--{name}", number]
    return ["--paper", word] if any(word == one.kind for one in row.progress.requirements) else []


def _option_for(word: str, options: Collection[str], sheet: Sheet) -> list[str]:
    """Return the option that a word is the value of, or is: a unit, a side, an area, a standing, a month, a day, 已完成."""
    if word in _DONE and "--done" in options:
        return ["--done"]
    is_day = bool(read_day(word).day) or (year_in(word) == "" and bool(re.search("[天周日号]", word)))
    fits = {
        "--agency": all(
            find_agencies(unit, sheet.agencies, sheet.sides) for unit in split_list(word) or (word,)
        ),
        "--side": any(word in side for side in sheet.sides),
        "--area": any(fold(word) in area for area in sheet.areas),
        "--standing": any(word == standing.label for standing in Standing),
        "--month": bool(re.fullmatch(r"\d{4}-\d{1,2}", fold(word))),
        "--on": is_day,
        "--as-of": is_day,
    }
    fits |= {"--period": fits["--month"], "--due": fits["--on"]}
    fits["--because"] = not fold(word)[:1].isdigit()  # whatever else it is, it may be a reason
    return next(([name, word] for name, fit in fits.items() if fit and name in options), [])


def options_of(command: Any, ctx: Any) -> dict[str, Any]:
    """Return the options of a command by their names."""
    options = (param for param in command.get_params(ctx) if param.param_type_name == "option")
    return {name: param for param in options for name in param.opts}


def _replaced(ctx: Any, extra: list[str], meant: list[str]) -> list[str]:
    """Return the words of the line without the *extra* ones and with what was *meant* at its end."""
    words = list(Session.of(ctx).typed)
    flags = {name for name, param in options_of(ctx.command, ctx).items() if param.is_flag}
    for word in extra:
        places = [place for place, typed in enumerate(words) if typed == word]
        # what stands behind an option is its value, and not extra
        words.pop(
            next((at for at in places if words[at - 1][:2] != "--" or words[at - 1] in flags), places[-1])
        )
    return words + meant


def _line(words: list[str]) -> str:
    line = pasted_line(words)
    return f"，请写：{line}" if line else "。"
