"""Opening a ledger on a server by its address; what is no ledger, or of another version, is refused."""

import re
from importlib.util import find_spec

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from planledger.plan.refusal import Refusal
from planledger.store.database import BUSY_SECONDS, FIRST_CHAINS, Chain
from planledger.store.errors import NewerLedger, NotALedger, StorageTrouble
from planledger.store.postgres.server import LAYOUT, Server, statement
from planledger.store.postgres.sqlstate import ENCODING, translate_server_errors
from planledger.store.schema import steps

_CONNECT_SECONDS = 10
_ENCODING = "SELECT current_setting('server_encoding')"
# What of a mistyped address ends up in the name of a user, a server or a database.
_LEFT_OVER = re.compile(r"[\s/@:;=：；＠／]")


def address(typed: str) -> URL:
    """Read where a ledger is: postgresql://用户@服务器/数据库.

    Raises:
        Refusal: it is no such address.
    """
    try:
        url = make_url(typed.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError):
        raise mistyped() from None
    is_ours = url.drivername in ("postgresql", "postgresql+psycopg") and url.database
    if not is_ours or _LEFT_OVER.search("".join(filter(None, (url.username, url.host, url.database)))):
        raise mistyped()
    return url


def mistyped() -> Refusal:
    """The refusal of an address, which is not repeated, because a password may stand anywhere in it."""
    return Refusal(
        "--ledger 后面像是服务器地址，但读不懂；写成 postgresql://用户@服务器/数据库（冒号和斜杠用半角），密码里的特殊字符要用 %XX 写。"
    )


def open_server(typed: str, *, may_be_empty: bool = False) -> Server:
    """Connect to a ledger on a server.

    Args:
        typed: its address.
        may_be_empty: it may have no chain yet.

    Raises:
        NotALedger: no ledger was set up in the database, or nothing is in it yet.
        NewerLedger: it was set up for a newer program.
        StorageTrouble: it cannot be reached, keeps texts in another encoding, or is to be brought to a newer layout first.
    """
    url = address(typed)
    place = shown_address(url)
    connection, (version, files), chains = _connected(url, place)
    store = Server(connection, place, files)
    if len(chains) == 1:
        store = store.of(chains[0])
    is_newest = version == steps.SCHEMA_VERSION
    if is_newest and (chains or may_be_empty):
        return store
    store.close()
    if not version:
        raise NotALedger(
            f"数据库 {place} 里没有设好台账；请管理员先运行 planledger server-setup 打印的语句。"
        )
    if is_newest:
        raise NotALedger(f"台账 {place} 里还没有方案；请先运行 planledger init 方案文件（--ledger 同上）。")
    if version > steps.SCHEMA_VERSION:
        raise NewerLedger(
            f"台账 {place} 由更新的版本设置（第{version}版结构），请先升级 planledger。台账未改动。"
        )
    raise StorageTrouble(
        f"台账 {place} 还是第{version}版结构；请管理员备份后运行 planledger server-setup --since {version} 打印的语句。台账未改动。"
    )


def _connected(url: URL, place: str) -> tuple[Connection, tuple[int, str], list[Chain]]:
    """Connect, and read the layout with the shared folder, and the first chains; the layout is 0 where none was set up."""
    with translate_server_errors(place):
        try:
            connection = _engine(url).connect()
        except (ArgumentError, ValueError):  # of what stands behind the question mark
            raise mistyped() from None
        try:
            _refuse_encoding(connection, place)
            version, files = connection.execute(statement(LAYOUT)).first() or (0, "")
            chains = connection.execute(statement(FIRST_CHAINS)).all()
            connection.rollback()
        except BaseException:
            connection.close()
            raise
    layout = version if isinstance(version, int) else 0, str(files)
    return connection, layout, list(map(Chain._make, chains))


def _refuse_encoding(connection: Connection, place: str) -> None:
    """Refuse a database that keeps no Chinese texts, or does not know what it keeps; the server reports which it is."""
    driver = connection.connection.driver_connection
    encoding = driver.info.parameter_status("server_encoding") if driver else None
    # some poolers do not report it
    encoding = encoding or str(connection.execute(statement(_ENCODING)).scalar())
    if encoding != ENCODING:
        raise StorageTrouble(
            f"数据库 {place} 的编码是 {encoding}，台账要用 {ENCODING}；请管理员另建一个数据库（createdb --encoding={ENCODING} --template=template0），再运行 planledger server-setup 打印的语句。"
        )


def shown_address(url: URL) -> str:
    """An address as it may be shown: without password, and without whatever else was added to it."""
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
    return plain.render_as_string()


def _engine(url: URL) -> Engine:
    """An engine whose writes wait as long as those of a file, and return when they are on the disk."""
    if find_spec("psycopg") is None:
        raise Refusal("这台电脑没有装连接服务器的部分；请运行 pip install 'planledger[server]'。")
    options = f"-c lock_timeout={int(BUSY_SECONDS * 1000)} -c synchronous_commit=on"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "planledger",
            "client_encoding": ENCODING,  # whatever the environment says
            "options": options,
        },
    )
