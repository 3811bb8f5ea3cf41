"""A verifier that was written from docs/chain.md alone agrees with ours, and no forgery passes it that keeps the head."""

import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from book import Book
from conftest import at, copied
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.actions.filing import HandIn
from planledger.ledger.actions.report import Words
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.chain import Sealed, canonical
from planledger.ledger.chain.verification import verify
from planledger.plan.refusal import Refusal
from planledger.questions.answers.soundness import noted_head
from planledger.store.sqlite.embedded import Embedded
from stranger import ENTRIES, check, sealed
from tampering import unguarded

UNITS = ("江海区人社局", "大新县人社局", "")
TEXTS = ("", "春季招聘会“专场”", 'a"b\\c', "两行\n第二行\t", "\x1b[31m", "😀 é 汉", "\u2028/\x7f")
SAMPLE = pytest.mark.parametrize("ledgers", [40, pytest.param(1000, marks=pytest.mark.soak)])


def made_up(fresh: Path, chance: random.Random) -> Embedded:
    """A random ledger: actions in any order, as a clerk might type them; what is refused is not stored."""
    store = copied(fresh)
    for month in range(chance.randint(1, 12)):
        book = Book(
            store,
            at(f"2019-{min(12, 4 + month):02d}-{chance.randint(1, 28):02d}", by=chance.choice(["甲", "乙"])),
        )
        try:
            _action(book, chance)
        except Refusal:
            continue
    return store


def _action(book: Book, chance: random.Random) -> None:
    unit, note = chance.choice(UNITS), chance.choice(TEXTS)
    actions: tuple[Callable[[], object], ...] = (
        lambda: book.record(
            Recording("6.1", (("transferred", str(chance.randint(0, 300))),), agency=unit, note=note)
        ),
        lambda: book.record(
            Recording("6.1", (("stable", str(chance.randint(0, 300))),), agency=unit, note=note)
        ),
        lambda: book.record(Recording("1.3", (("meetings", "1"),), side="大新", event=note)),
        lambda: book.record(Recording("9.2", is_done=True, note=note)),
        lambda: book.report(Words("6.1", note, "", "", is_nothing=not note, agency=unit)),
        lambda: book.reverse(chance.randint(1, 9), note or "误"),
        lambda: book.correct(chance.randint(1, 9), str(chance.randint(0, 99)), "误"),
        lambda: book.amend(
            Amending("6.1", "追加", "无文号", target=("transferred", str(chance.randint(100, 200))))
        ),
        lambda: book.hand_in(HandIn("archive", "江海区人社局", note=note)),
    )
    chance.choice(actions)()


@SAMPLE
def test_the_checker_agrees_on_random_ledgers(fresh_ledger: Path, ledgers: int) -> None:
    chance = random.Random(ledgers)  # noqa: S311
    for _ in range(ledgers):
        store = made_up(fresh_ledger, chance)
        verification = verify(store)
        assert "" == verification.fault
        assert "" == check(store.connection, f"{verification.entries}:{verification.head[:16]}")
        store.close()


def _altered(raw: sqlite3.Connection, chance: random.Random, entries: int) -> str:
    """Alter one field of one entry; say which."""
    column = chance.choice(
        [
            "kind",
            "code",
            "indicator",
            "amount",
            "side",
            "agency",
            "dated",
            "recorded_at",
            "recorded_by",
            "subject",
        ]
    )
    number = chance.randint(1, entries)
    before = raw.execute(f"SELECT {column} FROM entry WHERE id = ?", (number,)).fetchone()[0]  # noqa: S608
    value = (before or 0) + 1 if column == "amount" else f"{before}."
    raw.execute(f"UPDATE entry SET {column} = ? WHERE id = ?", (value, number))  # noqa: S608
    return f"{column} of {number}"


def _resealed(raw: sqlite3.Connection) -> None:
    """Recompute every seal, as somebody would who holds the file and knows the rules."""
    chains: dict[str, tuple[int, str]] = {}
    for origin, _, *fields, _, number in raw.execute(ENTRIES).fetchall():
        place, previous = chains.get(origin, (0, "0" * 64))
        seal = sealed([1, origin, place + 1, previous, *fields])
        raw.execute(
            "UPDATE entry SET seq = ?, hash = ? WHERE id = ?", (place + 1, bytes.fromhex(seal), number)
        )
        chains[origin] = (place + 1, seal)


def _forged(raw: sqlite3.Connection, chance: random.Random, entries: int) -> str:
    """Forge a ledger in one of the ways that there are."""
    way = chance.choice(
        ["edit", "edit and reseal", "cut off", "cut out and reseal", "swap and reseal", "plan"]
    )
    if way.startswith("edit"):
        way += f": {_altered(raw, chance, entries)}"
    elif way == "cut off":
        raw.execute("DELETE FROM entry WHERE id > ?", (chance.randint(1, entries - 1),))
    elif way == "cut out and reseal":
        number = chance.randint(2, entries)
        raw.execute("DELETE FROM entry WHERE id = ? OR reverses = ?", (number, number))
        for place, (old,) in enumerate(raw.execute("SELECT id FROM entry ORDER BY id").fetchall(), 1):
            raw.execute("UPDATE entry SET id = ?, seq = ? WHERE id = ?", (place, place, old))
            raw.execute("UPDATE entry SET reverses = ? WHERE reverses = ?", (place, old))
    elif way.startswith("swap"):
        one, other = chance.sample(range(1, entries + 1), 2)
        for number, place in ((one, -1), (other, one), (-1, other)):
            raw.execute("UPDATE entry SET id = ?, seq = ? WHERE id = ?", (place, place, number))
    else:
        raw.execute("UPDATE item SET text = text || '。' WHERE code = '6.1'")
    if "reseal" in way:
        _resealed(raw)
    return way


@SAMPLE
def test_given_the_head_no_forgery_passes_the_checker_or_verify(fresh_ledger: Path, ledgers: int) -> None:
    chance = random.Random(-ledgers)  # noqa: S311
    forged = 0
    while forged < ledgers:
        store = made_up(fresh_ledger, chance)
        true = verify(store)
        if true.entries < 3:
            continue
        raw = store.connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        with unguarded(raw):
            way = _forged(raw, chance, true.entries)
        head = f"{true.entries}:{true.head[:16]}"
        assert check(raw, head), way
        assert verify(store, noted_head(head)).fault, way
        store.close()
        forged += 1


@pytest.mark.parametrize("text", TEXTS)
def test_the_canonical_text_is_what_the_encoder_of_json_writes(text: str) -> None:
    for numbers in ((40, None, None), (None, "0f", 7), (-5, "0f", 1)):
        entry = Sealed._make(["0f", 2, "00", *[text] * 4, numbers[0], *[text] * 8, *numbers[1:]])

        assert json.dumps([1, *entry], ensure_ascii=False, separators=(",", ":")) == canonical(entry)


def test_what_no_entry_can_say_has_no_canonical_text() -> None:
    entry = Sealed._make(["0f", 2, "00", *["x"] * 4, 40, *["x"] * 8, None, None])
    for change in ({"amount": "40"}, {"amount": 40.0}, {"note": None}, {"seq": "2"}, {"note": 7}):
        with pytest.raises((TypeError, ValueError)):
            canonical(entry._replace(**change))
