"""`config` shows and changes the settings that stay: what is otherwise typed as an option or set in the environment."""

from typing import Annotated

import typer

from planledger.cli.framework.parameters import argument, command
from planledger.cli.session.lasting_settings import HOW, SETTINGS, may_be, write_setting
from planledger.cli.session.session import Session
from planledger.cli.session.settings import Settings
from planledger.ledger.actions.contact import telephone
from planledger.ledger.clerk import checked_text
from planledger.plan.people.masking import masked_aside
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal
from planledger.store.paths import settings_file


@command()
def config(
    session: Session,
    key: Annotated[str, argument("设置", f"{'、'.join(SETTINGS.values())}；不写是全部")] = "",
    value: Annotated[str | None, argument("值", "改成什么；不写只看")] = None,
    *,
    unset: Annotated[bool, typer.Option("--unset", help="取消这项设置")] = False,
) -> None:
    """Show the settings that stay, or change one."""
    path = settings_file()
    if path is None:
        raise Refusal("找不到您的主目录，不知道设置放在哪里；请用选项或环境变量。")
    keys = [one for one, name in SETTINGS.items() if not key or fold(key) in (one, name)]
    if not keys or (unset and (not key or value is not None)):
        raise Refusal(
            f"请写：planledger config 设置 值，或 planledger config 设置 --unset；可设置的是 {HOW}。"
        )
    if value is not None:
        write_setting(path, keys[0], _checked(session, keys[0], value.strip()))
    if unset and keys[0] in session.settings.of_file:
        write_setting(path, keys[0], "")
    settings = Settings()  # as the next command will have them
    for one in keys:
        shown, where = settings.lasting(one)
        shown = masked_aside(shown) if one == "ledger" else shown
        text = f"{shown}，来自{where}" if where else "没有设"
        if where.startswith("环境变量") and one in settings.of_file:
            text += "；设置文件里也有，环境变量在先"
        session.output.write(f"{SETTINGS[one]}（{one}）：{text}")
    session.output.write(f"设置文件：{path}")


def _checked(session: Session, key: str, value: str) -> str:
    """Return a value as it is kept.

    Raises:
        Refusal: the setting cannot have it.
    """
    if key == "phone":
        return telephone(value, key)
    if key == "ledger" and value and "://" not in value:
        session.settings.ledger = value
        value = str(session.ledger.path.absolute())
    value = {"开": "on", "关": "off"}.get(value, value)
    if not value or not may_be(key, value):
        raise Refusal(f"{key} 不能写成这样；可写 {HOW}；要取消请写：planledger config {key} --unset。")
    return checked_text(value, SETTINGS[key])
