"""`doctor` writes what a person who helps from afar would ask about: versions, places, sizes, the next dates."""

import os
import sqlite3
import sys
from pathlib import Path

import typer

from planledger import __version__
from planledger.cli.framework.lazy_group import ANYWHERE, command
from planledger.cli.session.session import Session
from planledger.formats.admin import checkup
from planledger.formats.text.display import safe
from planledger.questions.answers.archive import last_known
from planledger.questions.answers.overdue import overdue
from planledger.questions.answers.upcoming import upcoming
from planledger.questions.facts.entry_rows import moment_of
from planledger.questions.sheet import Sheet, load
from planledger.store.files.draft import abandoned_drafts

DAYS, MOST = 14, 8  # how far ahead dates are shown, and how many
_PYTHON = ".".join(map(str, sys.version_info[:3]))


@command(*ANYWHERE)
def doctor(ctx: typer.Context) -> None:
    """Answer where everything is and what needs attention; no person is named."""
    session = Session.of(ctx)
    settings, ledger = session.settings, session.ledger
    ledger.has_ledger = ledger.exists  # where there is none the answer itself says so
    with ledger.reading() as (store, plan):
        if not ledger.has_ledger:
            versions = checkup.versions(__version__, _PYTHON, sqlite3.sqlite_version)
            place = safe(_at_home(ledger.path))
            session.output.write(f"程序　　  {versions}\n台账　　  还没有，第一次登记时建在 {place}")
            return
        sheet = load(store, plan, settings.day(), settings.moment())
        head = last_known(store, plan, settings.moment())
        schema = store.schema_version()
        surroundings, where = store.surroundings(), store.path
    answer = checkup.Checkup(
        __version__,
        _PYTHON,
        sqlite3.sqlite_version,
        where if ledger.is_on_server else _at_home(ledger.path),
        schema,
        head.number,
        head.text,
        moment_of(head.number, head.recorded_at) if head.number else "",
        settings.now(),
        f"{plan.title}（{plan.key}）",
        (*_due(sheet), *session.output.which[1:]),
        surroundings,
        tuple(one._replace(folder=Path(_at_home(one.folder))) for one in abandoned_drafts(where)),
    )
    session.output.write_folded(checkup.checkup_lines(answer))


def _due(sheet: Sheet) -> tuple[str, ...]:
    """Return the lines about what is late and what comes in the next days."""
    answer = overdue(sheet)
    dates = upcoming(sheet, DAYS).dates
    lines = [f"逾期{len(answer.late)}项，见 planledger overdue"] if answer.late else []
    if answer.filings:
        lines.append(f"报送逾期{len(answer.filings)}项，{answer.late_filers}家未交齐，见 planledger filings")
    lines += [f"{date.day} {date.code} {date.label}".replace("  ", " ") for date in dates[:MOST]]
    return tuple(lines + ([f"……共{len(dates)}个日期，见 planledger upcoming"] if len(dates) > MOST else []))


def _at_home(path: Path) -> str:
    """Return a path with the home folder as `~`, so that the login name is not shown."""
    whole, home = str(path.absolute()), os.path.expanduser("~")  # noqa: PTH111  (as it is, where there is no home)
    return whole.replace(home, "~", 1) if len(home) > 1 else whole
