"""The seal over an entry and the one before it, and the digest of a plan: the same bytes for ever.

An entry is sealed as a JSON array in a fixed order of fields that names things by their names and never
by row ids, so that a stranger can recompute it from the exported entries alone (`docs/chain.md`).
"""

from hashlib import sha256
from json import JSONEncoder
from json.encoder import encode_basestring as _text
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from planledger.plan.model.version import Plan

FORMAT = 1
FIRST = "0" * 64  # what stands before the first entry of an origin

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Sealed(NamedTuple):
    """Everything that an entry holds, in the order in which it is sealed."""

    origin: str
    seq: int
    previous: str  # seal of the entry before it, in hexadecimal
    plan: str
    kind: str
    code: str
    indicator: str
    amount: int | None
    side: str
    agency: str
    dated: str
    recorded_at: str
    recorded_by: str
    subject: str
    note: str
    details: str
    reversed_origin: str | None
    reversed_seq: int | None


def seal(entry: Sealed | tuple[Any, ...]) -> bytes:
    """Compute the seal of *entry*: SHA-256 over its canonical text, 32 bytes.

    Raises:
        TypeError, ValueError: a field holds what no entry can hold.
    """
    return sha256(canonical(entry).encode("utf-8", "surrogatepass")).digest()


def canonical(entry: Sealed | tuple[Any, ...]) -> str:
    """The canonical text of *entry*: what `json.dumps` writes of the array, in half the time.

    `verify` does this for every entry there is; a test holds it against the encoder.
    """
    fields: tuple[Any, ...] = entry
    origin, seq, previous, plan, kind, code, indicator, amount, side, agency, *more = fields
    dated, recorded_at, recorded_by, subject, note, details, of_origin, of_seq = more
    number = "null" if amount is None else format(amount, "d")
    reversed_origin = "null" if of_origin is None else _text(of_origin)
    reversed_seq = "null" if of_seq is None else format(of_seq, "d")
    return (
        f"[{FORMAT},{_text(origin)},{seq:d},{_text(previous)},{_text(plan)},{_text(kind)},{_text(code)},"
        f"{_text(indicator)},{number},{_text(side)},{_text(agency)},{_text(dated)},{_text(recorded_at)},"
        f"{_text(recorded_by)},{_text(subject)},{_text(note)},{_text(details)},{reversed_origin},{reversed_seq}]"
    )


def plan_digest(plan: "Plan") -> str:
    """Compute the digest of a plan version from its rows, in hexadecimal.

    In format 2 a further table is named and only there if it has rows: one that comes later changes no digest of before.
    """
    from planledger.plan.model.version import FURTHER, PARTS

    lists = [_listed(plan, name) for name in plan._fields if name not in ("meta", "format", *FURTHER)]
    tables = {PARTS[name].row.__name__.lower(): name for name in FURTHER} if plan.format > 1 else {}
    further = [[table, _listed(plan, tables[table])] for table in sorted(tables)]
    parts = [plan.format, _plain(plan.meta), *lists, *(part for part in further if part[1])]
    return sha256(_encode(parts).encode("utf-8", "surrogatepass")).hexdigest()


def is_digest(mark: str, plan: "Plan") -> bool:
    """Whether *mark* is the digest of a plan that was read back: its rows do not show the format where it makes no difference."""
    formats = (1, 2) if plan.format == 1 else (plan.format,)
    return any(plan_digest(plan._replace(format=one)) == mark for one in formats)


def _listed(plan: "Plan", name: str) -> list[list[object]]:
    return [_plain(row) for row in getattr(plan, name)]


def _plain(row: Any) -> list[object]:
    """Flags are sealed as 0 and 1, as the tables keep them."""
    return [int(value) if isinstance(value, bool) else value for value in row]
