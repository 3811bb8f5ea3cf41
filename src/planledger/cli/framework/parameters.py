"""What commands take: kinds of arguments and options, the options that all share, and the mark of a command."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import typer
from typer.core import TyperOption

from planledger.cli.framework.command_table import VERSION
from planledger.cli.framework.completion import completion_of
from planledger.cli.session.session import Session
from planledger.plan.refusal import Refusal

# Its name and place differ between versions of Typer: docs/decisions.md.
UsageError: Any = typer.BadParameter.__mro__[1]


def argument(metavar: str, text: str, *, is_several: bool = False) -> Any:
    """Return an argument that help shows as *metavar*, by which it is completed, and explains by *text*."""
    complete = completion_of(metavar, is_several=is_several)
    return typer.Argument(metavar=metavar, help=text, autocompletion=complete)


def option(
    metavar: str,
    text: str,
    *names: str,
    is_several: bool = False,
    least: int | None = None,
    most: int | None = None,
) -> Any:
    """Return an option with a value that help shows as *metavar*, by which it is completed.

    Args:
        metavar: what the value is.
        text: what help says of it.
        names: those of the option, where its parameter's does not do.
        is_several: whether a word may name several with 、 between them.
        least: of a number.
        most: of a number.
    """
    complete = completion_of(metavar, is_several=is_several)
    return typer.Option(*names, metavar=metavar, help=text, autocompletion=complete, min=least, max=most)


def flag(name: str, text: str) -> Any:
    """Return an option of a *name* without a value, which help explains by *text*."""
    return typer.Option(name, help=text)


AgencyOption = Annotated[str, option("单位", "只看某单位（全称、简称或拼音首字母）")]


def one_of(word: str, words: tuple[str, ...], option: str) -> str:
    """Return one of the *words* that an option may be given, also where it is typed in Chinese.

    Raises:
        Refusal: it is another word.
    """
    if word in words:
        return word
    from planledger.plan.phrases.option_names import VALUE_NAMES

    names = {VALUE_NAMES[one]: one for one in words if one in VALUE_NAMES}
    if word in names:
        return names[word]
    listed = (f"{one}（{VALUE_NAMES[one]}）" if one in VALUE_NAMES else one for one in words)
    raise Refusal(f"{option} 不能写 {word}；可写：{'、'.join(listed)}。")


def _shared(flags: tuple[str, ...], name: str, help_text: str, metavar: str | None = None) -> TyperOption:
    """Return an option that fills the setting of a *name* instead of a parameter of the command; without a *metavar* it is a flag."""

    def fill_settings(ctx: Any, _param: Any, value: Any) -> Any:
        settings = Session.of(ctx).settings
        settings.has_day |= name == "as_of"
        if value:  # completion too asks the ledger and the plan that were typed
            setattr(settings, name, value)
        return value

    complete = completion_of(metavar or "")
    return TyperOption(
        param_decls=list(flags),
        help=help_text,
        metavar=metavar,
        is_flag=metavar is None,
        callback=fill_settings,
        expose_value=False,
        autocompletion=complete and (lambda ctx, _args, incomplete: complete(ctx, incomplete)),
    )


LEDGER = _shared(("--ledger",), "ledger", "台账文件或服务器上的地址（或环境变量 PLANLEDGER_LEDGER）", "路径")
PLAN = _shared(("--plan",), "plan", "方案的年度、id 或名称中的一段（或环境变量 PLANLEDGER_PLAN）", "方案")
AS_OF = _shared(("--as-of",), "as_of", "截至哪一天（当天算在内），不写是今天", "日期")
KNOWN_AT = _shared(("--known-at",), "known_at", "只算到这一时刻为止登记的，如 2019-11-15T18:00", "时刻")
JSON = _shared(("--json",), "is_json", "输出 JSON")
CSV = _shared(("--csv",), "is_csv", "输出 CSV（Excel 可直接打开）")
OUTPUT = _shared(("--output", "-o"), "output", "结果存成文件，不显示；以 .xlsx 结尾是 Excel 表", "文件")
FORCE = _shared(("--force",), "is_forced", "替换已有的同名 Excel 文件")
REPLACE = _shared(("--force",), "is_forced", "替换已有的同名文件")
REPLACE_PLAN = _shared(("--force",), "is_forced", "替换已有的方案文件")
FULL = _shared(("--full",), "is_full", "人名和电话写全，不打码")
BY = _shared(("--by",), "by", "记录人（或环境变量 PLANLEDGER_BY）", "姓名")


def _show_version(ctx: Any, _param: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        sys.stdout.write(VERSION)
        raise typer.Exit


SHOW_VERSION = TyperOption(
    param_decls=["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="显示版本",
)

ANYWHERE = (LEDGER, PLAN)
ABOUT = (*ANYWHERE, AS_OF, KNOWN_AT)


def command(*shared: TyperOption, cls: type | None = None) -> Callable[[Any], Any]:
    """Mark a function as a command that takes the *shared* options too; a *cls* parses its line in another way.

    Its parameter `session` is no part of the line: what the command holds.
    """

    def mark(function: Any) -> Any:
        function.shared, function.command_class = shared, cls
        return function

    return mark


question = partial(command, *ABOUT, JSON, CSV, OUTPUT, FORCE)
"""Mark a function as a command that answers a question about a plan, in every form, and stores nothing."""

action = partial(command, *ANYWHERE, BY)
"""Mark a function as a command that stores something of a plan, by a clerk."""
