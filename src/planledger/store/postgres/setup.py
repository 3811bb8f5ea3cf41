"""What an administrator runs once so that a ledger may live on a server: tables, a role, and no right too many.

The program itself never makes or changes a table there; what it may do is printed here, for somebody to read first.
"""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import ColumnCollectionConstraint, CreateIndex, CreateTable, UniqueConstraint

from planledger.plan.model.rows import grouped_pairs
from planledger.store.database import Store
from planledger.store.paths import file_uri
from planledger.store.postgres.sqlstate import ENCODING, translate_server_errors
from planledger.store.schema import steps
from planledger.store.schema.tables import METADATA, indexes, make
from planledger.store.sqlite.structure import Aspects, Key, structure_difference

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
_AT_ONCE = 2_000  # rows that are copied together
# The version of the tables, and where files lie: the administrator's, and no table of the ledger.
LAYOUT = sa.Table(
    "layout",
    sa.MetaData(),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("files", sa.Text, nullable=False),
)
# The first thing in a transaction: where it fails, nothing of what follows is done, whatever runs the statements.
# Its words are ASCII, because a database of another encoding may take no others.
_REFUSE_ENCODING = f"""DO $$ BEGIN
  IF current_setting('server_encoding') <> '{ENCODING}' THEN
    RAISE EXCEPTION 'this database has the encoding %, planledger needs {ENCODING}: createdb --encoding={ENCODING} --template=template0 NAME',
      current_setting('server_encoding');
  END IF;
END $$"""


def setup_sql(role: str, files: str) -> str:
    """The statements that set up an empty ledger for a role.

    Args:
        role: the name that the program logs in with; a plain identifier.
        files: the folder of evidence that all computers share; may be empty.
    """
    every = METADATA.sorted_tables
    made = [str(CreateTable(table).compile(dialect=DIALECT)).strip() for table in (*every, LAYOUT)]
    made += [str(CreateIndex(index).compile(dialect=DIALECT)) for index in indexes()]
    recorded = ", ".join(table.name for table in every)
    counted = ", ".join(f"{table.name}_id_seq" for table in every if table.autoincrement_column is not None)
    quoted = files.replace("'", "''")
    return "\n".join(
        (
            "BEGIN;",
            *(f"{statement};" for statement in (_REFUSE_ENCODING, *made)),
            f"INSERT INTO layout (version, files) VALUES ({steps.SCHEMA_VERSION}, '{quoted}');",  # noqa: S608  (for a person to read)
            f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
            f"GRANT SELECT, INSERT ON {recorded} TO {role};",
            f"GRANT SELECT ON layout TO {role};",
            f"GRANT USAGE ON SEQUENCE {counted} TO {role};",
            f"GRANT UPDATE (turn) ON origin TO {role};",
            "COMMIT;",
        )
    )


def steps_sql(version: int, role: str) -> str:
    """The statements that bring a ledger of an older layout to the newest; *role* may read and add to what is new."""
    left = [text for step in steps.STEPS[version - 1 :] for text in step.on_server or step.statements]
    lines = [f"{statement.replace('TO ROLE', f'TO {role}')};" for statement in (_REFUSE_ENCODING, *left)]
    number = f"UPDATE layout SET version = {steps.SCHEMA_VERSION};"  # noqa: S608  (for a person to read)
    return "\n".join(("BEGIN;", *lines, number, "COMMIT;"))


def copy_rows(source: sa.Connection, path: Path | str) -> None:
    """Copy every row of a ledger into an empty file, inside the transaction that the caller holds."""
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(file_uri(path, "rw"), uri=True),
        hide_parameters=True,
        poolclass=sa.NullPool,
    )
    try:
        with engine.begin() as target:
            make(target)
            for table in METADATA.sorted_tables:
                rows = source.execute(
                    sa.select(table).order_by(*table.primary_key.columns),
                    execution_options={"stream_results": True, "yield_per": _AT_ONCE},
                )
                for several in rows.mappings().partitions():
                    target.execute(sa.insert(table), [dict(row) for row in several])
    finally:
        engine.dispose()


_TABLES = """SELECT c.relname, CAST(c.relkind AS TEXT), CAST(c.relpersistence AS TEXT),
c.relrowsecurity OR c.relforcerowsecurity,
EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhparent = c.oid OR i.inhrelid = c.oid)
FROM pg_class c WHERE c.relname = ANY(:names) AND pg_table_is_visible(c.oid)"""
_COLUMNS = """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, COALESCE(l.collname, ''),
COALESCE(pg_get_expr(d.adbin, d.adrelid), ''), CAST(a.attidentity AS TEXT), CAST(a.attgenerated AS TEXT)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'default'
WHERE c.relname = ANY(:names) AND pg_table_is_visible(c.oid)"""
_CONSTRAINTS = """SELECT c.relname, pg_get_constraintdef(k.oid)
FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
WHERE k.contype <> 'n' AND c.relname = ANY(:names) AND pg_table_is_visible(c.oid)"""
_INDEXES = """SELECT x.relname, c.relname, i.indisunique, i.indisvalid AND i.indisready, pg_get_indexdef(i.indexrelid)
FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
AND c.relname = ANY(:names) AND pg_table_is_visible(c.oid)"""
# A key is held by triggers of the server's own: a disabled one checks nothing.
_HANGING = """SELECT h.kind, c.relname, h.name FROM pg_class c JOIN (
  SELECT '触发器' AS kind, t.tgrelid AS owner, t.tgname AS name FROM pg_trigger t
  WHERE NOT t.tgisinternal OR t.tgenabled <> 'O'
  UNION ALL SELECT '规则', r.ev_class, r.rulename FROM pg_rewrite r
  UNION ALL SELECT '策略', p.polrelid, p.polname FROM pg_policy p) h ON h.owner = c.oid
WHERE c.relname = ANY(:names) AND pg_table_is_visible(c.oid)"""
_BLANK = re.compile(r"::text|[\s()\"]")


def catalogue_fault(store: Store) -> str:
    """One sentence on how the tables on a server differ from what was to be set up; empty where they do not."""
    tables = (*METADATA.sorted_tables, LAYOUT)
    actual = dict(_actual(store, {"names": [table.name for table in tables]}))
    return structure_difference(dict(_wanted(tables)), actual, actual.__getitem__)


def lost_fault(store: Store, connection: sa.Connection) -> str:
    """One sentence on a row that refers to none: a server refuses it while its keys are enabled, but their owner can disable them."""
    for table in METADATA.sorted_tables:
        for key in table.foreign_key_constraints:
            far = key.referred_table.alias()
            meets = [element.parent == far.columns[element.column.name] for element in key.elements]
            points = key.elements[0].parent.is_not(None)
            astray = sa.select(table.columns["id"]).where(points, ~sa.exists().where(*meets)).limit(1)
            with translate_server_errors(store.path):
                row = connection.execute(astray).first()
            if row:
                return f"台账内部不一致（{table.name} 表 id 为 {row[0]} 的行指向不存在的行）。"
    return ""


def _wanted(tables: tuple[sa.Table, ...]) -> Iterator[tuple[Key, Aspects]]:
    for table in tables:
        yield (
            ("table", table.name),
            {
                "种类": ("r", "p", False, False),
                "列": sorted(_column(table, name) for name in [column.name for column in table.columns]),
                "约束": sorted(filter(None, map(_constraint, table.constraints))),
            },
        )
        for index in table.indexes:
            where = index.dialect_options["postgresql"]["where"]
            places = ",".join(index.columns.keys()) + (f"WHERE{where}" if where is not None else "")
            yield ("index", str(index.name)), {"列和条件": (table.name, index.unique, True, _plain(places))}


def _column(table: sa.Table, name: str) -> tuple[object, ...]:
    """A column as the catalogue describes it: name, type, NOT NULL, collation, default."""
    column = table.columns[name]
    kind, _, collation = column.type.compile(DIALECT).partition(" COLLATE ")
    is_counted = table.autoincrement_column is column
    counted = f"nextval('{table.name}_{name}_seq'::regclass)" if is_counted else ""
    return (name, kind.lower(), not column.nullable, collation.strip('"'), counted, "", "")


def _constraint(constraint: sa.Constraint) -> str:
    """A constraint as the server writes it, without blanks and brackets; empty where it forbids nothing."""
    if isinstance(constraint, sa.CheckConstraint):
        return _plain(f"CHECK {constraint.sqltext}")
    if not isinstance(constraint, ColumnCollectionConstraint):
        return ""
    names = ",".join(constraint.columns.keys())
    if isinstance(constraint, sa.ForeignKeyConstraint):
        far = ",".join(element.column.name for element in constraint.elements)
        return _plain(f"FOREIGN KEY {names} REFERENCES {constraint.referred_table.name} {far}")
    kind = "UNIQUE" if isinstance(constraint, UniqueConstraint) else "PRIMARY KEY"
    return _plain(f"{kind} {names}") if names else ""


def _actual(store: Store, asked: dict[str, list[str]]) -> Iterator[tuple[Key, Aspects]]:
    columns = grouped_pairs((table, tuple(column)) for table, *column in store.rows(_COLUMNS, asked))
    constraints = grouped_pairs((table, _plain(text)) for table, text in store.rows(_CONSTRAINTS, asked))
    for table, *how in store.rows(_TABLES, asked):
        yield (
            ("table", table),
            {
                "种类": tuple(how),
                "列": sorted(columns[table]),
                "约束": sorted(constraints[table]),
            },
        )
    ours = {str(index.name) for index in indexes()}
    for name, table, is_unique, is_valid, text in store.rows(_INDEXES, asked):
        if is_unique or name in ours:  # another one only makes questions quicker
            yield ("index", name), {"列和条件": (table, is_unique, is_valid, _plain(text.partition("(")[2]))}
    for kind, table, name in store.rows(_HANGING, asked):
        yield (kind, f"{table}.{name}"), {}


def _plain(text: str) -> str:
    return _BLANK.sub("", text)
