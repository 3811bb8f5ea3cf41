"""Whose figures count for an indicator (报数单位): the `from` of the plan file, held against who answers for the row."""

from planledger.plan.digits import quoted
from planledger.plan.model import Agency, Duty, Indicator, Source
from planledger.plan.names import agency_choices, find_agencies
from planledger.plan.nearest import hint
from planledger.plan.reader import Reader
from planledger.plan.standard import answering
from planledger.plan.terms import Scope
from planledger.plan.tree import Fields

KEY = "from"


def sources_of(
    fields: Fields, indicator: Indicator, duties: tuple[Duty, ...], reader: Reader
) -> tuple[Source, ...]:
    """Read which units' figures count; the document seldom says so, which takes a reason."""
    if not fields.has(KEY):
        return ()
    words = [word for text in fields.texts(KEY) for word in text.split("、")]
    if reader.format == 1:
        fields.fault(KEY, f"{fields.what}用了 from，这是第 2 版的写法；请把第一行改成 format: 2。")
    if not words:
        fields.fault(KEY, f"{fields.what}的 from 是空的；请写由哪家单位报数，没有限定的请去掉 from。")
    if fields.is_blank("because"):
        fields.fault(KEY, f"{fields.what}写了 from（由哪家单位报数），就要写 because 说明理由。")
    found = [agency for word in words for agency in _unit(word, fields, duties, reader)]
    fields.faults.once([(fields.line_of(KEY), agency.name) for agency in found], f"{fields.what}的 from 里的")
    sides = {agency.side for agency in found}
    without = [side.name for side in reader.sides if side.name not in sides]
    if indicator.scope == Scope.EACH and found and without:
        fields.fault(
            KEY,
            f"{fields.what}由两地分别计数，from 里还要有{'、'.join(without)}的单位，否则那一方没有单位报数。",
        )
    return tuple(Source(indicator.code, indicator.key, agency.name) for agency in found)


def _unit(word: str, fields: Fields, duties: tuple[Duty, ...], reader: Reader) -> tuple[Agency, ...]:
    """Find the one unit that a word means, which must answer for the row."""
    units = [duty.agency for duty in answering(duties)]
    named = find_agencies(word, reader.agencies, reader.sides)
    found = [agency for agency in named if agency.name in units] or list(named)
    if not found:
        near = hint(word, agency_choices(reader.agencies, reader.sides))
        fields.fault(KEY, f"{fields.what}的 from 里的{quoted(word)}不在 agencies 里。{near}请写单位全称。")
    elif len(found) > 1:
        names = "、".join(agency.name for agency in found)
        fields.fault(KEY, f"{fields.what}的 from 里的{quoted(word)}可以是 {names}；请写单位全称。")
    elif duties and found[0].name not in units:  # of units that could not be read a fault tells already
        fields.fault(
            KEY,
            f"{found[0].name} 不是这一行的责任主体，{fields.what}不能由它报数；责任主体：{'、'.join(units) or '没有写'}。",
        )
    return tuple(found) if len(found) == 1 else ()
