"""The versions of a ledger's layout, as the steps from each to the next; the newest is what the program makes.

A step is for ever: a ledger of any released version must come through it. It may add tables, columns, indexes and
triggers; what was recorded it must not touch, because the seals go over it.

Part of the third layout is what no entry can be, as a condition of SQL: an index holds such entries, so that asking for
one costs nothing. Sums are read from an index and dates are compared as texts: an entry like that would be added up, or
passed over, unseen. Only what the row itself shows and both databases can decide stands in the condition;
`plan/model/entry_details.py` holds whatever is read against its kind. Another condition is another step.
"""

from typing import NamedTuple

from planledger.plan.model.terms import EntryKind

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
IS_IMPOSSIBLE = f"({' OR '.join(_CONDITIONS)}) IS NOT FALSE"


class Step(NamedTuple):
    """What makes a ledger of one version into one of the next."""

    why: str
    statements: tuple[str, ...]
    on_server: tuple[
        str, ...
    ] = ()  # where a server needs other words; TO ROLE names whom the program logs in as


_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"

STEPS: tuple[Step, ...] = (  # from version 1 on, the first layout of 0.1.0
    Step(
        "a plan may say whose figures count",
        (
            """CREATE TABLE source (
\tid INTEGER NOT NULL,
\tversion_id INTEGER NOT NULL,
\tposition INTEGER NOT NULL,
\tcode TEXT NOT NULL,
\t"key" TEXT NOT NULL,
\tagency TEXT NOT NULL,
\tPRIMARY KEY (id),
\tUNIQUE (version_id, code, "key", agency),
\tFOREIGN KEY(version_id) REFERENCES version (id)
) STRICT""",
            f"CREATE TRIGGER source_no_update BEFORE UPDATE ON source {_REFUSE}",
            f"CREATE TRIGGER source_no_delete BEFORE DELETE ON source {_REFUSE}",
            """CREATE TRIGGER source_no_replace BEFORE INSERT ON source WHEN EXISTS (SELECT 1 FROM source WHERE id = NEW.id)
OR EXISTS (SELECT 1 FROM source WHERE agency = NEW.agency AND code = NEW.code AND key = NEW.key AND version_id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
        ),
        (
            """CREATE TABLE source (
\tid SERIAL NOT NULL,
\tversion_id INTEGER NOT NULL,
\tposition INTEGER NOT NULL,
\tcode TEXT COLLATE "C" NOT NULL,
\tkey TEXT COLLATE "C" NOT NULL,
\tagency TEXT COLLATE "C" NOT NULL,
\tPRIMARY KEY (id),
\tUNIQUE (version_id, code, key, agency),
\tFOREIGN KEY(version_id) REFERENCES version (id)
)""",
            "GRANT SELECT, INSERT ON source TO ROLE",
            "GRANT USAGE ON SEQUENCE source_id_seq TO ROLE",
        ),
    ),
    Step(
        "a new kind of entry, which an older program must refuse with 4: the name of the office; what no entry can be is found at once",
        (f"CREATE INDEX entry_impossible ON entry (seq) WHERE {IS_IMPOSSIBLE}",),
    ),
    Step(
        "three kinds more, which an older program must refuse with 4: units are renamed or merged, who sends a form; "
        "and of units, which table of the office an entry came from; of a close-out, who approved it",
        (),
    ),
)
SCHEMA_VERSION = 1 + len(STEPS)
