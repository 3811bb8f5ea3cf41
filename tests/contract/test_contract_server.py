"""What only a server can do wrong: rights, connections that fail, other layouts, lost transactions; and its password is never shown."""

import random
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from book import Book
from conftest import Result, at
from planledger.ledger.actions.request import Recording
from planledger.plan.refusal import Refusal
from planledger.store.errors import Busy, StorageTrouble
from planledger.store.postgres.address import mistyped, open_server
from planledger.store.postgres.server import TRIES, Server
from planledger.store.postgres.setup import setup_sql
from planledger.store.postgres.sqlstate import LostRace
from planledger.store.schema.steps import SCHEMA_VERSION
from postgres import PASSWORD, Running

Cli = Callable[..., Result]
WITH_SOURCES = Path(__file__).parent.parent / "plans" / "sources.yaml"
OLDER_PLAN = Path(__file__).parent.parent / "plans" / "small.yaml"  # of format 1, as plans were then
LOST = "DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '40001'; END $$"


def place(address: str) -> str:
    """How the program writes an address: without the password."""
    return f"postgresql://planledger@/{address.partition('@/')[2].partition('?')[0]}"


def _name(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]


def refused(cli: Cli, address: str, *words: str) -> tuple[int, str]:
    code, out, err = cli(*(words or ("status",)), "--ledger", address)
    assert "" == out
    return code, err


class TestRights:
    """The role may add and ask, and nothing else; the lock takes one column that says nothing."""

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE entry SET note = 'x'",
            "DELETE FROM entry",
            "TRUNCATE entry",
            "UPDATE origin SET office = 'x'",
            "UPDATE origin SET name = 'x'",
            "DELETE FROM origin",
            "UPDATE item SET due = 'x'",
            "DELETE FROM plan",
            "UPDATE layout SET version = 99",
            "DROP TABLE entry",
            "ALTER TABLE entry ADD COLUMN x INTEGER",
            "CREATE TABLE x (y INTEGER)",
            "INSERT INTO layout (version, files) VALUES (2, '')",
        ],
    )
    def test_nothing_that_was_recorded_can_be_changed(self, served: str, sql: str) -> None:
        with psycopg.connect(served) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(sql.encode())

    def test_all_that_it_may_change_is_the_turn(self, served: str) -> None:
        sql = """SELECT c.relname, a.attname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND has_column_privilege(c.oid, a.attnum, 'UPDATE')"""
        with psycopg.connect(served) as connection:
            assert [("origin", "turn")] == connection.execute(sql).fetchall()

    def test_a_role_without_rights_reads_what_to_ask_for(
        self, server: Running, served: str, cli: Cli
    ) -> None:
        server.run("CREATE ROLE stranger LOGIN")
        address = served.replace("//planledger:", "//stranger:")

        code, err = refused(cli, address)
        server.run("DROP ROLE stranger")

        assert 8 == code
        assert err.startswith("用户没有权限读写台账 ")

    def test_what_server_setup_prints_is_what_was_run(self, cli: Cli) -> None:
        code, out, err = cli("server-setup", "--role", "ledger_clerk", "--files", "/srv/it's")

        assert 0 == code
        assert out.startswith("BEGIN;\nDO $$ BEGIN\n  IF current_setting('server_encoding') <> 'UTF8' THEN\n")
        assert f"INSERT INTO layout (version, files) VALUES ({SCHEMA_VERSION}, '/srv/it''s');\n" in out  # noqa: S608  (it is compared)
        assert out.endswith("GRANT UPDATE (turn) ON origin TO ledger_clerk;\nCOMMIT;\n")
        assert "UPDATE" not in out.replace("GRANT UPDATE (turn) ON origin", "")
        assert "DELETE" not in out
        assert "docs/server.md" in err

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--role", "x; DROP"), "--role 要写一个小写英文的用户名，如 planledger。\n"),
            (("--role", "user"), "--role 要写一个小写英文的用户名，如 planledger。\n"),
            (("--role", "pg_x"), "--role 要写一个小写英文的用户名，如 planledger。\n"),
            (
                ("--files", "佐证材料"),
                "--files 佐证材料 在每台电脑上是不同的文件夹；请写各台电脑都一样的完整路径。\n",
            ),
            (("--files", "a\nb"), "--files 里有换行或控制字符；请写文件夹的路径。\n"),
            (
                ("--since", f"{SCHEMA_VERSION}"),
                f"最新的就是第{SCHEMA_VERSION}版结构，从第{SCHEMA_VERSION}版起没有要升的。\n",
            ),
        ],
    )
    def test_server_setup_refuses_what_is_no_name(
        self, cli: Cli, words: tuple[str, ...], sentence: str
    ) -> None:
        assert (2, "", sentence) == cli("server-setup", *words)

    def test_a_second_database_may_have_the_same_role(self, server: Running) -> None:
        server.run("CREATE DATABASE again")
        server.run(setup_sql("planledger", ""), "again")
        server.run("DROP DATABASE again")


class TestDoor:
    """Where no connection is made the refusal says why, with its exit code, and never the password."""

    def test_a_wrong_address_is_refused(self, cli: Cli) -> None:
        sentence = f"{mistyped()}\n"
        for address in (
            "mysql://u@h/d",
            "postgresql://",
            "postgresql://h",
            "postgresql://u@h:port/d",
            "http://h/d",
            "postgresql://u:p@q@h/d",
        ):
            assert (2, sentence) == refused(cli, address), address

    def test_a_server_that_does_not_answer_is_reported(self, cli: Cli) -> None:
        sentence = "连不上服务器 postgresql://u@127.0.0.1:1/d；请检查网络和地址，或告诉管理员。台账未改动。\n"

        assert (8, sentence) == refused(cli, f"postgresql://u:{PASSWORD}@127.0.0.1:1/d")

    def test_no_such_database_is_reported(self, cli: Cli, server: Running) -> None:
        sentence = "服务器上没有数据库 postgresql://planledger@/nobodys；请核对地址里的数据库名。\n"

        assert (8, sentence) == refused(cli, server.address("nobodys"))

    def test_a_database_without_our_tables_is_no_ledger(self, cli: Cli, server: Running) -> None:
        sentence = "数据库 postgresql://planledger@/postgres 里没有台账的表；请管理员先运行 planledger server-setup 打印的语句。\n"

        assert (3, sentence) == refused(cli, server.address("postgres"))
        assert (3, sentence) == refused(
            cli, server.address("postgres"), "record", "6.1", "--transferred", "40"
        )

    def test_an_empty_ledger_asks_for_its_first_plan(self, cli: Cli, empty: str) -> None:
        sentence = f"台账 {place(empty)} 里还没有方案；请先运行 planledger init 方案文件（--ledger 同上）。\n"

        assert (3, sentence) == refused(cli, empty)
        assert 0 == cli("init", "--ledger", empty)[0]
        assert (
            2,
            f"{place(empty)} 里已有台账；再放一个县的方案请用 planledger --ledger （同上） adopt 方案文件 --office 名称。台账未改动。\n",
        ) == refused(cli, empty, "init")

    def test_a_newer_layout_is_not_touched(self, cli: Cli, server: Running, served: str) -> None:
        server.run("UPDATE layout SET version = 99", _name(served))
        sentence = f"台账 {place(served)} 由更新的版本设置（第99版结构），请先升级 planledger。台账未改动。\n"

        for words in (("status",), ("record", "6.1", "--transferred", "40")):
            assert (4, sentence) == refused(cli, served, *words)

    def test_an_older_layout_is_for_the_administrator(self, cli: Cli, server: Running, empty: str) -> None:
        assert 0 == cli("init", str(OLDER_PLAN), "--ledger", empty)[0]
        server.run(
            "DROP TABLE source, columntext, quota, route, rhythm, stage; DROP INDEX entry_impossible; UPDATE layout SET version = 1",
            _name(empty),
        )
        sentence = f"台账 {place(empty)} 还是第1版结构；请管理员备份后运行 planledger server-setup --since 1 打印的语句。台账未改动。\n"

        for words in (("status",), ("record", "1.1", "--teachers", "4")):
            assert (8, sentence) == refused(cli, empty, *words)
        server.run(cli("server-setup", "--since", "1")[1], _name(empty))
        assert 0 == cli("record", "1.1", "--teachers", "4", "--ledger", empty)[0]
        assert 0 == cli("adopt", str(WITH_SOURCES), "--ledger", empty)[0]
        assert 0 == cli("verify", "--ledger", empty)[0]

    @pytest.mark.parametrize(
        "sql",
        [
            "DELETE FROM layout",
            "ALTER TABLE layout ALTER version TYPE TEXT",
            "ALTER TABLE layout RENAME version TO v",
            "ALTER TABLE entry DROP COLUMN note CASCADE",
        ],
    )
    def test_what_somebody_else_altered_is_no_ledger_any_more(
        self, cli: Cli, server: Running, served: str, sql: str
    ) -> None:
        server.run(sql, _name(served))
        code, err = refused(cli, served, "history")

        assert 3 == code
        assert err.startswith("数据库 ")

    def test_what_the_server_refuses_is_reported_with_its_code(
        self, cli: Cli, server: Running, served: str
    ) -> None:
        server.run("ALTER TABLE entry ADD CONSTRAINT little CHECK (seq < 2)", _name(served))
        sentence = f"服务器 {place(served)} 出错，没有登记；请稍后再试，或把错误代码 23514 告诉管理员。\n"

        assert (8, sentence) == refused(cli, served, "record", "6.1", "--transferred", "40")

    def test_two_offices_cannot_both_be_the_first(self, empty: str, process: Cli) -> None:
        plans = Path(__file__).parent.parent / "plans"
        with ThreadPoolExecutor() as pool:
            answers = list(
                pool.map(
                    lambda name: process("init", str(plans / name), "--ledger", empty),
                    ("second.yaml", "small.yaml"),
                )
            )

        assert [0, 2] == sorted(answer.code for answer in answers)
        assert any("里已有台账" in answer.err for answer in answers)

    def test_a_server_that_only_reads_refuses_a_write(self, cli: Cli, server: Running, served: str) -> None:
        server.run(f"ALTER DATABASE {_name(served)} SET default_transaction_read_only = on")

        assert 0 == cli("status", "--ledger", served)[0]
        assert (8, f"数据库 {place(served)} 是只读的，写不进去；请告诉管理员。台账未改动。\n") == refused(
            cli, served, "record", "6.1", "--transferred", "40"
        )

    def test_files_have_no_place_until_somebody_names_one(self, cli: Cli, served: str) -> None:
        code, err = refused(cli, served, "attach", "1.3", "x.pdf", "--kind", "会议纪要")

        assert 8 == code
        assert err.startswith(f"台账 {place(served)} 没有设佐证材料的共享文件夹；请管理员设好")

    def test_what_is_about_a_file_is_refused(self, cli: Cli, served: str) -> None:
        sentence = "台账在服务器上，不是文件；这个命令只用于台账文件，服务器上的由管理员照管。\n"

        assert (2, sentence) == refused(cli, served, "restore", "x.zip")
        named = "台账在服务器上，请写明备份成哪个文件，例如 planledger --ledger （同上） backup 备份.zip。\n"
        assert (2, named) == refused(cli, served, "backup")

    def test_a_file_that_was_not_there_is_not_reported_as_gone(
        self, cli: Cli, served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody else's computer sees the shared folder elsewhere."""
        paper = tmp_path / "纪要.pdf"
        paper.write_text("虚构")
        for name in ("here", "there"):
            (tmp_path / name).mkdir()
        monkeypatch.setenv("PLANLEDGER_FILES", str(tmp_path / "here"))
        cli("attach", "6.1", str(paper), "--ledger", served)
        monkeypatch.setenv("PLANLEDGER_FILES", str(tmp_path / "there"))
        answer = cli("evidence", "destroy", "2", "--because", "不该留", "--ledger", served)

        assert 0 == answer.code
        assert "里没有这个文件；若在别处还有，请也删掉。" in answer.err


class TestLost:
    """A transaction that lost to another one is done again, a few times and no more."""

    def action(self, store: Server, times: int) -> tuple[int, int]:
        tried = 0

        def record(store: Server) -> int:
            nonlocal tried
            tried += 1
            with store.transaction():
                if tried <= times:
                    store.insert_all(LOST, ({},))
            return Book(store, at("2019-06-18")).record(Recording("9.2", is_done=True)).stored[0].number

        return store.run(record), tried

    def test_it_is_done_again(self, served: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(random, "uniform", lambda *_: 0.0)
        store = open_server(served)

        assert (2, 4) == self.action(store, 3)
        store.close()

    def test_after_so_many_times_it_is_busy_and_nothing_is_stored(
        self, served: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(random, "uniform", lambda *_: 0.0)
        store = open_server(served)

        with pytest.raises(Busy, match="正被另一个人登记"):
            self.action(store, TRIES)
        assert [(1,)] == store.rows("SELECT COUNT(*) FROM entry")
        store.close()

    def test_a_fork_is_what_the_database_itself_refuses(self, served: str) -> None:
        """Were the lock to fail somewhere, two entries still cannot take the same place."""
        store = open_server(served)
        Book(store, at("2019-06-18")).record(Recording("9.2", is_done=True))
        again = """INSERT INTO entry
        SELECT id + 5, origin_id, seq, plan_id, kind, code, indicator, amount, side, agency,
        dated, recorded_at, recorded_by, subject, note, details, reverses, hash FROM entry WHERE seq = 2"""

        with pytest.raises(LostRace), store.transaction():
            store.insert_all(again, ({},))
        store.close()

    def test_a_chain_that_is_held_too_long_is_busy(
        self, cli: Cli, served: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("planledger.store.postgres.address.BUSY_SECONDS", 0.3)
        monkeypatch.setattr("planledger.store.postgres.server.TRIES", 1)
        with psycopg.connect(served) as other:
            other.execute("SELECT turn FROM origin FOR UPDATE")
            code, err = refused(cli, served, "record", "6.1", "--transferred", "40")
            asked = cli("status", "--ledger", served).code

        assert (7, 0) == (code, asked)
        assert err.startswith(f"台账 {place(served)} 正被另一个人登记")

    def test_a_connection_that_breaks_at_the_last_step_leaves_no_doubt_unsaid(
        self, server: Running, served: str
    ) -> None:
        """Whether the commit arrived cannot be known; the sentence says so, and how to check."""
        store = open_server(served)

        def cut_off() -> None:
            with store.transaction():
                ((backend,),) = store.rows("SELECT pg_backend_pid()")
                server.run(f"SELECT pg_terminate_backend({backend})")

        with pytest.raises(StorageTrouble, match="不知道登记上没有"):
            cut_off()
        store.close()


class TestPassword:
    """Whatever happens, the password of the address stands nowhere."""

    LINES = (
        "status", "status --json", "record 6.1 --transferred 40", "record 9.9 --done", "verify", "doctor", "history",
        "backup", "restore x.zip", "init", "adopt nichts.yaml", "evidence list", "check --nosuch", "nosuch",
        "status --plan nosuch", "attach 1.3 x.pdf --kind 会议纪要", "export annex x.xlsx", "archive build 归档",
    )  # fmt: skip

    @pytest.mark.parametrize("line", LINES)
    def test_no_answer_has_it(
        self, cli: Cli, served: str, line: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLANLEDGER_LEDGER", served)
        _, out, err = cli(*line.split())

        assert PASSWORD not in out + err

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://u:{0}@127.0.0.1:1/d",
            "postgresql://u:{0}@h:port/d",
            "postgresql://u:{0}@/d?host=/nowhere",
            "postgresql://u@127.0.0.1:1/d?password={0}",
            "postgresql://u:p@{0}@127.0.0.1:1/d",
            "mysql://u:{0}@h/d",
            "postgresql：//u:{0}@h/d",
            "postgresql：／／u:{0}@h/d",
            "postgresql//u:{0}@h/d",
            "postgresql:u:{0}@h/d",
            "postgresql:\\\\u:{0}@h/d",
            "u:{0}@h/d",
            "postgresql:///u:{0}@h/d",
            "postgresql://u：{0}@h/d",
            "postgresql://u;{0}@h/d",
            "postgresql://plan/u:{0}@h/d",
            "postgresql://u@h/d password={0}",
        ],
    )
    def test_no_refusal_of_an_address_has_it(self, cli: Cli, address: str) -> None:
        whole = address.format(PASSWORD)
        for words in (
            ("status", "--ledger", whole),
            (whole,),
            ("show", whole),
            ("record", whole, "--done"),
            ("restore", whole),
        ):
            _, out, err = cli(*words)
            assert PASSWORD not in out + err, words

    @pytest.mark.parametrize(
        "address", ["postgresql://u@h/d?port={0}", "postgresql://u@h/d?host=/x&port={0}"]
    )
    def test_no_refusal_of_a_parameter_has_it(self, cli: Cli, address: str) -> None:
        assert (2, f"{mistyped()}\n") == refused(cli, address.format(PASSWORD))

    def test_no_traceback_has_it(self, served: str) -> None:
        """Even a whole traceback of the program shows no address."""
        script = "import sys; from planledger.store.postgres.address import open_server; open_server(sys.argv[1]).rows('SELECT 1/0')"
        done = subprocess.run(
            [sys.executable, "-c", script, served], capture_output=True, text=True, check=False
        )

        assert 1 == done.returncode
        assert "Refusal" in done.stderr
        assert PASSWORD not in done.stderr + repr(open_server)

    def test_no_file_next_to_it_has_it(self, cli: Cli, served: str, home: object) -> None:
        with pytest.raises(Refusal) as refusal:
            open_server(served.replace("//planledger:", "//nobody:"))

        assert PASSWORD not in str(refusal.value) + repr(refusal.value.__cause__) + repr(
            refusal.value.__context__
        )


def test_doctor_tells_of_the_server_and_of_nobody(cli: Cli, served: str, server: Running) -> None:
    code, out, err = cli("doctor", "--ledger", served)

    assert (0, "") == (code, err)
    text = "".join(line.strip() for line in out.splitlines())
    assert f"台账　　  {place(served)}（第{SCHEMA_VERSION}版结构）" in out
    assert re.search(r"\n服务器　  PostgreSQL [\d.]+，共1个办公室的台账\n", out)
    assert "没有设佐证材料的共享文件夹，存不了文件" in text
    assert "能改动或删除" not in out

    server.run("GRANT UPDATE ON entry TO planledger", place(served).rpartition("/")[2])
    assert "登录的用户能改动或删除已登记的内容" in cli("doctor", "--ledger", served).out
