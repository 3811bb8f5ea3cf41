"""A checker of ledgers written from docs/chain.md and nothing else: `python3 stranger.py ledger.db [HEAD]`."""

import hashlib
import json
import sqlite3
import sys

ENTRIES = """
SELECT o.name, e.seq, p.key, e.kind, e.code, e.indicator, e.amount, e.side, e.agency, e.dated,
       e.recorded_at, e.recorded_by, e.subject, e.note, e.details, ro.name, r.seq, e.hash, e.id - (e.origin_id - 1) * 10000000000
FROM entry e LEFT JOIN origin o ON o.id = e.origin_id LEFT JOIN plan p ON p.id = e.plan_id
LEFT JOIN entry r ON r.id = e.reverses LEFT JOIN origin ro ON ro.id = r.origin_id
ORDER BY e.id"""
VERSIONS = """SELECT v.id, o.name, p.key, v.digest FROM version v
LEFT JOIN plan p ON p.id = v.plan_id LEFT JOIN origin o ON o.id = p.origin_id"""
PARTS = "side agency area clause item indicator duty milestone requirement filing finding".split()
FURTHER = {"columntext", "quota", "rhythm", "route", "source", "stage"}  # tables that came after format 1


def sealed(values: list[object]) -> str:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def rows(ledger: sqlite3.Connection, table: str, version: int) -> list[list[object]]:
    answer = ledger.execute(f"SELECT * FROM {table} WHERE version_id = ? ORDER BY position", (version,))
    return [list(row[3:]) for row in answer]


def check(ledger: sqlite3.Connection, head: str = "") -> str:
    """Return what is wrong first, or nothing; *head* is one that somebody noted: 33:0123456789abcdef."""
    chains: dict[str, tuple[int, str]] = {}
    adopted: set[tuple[str, str, str]] = set()
    seals: set[str] = set()
    for origin, seq, *parts, stored, number in ledger.execute(ENTRIES):
        place, previous = chains.get(origin, (0, "0" * 64))
        seal = sealed([1, origin, place + 1, previous, *parts])
        if number != place + 1 or seq != place + 1 or not isinstance(stored, bytes) or stored.hex() != seal:
            return f"entry {place + 1} of chain {origin} is not what was sealed"
        chains[origin] = (seq, seal)
        seals.add(f"{seq}:{seal}")
        if parts[1] == "adoption":
            adopted.add((origin, parts[0], parts[10]))
    tables = {name for (name,) in ledger.execute("SELECT name FROM sqlite_master")}
    for version, *name in ledger.execute(VERSIONS).fetchall():
        parts = [*rows(ledger, "meta", version), *(rows(ledger, part, version) for part in PARTS)]
        more = [[one, others] for one in sorted(FURTHER & tables) if (others := rows(ledger, one, version))]
        read = {sealed([2, *parts, *more])} | (set() if more else {sealed([1, *parts])})
        if tuple(name) not in adopted or name[-1] not in read:
            return f"plan version {version} is not what was adopted"
        adopted.discard(tuple(name))
    if not any(one.startswith(head) for one in seals):
        return "not the ledger of that head, or altered before it"
    return f"plan version {min(adopted)} is gone" if adopted else ""


if __name__ == "__main__":
    fault = check(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), *sys.argv[2:])
    print(fault or "sound")
    sys.exit(9 if fault else 0)
