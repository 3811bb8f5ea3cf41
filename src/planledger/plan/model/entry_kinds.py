"""What each kind of entry means: one row a kind, from which every list of kinds is taken, in Python and in SQL.

How a kind is worded stands in `formats/entry_wording.py`, one row a kind as well. What a kind says beyond the columns that all
have (`details`) is named here with its reader, and nothing else is valid under that kind.
"""

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import NamedTuple

from planledger.plan.model.terms import AmendmentKind, ChaseWay, EntryKind, Role, Standing

DIGEST = 64  # hexadecimal digits of a SHA-256
_DIGITS = 18  # more than anything is counted to, and no database takes a longer number
_HEX = frozenset("0123456789abcdef")

Reader = Callable[[str], object]  # raises ValueError where a text says nothing of the kind


class About(Enum):
    """What a kind is about, and so which columns name it."""

    PLAN = "plan"  # the plan as a whole: names neither an item nor a unit
    ITEM = "item"  # one row of the annex: names its code
    UNIT = "unit"  # the plan as a whole and one unit: names the unit and no code
    ENTRY = "entry"  # another entry: names what that one names
    OFFICE = "office"  # the office itself: names neither an item nor a unit; its subject is what it is called from then on
    UNIT_NAME = "unit name"  # a unit in all plans of the chain, by its name from then on; its subject is what it was called


class Nature(Enum):
    """What an entry of a kind is worth."""

    FIGURE = "figure"  # a number of an indicator
    WORK = "work"  # says that work is done, without a number
    PROOF = "proof"  # a required paper is there by it: it lies elsewhere, or here
    WORDS = "words"  # a report in words, which finishes nothing
    MARK = "mark"  # whatever else holds from then on: closed out, submitted, destroyed
    CHANGE = "change"  # makes the plan another one; never read among the marks
    UNDOING = "undoing"  # cancels another entry; never read among the marks


class Undone(Enum):
    """How an entry of a kind is taken back."""

    REVERSED = "reversed"  # `reverse`, at any time
    NEVER = "never"
    BEFORE_OTHERS = "before others"  # an adoption: while nothing stands on it
    WITHOUT_UNIT = "without unit"  # an amendment: while nothing hangs on a unit that it added
    WITHOUT_NAME = "without name"  # another name of a unit: while nothing names the unit by it


UNFINISHED = (Standing.NOT_STARTED, Standing.OPEN, Standing.DUE_SOON, Standing.OVERDUE)


class Meaning(NamedTuple):
    """One kind of entry: one row."""

    about: About
    nature: Nature
    subject: Reader  # how what `subject` names is read
    ends_silence: bool = False  # a unit from which it comes was heard of
    is_private: bool = False  # is about a person: masked, and its reversal too
    undone: Undone = Undone.REVERSED
    details: dict[str, Reader] = {}  # noqa: RUF012  (a row is never written to)
    needed: frozenset[str] = frozenset()  # of the details those without which it says nothing
    needed_of: dict[str, frozenset[str]] = {}  # noqa: RUF012  (those that are needed with a subject)
    has_own_day: bool = True  # its day is that of what happened; else of the entry that it follows
    open_to: tuple[Standing, ...] = UNFINISHED  # where a row stands while it still makes sense


def read_names(text: str) -> tuple[str, ...]:
    """Read names that are joined by 、."""
    return tuple(text.split("、"))


def read_each_once(text: str) -> tuple[str, ...]:
    """Read the names of units, each once."""
    names = read_names(text)
    if "" in names or len(set(names)) < len(names):
        raise ValueError(text)
    return names


def read_empty(text: str) -> str:
    """Take nothing: of some kinds the subject names nothing."""
    return _one_of(text, ("",))


def read_nothing(text: str) -> str:
    """Read whether a report says that there is nothing to report (零报告)."""
    return _one_of(text, ("", "nothing"))


def read_flag(text: str) -> bool:
    """Read what is text or left out, and never denied."""
    return bool(_one_of(text, ("1",)))


def read_number(text: str) -> int:
    """Read a whole number: of the bytes of a file, of the smallest unit that an indicator counts."""
    if len(text) > _DIGITS or f"{int(text)}" != text or text < "0":
        raise ValueError(text)
    return int(text)


def read_earlier_entry(text: str) -> int:
    """Read the number of another entry, which was there before."""
    return read_number(text)


def read_stored_day(text: str) -> str:
    """Read a day as it is stored: 2019-11-30."""
    if date.fromisoformat(text).isoformat() != text:  # a day may be written in other ways too
        raise ValueError(text)
    return text


def read_month(text: str) -> str:
    """Read a month as it is stored: 2019-10."""
    return read_stored_day(f"{text}-01")[:-3]


def read_day_or_amount(text: str) -> str | int:
    """Read what the plan itself says of a deadline or of a target."""
    return read_number(text) if text.isdigit() else read_stored_day(text)


def read_digest(text: str) -> str:
    """Read a SHA-256 in hexadecimal; as a name it leads to a file, so it is nothing else."""
    if len(text) != DIGEST or not _HEX.issuperset(text):
        raise ValueError(text)
    return text


def _one_of(text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise ValueError(text)
    return text


_EVENT: dict[str, Reader] = {"event": str, "same_event": read_earlier_entry}
# where in which workbook it stood
_TABLE: dict[str, Reader] = {"cell": str, "file": read_digest, "file_name": str}
_CELL: dict[str, Reader] = {"template": str, "slot": str, **_TABLE}
_FORM = {**_CELL, "sender": read_earlier_entry}  # the entry that names the people who sent the form
_FILE = frozenset(("sha256", "name", "size"))
# Details that somebody typed, under whatever kind: numbers of people in them are masked.
TYPED = frozenset((
    "approved", "basis", "event", "file_name", "head", "name", "next", "preparer", "problem", "progress", "ref", "reviewer",
))  # fmt: skip

_UNIT_NAME = Meaning(
    About.UNIT_NAME,
    Nature.CHANGE,
    read_each_once,
    undone=Undone.WITHOUT_NAME,
    details={"basis": str},
    needed=frozenset(("basis",)),
)

MEANING: dict[str, Meaning] = {
    EntryKind.ADOPTION: Meaning(
        About.PLAN, Nature.CHANGE, read_digest, undone=Undone.BEFORE_OTHERS, has_own_day=False,
        details={"office": str},
    ),
    EntryKind.AMOUNT: Meaning(
        About.ITEM, Nature.FIGURE, read_empty, ends_silence=True,
        details={"corrects": read_earlier_entry, "resembles": read_earlier_entry, **_EVENT, **_FORM},
    ),
    EntryKind.DECLARATION: Meaning(
        About.ITEM, Nature.WORK, read_empty, ends_silence=True, details={**_EVENT, **_FORM}
    ),
    EntryKind.PAPER: Meaning(
        About.ITEM, Nature.PROOF, str, ends_silence=True,
        details={"entry": read_earlier_entry, "held_by": str, "ref": str, "same_event": read_earlier_entry},
        open_to=(*UNFINISHED, Standing.DONE),
    ),
    EntryKind.REPORT: Meaning(
        About.ITEM, Nature.WORDS, read_nothing, ends_silence=True,
        details={"progress": str, "problem": str, "next": str, **_FORM},
    ),
    EntryKind.REVERSAL: Meaning(About.ENTRY, Nature.UNDOING, str, undone=Undone.NEVER, has_own_day=False),
    EntryKind.CLOSE: Meaning(
        About.ITEM, Nature.MARK, read_empty, ends_silence=True, details={"approved": str, "ref": str}, open_to=(Standing.DONE,)
    ),
    EntryKind.REOPEN: Meaning(About.ITEM, Nature.MARK, read_empty, ends_silence=True, open_to=(Standing.CLOSED,)),
    EntryKind.AMENDMENT: Meaning(
        About.ITEM, Nature.CHANGE, AmendmentKind, undone=Undone.WITHOUT_UNIT,
        details={
            "basis": str, "due": read_stored_day, "key": str, "role": Role, "said": read_day_or_amount, "target": read_number,
        },
        needed=frozenset(("basis",)),
        needed_of={
            "due": frozenset(("due",)), "target": frozenset(("key", "target")), "quota": frozenset(("key", "target")),
            "add": frozenset(("role",)),
        },
    ),
    EntryKind.FILING: Meaning(
        About.UNIT, Nature.MARK, str, ends_silence=True,
        details={"form": read_names, "stamped": read_flag, "to": read_names, **_TABLE},
    ),
    EntryKind.RETURN: Meaning(About.UNIT, Nature.MARK, str, details=_TABLE),
    EntryKind.CONTACT: Meaning(
        About.UNIT, Nature.MARK, read_empty, is_private=True,
        details={"name": str, "phone": str, **_TABLE},
        needed=frozenset(("name", "phone")),
    ),
    EntryKind.EVIDENCE: Meaning(
        About.ITEM, Nature.PROOF, str, ends_silence=True,
        details={
            "entry": read_earlier_entry, "name": str, "personal": read_flag, "same_event": read_earlier_entry, "sha256": read_digest, "size": read_number,
        },
        needed=_FILE,
    ),
    EntryKind.DESTRUCTION: Meaning(
        About.ENTRY, Nature.MARK, str, undone=Undone.NEVER,
        details={"entry": read_earlier_entry, "sha256": read_digest},
        needed=frozenset(("entry", "sha256")),
    ),
    EntryKind.SENDER: Meaning(
        About.UNIT, Nature.MARK, read_empty, is_private=True,
        details={"head": str, "reviewer": str, "preparer": str, "phone": str, "day": read_stored_day, **_CELL},
    ),
    EntryKind.OFFICE_NAME: Meaning(About.OFFICE, Nature.MARK, str),
    EntryKind.AGENCY_RENAME: _UNIT_NAME,
    EntryKind.AGENCY_MERGE: _UNIT_NAME,
    EntryKind.CHASE: Meaning(
        About.UNIT, Nature.MARK, read_empty,
        details={
            "way": ChaseWay, "items": read_each_once, "filings": read_each_once, "month": read_month, "reply_by": read_stored_day,
        },
        needed=frozenset(("way",)),
    ),
}  # fmt: skip


READERS: dict[str, Reader] = {
    name: reader for row in MEANING.values() for name, reader in row.details.items()
}
EARLIER = tuple(name for name, reader in READERS.items() if reader is read_earlier_entry)


def kinds(*natures: Nature) -> frozenset[str]:
    """Return the kinds of some natures."""
    return frozenset(kind for kind, row in MEANING.items() if row.nature in natures)


def about(*what: About) -> frozenset[str]:
    """Return the kinds that are about something."""
    return frozenset(kind for kind, row in MEANING.items() if row.about in what)


def with_detail(name: str) -> frozenset[str]:
    """Return the kinds that may say a detail."""
    return frozenset(kind for kind, row in MEANING.items() if name in row.details)


def sql_list(some: Iterable[str]) -> str:
    """Write kinds as a list of SQL: ('evidence', 'paper'); none as a list that holds no kind, because () is no SQL."""
    return f"({', '.join(sorted(repr(str(kind)) for kind in some)) or repr('')})"


PROOFS = kinds(Nature.PROOF)  # a required paper is there by each of them
OF_UNITS = about(About.UNIT)
END_SILENCE = frozenset(kind for kind, row in MEANING.items() if row.ends_silence)
DECLARED, IN_WORDS = kinds(Nature.WORK), kinds(Nature.WORDS)
PROVABLE = kinds(Nature.FIGURE, Nature.WORK)  # what a paper of the same recording proves
WITHOUT_WORDS = PROVABLE | PROOFS  # a unit reported by them, though not in words
HAPPENED = WITHOUT_WORDS | IN_WORDS  # the kinds of which another entry may mean the same event
