"""Help pages in Chinese, measured in columns of the terminal: a Chinese character takes two."""

from collections.abc import Iterable
from typing import Any

from planledger.formats.text import figures
from planledger.formats.text.display import columns, folded
from planledger.questions.sheet import Row

WIDTH = 80


def command_help(command: Any, ctx: Any) -> str:
    """Return the page of one command: what it is for, how it is typed, its options, an example."""
    arguments = [
        p
        for p in command.get_params(ctx)
        if p.param_type_name == "argument" and not getattr(p, "hidden", False)
    ]
    options = [p for p in command.get_params(ctx) if p.param_type_name == "option" and not p.hidden]
    usage = " ".join([ctx.command_path, *(_argument(p) for p in arguments), "[选项]"])
    parts = [command.row.summary, f"\n用法：{usage}"]
    if arguments:
        parts.append("\n参数：\n" + _listed([(_argument(p), p.help or "") for p in arguments]))
    parts.append("\n选项：\n" + _listed([(_option(p), _help_of(p)) for p in options]))
    parts.append(f"\n示例：\n  {command.row.example}")
    return "\n".join(parts)


def group_help(group: Any, ctx: Any) -> str:
    """Return the page of a group: its commands by family, its own options."""
    families: dict[str, list[tuple[str, str]]] = {}
    for name, row in group.rows.items():
        families.setdefault(row.family, []).append((name, row.summary))
    parts = [f"用法：{ctx.command_path} 命令 [选项]"]
    parts += [f"\n{family}：\n" + _listed(lines) for family, lines in families.items()]
    options = [p for p in group.get_params(ctx) if p.param_type_name == "option" and not p.hidden]
    parts.append("\n选项：\n" + _listed([(_option(p), _help_of(p)) for p in options]))
    parts.append(f"\n每个命令的用法：{ctx.command_path} 命令 --help")
    return "\n".join(parts)


def indicator_lines(rows: Iterable[Row]) -> str:
    """Return the indicators of an item as options, with unit, target and what is recorded so far."""
    parts = []
    for row in rows:
        lines = [(f"--{f.indicator.key} N", figures.so_far(f)) for f in row.progress.figures]
        parts.append(
            f"{row.item.code} {row.item.title} 的指标（也可写中文名，如 --{_first_label(row)} N）：\n"
            + _listed(lines)
        )
    return "\n\n".join(parts)


def _first_label(row: Row) -> str:
    return next((figure.indicator.label for figure in row.progress.figures), "指标")


def _argument(param: Any) -> str:
    name = param.metavar or param.name
    return name if param.required else f"[{name}]"


def _option(param: Any) -> str:
    names = ", ".join([*param.secondary_opts, *param.opts] if param.secondary_opts else param.opts)
    return names if param.is_flag or not param.metavar else f"{names} {param.metavar}"


def _help_of(param: Any) -> str:
    return "显示这一页" if param.opts == ["--help"] else param.help or ""


def _listed(lines: list[tuple[str, str]]) -> str:
    """Return names and explanations in two columns; what is longer than the line is folded."""
    left = min(30, max((columns(name) for name, _ in lines), default=0)) + 4
    out = []
    for name, text in lines:
        head = "  " + name
        pad = " " * (left - columns(head)) if columns(head) < left else "\n" + " " * left
        out.append(head + pad + ("\n" + " " * left).join(folded(text, WIDTH - left)))
    return "\n".join(line.rstrip() for line in out)
