"""What was probably meant by a line that cannot be read: one sentence with the line to type instead.

Nothing is taken for what it might be: the hint is asked back with, and whoever typed it types the right line.
"""

import re
from collections.abc import Iterable
from typing import Any

from planledger.cli.command_line import pasted
from planledger.cli.counter import TYPED
from planledger.cli.desk import Desk
from planledger.plan.digits import fold
from planledger.plan.refusal import Refusal
from planledger.questions.sheet import Row, Sheet

_DASHES = "-‐‑‒–—―−─－﹣﹘"
_OPTION = re.compile(rf"([{_DASHES}]{{1,4}})([^{_DASHES}\d\s][^\s].*)", re.DOTALL)
_EQUALS = "=＝"


def refuse_other_dashes(ctx: Any, command: Any, typed: Iterable[str], *, any_name: bool) -> None:
    """Refuse an option whose hyphens are dashes, or whose `=` is full-width, with the line as it should be.

    Args:
        ctx: of the command.
        command: whose options are known.
        typed: the words after it.
        any_name: whether what it does not know may be an option too, as the indicators of `record` are.

    Raises:
        Refusal: there is such a word where an option stands.
    """
    takes_value = {name: not param.is_flag for param in _options(command, ctx) for name in param.opts}
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
            f"{first} 开头应是两个英文减号、等号也要英文的{_line([wrong.get(w, w) for w in Desk.of(ctx).typed])}"
        )


def _with_hyphens(word: str, known: dict[str, bool], *, any_name: bool) -> str:
    """Write an option as it should be typed; empty where the word is none."""
    found = _OPTION.fullmatch(word)
    if not found or (word[:2] in known and not word.startswith("--")):
        return ""
    name, mark, value = next(
        (parts for sign in _EQUALS if (parts := found[2].partition(sign))[1]), (found[2], "", "")
    )
    right = f"--{fold(name)}"
    if right not in known and not (any_name and (found[1] != "-" or fold(name).isascii())):
        return ""
    return right + ("=" + value if mark else "")


def of_extra(ctx: Any) -> str:
    """Say what words that no argument takes were probably meant for; empty where nobody can tell."""
    desk, typed = Desk.of(ctx), ctx.meta.get(TYPED, ())
    extra = ctx.command.make_parser(ctx).parse_args(list(typed))[1]
    desk.is_quiet = True
    try:
        sheet = desk.sheet()
    except Refusal:
        return ""
    code = next((fold(word) for word in typed if fold(word)[:1].isdigit()), "")
    row = next((row for row in sheet.rows if row.item.code == code), None)
    if ctx.info_name == "record" and row and extra:
        return _of_record(ctx, row, extra)
    if ctx.info_name == "report" and row and "--progress" not in desk.typed:
        return f"文字前面要写它是什么{_replaced(ctx, extra, ['--progress', ' '.join(extra)])}"
    return _of_question(ctx, sheet, extra)


def refuse_bare_reason(ctx: Any, numbers: list[str], because: str) -> None:
    """Refuse a reason that stands among the numbers of entries, with the line as it should be.

    Raises:
        Refusal: there is no other reason, and a word that has no digit.
    """
    bare = [word for word in numbers if not any(map(str.isdigit, fold(word)))]
    if bare and not because and len(bare) < len(numbers):
        raise Refusal(f"原因前面要写 --because{_replaced(ctx, bare, ['--because', ' '.join(bare)])}")


def _of_question(ctx: Any, sheet: Sheet, extra: list[str]) -> str:
    """Say which options the words are the values of, or that one item is shown by `show`."""
    options = {name for param in _options(ctx.command, ctx) for name in param.opts}
    if "--as-of" in options and any(row.item.code == fold(word) for row in sheet.rows for word in extra[:1]):
        return f"一项的情况用 show 看{_line(['show', extra[0]])}"
    meant = [_option_for(word, options, sheet) for word in extra]
    if not (meant and all(meant)):
        return ""
    return f"{extra[0]} 前面要写选项{_replaced(ctx, extra, [word for words in meant for word in words])}"


def _of_record(ctx: Any, row: Row, extra: list[str]) -> str:
    """Say how a number, an indicator without hyphens, or words are recorded on a row."""
    indicators = [figure.indicator for figure in row.progress.figures]
    names = {name for one in indicators for name in (one.key, one.label)}
    if extra[0] in names and len(extra) > 1:
        return f"指标前面要写两个英文减号{_replaced(ctx, extra, [f'--{extra[0]}', *extra[1:]])}"
    if not fold(extra[0])[:1].isdigit():
        text = " ".join(extra)
        return f"文字用 report 登记{_line(['report', row.item.code, '--progress', text])}"
    if not indicators:
        return ""
    first, several = indicators[0], len(indicators) > 1
    which = f"是{len(indicators)}个指标中的哪一个，例如{first.label}" if several else f"指标（{first.label}）"
    return f"数量前面要写明{which}{_replaced(ctx, extra, [f'--{first.key}', extra[0]])}"


def _option_for(word: str, options: set[str], sheet: Sheet) -> list[str]:
    """Find the option that a word is the value of: a unit, an area, a standing, a month, a day."""
    from planledger.plan.day_reading import read_day  # noqa: PLC0415
    from planledger.plan.names import find_agencies  # noqa: PLC0415
    from planledger.plan.terms import Standing  # noqa: PLC0415

    fits = {
        "--agency": bool(find_agencies(word, sheet.agencies, sheet.sides)),
        "--area": any(word == area.name for area in sheet.areas),
        "--standing": any(word == standing.label for standing in Standing),
        "--month": bool(re.fullmatch(r"\d{4}-\d{1,2}", fold(word))),
        "--on": bool(read_day(word).day),
        "--as-of": bool(read_day(word).day),
    }
    fits |= {"--period": fits["--month"], "--due": fits["--on"]}
    fits["--because"] = not fold(word)[:1].isdigit()  # whatever else it is, it may be a reason
    return next(([name, word] for name, fit in fits.items() if fit and name in options), [])


def _options(command: Any, ctx: Any) -> list[Any]:
    return [param for param in command.get_params(ctx) if param.param_type_name == "option"]


def _replaced(ctx: Any, extra: list[str], meant: list[str]) -> str:
    """Write the line with what was *meant* at its end, in place of the *extra* words."""
    words, left = [], list(extra)
    for word in Desk.of(ctx).typed:
        if word in left:
            left.remove(word)
        else:
            words.append(word)
    return _line([*words, *meant])


def _line(words: list[str]) -> str:
    line = pasted(words)
    return f"，请写：{line}" if line else "。"
