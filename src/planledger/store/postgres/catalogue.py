"""How the layout of a ledger on a server differs from what `server-setup` prints, by the server's own catalogue.

Besides tables, columns and constraints, whatever belongs to our tables is compared: a trigger, a rule or a policy could
remove, add or change a row unseen. Further tables of the administrator do not matter.
"""

import re
from collections.abc import Iterator

from sqlalchemy import CheckConstraint, Connection, Constraint, ForeignKeyConstraint, Table, exists, select
from sqlalchemy.schema import ColumnCollectionConstraint, UniqueConstraint

from planledger.store.database import Store
from planledger.store.postgres.setup import DIALECT, LAYOUT
from planledger.store.postgres.sqlstate import translate_server_errors
from planledger.store.schema.tables import METADATA
from planledger.store.sqlite.structure import Aspects, Key, structure_difference

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


def lost_fault(store: Store, connection: Connection) -> str:
    """One sentence on a row that refers to none: a server refuses it while its keys are enabled, but their owner can disable them."""
    for table in METADATA.sorted_tables:
        for key in table.foreign_key_constraints:
            far = key.referred_table.alias()
            meets = [element.parent == far.columns[element.column.name] for element in key.elements]
            points = key.elements[0].parent.is_not(None)
            astray = select(table.columns["id"]).where(points, ~exists().where(*meets)).limit(1)
            with translate_server_errors(store.path):
                row = connection.execute(astray).first()
            if row:
                return f"台账内部不一致（{table.name} 表 id 为 {row[0]} 的行指向不存在的行）。"
    return ""


def _wanted(tables: tuple[Table, ...]) -> Iterator[tuple[Key, Aspects]]:
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


def _column(table: Table, name: str) -> tuple[object, ...]:
    """A column as the catalogue describes it: name, type, NOT NULL, collation, default."""
    column = table.columns[name]
    kind, _, collation = column.type.compile(DIALECT).partition(" COLLATE ")
    is_counted = table.autoincrement_column is column
    counted = f"nextval('{table.name}_{name}_seq'::regclass)" if is_counted else ""
    return (name, kind.lower(), not column.nullable, collation.strip('"'), counted, "", "")


def _constraint(constraint: Constraint) -> str:
    """A constraint as the server writes it, without blanks and brackets; empty where it forbids nothing."""
    if isinstance(constraint, CheckConstraint):
        return _plain(f"CHECK {constraint.sqltext}")
    if not isinstance(constraint, ColumnCollectionConstraint):
        return ""
    names = ",".join(constraint.columns.keys())
    if isinstance(constraint, ForeignKeyConstraint):
        far = ",".join(element.column.name for element in constraint.elements)
        return _plain(f"FOREIGN KEY {names} REFERENCES {constraint.referred_table.name} {far}")
    kind = "UNIQUE" if isinstance(constraint, UniqueConstraint) else "PRIMARY KEY"
    return _plain(f"{kind} {names}") if names else ""


def _actual(store: Store, asked: dict[str, list[str]]) -> Iterator[tuple[Key, Aspects]]:
    columns: dict[str, list[tuple[object, ...]]] = {}
    for table, *column in store.rows(_COLUMNS, asked):
        columns.setdefault(table, []).append(tuple(column))
    constraints: dict[str, list[str]] = {}
    for table, text in store.rows(_CONSTRAINTS, asked):
        constraints.setdefault(table, []).append(_plain(text))
    for table, *how in store.rows(_TABLES, asked):
        yield (
            ("table", table),
            {
                "种类": tuple(how),
                "列": sorted(columns.get(table, ())),
                "约束": sorted(constraints.get(table, ())),
            },
        )
    ours = {str(index.name) for table in METADATA.sorted_tables for index in table.indexes}
    for name, table, is_unique, is_valid, text in store.rows(_INDEXES, asked):
        if is_unique or name in ours:  # another one only makes questions quicker
            yield ("index", name), {"列和条件": (table, is_unique, is_valid, _plain(text.partition("(")[2]))}
    for kind, table, name in store.rows(_HANGING, asked):
        yield (kind, f"{table}.{name}"), {}


def _plain(text: str) -> str:
    return _BLANK.sub("", text)
