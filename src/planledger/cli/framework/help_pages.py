"""Help pages and usage errors in Chinese, measured in columns of the terminal: a Chinese character takes two."""

import re
from collections.abc import Iterable
from typing import Any

from planledger.cli.framework.chinese_line import missing_values, names_listed
from planledger.cli.framework.command_table import DASHES, DEFAULTS
from planledger.formats.text import figures
from planledger.formats.text.display import columns, folded
from planledger.plan.model.rows import grouped_pairs
from planledger.questions.sheet import Row

WIDTH = 80


def command_help(command: Any, ctx: Any) -> str:
    """Return the page of one command: what it is for, how it is typed, its options, an example."""
    arguments = [
        (_argument(p), p.help or "") for p in command.get_params(ctx) if p.param_type_name == "argument"
    ]
    usage = " ".join([ctx.command_path, *(name for name, _ in arguments), "[选项]"])
    parts = [command.row.summary, f"\n用法：{usage}"]
    if arguments:
        parts.append(f"\n参数：\n{_listed(arguments)}")
    parts.append(f"\n选项：\n{_options(command, ctx)}")
    parts.append(f"\n示例：\n  planledger {command.row.example}")
    parts.append(_chinese_names(command, ctx))
    return "\n".join(parts)


def group_help(group: Any, ctx: Any) -> str:
    """Return the page of a group: its commands by family, its own options."""
    families = grouped_pairs((row.family, (name, row.summary)) for name, row in group.rows.items())
    parts = [f"用法：{ctx.command_path} 命令 [选项]"]
    parts += [f"\n{family}：\n" + _listed(lines) for family, lines in families.items()]
    parts.append(f"\n选项：\n{_options(group, ctx)}")
    parts.append(f"\n每个命令的用法：{ctx.command_path} 命令 --help")
    if group.path in DEFAULTS:
        parts.append(
            f"不写命令就是 {DEFAULTS[group.path]}：planledger {group.rows[DEFAULTS[group.path]].example}"
        )
    parts.append(_chinese_names(group, ctx))
    return "\n".join(parts)


def indicator_lines(rows: Iterable[Row]) -> str:
    """Return the indicators of an item as options, with unit, target and what is recorded so far."""
    parts = []
    for row in rows:
        lines = [(f"--{f.indicator.key} N", figures.so_far(f)) for f in row.progress.figures]
        label = next((figure.indicator.label for figure in row.progress.figures), "指标")
        parts.append(
            f"{row.item.code} {row.item.title} 的指标（也可写中文名，如 --{label} N）：\n" + _listed(lines)
        )
    return "\n\n".join(parts)


def _argument(param: Any) -> str:
    return param.metavar if param.required else f"[{param.metavar}]"


def _options(command: Any, ctx: Any) -> str:
    """Return the options of a command with their explanations."""
    lines = []
    for param in command.get_params(ctx):
        if param.param_type_name == "option":
            names = ", ".join([*param.secondary_opts, *param.opts])
            name = names if param.is_flag else f"{names} {param.metavar}"
            lines.append((name, "显示这一页" if param.opts == ["--help"] else param.help or ""))
    return _listed(lines)


def _chinese_names(command: Any, ctx: Any) -> str:
    """Return what may be typed in Chinese instead, in lines that end between two names."""
    lines = [""]
    for name in names_listed(command, ctx.command_path):
        if columns(lines[-1] + name) > WIDTH - 4:
            lines.append("")
        lines[-1] += f"{name}、"
    return "\n中文写法：\n  " + "\n  ".join(lines).removesuffix("、")


def _listed(lines: list[tuple[str, str]]) -> str:
    """Return names and explanations in two columns; what is longer than the line is folded."""
    left = min(30, max((columns(name) for name, _ in lines), default=0)) + 4
    out = []
    for name, text in lines:
        head = "  " + name
        pad = " " * (left - columns(head)) if columns(head) < left else "\n" + " " * left
        out.append(head + pad + ("\n" + " " * left).join(folded(text, WIDTH - left)))
    return "\n".join(line.rstrip() for line in out)


def usage_sentence(error: Any) -> str:
    """Return what is wrong with how a command was typed, and where its help is."""
    sentence = _SENTENCES.get(type(error).__name__, _other)(error)
    if "请写：" in sentence:  # the line to type ends it
        return sentence
    path = error.ctx.command_path if error.ctx else "planledger"
    return f"{sentence}用法见：{path} --help"


def _missing(error: Any) -> str:
    from planledger.cli.framework.suggestions import extra_words_hint

    param, name = error.param, error.param.metavar
    sentence = f"缺少 {param.opts[0]} {name}" if param.param_type_name == "option" else f"缺少 {name}"
    meant = extra_words_hint(error.ctx)
    return f"{sentence}；{meant}" if meant else f"{sentence}。"


def _bad_value(error: Any) -> str:
    """Return what a value should have been; only whole numbers within bounds are read by the command line itself."""
    param = error.param
    name = param.opts[0] if param.param_type_name == "option" else param.metavar
    return f"{name} 应是 {param.type.min} 到 {param.type.max} 之间的整数。"


def _other(error: Any) -> str:
    if "Missing command" in error.message:
        return "缺少命令。"
    extra = re.search(r"extra arguments?(?:\(s\))? \((.*)\)$", error.message)
    if not extra:
        return "命令写得不对。"
    from planledger.cli.framework.suggestions import extra_words_hint
    from planledger.cli.framework.unknown_name import swallowed_option, unknown_option

    if extra[1][0] in DASHES:
        return unknown_option(extra[1].split()[0], error.ctx)
    if unknown := swallowed_option(error.ctx):
        return unknown_option(unknown, error.ctx)
    return extra_words_hint(error.ctx) or f"多了 {extra[1]}；含空格的文字请加引号。"


def _no_such_option(error: Any) -> str:
    from planledger.cli.framework.unknown_name import unknown_option

    return unknown_option(error.option_name, error.ctx)


def _without_value(error: Any) -> str:
    """Return which options lack a value, or that one has a value and takes none."""
    if "does not take a value" in error.message:
        return f"{error.option_name} 后面不写内容。"
    return missing_values(error.ctx) or f"{error.option_name} 后面缺少内容。"


_SENTENCES = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _without_value,
    "BadParameter": _bad_value,
}
