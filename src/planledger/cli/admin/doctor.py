"""`doctor`: one look at everything that a person who helps from afar would ask about."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planledger import __version__
from planledger.cli.framework.lazy_group import ANYWHERE, command
from planledger.cli.session.session import Session
from planledger.formats.text.display import safe

if TYPE_CHECKING:
    from planledger.questions.sheet import Sheet

DAYS, MOST = 14, 8
_PYTHON = ".".join(map(str, sys.version_info[:3]))


@command(*ANYWHERE)
def doctor(ctx: typer.Context) -> None:
    """Tell where everything is and what deserves a look; nothing is written, and nobody is named."""
    from planledger.formats.admin import checkup
    from planledger.questions.answers.archive import last_known
    from planledger.questions.facts.entry_rows import moment_of
    from planledger.questions.sheet import load
    from planledger.store.files.draft import abandoned_drafts
    from planledger.store.files.surroundings import sqlite_version

    session = Session.of(ctx)
    settings, ledger = session.settings, session.ledger
    ledger.has_ledger = ledger.exists  # where there is none the answer itself says so
    with ledger.reading() as (store, plan):
        if not ledger.has_ledger:
            said = checkup.versions(__version__, _PYTHON, sqlite_version())
            session.output.write(
                f"程序　　  {said}\n台账　　  还没有，第一次登记时建在 {safe(_at_home(ledger.path))}"
            )
            return
        sheet = load(store, plan, settings.day(), settings.moment())
        head = last_known(store, plan, settings.moment())
        schema = store.schema_version()
        place, where = store.surroundings(), store.path
    found = checkup.Checkup(
        __version__,
        _PYTHON,
        sqlite_version(),
        where if ledger.is_on_server else _at_home(ledger.path),
        schema,
        head.number,
        head.text,
        moment_of(head.number, head.recorded_at) if head.number else "",
        settings.now(),
        f"{plan.title}（{plan.key}）",
        (*_due(sheet), *session.output.which[1:]),
        place,
        tuple(one._replace(folder=Path(_at_home(one.folder))) for one in abandoned_drafts(where)),
    )
    session.output.write_folded(checkup.checkup_lines(found))


def _due(sheet: "Sheet") -> tuple[str, ...]:
    """Say what comes in the next days."""
    from planledger.questions.answers.overdue import overdue
    from planledger.questions.answers.upcoming import upcoming

    answer = overdue(sheet)
    dates = upcoming(sheet, DAYS).dates
    lines = [f"逾期{len(answer.late)}项，见 planledger overdue"] if answer.late else []
    if answer.filings:
        lines.append(f"报送逾期{len(answer.filings)}项，{answer.late_filers}家未交齐，见 planledger filings")
    lines += [f"{date.day} {date.code} {date.label}".replace("  ", " ") for date in dates[:MOST]]
    return tuple(lines + ([f"……共{len(dates)}个日期，见 planledger upcoming"] if len(dates) > MOST else []))


def _at_home(path: Path) -> str:
    """Say where a ledger lies without the name of whoever is logged in."""
    whole, home = str(path.absolute()), os.path.expanduser("~")  # noqa: PTH111  (as it is, where there is no home)
    return whole.replace(home, "~", 1) if len(home) > 1 else whole
