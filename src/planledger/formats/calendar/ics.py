"""A calendar as a file that telephones and desks read (iCalendar, RFC 5545): one event a day that counts.

An event keeps its UID for good and counts its revisions in SEQUENCE, so that a calendar which is imported again moves an
event instead of doubling it. No clock is asked: the same answer gives the same bytes.
"""

from collections.abc import Iterable
from hashlib import sha256

from planledger.formats.text.display import safe
from planledger.formats.text.row_text import due_text
from planledger.plan.days import shift
from planledger.questions.answers.calendar import Calendar, CalendarDay

WIDTH = 75  # octets of a line, its end left out
AHEAD = "-P7D"  # an alarm a week before


def calendar_file(answer: Calendar) -> bytes:
    """Return a calendar as the bytes of a file."""
    plan = answer.sheet.plan
    name = f"{answer.owner}：{plan.title}" if answer.owner else plan.title
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//planledger//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for event in answer.events:
        lines += _event(event, answer)
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for whole in lines for line in _folded(whole)).encode()


def _event(one: CalendarDay, answer: Calendar) -> Iterable[str]:
    plan, day = answer.sheet.plan, one.day.replace("-", "")
    return (
        "BEGIN:VEVENT",
        f"UID:{_uid(one, answer)}",
        f"DTSTAMP:{plan.year}0101T000000Z",
        f"SEQUENCE:{one.revision}",
        f"DTSTART;VALUE=DATE:{day}",
        f"DTEND;VALUE=DATE:{shift(one.day, 1).replace('-', '')}",
        f"SUMMARY:{_escaped(one.title)}",
        f"DESCRIPTION:{_escaped(_words(one))}",
        f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        *(() if one.is_cancelled else _alarm(one)),
        "END:VEVENT",
    )


def _words(one: CalendarDay) -> str:
    """Return what the document says of a row, and which last day is in force; of a stage its own words and units."""
    if one.row is None:
        return one.title
    item, limit, units = one.row.item, due_text(one.row), one.row.item.units
    if one.stage:
        limit, units = one.stage.due, one.stage.units or units
    return f"{item.text}\n完成时限：{limit}\n责任单位：{units}"


def _alarm(one: CalendarDay) -> Iterable[str]:
    text = f"DESCRIPTION:{_escaped(one.title)}"
    return ("BEGIN:VALARM", "ACTION:DISPLAY", text, f"TRIGGER:{AHEAD}", "END:VALARM")


def _uid(one: CalendarDay, answer: Calendar) -> str:
    """Return what an event is known by: plan, kind and row, in the calendar of a unit its first name too; of any words only a digest."""
    parts = f"{answer.sheet.plan.key}\n{one.kind}\n{one.key}\n{answer.sheet.units.on(answer.agency, '')}"
    return f"{sha256(parts.encode()).hexdigest()[:32]}@planledger"


def _escaped(text: str) -> str:
    signs = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
    return "".join(signs.get(sign, sign) for sign in "\n".join(map(safe, text.split("\n"))))


def _folded(line: str) -> Iterable[str]:
    """Break a line where its octets are too many, never inside a character; what goes on begins with a blank."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > WIDTH:
            yield part
            part = " "
        part += sign
    yield part
