"""Chinese texts need a database of UTF8: any other is refused before anything is in it, and the environment decides nothing."""

import subprocess
from collections.abc import Callable, Iterator
from shutil import which

import pytest

from conftest import Result
from planledger.store.postgres.setup import setup_sql, steps_sql
from postgres import Running

Cli = Callable[..., Result]
OTHERS = ("SQL_ASCII", "LATIN1", "EUC_CN")
COMMANDS = (
    ("init",),
    ("status",),
    ("doctor",),
    ("verify",),
    ("verify", "--since", "1:0123456789abcdef"),
    ("history", "--json"),
    ("record", "6.1", "--transferred", "40"),
    ("backup", "备份.zip"),
    ("agencies", "--csv"),
    ("evidence", "list"),
)


@pytest.fixture(scope="module", params=OTHERS)
def other(request: pytest.FixtureRequest, server: Running) -> Iterator[str]:
    """A database of another encoding, as `createdb` makes one in a cluster with LANG=C."""
    name = f"in_{request.param.lower()}"
    server.run(f"CREATE DATABASE {name} ENCODING '{request.param}' LOCALE 'C' TEMPLATE template0")
    yield name
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def encoding_of(name: str) -> str:
    return name.removeprefix("in_").upper()


@pytest.mark.parametrize("client", ["", "UTF8", "SQL_ASCII", "LATIN1", "nonsense"])
def test_every_command_refuses_another_encoding(
    cli: Cli, server: Running, other: str, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing set up in it, and whatever the environment says."""
    wanted = (
        f"数据库 postgresql://planledger@/{other} 的编码是 {encoding_of(other)}，台账要用 UTF8；"
        "请管理员另建一个数据库（createdb --encoding=UTF8 --template=template0），再运行 planledger server-setup 打印的语句。\n"
    )
    with monkeypatch.context() as patch:
        patch.setenv("PGCLIENTENCODING", client)
        for words in COMMANDS if not client else COMMANDS[:2]:
            assert Result(8, "", wanted) == cli(*words, "--ledger", server.address(other)), words


def tables(server: Running, name: str) -> list[str]:
    import psycopg

    with psycopg.connect(f"{server.admin}&dbname={name}&client_encoding=UTF8") as connection:
        asked = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        return [row[0] for row in connection.execute(asked).fetchall()]


@pytest.mark.skipif(not which("psql"), reason="needs psql")
@pytest.mark.parametrize("options", [(), ("--set", "ON_ERROR_STOP=1"), ("--single-transaction",)])
def test_the_script_makes_no_table_in_another_encoding(
    server: Running, other: str, options: tuple[str, ...]
) -> None:
    """As the documents have it, and as somebody types it who reads none."""
    for script in (setup_sql("planledger", "/srv/佐证材料"), steps_sql(1, "planledger")):
        done = subprocess.run(
            ["psql", *options, f"{server.admin}&dbname={other}"],
            input=script.encode(),
            capture_output=True,
            check=False,
        )
        first = next(line for line in done.stderr.decode("utf-8", "replace").splitlines() if "ERROR" in line)

        assert f"this database has the encoding {encoding_of(other)}, planledger needs UTF8" in first
        assert "CREATE TABLE" not in done.stdout.decode()
        assert [] == tables(server, other)
        assert done.returncode == (3 if "ON_ERROR_STOP=1" in options else 0)


@pytest.mark.parametrize("client", ["LATIN1", "SQL_ASCII", "GBK", "UTF8", "nonsense"])
def test_the_environment_decides_nothing_about_the_encoding(
    cli: Cli, served: str, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = "春季招聘会 é 😀"
    with monkeypatch.context() as patch:  # the administrator's own connection is not meant
        patch.setenv("PGCLIENTENCODING", client)
        patch.setenv("PLANLEDGER_LEDGER", served)

        assert 0 == cli("record", "6.1", "--transferred", "40", "--note", note).code
        assert note in cli("history", "--json").out
        assert 0 == cli("verify").code


def test_neither_does_what_a_role_or_an_address_is_set_to(cli: Cli, server: Running, served: str) -> None:
    name = served.partition("?")[0].rpartition("/")[2]
    server.run(f"ALTER ROLE planledger IN DATABASE {name} SET client_encoding = 'LATIN1'")

    for address in (
        served,
        f"{served}&client_encoding=LATIN1",
        f"{served}&options=-c%20client_encoding%3DLATIN1",
    ):
        assert 0 == cli("record", "6.1", "--transferred", "40", "--note", "汉字", "--ledger", address).code
    assert 3 == cli("history", "--json", "--ledger", served).out.count("汉字")
    assert 0 == cli("verify", "--ledger", served).code
