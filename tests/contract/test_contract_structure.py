"""On a server the catalogue says what became of the tables: whatever hangs on them is reported, and every action reads back what it stored."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url  # noqa: TID253  (what an administrator does)

from conftest import Result
from planledger.store.postgres.server import Server
from planledger.store.postgres.setup import catalogue_fault
from postgres import Running

Cli = Callable[..., Result]
SWALLOW = """CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER swallow BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION f()"""
LATER = """CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN DELETE FROM entry WHERE id = NEW.id; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION g()"""
RULE = "CREATE RULE nothing AS ON INSERT TO entry DO INSTEAD NOTHING"
HIDDEN = """ALTER TABLE entry ENABLE ROW LEVEL SECURITY; CREATE POLICY p1 ON entry FOR INSERT WITH CHECK (true);
CREATE POLICY p2 ON entry FOR SELECT USING (seq < 2)"""
ALTERED = {
    SWALLOW: "多出触发器 entry.swallow",
    LATER: "多出触发器 entry.later",
    RULE: "多出规则 entry.nothing",
    HIDDEN: "多出策略 entry.p1、策略 entry.p2",
    "ALTER TABLE entry ENABLE ROW LEVEL SECURITY": "表 entry（种类）",
    "ALTER TABLE duty DISABLE TRIGGER ALL": "多出触发器 duty.RI_ConstraintTrigger",
    "ALTER TABLE entry DROP CONSTRAINT entry_reverses_key": "表 entry（约束）",
    "ALTER TABLE entry DROP CONSTRAINT entry_check": "表 entry（约束）",
    "ALTER TABLE entry ADD CHECK (amount <> 40)": "表 entry（约束）",
    "ALTER TABLE item DROP CONSTRAINT item_version_id_fkey": "表 item（约束）",
    "ALTER TABLE item DROP CONSTRAINT item_pkey": "表 item（约束）",
    "ALTER TABLE entry ALTER note DROP NOT NULL": "表 entry（列）",
    "ALTER TABLE entry ALTER note SET DEFAULT 'x'": "表 entry（列）",
    "ALTER TABLE entry ALTER amount TYPE NUMERIC": "表 entry（列）",
    'ALTER TABLE agency ALTER name TYPE TEXT COLLATE "POSIX"': "表 agency（列）",
    "ALTER TABLE entry ADD more INTEGER": "表 entry（列）",
    "ALTER TABLE entry ADD more INTEGER GENERATED ALWAYS AS (seq * 2) STORED": "表 entry（列）",
    "CREATE TABLE child () INHERITS (item)": "表 item（种类）",
    "DROP INDEX entry_figures": "少了索引 entry_figures",
    "DROP INDEX entry_marks; CREATE INDEX entry_marks ON entry (plan_id, code, kind)": "索引 entry_marks（列和条件）",
    "CREATE UNIQUE INDEX once ON entry (dated)": "多出索引 once",
    "ALTER TABLE entry SET UNLOGGED": "表 entry（种类）",
}  # fmt: skip
OWN = (
    "CREATE INDEX quick ON entry (dated)",
    "CREATE TABLE his_own (x INTEGER)",
    "CREATE VIEW his_view AS SELECT seq FROM entry",
    "ANALYZE",
)


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def test_what_was_set_up_has_the_structure_it_is_to_have(cli: Cli, server: Running, served: str) -> None:
    """What an administrator keeps besides the ledger's tables is no fault."""
    for statement in OWN:
        server.run(statement, _name(served))

    answer = cli("verify", "--ledger", served)
    assert (0, "") == (answer.code, answer.err)


def test_what_was_altered_or_hangs_on_a_table_is_a_fault(server: Running, served: str) -> None:
    """Each in a transaction of its own that is undone: one database is enough for all."""
    engine = create_engine(
        make_url(f"{server.admin}&dbname={_name(served)}").set(drivername="postgresql+psycopg")
    )
    with engine.connect() as connection:
        for statement, sentence in ALTERED.items():
            with connection.begin() as begun:
                connection.exec_driver_sql(statement)
                fault = catalogue_fault(Server(connection, "（试验）", ""))
                begun.rollback()
            assert sentence in fault, (statement, fault)
        assert "" == catalogue_fault(Server(connection, "（试验）", ""))
    engine.dispose()


@pytest.mark.parametrize(
    "trick", [SWALLOW, LATER, RULE], ids=["swallowed", "taken out at the end", "ruled out"]
)
def test_an_action_reads_back_what_it_stored(
    cli: Cli, server: Running, served: str, trick: str, tmp_path: Path
) -> None:
    server.run(trick, _name(served))
    answer = cli("record", "6.1", "--transferred", "40", "--ledger", served)

    assert (3, "") == (answer.code, answer.out)
    assert "第2号记录写进台账后读出来的不一样" in answer.err
    for action in (
        ("verify",),
        ("verify", "--since", "1:" + "0" * 16),
        ("backup", str(tmp_path / "备份.zip")),
    ):
        answer = cli(*action, "--ledger", served)
        assert 9 == answer.code, action
        assert "台账的结构被改动过：多出" in answer.out + answer.err
    assert not (tmp_path / "备份.zip").exists()


def test_a_row_that_points_nowhere_is_noticed(cli: Cli, server: Running, served: str) -> None:
    """Whoever owns a server can let its keys sleep for a while."""
    server.run(
        "SET session_replication_role = replica; INSERT INTO duty (version_id, position, code, agency, side, role, is_group)"
        " VALUES (99, 0, '6.1', 'x', '', 'lead', 0)",
        _name(served),
    )
    answer = cli("verify", "--ledger", served)

    assert 9 == answer.code
    assert "台账内部不一致（duty 表 id 为 " in answer.out
