"""How the structure of a ledger file differs from one that is made new: what lacks, is altered, or was added.

Compared is what SQLite itself makes of a file, not the text that somebody wrote for it: a ledger made new and one that
came through every step are the same. Of what exists as text alone (a check, a condition, a trigger) blanks and
quotation marks count for nothing.
"""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache

from planledger.store.paths import connect
from planledger.store.schema import steps

Key = tuple[str, str]  # kind and name
Written = tuple[str, str, str, str]  # a row of the file's own list
Aspects = Mapping[str, object]  # the properties of a thing, by the Chinese word for each

_OBJECTS = """SELECT COALESCE(CAST(type AS TEXT), ''), COALESCE(CAST(name AS TEXT), ''),
COALESCE(CAST(tbl_name AS TEXT), ''), COALESCE(CAST(sql AS TEXT), '') FROM main.sqlite_master"""
_KIND = "SELECT type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = :name"
_COLUMNS = """SELECT name, upper(type), "notnull", dflt_value, pk, hidden
FROM pragma_table_xinfo(:name) ORDER BY cid"""
_KEYS = """SELECT "table", "from", "to", seq, on_update, on_delete, match
FROM pragma_foreign_key_list(:name)"""
_INDEXES = """SELECT name, "unique", origin, partial FROM pragma_index_list(:name)"""
_PLACES = "SELECT name, desc, coll, key FROM pragma_index_xinfo(:name) ORDER BY seqno"
# What SQLite keeps for itself; nothing else may have such a name.
_ITS_OWN = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat2", "sqlite_stat3", "sqlite_stat4")
_TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|\w+|[^ \t\n\r\f\w]""",
    re.DOTALL,
)
_BLANK = re.compile(r"[ \t\n\r\f]+")  # what SQLite takes for blank, and nothing else
_CALLED = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_MOST = 3  # names in one sentence


def structure_fault(connection: sqlite3.Connection) -> str:
    """One sentence on how a ledger file differs from one that is made new; empty where it does not."""
    written = connection.execute(_OBJECTS).fetchall()
    texts, described = _made_new(steps.STEPS)
    if sorted(written) == texts:  # the same text has the same meaning
        return ""
    objects = _objects(written)
    return structure_difference(described, objects, lambda key: _described(connection, key, *objects[key]))


def structure_difference(
    wanted: Mapping[Key, Aspects], actual: Collection[Key], described: Callable[[Key], Aspects]
) -> str:
    """One sentence on how a structure differs from another: what lacks, what is too much, what has the same name and differs.

    Args:
        wanted: what each thing is to be, by its kind and name.
        actual: the names of what is there.
        described: gives the properties of one of those; it is not called for what is too much.
    """
    lost, more = sorted(set(wanted) - set(actual)), sorted(set(actual) - set(wanted))
    altered: list[Key] = []
    # what is too much may hide what the database would report of the rest
    for key in () if more else sorted(set(wanted) & set(actual)):
        is_so = described(key)
        aspects = "、".join(aspect for aspect, value in wanted[key].items() if is_so[aspect] != value)
        altered += [(key[0], f"{key[1]}（{aspects}）")] if aspects else []
    parts = (("少了", lost, ""), ("多出", more, ""), ("", altered, "与程序所建的不同"))
    differences = [f"{before}{_named(those)}{after}" for before, those, after in parts if those]
    return f"台账的结构被改动过：{'；'.join(differences)}。" if differences else ""


def _named(those: list[tuple[str, str]]) -> str:
    named = "、".join(f"{_CALLED.get(kind, kind)} {name}" for kind, name in those[:_MOST])
    return named if len(those) <= _MOST else f"{named}等 {len(those)} 样"


@cache
def _made_new(_steps: tuple[steps.Step, ...]) -> tuple[list[Written], dict[Key, Aspects]]:
    """The texts of a ledger that is made new, and what SQLite makes of them."""
    from planledger.store.schema.tables import embedded_session, make

    connection = connect("file::memory:")
    try:
        with embedded_session(connection) as session, session.begin():
            make(session.connection())
        written = connection.execute(_OBJECTS).fetchall()
        return sorted(written), {
            key: _described(connection, key, *text) for key, text in _objects(written).items()
        }
    finally:
        connection.close()


def _objects(written: list[Written]) -> dict[Key, tuple[str, str]]:
    """All that is in a file, each with the table that it belongs to and its text."""
    objects: dict[Key, tuple[str, str]] = {}
    for kind, name, of_table, text in written:
        is_of_a_key = kind == "index" and not text  # described with its table
        if is_of_a_key or (kind == "table" and name in _ITS_OWN):
            continue
        is_first = (kind, name) not in objects
        objects[kind if is_first else f"第二个{_CALLED.get(kind, kind)}", name] = (of_table, text)
    return objects


def _described(connection: sqlite3.Connection, key: Key, of_table: str, text: str) -> Aspects:
    """What SQLite makes of a table, an index or a trigger."""
    kind, name = key
    words = [*_words(text)]

    def ask(sql: str, of: str = name) -> list[tuple[object, ...]]:
        return connection.execute(sql, {"name": of}).fetchall()

    if kind == "trigger":
        return {"语句": (of_table, _BLANK.sub(" ", text).strip())}
    if kind == "index":
        own = [row[1:] for row in ask(_INDEXES, of_table) if row[0] == name]
        return {
            "列": (of_table, own, ask(_PLACES)),
            "条件": words[words.index("where") :] if "where" in words else [],
        }
    # an index that somebody made is described by itself
    keys = [(*how, ask(_PLACES, str(index))) for index, *how in ask(_INDEXES) if how[1] != "c"]
    return {
        "种类": ask(_KIND),
        "列": ask(_COLUMNS),
        "主键和唯一约束": sorted(keys, key=repr),
        "外键": sorted(ask(_KEYS), key=repr),
        "检查约束": sorted(_checks(words)),
        "约束的写法": sorted(_rules(words)),
    }


def _words(text: str) -> Iterator[str]:
    """The words of a statement: names without their quotation marks and in small letters, texts as they are."""
    for word in _TOKEN.findall(text):
        if word.startswith(("--", "/*")):
            continue
        yield word if word.startswith("'") else word.strip('"`[]').lower()


def _checks(words: list[str]) -> Iterator[str]:
    """The conditions that a table checks of its rows."""
    for place, word in enumerate(words):
        if word != "check":
            continue
        depth, end = 0, place + 1
        while end < len(words):
            depth += {"(": 1, ")": -1}.get(words[end], 0)
            end += 1
            if not depth:
                break
        yield " ".join(words[place + 1 : end])


def _rules(words: list[str]) -> Iterator[str]:
    """What SQLite reports of a column or a key to no question."""
    for place, word in enumerate(words):
        if word in {"collate", "conflict"}:
            yield f"{word} {words[place + 1] if place + 1 < len(words) else ''}"
        elif word in {"autoincrement", "deferrable", "deferred"}:
            yield word
