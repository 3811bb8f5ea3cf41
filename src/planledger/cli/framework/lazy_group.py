"""How commands are built: loaded when named, with Chinese help, and no word that counts twice or for nothing."""

from importlib import import_module
from inspect import Signature, signature
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from planledger.cli.framework.command_table import (
    DASHES,
    GROUP,
    WIDE_BLANK,
    CommandRow,
    commands_below,
    with_default,
)
from planledger.cli.framework.parameters import ANYWHERE, SHOW_VERSION, UsageError
from planledger.cli.session.session import TYPED, Session
from planledger.plan.refusal import Refusal
from planledger.questions.naming import split_list

ORDER = "planledger.order"  # what was typed before the command and after it
# Options that say something about another one, and which that may be, where the command has it.
OF_ANOTHER = {
    "--ref": ("--paper", "--approved"),
    "--held-by": ("--paper",),
    "--entry": ("--paper", "--evidence"),
    "--kind": ("--evidence",),
    "--personal": ("--evidence",),
    "--any-agency": ("--agency",),
    "--role": ("--add-agency",),
    "--side": ("--add-agency",),
    "--force": ("-o",),
    "--full": ("--text",),
    "--by": ("--record",),
}


def _is_of_another_keyboard(word: str) -> bool:
    """Whether a word may be typed as a Chinese keyboard does: dashes for hyphens, full-width letters, signs and blanks, “ ” around it."""
    name, _, value = word.partition("=")
    is_quoted = word.startswith(("“", "‘")) or value.startswith(("“", "‘"))
    is_marked = word[:1] == "-" and (not name.isascii() or (word[1:2] != "-" and len(word) > len("-o")))
    return is_marked or is_quoted or WIDE_BLANK in word or word.startswith(tuple(DASHES[1:]))


def _refuse_twice(ctx: Any, order: list[Any]) -> None:
    """Refuse a second value of an option, wherever it stands in the line: only one of the two could count.

    A flag says the same however often it is typed, and some options take several values.
    """
    typed = ctx.meta.setdefault(ORDER, {})
    typed[ctx.command_path] = [param for param in order if param.param_type_name == "option"]
    names = [
        param.opts[0]
        for of_command in typed.values()
        for param in of_command
        if not (param.is_flag or param.multiple)
    ]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise Refusal(f"{twice} 只能写一次，这里写了{names.count(twice)}次；请只留一个再运行。")


def _refuse_empty(params: list[Any], given: dict[str, Any]) -> None:
    """Refuse an option with nothing in it, and an empty one of several values: it would fall out without a word."""
    for param in params:
        is_option, value = param.param_type_name == "option", given.get(param.name)
        is_several = getattr(param, "multiple", False) or param.nargs < 0
        is_empty = isinstance(value, str) and is_option and not value.strip()
        if is_empty or (is_several and not all(map(split_list, value or ()))):
            name = param.opts[0] if is_option else param.metavar
            raise Refusal(f"{name} 有一处是空的；请写上，或去掉再运行。什么都没有登记。")


def _refuse_without_effect(ctx: Any, command: Any) -> None:
    """Refuse options that say something about others which are not there, and those before a command that has none such."""
    typed = ctx.meta[ORDER]
    options = {name: param for param in command.params for name in param.opts}
    for param in (param for path in typed if path != ctx.command_path for param in typed[path]):
        if param.opts[0] not in options:
            raise Refusal(f"{param.opts[0]} 对 {ctx.command_path} 不起作用；请去掉再运行。")
    names = {name for param in typed[ctx.command_path] for name in param.opts}
    about: dict[tuple[str, ...], list[str]] = {}
    for name in filter(names.__contains__, OF_ANOTHER):
        others = tuple(one for one in OF_ANOTHER[name] if one in options)
        if others and not names.intersection(others):
            about.setdefault(others, []).append(name)
    if about:
        from planledger.cli.framework.chinese_line import together

        raise Refusal(together(ctx, about, options))


class _Completed:
    """Completes what is typed behind a command or a group: by the words of the tables, and by their Chinese names."""

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return the names that complete the line."""
        from planledger.cli.framework.chinese_line import completed_in_chinese

        of_typer: Any = super()
        named = completed_in_chinese(self, of_typer.shell_complete(ctx, DASHES[0]), incomplete)
        return [*of_typer.shell_complete(ctx, incomplete), *named]


class Command(_Completed, TyperCommand):
    """A command with Chinese help."""

    row: CommandRow

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words; a usage error without its context gets it here."""
        ctx.meta[TYPED] = tuple(args)
        try:
            if not ctx.resilient_parsing:
                self.refuse_other_dashes(ctx, args)
                self.refuse_missing_values(ctx, args)
                given, _, order = self.make_parser(ctx).parse_args(list(args))
                _refuse_twice(ctx, order)
                _refuse_empty(self.params, given)
                _refuse_without_effect(ctx, self)
            rest: list[str] = super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        return rest

    def refuse_other_dashes(self, ctx: Any, args: list[str], *, any_name: bool = False) -> None:
        """Refuse an option that begins with anything but two hyphens."""
        if any(map(_is_of_another_keyboard, args)):
            from planledger.cli.framework.chinese_line import refuse_other_dashes

            refuse_other_dashes(ctx, args, any_name=any_name)

    def refuse_missing_values(self, ctx: Any, args: list[str]) -> None:
        """Refuse an option in the place of another one's value."""
        pairs = {name for param in self.params if param.nargs > 1 for name in param.opts}
        is_half = any(
            word in pairs and after[:2] == "--" for word, after in zip(args, args[2:], strict=False)
        )
        if is_half or any(word[:2] == after[:2] == "--" for word, after in pairwise(args)):
            from planledger.cli.framework.chinese_line import missing_values

            if lacking := missing_values(ctx):
                raise Refusal(lacking)

    def invoke(self, ctx: Any) -> Any:
        """Run the command, with the session as one of its parameters."""
        session = ctx.params["session"] = Session.of(ctx)
        _ = session.settings.of_file  # one that is broken is refused before anything is stored
        session.output.command_name = self.row.chinese_name
        return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        from planledger.cli.framework.help_pages import command_help

        return command_help(self, ctx)


class LazyGroup(_Completed, TyperGroup):
    """A group of commands of which only the one that is named gets loaded."""

    def __init__(self, name: str, path: str, **attributes: Any) -> None:
        """Take the rows of its commands from the table; its *path* there is empty for the group of all commands."""
        super().__init__(name=name, **attributes)
        self.path, self.rows = path, commands_below(path)

    def get_help(self, ctx: Any) -> str:
        """Return the help page of the group."""
        from planledger.cli.framework.help_pages import group_help

        return group_help(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show the overview where no command is named, unless the group has one that is meant then."""
        args = with_default(self.path, args)
        if not ctx.resilient_parsing:
            _refuse_twice(ctx, self.make_parser(ctx).parse_args(list(args))[2])
        rest: list[str] = super().parse_args(ctx, args or ["--help"])
        return rest

    def list_commands(self, _ctx: Any) -> list[str]:
        """Return the commands in the order of the table."""
        return list(self.rows)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Return a command by its name; None where there is none."""
        row = self.rows.get(cmd_name)
        return row and build_command(cmd_name, row)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is named.

        Raises:
            Refusal: there is none; it names the nearest ones.
        """
        if args[0] not in self.rows and not ctx.resilient_parsing and not args[0].startswith("-"):
            from planledger.cli.framework.chinese_line import refuse_other_dashes
            from planledger.cli.framework.unknown_name import unknown_command

            refuse_other_dashes(ctx, args[:1], any_name=False)
            raise Refusal(unknown_command(args[0], self, ctx))
        return super().resolve_command(ctx, args)


def build_command(name: str, row: CommandRow) -> Any:
    """Build one command from the function that bears its name, or one group from its rows."""
    if row.module == GROUP:
        return LazyGroup(name, name)
    module = import_module(f"planledger.cli.{row.module}")
    called = name.replace("-", "_")
    function = getattr(module, called, None) or getattr(module, f"{called}_")
    # Typer would take `session` for a part of the line
    parameters = signature(function).parameters.values()
    function.__signature__ = Signature([one for one in parameters if one.name != "session"])
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=function.command_class or Command, help=row.summary)(function)
    command: Any = typer.main.get_command(app)
    command.params += function.shared
    command.row = row
    return command


def all_commands() -> LazyGroup:
    """Build the group of all commands; each command itself is loaded when it is named."""
    return LazyGroup("planledger", "", params=[*ANYWHERE, SHOW_VERSION])
