"""The settings of a command from its options and the environment: ledger and plan, day, clerk, form of the answer."""

import os
from datetime import datetime

from planledger.plan.days import CHINA, LATEST
from planledger.plan.phrases.days import read_day, read_moment
from planledger.plan.refusal import Refusal


class Settings:
    """The environment, and on top of it the options of one command."""

    def __init__(self) -> None:
        """Read the environment; the options are set while the command is parsed."""
        self.ledger = os.environ.get("PLANLEDGER_LEDGER", "")
        self.plan = os.environ.get("PLANLEDGER_PLAN", "")
        self.by = os.environ.get("PLANLEDGER_BY", "")
        self.as_of = ""
        self.known_at = ""
        self.is_json = False
        self.is_csv = False
        self.output = ""  # a file; empty for standard output
        self.is_full = False
        self.has_day = False  # whether the command takes --as-of
        self._now = ""

    def now(self) -> str:
        """Return the moment of the command in +08:00; all of the command sees the one that is read first.

        `PLANLEDGER_TODAY` pins it to a day or a moment.
        """
        self._now = self._now or _read_clock()
        return self._now

    def forget_now(self) -> None:
        """Read the clock anew next time, because somebody was asked meanwhile and took time to answer."""
        self._now = ""

    def day(self) -> str:
        """Return the day of the question."""
        return day_typed("--as-of", self.as_of) if self.as_of else self.now()[:10]

    def moment(self) -> str:
        """Return the moment whose knowledge counts."""
        if not self.known_at:
            return LATEST
        reading = read_moment(self.known_at)
        if reading.fault:
            raise Refusal(f"--known-at {self.known_at}：{reading.fault}")
        return reading.moment

    def form(self) -> str:
        """Return the form of the answer, `json`, `csv` or nothing for a table: by option, else by the file's ending."""
        if self.is_json and self.is_csv:
            raise Refusal("--json 和 --csv 只能写一个。")
        if self.is_json or self.is_csv:
            return "json" if self.is_json else "csv"
        if not self.output:
            return ""
        from planledger.cli.session.output_file import output_form

        return output_form(self.output)


def day_typed(option: str, typed: str) -> str:
    """Return the day that was typed after an *option*.

    Raises:
        Refusal: it is none.
    """
    reading = read_day(typed)
    if reading.fault:
        raise Refusal(f"{option} {typed}：{reading.fault}")
    return reading.day


def _read_clock() -> str:
    now = datetime.now(CHINA).isoformat(timespec="microseconds")
    pinned = os.environ.get("PLANLEDGER_TODAY", "")
    if not pinned:
        return now
    day, moment = read_day(pinned), read_moment(pinned)
    if moment.fault:
        raise Refusal(f"环境变量 PLANLEDGER_TODAY={pinned}：{moment.fault}")
    return moment.moment if day.fault else day.day + now[10:]
