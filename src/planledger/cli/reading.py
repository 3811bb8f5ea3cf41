"""Trying how a phrase is understood, for whoever writes a plan file; needs no ledger and no list of units."""

from typing import Annotated

import typer

from planledger.cli.counter import JSON, Counter, offered
from planledger.cli.offers import READ_OFFERS
from planledger.cli.session import Session
from planledger.plan.model import Side
from planledger.plan.refusal import ExitCode

read = Counter(name="read")
read.offers = READ_OFFERS


@offered(JSON)
def deadline(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="文字", help="完成时限的写法，如 上半年、11月底前")],
    year: Annotated[int, typer.Option(metavar="年度", min=1990, max=2999, help="方案的年度")],
) -> None:
    """Read one phrase of 完成时限."""
    from planledger.papers.phrases import deadline_json, deadline_lines
    from planledger.plan.deadline import read_deadline

    reading = read_deadline(text, year)
    _answer(Session.of(ctx), deadline_json(reading), deadline_lines(reading), is_faulty=bool(reading.fault))


@offered(JSON)
def units(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="文字", help="责任单位的写法，如 两地人社局、教育局")],
    sides: Annotated[str, typer.Option(metavar="甲,乙", help="方案有哪几方，用逗号隔开")] = "",
) -> None:
    """Read one phrase of 责任单位."""
    from planledger.papers.phrases import units_json, units_lines
    from planledger.plan.units import read_units

    named = sides.replace("，", ",").replace("、", ",").split(",")
    reading = read_units(text, tuple(Side(name.strip(), name.strip()) for name in named if name.strip()))
    _answer(Session.of(ctx), units_json(reading), units_lines(reading), is_faulty=bool(reading.fault))


def _answer(session: Session, as_json: dict[str, object], lines: str, *, is_faulty: bool) -> None:
    from planledger.papers.porcelain import text

    session.output.say(text(as_json) if session.settings.is_json else lines)
    if is_faulty:
        raise typer.Exit(int(ExitCode.PLAN_REFUSED))
