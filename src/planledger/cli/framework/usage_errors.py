"""Usage errors of the command line in Chinese: one sentence with the nearest right word."""

import re
from typing import Any

from planledger.plan.phrases.nearest import hint


def usage_sentence(error: Any) -> str:
    """Return what is wrong with how a command was typed, and where its help is."""
    sentence = _SENTENCES.get(type(error).__name__, _other)(error)
    if "请写：" in sentence:  # the line to type ends it
        return sentence
    path = error.ctx.command_path if error.ctx else "planledger"
    return f"{sentence}用法见：{path} --help"


def _no_such_option(error: Any) -> str:
    known = [
        name
        for param in error.ctx.command.get_params(error.ctx)
        for name in param.opts
        if name.startswith("--")
    ]
    return f"没有选项 {error.option_name}。{hint(error.option_name, known)}"


def _missing(error: Any) -> str:
    param = error.param
    if param is None:
        return "缺少参数。"
    name = param.metavar or param.name
    return f"缺少 {param.opts[0]} {name}。" if param.param_type_name == "option" else f"缺少 {name}。"


def _missing_value(error: Any) -> str:
    return f"{error.option_name} 后面缺少内容。"


def _bad_value(error: Any) -> str:
    """Return what a value should have been; only whole numbers are read by the command line itself."""
    param = error.param
    name = (
        (param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)
        if param is not None
        else "参数"
    )
    kind = getattr(param, "type", None)
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is None:
        return f"{name} 写得不对。"
    return (
        f"{name} 应是不小于 {least} 的整数。"
        if most is None
        else f"{name} 应是 {least} 到 {most} 之间的整数。"
    )


def _other(error: Any) -> str:
    if "Missing command" in error.message:
        return "缺少命令。"
    extra = re.search(r"extra arguments?(?:\(s\))? \((.*)\)$", error.message)
    if not extra:
        return "命令写得不对。"
    from planledger.cli.framework.suggestions import extra_words_hint

    meant = extra_words_hint(error.ctx)
    return f"多了 {extra[1]}；{meant or '含空格的文字请加引号。'}"


_SENTENCES = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _missing_value,
    "BadParameter": _bad_value,
}
