"""The file of the settings that stay: TOML, one setting a line, of which all else is left as it is."""

import re
from pathlib import Path

from planledger.cli.session.output_file import make_output_folder, write_file
from planledger.plan.phrases.texts import hint
from planledger.plan.refusal import Refusal, each
from planledger.store.errors import StorageTrouble

SETTINGS = {
    "by": ("记录人", "姓名"),
    "ledger": ("台账", "完整路径或地址"),
    "colour": ("颜色", "on 或 off"),
    "contact": ("本办联系人", "姓名"),
    "phone": ("本办电话", "电话号码"),
}
"""The settings that stay, by their keys: what each is called in Chinese, and what it may be."""
NAMES = "、".join(f"{name}（{key}）" for key, (name, _) in SETTINGS.items())
_NEW = f"""# planledger 的设置：命令里写的选项最先算，其次是环境变量，最后是这个文件。
# 一行一项，值写在英文引号里，如 by = "姓名"；# 后面是说明。
# 可设置的是 {NAMES}。
"""
_UNREAD = '读不懂；一行一项，如 by = "姓名"，引号和等号用英文的，说明以 # 开头，文件存成 UTF-8'
_SETTING = r'[ \t]*({})[ \t]*=[ \t]*"((?:[^"\\\n]|\\["\\])*)"'
_LINE = "(?:" + _SETTING.format(r'[^][ \t\r="#]+') + r")?\s*(?:#.*)?"


def read_settings(path: Path) -> dict[str, str]:
    """Return what a file sets.

    Raises:
        Refusal: lines are no comments and set nothing, or what no setting may be, or what another line sets.
        StorageTrouble: what stands there is no file.
    """
    if not path.is_file():
        raise StorageTrouble(f"设置文件 {path} 是文件夹、设备或断了的链接，读不了；请移走它再运行。")
    values = dict[str, str]()

    def read_line(numbered: tuple[int, str]) -> None:
        number, line = numbered
        match = re.fullmatch(_LINE, line)
        key, text = match.groups() if match else (None, None)
        value = re.sub(r"\\(.)", r"\1", text or "")
        fault = "" if match else _UNREAD
        if key:
            fault = f"{key} 上面写过了，请只留一个" if key in values else fault_of(key, value)
            values[key] = value
        if fault:
            raise Refusal(f"设置文件 {path} 第{number}行：{fault}。")

    each(enumerate(_text(path).split("\n"), 1), read_line)
    return values


def fault_of(key: str, value: str) -> str:
    """Return what is wrong with a setting, as far as every command has to know; empty where nothing is."""
    if key not in SETTINGS:
        near = "".join(f"在文件里请写：{one}。" for one, (name, _) in SETTINGS.items() if name == key)
        return f"没有设置 {key}。{near or hint(key, SETTINGS)}可设置的是 {NAMES}"
    if not value.isprintable():
        return f"{key} 的值里有读不懂或看不见的字；文件要存成 UTF-8"
    # what is no whole path would be another ledger in every folder
    may_be = {"ledger": "://" in value or Path(value).is_absolute(), "colour": value in ("on", "off")}
    return "" if not value or may_be.get(key, True) else f"{key} 不能是这个值；要写 {SETTINGS[key][1]}"


def write_setting(path: Path, key: str, value: str) -> None:
    """Set *key* in a file, or with an empty value no longer; the other lines stay, the comment behind it, and a link to it."""
    text = _text(path) if path.is_file() else _NEW
    escaped = re.sub(r'(["\\])', r"\\\1", value)
    line = f'{key} = "{escaped}"' if value else ""
    text, count = re.subn(rf"(?m)^{_SETTING.format(key)}", lambda _: line, text)
    if not count:
        end = "\r\n" if "\r\n" in text else "\n"
        text += end * (text[-1:] not in ("", "\n")) + line + end
    make_output_folder(str(path.parent))
    write_file(str(path.resolve()), text.encode("utf-8", "surrogateescape"))


def _text(path: Path) -> str:
    """Return a file as text; what is not UTF-8 can stand in comments only."""
    return path.read_bytes().decode("utf-8-sig", "surrogateescape")
