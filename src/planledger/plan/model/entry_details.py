"""What an entry may say under its kind: the one check of what was stored, for whoever reads entries and whoever verifies them.

A seal says only that nobody altered an entry since; somebody may have made up the whole ledger. What the program never
writes is refused here, where a row is read, and no caller has to check it again.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple, Self

from planledger.plan.days import CHINA
from planledger.plan.model.entry_kinds import (
    EARLIER,
    MEANING,
    READERS,
    About,
    Meaning,
    Nature,
    read_digest,
    read_stored_day,
)
from planledger.plan.model.terms import MOST_AMOUNT

LONGEST = 100_000  # characters of one text; what may be typed is far shorter
_SHOWN = 20
_NOT_WHOLE, _UNREADABLE = "附加内容不全", "附加内容读不懂"


class ImpossibleEntryError(ValueError):
    """What an entry says that its kind cannot say; its words follow on 第3号记录的."""


class Details(str):
    """What only some kinds of entry say: the text that is sealed, read once into its parts by name."""

    __slots__ = ("parts", "values")
    parts: Mapping[str, str]
    values: Mapping[str, object]

    def __new__(cls, written: str, parts: Mapping[str, str], values: Mapping[str, object]) -> Self:
        """Keep the text as it is *written*, its *parts* by name, and the *values* that their readers make of them."""
        made = super().__new__(cls, written)
        made.parts, made.values = parts, values
        return made

    def text(self, name: str) -> str:
        """Return a part as it is written; empty where it is not there."""
        return self.parts.get(name, "")

    def number(self, name: str) -> int:
        """Return a part that is a number; 0 where it is not there."""
        value = self.values.get(name, 0)
        if not isinstance(value, int):
            raise TypeError(name)
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """Return a part that is a list of names; none where it is not there."""
        value = self.values.get(name, ())
        if not isinstance(value, tuple):
            raise TypeError(name)
        return value


_FIRST = datetime.min.replace(tzinfo=CHINA)  # clocks are looked at a minute earlier
NO_DETAILS = Details("", MappingProxyType({}), MappingProxyType({}))


@cache
def _encoder() -> Callable[[object], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def event_of(entry: int, details: Details) -> int:
    """Which event an entry belongs to: the number of the first entry of it, its own if it stands alone.

    A paper belongs to the event of the entry that it was recorded for, a correction to that of what it corrects.
    """
    if not details:
        return entry
    return details.number("same_event") or details.number("entry") or details.number("corrects") or entry


def write_details(**given: str) -> Details:
    """Write the details of an entry as a JSON array of pairs in the order of their names; empty ones are left out."""
    parts = {name: given[name] for name in sorted(given) if given[name]}
    if not parts:
        return NO_DETAILS
    values = {name: _value(name, text) for name, text in parts.items()}
    return Details(_encoder()(list(parts.items())), parts, values)


def _value(name: str, text: str) -> object:
    """Read a part that is written; what no kind can say stays as it is, and is refused where it is read back."""
    with suppress(KeyError, ValueError):
        return READERS[name](text)
    return text


def with_details(written: Details, **more: str) -> Details:
    """Add to what only some kinds of entry say."""
    return write_details(**{**written.parts, **more})


class EntryNames(NamedTuple):
    """What an entry names: of which item and unit it is, of which day, and its subject; each as it is stored."""

    code: str
    agency: str
    dated: str
    subject: str


def read_entry(kind: str, named: EntryNames, written: str) -> Details:
    """Hold what names an entry against its kind, and read what only an entry of this kind says.

    Raises:
        ImpossibleEntryError: it is no kind, names what its kind is not about, no day, or what is never written under it.
    """
    row = _row(kind)
    code, agency, dated, subject = named
    check_texts(kind, *named)
    may_name_item = row.about in (About.ITEM, About.ENTRY)
    if (row.about is About.ITEM and not code) or (code and not may_name_item):
        raise ImpossibleEntryError("类型与所记的事项不符")
    if row.about in (About.UNIT, About.UNIT_NAME) and not agency:
        raise ImpossibleEntryError("类型与所记的单位不符")
    check_day(dated)
    try:
        row.subject(subject)
    except ValueError:
        raise ImpossibleEntryError(f"内容读不懂（{subject[:_SHOWN]}）") from None
    more = read_details(kind, written)
    if subject in row.needed_of and not row.needed_of[subject] <= more.parts.keys():
        raise ImpossibleEntryError(_NOT_WHOLE)
    return more


def read_details(kind: str, written: str) -> Details:
    """Read what only an entry of this kind says.

    Raises:
        ImpossibleEntryError: the program never writes it under this kind.
    """
    row = _row(kind)
    parts = _parts(written) if written else {}
    values = {name: _read_part(row, name, text) for name, text in parts.items()}
    if not row.needed <= parts.keys():
        raise ImpossibleEntryError(_NOT_WHOLE)
    if not written:
        return NO_DETAILS
    if _encoder()(sorted(parts.items())) != written:  # some answers look for a part as it is written
        raise ImpossibleEntryError(_UNREADABLE)
    return Details(written, parts, values)


def _parts(written: str) -> dict[str, str]:
    from json import loads

    check_texts(written)
    try:
        pairs = loads(written)
        parts = dict(pairs)
    except (TypeError, ValueError, RecursionError):
        raise ImpossibleEntryError(_UNREADABLE) from None
    are_texts = all(isinstance(part, str) for pair in parts.items() for part in pair)
    if not isinstance(pairs, list) or not are_texts or len(parts) != len(pairs):
        raise ImpossibleEntryError(_UNREADABLE)
    return parts


def _read_part(row: Meaning, name: str, text: str) -> object:
    reader = row.details.get(name)
    if reader is None:
        raise ImpossibleEntryError(f"附加内容读不懂（{name[:_SHOWN]}）")
    try:
        return reader(text)
    except ValueError:
        if reader is read_digest:
            raise ImpossibleEntryError("文件摘要不是 64 位十六进制数") from None
        raise ImpossibleEntryError(f"附加内容读不懂（{name}：{text[:_SHOWN]}）") from None


def check_earlier(number: int, more: Details) -> None:
    """Refuse an entry that names itself or a later one: whoever goes back from one to the other would never end.

    Raises:
        ImpossibleEntryError: it does.
    """
    if more and any(more.number(name) >= number for name in EARLIER):
        raise ImpossibleEntryError("附加内容所指的记录不在它之前")


def is_recordable(amount: object) -> bool:
    """Whether an amount is one that a figure can be recorded with: a whole number that is neither below 0 nor too large."""
    return isinstance(amount, int) and 0 <= amount <= MOST_AMOUNT


def check_figure(kind: str, indicator: str, amount: object, reverses: object) -> None:
    """Hold the number of an entry, and what it cancels, against its kind.

    Raises:
        ImpossibleEntryError: a figure has no number that can be recorded, or another kind has one, or what should cancel an entry names none.
    """
    nature = _row(kind).nature
    is_figure = bool(indicator)
    if (nature is Nature.FIGURE) != is_figure and nature is not Nature.UNDOING:
        raise ImpossibleEntryError("类型与所记的指标不符")
    if is_figure != isinstance(amount, int):
        raise ImpossibleEntryError("数量读不懂")
    if nature is Nature.FIGURE and not is_recordable(amount):
        raise ImpossibleEntryError("数量不是登记能记的数")
    if (nature is Nature.UNDOING) != (reverses is not None):
        raise ImpossibleEntryError("类型与所冲的记录不符")


@lru_cache(maxsize=4096)
def check_day(dated: str) -> None:
    """Refuse what is no day as it is stored; a ledger has few days, and many entries of each.

    Raises:
        ImpossibleEntryError: it is none.
    """
    try:
        read_stored_day(dated)
    except ValueError:
        raise ImpossibleEntryError(f"日期读不懂（{dated[:_SHOWN]}）") from None


def check_moment(recorded_at: str) -> None:
    """Refuse what is no moment.

    Raises:
        ImpossibleEntryError: it is none.
    """
    try:
        moment = datetime.fromisoformat(recorded_at)
        is_written_so = recorded_at[4:20:3] == "--T::." and recorded_at[26:] == "+08:00"
        is_moment = is_written_so and (moment.year > 1 or moment > _FIRST)
    except (TypeError, ValueError):
        is_moment = False
    if not is_moment:
        raise ImpossibleEntryError(f"记录时间读不懂（{recorded_at[:_SHOWN]}）")


def check_texts(*texts: str) -> None:
    """Refuse texts that are longer than anything that is taken in.

    Raises:
        ImpossibleEntryError: one is.
    """
    for text in texts:
        if len(text) > LONGEST:
            raise ImpossibleEntryError(f"文字太长（{len(text)}个字）")


def _row(kind: str) -> Meaning:
    row = MEANING.get(kind)
    if row is None:
        raise ImpossibleEntryError(f"类型（{kind[:_SHOWN]}）本程序不认识")
    return row
