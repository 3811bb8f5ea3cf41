"""The settings that stay: a small file of the user in TOML, one setting a line, of which all else is left as it is."""

import re
from pathlib import Path

from planledger.cli.session.output_file import make_output_folder, write_file
from planledger.plan.refusal import Refusal

SETTINGS = {"by": "记录人", "ledger": "台账", "colour": "颜色", "phone": "本办电话"}
HOW = 'by = "姓名"、ledger = "完整路径或地址"、colour = "on 或 off"、phone = "本办电话"'
_NEW = f"""# planledger 的设置：命令里写的选项最先算，其次是环境变量，最后是这个文件。
# 一行一项，可写 {HOW}；# 后面是说明。
"""
_SETTING = r'[ \t]*({})[ \t]*=[ \t]*"((?:[^"\\\n]|\\["\\])*)"'


def read_settings(path: Path) -> dict[str, str]:
    """Return what a file sets.

    Raises:
        Refusal: a line is no comment and sets nothing, or what no setting may be, or what another line sets.
    """
    values: dict[str, str] = {}
    line_of_file = re.compile(rf"(?:{_SETTING.format('[a-z]+')})?\s*(?:#.*)?")
    for number, line in enumerate(_text(path).split("\n"), 1):
        match = line_of_file.fullmatch(line)
        key, text = match.groups() if match else (line, "")
        value = re.sub(r"\\(.)", r"\1", text or "")
        if key in values or (key is not None and not may_be(key, value)):
            raise Refusal(
                f"设置文件 {path} 第{number}行不对，请改好再运行：一行一项，各写一次，可写 {HOW}；说明以 # 开头，文件存成 UTF-8。"
            )
        if key:
            values[key] = value
    return values


def may_be(key: str, value: str) -> bool:
    """Whether a setting may have a value, as far as every command has to know."""
    if key == "ledger":  # what is no whole path would be another ledger in every folder
        return value.isprintable() and ("://" in value or Path(value).is_absolute())
    return key in SETTINGS and value.isprintable() and (key != "colour" or value in ("on", "off"))


def write_setting(path: Path, key: str, value: str) -> None:
    """Set *key* in a file, or with an empty value no longer; the other lines stay, and the comment behind it."""
    text = _text(path) if path.is_file() else _NEW
    escaped = re.sub(r'(["\\])', r"\\\1", value)
    line = f'{key} = "{escaped}"' if value else ""
    text, count = re.subn(rf"(?m)^{_SETTING.format(key)}", lambda _: line, text)
    if not count:
        text += "\n" * (text[-1:] not in ("", "\n")) + f"{line}\n"
    make_output_folder(str(path.parent))
    write_file(str(path), text.encode("utf-8", "surrogateescape"))


def _text(path: Path) -> str:
    """Return a file as text; what is not UTF-8 can stand in comments only."""
    return path.read_bytes().decode("utf-8-sig", "surrogateescape")
