"""The versions of a ledger's layout, as the steps from each to the next; the newest is what the program makes.

A step is for ever: a ledger of any released version must come through it. It may add tables, columns, indexes and
triggers; what was recorded it must not touch, because the seals go over it.
"""

from typing import NamedTuple

from planledger.store.impossible import IS_IMPOSSIBLE


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
)
SCHEMA_VERSION = 1 + len(STEPS)
