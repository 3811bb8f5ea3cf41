"""The settings of a command from its options, the environment and the user's file: ledger, plan, day, clerk, form of the answer."""

import os
from datetime import datetime
from functools import cached_property

from planledger.plan.days import CHINA, LATEST
from planledger.plan.phrases.days import LAST, MONTH, REPLY, DayPlace, read_moment, read_typed_day, typed_year
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import Refusal
from planledger.store.paths import settings_file


class Settings:
    """The user's file, on top of it the environment, and on top of both the options of one command."""

    def __init__(self) -> None:
        """Begin with nothing typed; the options are set while the command is parsed."""
        self.plan = os.environ.get("PLANLEDGER_PLAN", "")
        self.plan_word = ""  # by which the plan was named, where it is known by its id
        self.as_of = ""
        self.day_option = "--as-of"  # by which that was typed
        self.known_at = ""
        self.is_json = False
        self.is_csv = False
        self.output = ""  # a file; empty for standard output
        self.is_forced = False  # whether a file that is there is replaced
        self.is_full = False
        self.has_day = False  # whether the command takes --as-of
        self.plan_year = 0  # of the plan that is asked; 0 while none is chosen
        self.readings: list[str] = []  # what was typed loosely, and how it was read
        self._now = ""

    @cached_property
    def ledger(self) -> str:
        """The path or the address of the ledger; empty for the default one."""
        return self.lasting("ledger")[0]

    @cached_property
    def by(self) -> str:
        """Who records; empty for the login name."""
        return self.lasting("by")[0]

    @cached_property
    def of_file(self) -> dict[str, str]:
        """What the user's file sets.

        Raises:
            Refusal: a line of it cannot be read.
        """
        path = settings_file()
        if path is None or not os.path.lexists(path):  # a folder that may not be entered holds none
            return {}
        from planledger.cli.session.lasting_settings import read_settings

        return read_settings(path)

    def lasting(self, key: str) -> tuple[str, str]:
        """Return a setting as it is where no option is typed, and what sets it; both empty where nothing does."""
        # PLANLEDGER_LEDGER, PLANLEDGER_PLAN, PLANLEDGER_BY, PLANLEDGER_CONTACT, PLANLEDGER_PHONE
        variable = "NO_COLOR" if key == "colour" else f"PLANLEDGER_{key.upper()}"
        if value := os.environ.get(variable, ""):
            return "off" if key == "colour" else value, f"环境变量 {variable}"
        value = self.of_file.get(key, "")
        return value, "设置文件" if value else ""

    def origin(self, key: str) -> str:
        """Return what sets a setting of this command; empty where nothing does."""
        value, where = self.lasting(key)
        return f"选项 --{key}" if getattr(self, key, value) != value else where

    @property
    def is_plain(self) -> bool:
        """Whether the screen is to be without colours."""
        return self.lasting("colour")[0] == "off"

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
        return self.day_typed(self.day_option, self.as_of, LAST) if self.as_of else self.now()[:10]

    def year_that_chooses(self, month: str) -> str:
        """Return the year by which a plan is chosen: of the *month* or the day of the question as it was typed, else today's."""
        today = self.now()[:10]
        return typed_year(month, today) or typed_year(self.as_of, today) or today[:4]

    def day_typed(self, option: str, typed: str, place: str) -> str:
        """Return the day, or the month, that was typed after an *option*; where that was loosely, it is kept, to be shown.

        Raises:
            Refusal: it is none, or may be several.
        """
        today = self.day() if place == REPLY else self.now()[:10]
        reading = read_typed_day(typed, DayPlace(place, today, self.plan_year))
        if reading.fault:
            raise Refusal(f"{option} {typed}：{reading.fault}").to_type(option, reading.choices)
        line = f"{option} {typed} 读作 {reading.day}。"
        if reading.is_loose and line not in self.readings:
            self.readings.append(line)
        return reading.day

    def month_typed(self, option: str, typed: str) -> str:
        """Return the month of the chosen plan that was typed after an *option*, as 2019-07.

        Raises:
            Refusal: it is none, may be several, or lies outside the plan: before its year, or behind it and not begun.
        """
        month = self.day_typed(option, typed, MONTH)
        first, last = f"{self.plan_year}-01", max(f"{self.plan_year}-12", self.now()[:7], self.day()[:7])
        if not first <= month <= last:
            raise Refusal(f"{option} {typed}：{month} 不在方案的月份里；请写 {first} 到 {last} 之间的月份。")
        return month

    def moment(self) -> str:
        """Return the moment whose knowledge counts."""
        if not self.known_at:
            return LATEST
        this_year = int(self.now()[:4])
        moment, fault = read_moment(self.known_at, this_year)
        if fault and ":" not in fold(self.known_at):
            moment, fault = read_moment(self.day_typed("--known-at", self.known_at, LAST), this_year)
        if fault:
            raise Refusal(f"--known-at {self.known_at}：{fault}")
        return moment

    def form(self) -> str:
        """Return the form of the answer, `json`, `csv`, `xlsx` or nothing for a table: by option, else by the file's ending."""
        if self.is_json and self.is_csv:
            raise Refusal("--json 和 --csv 只能写一个。")
        form = "json" if self.is_json else "csv" if self.is_csv else ""
        if not self.output:
            return form
        from planledger.cli.session.output_file import output_form

        return output_form(self.output, form)


def _read_clock() -> str:
    now = datetime.now(CHINA).isoformat(timespec="microseconds")
    pinned = os.environ.get("PLANLEDGER_TODAY", "")
    if not pinned:
        return now
    moment, fault = read_moment(pinned, int(now[:4]))
    if fault:
        raise Refusal(f"环境变量 PLANLEDGER_TODAY={pinned}：{fault}")
    return moment if ":" in fold(pinned) else moment[:10] + now[10:]
