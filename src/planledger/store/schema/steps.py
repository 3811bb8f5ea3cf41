"""The versions of a ledger's layout, as the steps from each to the next; the newest is what the program makes.

A step is for ever: a ledger of any released version must come through it. It may add tables, columns, indexes and
triggers; what was recorded it must not touch, because the seals go over it.

What no entry can be is part of the third layout, and more of it of the eleventh, as a condition of SQL: an index holds
such entries, so that asking for one costs nothing. Sums are read from an index and dates are compared as texts: an entry
like that would be added up, or passed over, unseen. Only what the row itself shows and both databases can decide stands
in the condition; `plan/model/entry_details.py` holds whatever is read against its kind. Another condition is another step.
"""

from typing import NamedTuple

from planledger.plan.model.terms import MOST_AMOUNT, EntryKind

_ZERO_DAY, _ZERO_MOMENT = "0000-00-00", "0000-00-00T00:00:00.000000+00:00"
_NO_DAYS = ("02-30", "02-31", "04-31", "06-31", "09-31", "11-31")
_PARTS = ((6, "01", "12"), (9, "01", "31"))  # of a day: where the two digits stand, the least and the largest
_CLOCK = ((12, "00", "23"), (15, "00", "59"), (18, "00", "59"))


def _zeros(column: str) -> str:
    """Write every digit of a text as 0: what is left is its shape."""
    for digit in "123456789":
        column = f"replace({column}, '{digit}', '0')"
    return column


def _no_date(column: str, shape: str, parts: tuple[tuple[int, str, str], ...]) -> str:
    bounds = [
        f"substr({column}, {at}, 2) < '{least}' OR substr({column}, {at}, 2) > '{largest}'"
        for at, least, largest in parts
    ]
    never = [f"substr({column}, 6, 5) = '{day}'" for day in _NO_DAYS]
    return " OR ".join((f"{_zeros(column)} <> '{shape}'", f"{column} < '0001'", *bounds, *never))


_CONDITIONS = (
    "seq <> id - (id * 0 + origin_id - 1) * 100000 * 100000",  # as `Chain.entry_id` has it, in the size of an id
    f"kind <> '{EntryKind.REVERSAL}' AND (indicator <> '') <> (kind = '{EntryKind.AMOUNT}')",
    "(indicator <> '') = (amount IS NULL)",
    "indicator <> '' AND code = ''",
    f"(reverses IS NULL) = (kind = '{EntryKind.REVERSAL}')",
    "reverses IS NOT NULL AND (reverses >= id OR reverses <= id - seq)",  # an earlier entry of its chain
    _no_date("dated", _ZERO_DAY, _PARTS),
    _no_date("recorded_at", _ZERO_MOMENT, _PARTS + _CLOCK),
    "substr(recorded_at, 27) <> '+08:00'",
    "plan_id < 1",
    "code || side || agency || recorded_by || subject || note || details < ''",  # never so, but unknown where one is NULL
)
# in numbers that a server writes as they stand here
_OF_AMOUNTS = (
    f"kind = '{EntryKind.AMOUNT}' AND amount IS NOT NULL"
    f" AND (amount < 0 OR amount / 1000000 > {MOST_AMOUNT // 1_000_000})"
)
_WITHOUT_AMOUNTS = f"({' OR '.join(_CONDITIONS)}) IS NOT FALSE"  # as the third layout has it
IS_IMPOSSIBLE = f"({' OR '.join((*_CONDITIONS, _OF_AMOUNTS))}) IS NOT FALSE"


class Step(NamedTuple):
    """What makes a ledger of one version into one of the next."""

    why: str
    statements: tuple[str, ...]
    # where a server needs other words; TO ROLE names whom the program logs in as
    on_server: tuple[str, ...] = ()


def guards(table: str, *keys: tuple[str, ...]) -> tuple[str, ...]:
    """The triggers that refuse UPDATE, DELETE, and INSERT OR REPLACE on a table of which each of *keys* names a row."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE "  # noqa: S608  (names of our own tables)
        + " AND ".join(f"{column} = NEW.{column}" for column in sorted(key))
        + ")"
        for key in sorted(keys)
    )
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    )


def _table_of_rows(why: str, table: str, texts: tuple[str, ...], count: int, amount: str = "") -> Step:
    """Add a table of a plan version whose rows are *texts*, and perhaps an *amount*; so many of the first name a row.

    What a released step says is for ever: a table of another shape is another function.
    """
    names = ("version_id", *texts[:count])
    body = """CREATE TABLE {table} (
\tid {number} NOT NULL,
\tversion_id INTEGER NOT NULL,
\tposition INTEGER NOT NULL,
{columns}
\tPRIMARY KEY (id),
\tUNIQUE ({names}),
\tFOREIGN KEY(version_id) REFERENCES version (id)
)"""

    def create(number: str, kind: str, large: str) -> str:
        columns = "\n".join(f"\t{one} {kind} NOT NULL," for one in texts)
        columns += f"\n\t{amount} {large}," if amount else ""
        return body.format(table=table, number=number, columns=columns, names=", ".join(names))

    embedded = (create("INTEGER", "TEXT", "INTEGER") + " STRICT", *guards(table, ("id",), names))
    grants = f"GRANT SELECT, INSERT ON {table} TO ROLE", f"GRANT USAGE ON SEQUENCE {table}_id_seq TO ROLE"
    return Step(why, embedded, (create("SERIAL", 'TEXT COLLATE "C"', "BIGINT"), *grants))


STEPS: tuple[Step, ...] = (  # from version 1 on, the first layout of 0.1.0
    _table_of_rows("a plan may say whose figures count", "source", ("code", "key", "agency"), count=3),
    Step(
        "a new kind of entry, which an older program must refuse with 4: the name of the office; what no entry can be is found at once",
        (f"CREATE INDEX entry_impossible ON entry (seq) WHERE {_WITHOUT_AMOUNTS}",),
    ),
    Step(
        "three kinds more, which an older program must refuse with 4: units are renamed or merged, who sends a form; "
        "and of units, which table of the office an entry came from; of a close-out, who approved it",
        (),
    ),
    _table_of_rows("a plan may have columns of its own", "columntext", ("code", "head", "text"), count=2),
    _table_of_rows(
        "a plan may say what each unit owes by itself", "quota", ("code", "key", "agency"), 3, amount="target"
    ),
    _table_of_rows("a unit may be reached through another", "route", ("agency", "through"), count=1),
    Step("a new kind of entry, which an older program must refuse with 4: whom the office chased", ()),
    _table_of_rows(
        "a plan may ask for something in each period of a rhythm",
        "rhythm",
        ("code", "filing", "words", "every", "day", "first_day", "last_day"),
        count=2,
    ),
    _table_of_rows(
        "a row of a plan may have stages",
        "stage",
        ("code", "name", "due", "last_day", "units", "targets"),
        count=2,
    ),
    Step(
        "an amount that no command records is found at once, like the rest of what no entry can be",
        (
            "DROP INDEX entry_impossible",
            f"CREATE INDEX entry_impossible ON entry (seq) WHERE {IS_IMPOSSIBLE}",
        ),
    ),
)
SCHEMA_VERSION = 1 + len(STEPS)
