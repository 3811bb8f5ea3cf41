"""What an error of a server means, by its SQLSTATE, as the sentence that the office can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from planledger.plan.refusal import Refusal
from planledger.store.database import BUSY_SECONDS
from planledger.store.errors import Busy, NotALedger, StorageTrouble

ENCODING = "UTF8"  # of the database, and of the connection to it
_BUSY = "台账 {place} 正被另一个人登记，等了{seconds:.0f}秒仍未空出；请稍后再试。台账未改动。"
# By the beginning of the SQLSTATE; the first that fits.
_TROUBLE: tuple[tuple[str, type[Refusal], str], ...] = (
    ("55P03", Busy, _BUSY),
    ("42P01", NotALedger, "数据库 {place} 里没有台账的表；请管理员先运行 planledger server-setup 打印的语句。"),
    ("42501", StorageTrouble, "用户没有权限读写台账 {place}；请管理员按 planledger server-setup 打印的语句授权。台账未改动。"),
    ("28", StorageTrouble, "服务器不让登录台账 {place}（没有密码，或用户名、密码不对）；密码写在 ~/.pgpass 或环境变量 PGPASSWORD 里。"),
    ("3D", StorageTrouble, "服务器上没有数据库 {place}；请核对地址里的数据库名。"),
    ("53", StorageTrouble, "服务器 {place} 的磁盘、内存或连接数用完了；请告诉管理员。台账未改动。"),
    ("25006", StorageTrouble, "数据库 {place} 是只读的，写不进去；请告诉管理员。台账未改动。"),
    ("22", Refusal, "输入里有台账不能保存的字符或过大的数；请重新输入。台账未改动。"),
    ("40", Busy, _BUSY),
    ("42", NotALedger, "数据库 {place} 里的表和程序要的不一样；请管理员用 planledger server-setup 打印的语句核对。台账未改动。"),
    ("", StorageTrouble, "服务器 {place} 出错，没有登记；请稍后再试，或把错误代码 {state} 告诉管理员。"),
)  # fmt: skip
_UNREACHABLE = "连不上服务器 {place}；请检查网络和地址，或告诉管理员。台账未改动。"
# Before there is a connection, a server gives no SQLSTATE, but a text.
_BEFORE_CONNECTION = (
    ("authentication failed", "28"),
    ("no password supplied", "28"),
    ('role "', "28"),
    ('database "', "3D"),
)


class LostRace(Busy):
    """Another write came first, and this one has to be done again from its beginning."""


@contextmanager
def translate_server_errors(place: str) -> Iterator[None]:
    """Turn an error of the database into the sentence that the office can act on; nothing of the address is shown."""
    try:
        yield
    except DBAPIError as error:
        message = str(error.orig)
        state = str(getattr(error.orig, "sqlstate", None) or "")
        state = state or next((code for words, code in _BEFORE_CONNECTION if words in message), "")
        if state.startswith("40") or state == "23505":
            raise LostRace(_BUSY.format(place=place, seconds=BUSY_SECONDS)) from None
        if "NUL" in message:
            raise Refusal("输入里有台账不能保存的字符；请重新输入。台账未改动。") from None
        if not state or state.startswith(("08", "57P")):
            raise StorageTrouble(_UNREACHABLE.format(place=place)) from None
        for beginning, refusal, sentence in _TROUBLE:
            if state.startswith(beginning):
                raise refusal(sentence.format(place=place, seconds=BUSY_SECONDS, state=state)) from None
    except UnicodeEncodeError as error:
        raise Refusal("输入里有台账不能保存的字符；请重新输入。台账未改动。") from error
