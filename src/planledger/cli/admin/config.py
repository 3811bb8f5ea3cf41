"""`config` shows and changes the settings that stay: what is otherwise typed as an option or set in the environment."""

from typing import Annotated

from planledger.cli.framework.parameters import argument, command, flag
from planledger.cli.session.lasting_settings import NAMES, SETTINGS, fault_of, write_setting
from planledger.cli.session.session import Session
from planledger.cli.session.settings import Settings
from planledger.ledger.actions.contact import telephone
from planledger.ledger.clerk import checked_text
from planledger.plan.people.contact import name_fault
from planledger.plan.people.masking import masked_aside
from planledger.plan.phrases.texts import HALF, fold, hint, quoted
from planledger.plan.refusal import Refusal
from planledger.store.paths import settings_file
from planledger.store.sqlite.opening import refuse_what_is_no_file

_KEYS = {word: key for key, (name, _) in SETTINGS.items() for word in (key, name)}
_COLOURS = {"开": "on", "关": "off"}


@command()
def config(
    session: Session,
    key: Annotated[str, argument("设置", "记录人、台账、颜色、本办联系人和电话；不写是全部")] = "",
    value: Annotated[str | None, argument("值", "改成什么；不写只看")] = None,
    *,
    unset: Annotated[bool, flag("--unset", "取消这项设置")] = False,
) -> None:
    """Show the settings that stay, or change one."""
    path = settings_file()
    if path is None:
        raise Refusal("找不到您的主目录，不知道设置放在哪里；请用选项或环境变量。")
    word = fold(key).lower()
    keys = [_KEYS[word]] if word in _KEYS else list(SETTINGS)
    if word and word not in _KEYS:
        meant = hint(word, _KEYS) or hint(word, _KEYS, HALF)
        raise Refusal(f"没有设置 {key}。{meant}可设置的是 {NAMES}，写法：planledger config 设置 值。")
    if unset and (not key or value is not None):
        raise Refusal("取消一项设置，请写：planledger config 设置 --unset，不写值。")
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
        session.output.write(f"{SETTINGS[one][0]}（{one}）：{text}")
    session.output.write(f"设置文件：{path}")


def _checked(session: Session, key: str, value: str) -> str:
    """Return a value as it is kept.

    Raises:
        Refusal: the setting cannot have it.
    """
    if key == "phone" and value:
        return telephone(value, key)
    if key == "colour":
        value = _COLOURS.get(fold(value).lower(), fold(value).lower())
    if key == "ledger" and value:
        session.settings.ledger = value
        value = _ledger(session)
    fault = fault_of(key, value) if value else f"{key} 后面没有值"
    if key == "contact" and not fault and (of_name := name_fault(value)):
        fault = f"{key}：{quoted(value)}{of_name}"
    if fault:
        raise Refusal(f"{fault}；要取消请写：planledger config {key} --unset。")
    return checked_text(value, SETTINGS[key][0])


def _ledger(session: Session) -> str:
    """Return the ledger of the session as it is meant in every folder: a whole path, or an address.

    Raises:
        Refusal: no ledger can be there.
    """
    if session.ledger.is_on_server:
        from planledger.store.postgres.address import address

        address(session.settings.ledger)
        return session.settings.ledger
    path = session.ledger.path.absolute()
    refuse_what_is_no_file(path)
    return str(path)
