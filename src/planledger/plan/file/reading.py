"""One reading of a plan file: what it says once for all its rows, and every row that was read so far."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from planledger.plan.file.tree import Fields
from planledger.plan.model.rhythm_periods import periods_of
from planledger.plan.model.rows import Agency, Duty, Rhythm, Side, answering
from planledger.plan.model.terms import Role, Scope
from planledger.plan.model.version import Finding, FindingKind
from planledger.plan.phrases.days import read_day
from planledger.plan.phrases.deadlines import KEPT, WITHOUT_DAY, read_deadline
from planledger.plan.phrases.rhythms import EXAMPLES, read_schedule
from planledger.plan.phrases.texts import hint, quoted
from planledger.plan.phrases.undated import DeadlineKind
from planledger.plan.phrases.unit_names import AgencyNames, agency_choices

T = TypeVar("T")
_ROLES = {"shared": Role.RESPONSIBLE, "first_leads": Role.LEAD}


class PlanRules(NamedTuple):
    """What a plan file says once for all its rows."""

    issued: str = ""  # the day on which the plan was issued
    default_due: str = ""  # words of 完成时限 for the rows that have none
    default_because: str = ""
    role: Role | None = None  # RESPONSIBLE: each unit by its own duties; LEAD: the first one leads
    groups: Mapping[str, tuple[Agency, ...]] = MappingProxyType({})  # the members of 各乡镇


class DayField(NamedTuple):
    """A field with the words of a day or a period, and an example of what stands there."""

    fields: Fields
    key: str
    example: str


class Reader(NamedTuple):
    """One reading of one plan file: what its head gives, and every row that was read so far."""

    year: int
    sides: tuple[Side, ...]
    agencies: tuple[Agency, ...]
    names: AgencyNames
    format: int
    clauses: dict[str, str]  # number: text
    rows: list[object]
    rules: PlanRules = PlanRules()

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """Return the rows of one kind, in the order of the document."""
        return tuple(row for row in self.rows if isinstance(row, kind))

    def agency(self, word: str, fields: Fields, key: str, preferred: Sequence[str] = ()) -> Agency | None:
        """Return the one unit that a word means, of several the *preferred* one; none or several are a fault."""
        named = self.names.find(word)
        matches = [agency for agency in named if agency.name in preferred] or list(named)
        if len(matches) == 1:
            return matches[0]
        place = "" if key == word else f"的 {key} "
        problem = f"{fields.what}{place}里的{quoted(word)}{self.which_units(word, matches)}"
        fields.fault(key, f"{problem}请写单位全称。")
        return None

    def which_units(self, word: str, matches: Sequence[Agency]) -> str:
        """Return what a word means that does not mean one unit: several, or none, and then what it is like."""
        if matches:
            return f"可以是 {'、'.join(agency.name for agency in matches)}；"
        return f"不在 agencies 里。{hint(word, agency_choices(self.agencies, self.sides))}"

    def is_further(self, fields: Fields, key: str, words: str = "") -> bool:
        """Whether a field is there that only format 2 has; in a file of format 1 that is a fault."""
        if self.format == 1 and fields.has(key):
            fields.fault(key, f"{fields.what}用了 {key}{words}，这是第2版的写法；请把第一行改成 format: 2。")
        return fields.has(key)

    def assume(self, place: str, text: str, because: str) -> None:
        """Note a reading that is ours and not the document's."""
        self.rows.append(Finding(FindingKind.ASSUMPTION.value, place, text, "", "", because))

    def note_early(self, place: str, text: str, last_day: str) -> None:
        """Note a last day before the plan was issued, of which the year may be wrong."""
        if "" < last_day < self.rules.issued:
            self.assume(place, f"{text}是 {last_day}", f"早于方案印发的 {self.rules.issued}；请核对年份")

    def last_day(self, field: DayField, place: str = "", *, what: str = "", can_recur: bool = False) -> str:
        """Read the words of a day or a period, which must name its last day.

        A note has the row as its *place*; a fault names *what* it is of, and of what *can recur* how that is written.
        """
        fields, key, example = field
        text = fields.text(key, required=True)
        deadline = read_deadline(text, self.year)
        if text and not deadline.last_day:
            without = f"{quoted(text)}没有说出是哪一天；请写日期，如 {example}。"
            recurs = can_recur and deadline.kind is DeadlineKind.RECURRING
            without += "每期都要报的，请另写 rhythm: binding。" if recurs else ""
            plain = deadline.fault.replace(f"{KEPT}；或者", "请").replace(f"{KEPT}；其余", "请只写一个；其余")
            why = plain.replace(f"{KEPT}；", "").replace(WITHOUT_DAY, "") or without
            fields.fault(key, f"{what or fields.what}的 {key}：{why}")
        words = f"{fields.what}的 {key} “{text}”"
        if deadline.assumed:
            self.assume(place, words, deadline.assumed)
        self.note_early(place, words, deadline.last_day)
        return deadline.last_day

    def rhythm(self, fields: Fields, due: str, code: str, filing: str, last_day: str) -> bool:
        """Read whether something is to come in each period of the words of *due* (rhythm: binding), up to the *last_day* of a row.

        Which days these are is noted with the readings that are ours.
        """
        if not (self.is_further(fields, "rhythm") and fields.word("rhythm", ("binding",), "")):
            return False
        first, last = max(f"{self.year}-01-01", self.rules.issued), last_day or f"{self.year}-12-31"
        read = read_schedule(due, self.year)
        rhythm = read and Rhythm(code, filing, due, read.every, read.day, max(first, read.first_day), last)
        periods = periods_of(rhythm) if rhythm else ()
        if rhythm is None or not periods:
            fields.fault(
                "rhythm",
                f"{fields.what}写了 rhythm: binding，{quoted(due)}却排不出每一期的最后一天；能排的有{EXAMPLES}，不能排的请去掉 rhythm。",
            )
            return True
        text = f"“{due}”逐期要报，共{len(periods)}期，第一期最后一天 {periods[0].last_day}"
        self.assume(code, f"{text}，末一期 {periods[-1].last_day}", "方案文件写明 rhythm: binding")
        self.rows.append(rhythm)
        return True

    def scope(self, fields: Fields, *, is_figure: bool = False) -> Scope:
        """Read for whom something counts, a figure perhaps for each unit; in a plan of one side, that side is the whole."""
        word = fields.word("scope", [one for one in Scope if is_figure or one != Scope.UNIT], Scope.WHOLE)
        if word == Scope.UNIT:
            self.is_further(fields, "scope", ": unit")
            return Scope.UNIT
        # in format 1 it would change the digest
        if word == Scope.EACH and len(self.sides) == 1 and self.format > 1:
            self.assume("", f"{fields.what}的 scope: each 和 whole 一样", "方案只有一方，不按单位分别计数")
        return Scope(word) if len(self.sides) > 1 else Scope.WHOLE


class RowReading(NamedTuple):
    """One row of the annex while it is read: its fields, and who has a part in it as soon as that is known."""

    fields: Fields
    code: str
    reader: Reader
    duties: tuple[Duty, ...] = ()

    @property
    def units(self) -> list[str]:
        """The units that the row names."""
        return [duty.agency for duty in self.duties if not duty.is_group]

    @property
    def answering(self) -> list[str]:
        """The units that answer for the row."""
        return [duty.agency for duty in answering(self.duties)]

    def assume(self, text: str, because: str) -> None:
        """Note a reading of the row that is ours and not the document's."""
        self.reader.assume(self.code, text, because)

    def unit(
        self, word: str, fields: Fields, key: str, part: str, *, answers: bool = False
    ) -> Iterator[Agency]:
        """Yield the one unit that a word under a *key* means; only one that the row names, or that *answers* for it, can have this part."""
        units, role = (self.answering, "责任主体") if answers else (self.units, "责任单位")
        agency = self.reader.agency(word, fields, key, units)
        # units that could not be read are a fault already
        if agency and self.duties and agency.name not in units:
            known = "、".join(units) or "没有写"
            fields.fault(key, f"{agency.name} 不是这一行的{role}，{fields.what}不能{part}；{role}：{known}。")
        if agency:
            yield agency


def read_rules(top: Fields, head: Fields, reader: Reader) -> PlanRules:
    """Read what holds for every row; all of it stands in format 2 only."""
    for fields, key in ((head, "issued"), (head, "default_due"), (top, "rules"), (top, "groups")):
        reader.is_further(fields, key)
    issued = read_day(head.text("issued"), reader.year) if head.text("issued") else None
    if issued and issued.fault:
        head.fault("issued", f"方案的 issued：{issued.fault}")
    due, because = _default_due(head, reader)
    return PlanRules(issued.day if issued else "", due, because, _role(top, reader), _groups(top, reader))


def _default_due(head: Fields, reader: Reader) -> tuple[str, str]:
    """Read the words that stand for the deadline of every row that has none, and why."""
    if not head.has("default_due"):
        return "", ""
    child = head.child("default_due", "default_due（没有完成时限的行）", "{due: 年底前, because: 理由}")
    because = child.text("because", required=True)
    reader.last_day(DayField(child, "due", "年底前"), what="default_due ")
    child.finish()
    return child.text("due"), because


def _role(top: Fields, reader: Reader) -> Role | None:
    """Read what the document says once of the roles of all rows (下同)."""
    roles = []
    for fields in top.each("rules", "规则"):
        words, place = fields.text("of", required=True), fields.text("where", required=True)
        roles.append(_ROLES[fields.word("roles", _ROLES, "shared")])
        reader.assume("", f"“{words}”及于各行", place)
        if len(roles) > 1:
            fields.fault("roles", "rules 里只能有一条说明职责的规则；请只留一条。")
    return roles[0] if roles else None


def _groups(top: Fields, reader: Reader) -> dict[str, tuple[Agency, ...]]:
    """Read the members of groups that the document names as a kind (各乡镇)."""
    groups: dict[str, tuple[Agency, ...]] = {}
    for fields in top.each("groups", "分组", "name"):
        name = fields.text("name", required=True)
        members = [reader.agency(word, fields, "members") for word in fields.texts("members")]
        if not members:
            fields.fault("members", f"分组{quoted(name)}没有写 members（有哪些单位）；请照名册逐个写。")
        groups[name] = tuple(dict.fromkeys(filter(None, members)))
    return groups
