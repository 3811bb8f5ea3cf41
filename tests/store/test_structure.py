"""What a ledger file is made of is held against one made new: nothing that counts can be taken away, altered or added."""

import gzip
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.ledger.chain.verification import verify, verify_since
from planledger.plan.refusal import ExitCode
from planledger.questions.answers.soundness import NotedHead
from planledger.store.sqlite.opening import open_to_read, open_to_write

Cli = Callable[..., Result]
pytestmark = pytest.mark.in_file
LEDGERS = sorted((Path(__file__).parents[1] / "ledgers").glob("*.db.gz"))
REBUILT = "台账的结构被改动过：表 "


def altered(path: Path, *statements: str) -> None:
    """Alter a ledger as somebody does who knows SQLite."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        raw.executescript(statement)
    raw.close()


def rebuilt(path: Path, table: str, *changes: tuple[str, str]) -> None:
    """Make a table anew with another text, the same rows, and everything that hung on it."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA legacy_alter_table = ON")
    question = "SELECT sql FROM sqlite_master WHERE name = ? AND type = 'table'"
    text = " ".join(raw.execute(question, (table,)).fetchone()[0].replace('"', "").split())
    hung = raw.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'table' AND sql > ''",
        (table,),
    ).fetchall()
    for old, new in changes:
        assert old in text, (old, text)
        text = text.replace(old, new)
    for name, kind, _ in hung:
        raw.execute(f"DROP {kind} {name}")
    raw.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    raw.execute(text)
    names = ", ".join(f'"{row[1]}"' for row in raw.execute(f"PRAGMA table_info(old_{table})"))
    raw.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM old_{table}")  # noqa: S608
    raw.execute(f"DROP TABLE old_{table}")
    for _, _, statement in hung:
        raw.execute(statement)
    raw.close()


def schema(path: Path, old: str, new: str, name: str) -> None:
    """Write into the schema itself."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA writable_schema = ON")
    done = raw.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", (old, new, name))
    assert 1 == done.rowcount
    raw.close()


def fault(path: Path) -> str:
    store = open_to_read(path)
    try:
        return store.structure_fault()
    finally:
        store.close()


def test_a_ledger_made_new_has_the_structure_it_is_to_have(ledger: Path) -> None:
    assert "" == fault(ledger)


@pytest.mark.parametrize("released", LEDGERS, ids=lambda path: path.name.removesuffix(".db.gz"))
def test_a_ledger_that_came_through_every_step_has_it_too(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "released.db"
    path.write_bytes(gzip.decompress(released.read_bytes()))
    assert "" == fault(path)

    open_to_write(path).close()
    assert "" == fault(path)


def test_what_sqlite_keeps_for_itself_is_no_fault(ledger: Path) -> None:
    altered(ledger, "ANALYZE", "VACUUM", "REINDEX")

    assert "" == fault(ledger)


def test_how_somebody_writes_a_trigger_or_an_index_counts_for_nothing(ledger: Path) -> None:
    raw = sqlite3.connect(ledger)
    objects = raw.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE type <> 'table' AND sql > ''"
    ).fetchall()
    for name, kind, text in objects:
        raw.execute(f"DROP {kind} {name}")
        blanks = re.sub(r" (?=[A-Z])", "  \n ", text)
        raw.execute(
            blanks.replace("indicator <> ''", "\"indicator\"<>''  /* a figure */") + "  -- of entries"
            if kind == "index"
            else blanks
        )
    raw.commit()
    raw.close()

    assert "" == fault(ledger)


EXTRA = {
    "a trigger": "CREATE TRIGGER swallow BEFORE INSERT ON entry WHEN NEW.seq > 1 BEGIN SELECT RAISE(IGNORE); END",
    "a trigger of another table": "CREATE TRIGGER t AFTER INSERT ON origin BEGIN SELECT 1; END",
    "a view": "CREATE VIEW sums AS SELECT 1",
    "a table": "CREATE TABLE note (x)",
    "a table of text": "CREATE VIRTUAL TABLE words USING fts5(x)",
    "a unique index": "CREATE UNIQUE INDEX once ON entry (dated)",
    "an index": "CREATE INDEX more ON entry (dated)",
    "a table that looks like ours": "CREATE TABLE pragma_table_xinfo (cid, name, type)",
}


@pytest.mark.parametrize("what", EXTRA)
def test_what_is_besides_our_own_is_a_fault(ledger: Path, what: str) -> None:
    altered(ledger, EXTRA[what])

    assert fault(ledger).startswith("台账的结构被改动过：多出")


def test_a_name_like_those_of_sqlite_is_no_pass(ledger: Path) -> None:
    altered(ledger, EXTRA["a trigger"])
    raw = sqlite3.connect(ledger, isolation_level=None)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute(
        "UPDATE sqlite_master SET name = 'sqlite_swallow', sql = replace(sql, 'swallow', 'sqlite_swallow')"
        " WHERE name = 'swallow'"
    )
    raw.close()

    assert "台账的结构被改动过：多出触发器 sqlite_swallow。" == fault(ledger)


def test_all_triggers_gone_are_reported_in_one_sentence(ledger: Path) -> None:
    raw = sqlite3.connect(ledger)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.commit()
    raw.close()

    assert re.fullmatch(
        r"台账的结构被改动过：少了触发器 agency_no_delete、触发器 agency_no_replace、触发器 agency_no_update等 \d+ 样。",
        fault(ledger),
    )


GONE = {
    "one trigger": ("DROP TRIGGER entry_no_update", "少了触发器 entry_no_update"),
    "an index": ("DROP INDEX entry_figures", "少了索引 entry_figures"),
    "a column too many": ("ALTER TABLE entry ADD COLUMN more TEXT", "表 entry（列）"),
    "a column with a default": ("ALTER TABLE item ADD COLUMN more TEXT DEFAULT 'x'", "表 item（列）"),
    "a computed column": ("ALTER TABLE entry ADD COLUMN more INTEGER AS (amount * 2)", "表 entry（列）"),
    "a column of another name": ("ALTER TABLE side RENAME COLUMN short TO brief", "表 side（列）"),
    "an index with another condition": (
        "DROP INDEX entry_figures; CREATE INDEX entry_figures ON entry (plan_id, code, indicator, side, agency, dated,"
        " recorded_at, amount, seq) WHERE indicator <> '' AND amount <> 40",
        "索引 entry_figures（条件）",
    ),
    "an index of all rows": ("DROP INDEX entry_marks; CREATE INDEX entry_marks ON entry (plan_id, code, kind)", "索引 entry_marks（"),
    "an index with other columns": ("DROP INDEX entry_order; CREATE INDEX entry_order ON entry (id)", "索引 entry_order（列）"),
    "an index that forbids": ("DROP INDEX entry_order; CREATE UNIQUE INDEX entry_order ON entry (plan_id, id)", "索引 entry_order（列）"),
    "an index in another order": ("DROP INDEX entry_order; CREATE INDEX entry_order ON entry (plan_id, id DESC)", "索引 entry_order（列）"),
    "a trigger that does something else": (
        "DROP TRIGGER entry_no_replace; CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry WHEN NEW.seq > 2"
        " BEGIN SELECT RAISE(IGNORE); END",
        "触发器 entry_no_replace（语句）",
    ),
    "a trigger on another table": (
        "DROP TRIGGER entry_no_update; CREATE TRIGGER entry_no_update BEFORE UPDATE ON finding"
        " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        "触发器 entry_no_update（语句）",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", GONE)
def test_what_is_gone_or_another_thing_is_a_fault(ledger: Path, what: str) -> None:
    statement, sentence = GONE[what]
    altered(ledger, statement)

    assert sentence in fault(ledger)


TEXTS: dict[str, tuple[str, tuple[tuple[str, str], ...], str]] = {
    "no STRICT": ("entry", ((") STRICT", ")"),), "种类"),
    "no row ids": ("finding", ((") STRICT", ") STRICT, WITHOUT ROWID"),), "种类"),
    "no key": ("entry", (("PRIMARY KEY (id), ", ""), ("id INTEGER NOT NULL", "id INTEGER")), "列"),
    "no NOT NULL": ("entry", (("note TEXT NOT NULL", "note TEXT"),), "列"),
    "a default": ("entry", (("note TEXT NOT NULL", "note TEXT NOT NULL DEFAULT ''"),), "列"),
    "another type": ("version", (("digest TEXT", "digest ANY"),), "列"),
    "no UNIQUE": ("entry", (("UNIQUE (reverses), ", ""),), "主键和唯一约束"),
    "UNIQUE that replaces": ("entry", (("UNIQUE (reverses)", "UNIQUE (reverses) ON CONFLICT REPLACE"),), "约束的写法"),
    "a key that ignores": ("version", (("PRIMARY KEY (id)", "PRIMARY KEY (id) ON CONFLICT IGNORE"),), "约束的写法"),
    "another UNIQUE": ("entry", (("UNIQUE (reverses)", "UNIQUE (reverses, hash)"),), "主键和唯一约束"),
    "no CHECK": ("entry", (("CHECK (id > 0 AND seq > 0), ", ""),), "检查约束"),
    "another CHECK": ("entry", (("seq > 0", "seq > -9"),), "检查约束"),
    "a CHECK more": ("entry", (("seq > 0)", "seq > 0), CHECK (amount < 99)"),), "检查约束"),
    "no foreign key": ("entry", (("FOREIGN KEY(plan_id) REFERENCES plan (id), ", ""),), "外键"),
    "a key that cascades": ("version", (("REFERENCES plan (id)", "REFERENCES plan (id) ON DELETE CASCADE"),), "外键"),
    "a key that waits": ("version", (("REFERENCES plan (id)", "REFERENCES plan (id) DEFERRABLE INITIALLY DEFERRED"),), "约束的写法"),
    "texts compared otherwise": ("agency", (("name TEXT NOT NULL", "name TEXT NOT NULL COLLATE NOCASE"),), "约束的写法"),
    "numbers never used again": ("version", (("( id INTEGER NOT NULL", "( id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"), ("PRIMARY KEY (id), ", "")), "约束的写法"),
}  # fmt: skip


@pytest.mark.parametrize("what", TEXTS)
def test_a_table_that_was_made_anew_is_a_fault(ledger: Path, what: str) -> None:
    table, changes, aspects = TEXTS[what]
    rebuilt(ledger, table, *changes)
    sentence = fault(ledger)

    assert sentence.startswith(f"{REBUILT}{table}（")
    assert all(aspect in sentence for aspect in aspects.split("、")), sentence


def test_a_table_that_was_made_anew_as_it_was_is_none(ledger: Path) -> None:
    rebuilt(
        ledger,
        "entry",
        ("CREATE TABLE entry", 'CREATE TABLE  \n"entry"'),
        ("CHECK (id > 0 AND", 'CHECK (  "id">0 AND'),
    )

    assert "" == fault(ledger)


def test_what_was_written_into_the_schema_is_seen(ledger: Path) -> None:
    schema(ledger, "indicator <> ''", "indicator <> 'transferred'", "entry_figures")

    assert "台账的结构被改动过：索引 entry_figures（条件）与程序所建的不同。" == fault(ledger)


def test_rows_that_no_walk_meets_are_noticed_by_the_table_that_takes_them(cli: Cli, ledger: Path) -> None:
    """A table without key and STRICT takes a row without id, and one of version 1.5: 540 people for 40."""
    assert ExitCode.DONE == cli("record", "6.1", "--transferred", "40", "--ledger", str(ledger)).code
    rebuilt(
        ledger, "entry", ("PRIMARY KEY (id), ", ""), ("id INTEGER NOT NULL", "id INTEGER"), (") STRICT", ")")
    )
    raw = sqlite3.connect(ledger)
    names = ", ".join(row[1] for row in raw.execute("PRAGMA table_info(entry)"))
    raw.execute(
        f"INSERT INTO entry ({names}) SELECT NULL, origin_id, 99, plan_id, kind, code, indicator, 500, side, agency,"  # noqa: S608
        " dated, recorded_at, recorded_by, subject, note, details, reverses, hash FROM entry WHERE id = 2"
    )
    raw.commit()
    raw.close()
    asked = cli("show", "6.1", "--ledger", str(ledger))
    assert (ExitCode.NOT_A_LEDGER, "") == (asked.code, asked.out)
    assert "第99号记录的记录号读不懂，不是程序所写" in asked.err

    for action in (("verify",), ("verify", "--since", "1:" + "0" * 16), ("backup", "备份.zip")):
        answer = cli(*action, "--ledger", str(ledger))
        assert ExitCode.VERIFICATION == answer.code, action
        assert "表 entry（种类、列）与程序所建的不同" in answer.out + answer.err
    assert not Path("备份.zip").exists()


def test_a_row_of_version_one_and_a_half_is_noticed(ledger: Path) -> None:
    rebuilt(ledger, "indicator", (") STRICT", ")"))
    raw = sqlite3.connect(ledger)
    raw.execute(
        "INSERT INTO indicator SELECT id + 900, 1.5, position, code, key || 'x', label, unit, decimals, measure, scope, comparison, 1, must_report FROM indicator WHERE key = 'transferred'"
    )
    raw.commit()
    raw.close()

    assert "台账的结构被改动过：表 indicator（种类）与程序所建的不同。" == fault(ledger)


def test_since_a_head_the_structure_is_looked_at_too(ledger: Path) -> None:
    altered(ledger, "DROP TRIGGER entry_no_update")
    store = open_to_read(ledger)

    assert "少了触发器 entry_no_update" in verify_since(store, NotedHead(1, "0" * 16)).fault
    store.close()


def test_a_backup_of_an_altered_structure_is_not_restored(cli: Cli, ledger: Path, home: Path) -> None:
    """The copy in a backup is laid out as the ledger was: whatever was slipped into it is noticed before it counts."""
    from zipfile import ZipFile

    altered(ledger, EXTRA["a trigger"])
    with ZipFile(home / "假.zip", "w") as made_up:
        made_up.write(ledger, "ledger.db")
    answer = cli("restore", "假.zip", "--ledger", str(home / "新.db"))

    assert (ExitCode.VERIFICATION, False) == (answer.code, (home / "新.db").exists())
    assert "多出触发器 swallow" in answer.err


def test_rows_that_came_in_while_a_table_was_another_one_are_noticed(ledger: Path) -> None:
    """Whoever puts the structure back afterwards has the rows left: keys and types are held against each."""
    text = "SELECT sql FROM sqlite_master WHERE name = 'indicator'"
    raw = sqlite3.connect(ledger)
    (as_it_was,) = raw.execute(text).fetchone()
    raw.close()
    rewritten(ledger, as_it_was.replace("STRICT", ""))
    raw = sqlite3.connect(ledger)
    raw.execute(
        "INSERT INTO indicator SELECT id + 900, 1.5, position, code, key, label, unit, decimals, measure, scope,"
        " comparison, 1, must_report FROM indicator WHERE key = 'transferred'"
    )
    raw.commit()
    raw.close()
    rewritten(ledger, as_it_was)

    assert "" == fault(ledger)
    store = open_to_read(ledger)
    assert verify(store).fault.startswith("台账文件内部不一致")
    store.close()


def test_what_a_copy_would_mend_is_refused_too(cli: Cli, ledger: Path, home: Path) -> None:
    """A copy makes its indexes anew: the ledger would go on to answer 0 for 40 while its backup calls itself checked."""
    assert ExitCode.DONE == cli("record", "6.1", "--transferred", "40", "--ledger", str(ledger)).code
    (kept := home / "旧.db").write_bytes(ledger.read_bytes())
    for path in (ledger, kept):
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("PRAGMA writable_schema = ON")
        (text,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'entry_figures'").fetchone()
        for index in (f"{text} AND seq <> 2", text):
            raw.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'entry_figures'", (index,))
            raw.execute("PRAGMA writable_schema = RESET")
            raw.execute("PRAGMA writable_schema = ON")
            if index != text:
                raw.execute("REINDEX entry_figures")
        raw.close()
    assert "40/155人" not in cli("show", "6.1", "--ledger", str(ledger)).out

    assert "missing from index entry_figures" in cli("verify", "--ledger", str(ledger)).out
    for action in (
        ("backup", "备份.zip", "--ledger", str(ledger)),
        ("restore", str(kept), "--ledger", str(home / "新.db")),
    ):
        answer = cli(*action)
        assert (ExitCode.VERIFICATION, "") == (answer.code, answer.out), action
        assert "missing from index entry_figures" in answer.err
    assert not (home / "备份.zip").exists()
    assert not (home / "新.db").exists()


def rewritten(path: Path, text: str) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'indicator'", (text,))
    raw.close()
