"""The rows of the annex as they stand (总表), and how many stand where."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from planledger.formats.screen.console import PAGE, Column, Screen, StyledCell
from planledger.formats.text import figures, lack_text, phrases
from planledger.formats.text.display import columns
from planledger.plan.model.terms import Comparison, Measure, Scope, Standing
from planledger.questions.answers.sums import Tally
from planledger.questions.facts.figure import Figure
from planledger.questions.judge.lacks import LackKind
from planledger.questions.sheet import Row, Sheet

if TYPE_CHECKING:
    from planledger.questions.answers.roll_up import RollUp

BAR = 6
ALMOST = 0.99  # of a bar that is not full
WIDEST_PROGRESS = 24
WIDEST_STANDING = 20  # 已完成（逾期120天）√
SLIM = 72  # below so many columns there are no bars, and figures stand under the item


def draw_status(screen: Screen, sheet: Sheet, rows: tuple[Row, ...], agencies: tuple[str, ...]) -> None:
    """Draw the rows; with *agencies*, their part in each."""
    wide, has_bars = screen.is_wide, screen.width >= SLIM
    states = [phrases.state_text(row, WIDEST_STANDING if has_bars else 0) for row in rows]
    counted = [progress_text(row, sheet.side_names, agencies, has_bars=has_bars) for row in rows]
    # where there is room for what is lacking, but not much, titles fold first
    heads = [Column("编号", 5), Column("事项", 0 if not wide else 28 if screen.width >= PAGE else 20)]
    heads += [Column("职责", 4)] if agencies else []
    heads += [Column("最后一天", 10)]
    heads += [_column("进度", counted, WIDEST_PROGRESS)] if has_bars else []
    heads += [_column("状态", states, WIDEST_STANDING)]
    heads += [Column("还缺")] if wide else []
    lines = []
    for row, state, figured in zip(rows, states, counted, strict=True):
        title = row.item.title if has_bars else "\n".join(filter(None, (row.item.title, figured)))
        cells: list[str | StyledCell] = [row.item.code, title]
        if agencies:
            roles = (phrases.role_text(duty.role) for duty in row.progress.duties if duty.agency in agencies)
            cells.append("、".join(dict.fromkeys(roles)))
        cells.append(phrases.last_day(row))
        cells += [figured] if has_bars else []
        cells.append(StyledCell(state, phrases.LOOKS[row.judgement.standing].colour))
        cells += [lack_text.lacking_text(row)] if wide else []
        lines.append(cells)
    of = f"  {'、'.join(agencies)}" if agencies else ""
    screen.print_texts(f"{sheet.plan.title}  {phrases.extent_text(sheet)}{of}")
    screen.print_table(heads, lines)
    screen.print_texts(_counts(rows))


def progress_text(row: Row, sides: tuple[str, ...], agencies: tuple[str, ...], *, has_bars: bool) -> str:
    """Return, with what some units owe by themselves in place of the whole, every figure and every target of a row, one under the other.

    What must be reported counts like a target; of several targets those that are met are only counted.
    """
    parts = _parts(row, sides, agencies)
    needed = [part for part in parts if part.share is not None]
    if len(needed) == 1 and not needed[0].has_target:
        needed = []
    drawn = [bar(_share_of(row, needed, agencies))] if needed and has_bars else []
    if len(needed) > 1:
        met = "达标" if any(part.has_target for part in needed) else "已报"
        lines = [_on_one_line(*drawn, f"{_met(needed)}{met}")]
        parts = [part for part in parts if not (part.has_target and part.is_met)]
    else:
        lines = [_on_one_line(*drawn, _on_one_line(part.label, part.figure)) for part in needed]
        parts = [part for part in parts if part not in needed]
    return "\n".join([*lines, *(_on_one_line(part.label, part.figure) for part in parts)])


def _share_of(row: Row, needed: list["_Part"], agencies: tuple[str, ...]) -> float:
    """Return how much of what a row needs is there; the whole only when no work is lacking, from *agencies* where some are asked about."""
    share = sum(part.share or 0 for part in needed) / len(needed)
    lacks = (lack for lack in row.judgement.lacks if lack.kind != LackKind.PAPER)
    is_lacking = any(not agencies or lack.agency in ("", *agencies) for lack in lacks)
    return min(share, ALMOST) if is_lacking else share


def _on_one_line(*words: str) -> str:
    """Return words on one line of the column, or under each other where they are too long for one."""
    line = " ".join(words)
    return line if columns(line) <= WIDEST_PROGRESS else "\n".join(words)


def bar(share: float) -> str:
    """Return a bar of how much of a whole is there: of anything at least one piece, and only the whole itself is drawn full."""
    filled = min(BAR, max(int(BAR * share), share > 0))
    return "█" * filled + "─" * (BAR - filled)


class _Part(NamedTuple):
    """A figure that was recorded, or that was promised, of the row as a whole or of one side."""

    key: str
    label: str
    figure: str  # against its target: 40/155人
    share: float | None  # how much of what is needed is there, at most 1; None where nothing is
    is_met: bool
    has_target: bool = False  # towards which one works: no upper bound


def _parts(row: Row, sides: tuple[str, ...], agencies: tuple[str, ...]) -> list[_Part]:
    lacks = [lack for lack in row.judgement.lacks if lack.kind != LackKind.PAPER]
    lacking = {(lack.key, lack.side, owner) for lack in lacks for owner in ("", lack.agency)}
    parts = []
    for figure in _figures(row, agencies):
        indicator = figure.indicator
        for side in sides if indicator.scope == Scope.EACH else ("",):
            total, target = figure.total(side), indicator.target
            is_stock = indicator.measure == Measure.STOCK
            is_silent = total is None or not (total or is_stock)
            if is_silent and target is None and not indicator.must_report and not figure.checks():
                continue
            is_met = (indicator.key, side, figure.owner) not in lacking
            share = float(is_met) if indicator.must_report and target is None else None
            has_target = target is not None and indicator.comparison != Comparison.AT_MOST
            if has_target:
                share = 1.0 if is_met else min(1.0, (total or 0) / (target or 1))
                share = share if is_met or not figure.shares else min(share, ALMOST)
            label = figure.owner * (len(agencies) > 1) + (side if len(sides) > 1 else "") + indicator.label
            against = figures.against_target(figure, side)
            if columns(against) > WIDEST_PROGRESS:
                against = against.replace("/", "/\n")
            parts.append(_Part(indicator.key, label, against, share, is_met, has_target))
        if checked := figures.cross_check_amounts(figure):
            parts.append(_Part(indicator.key, f"{indicator.label}核对数", checked, None, is_met=True))
    return parts


def _figures(row: Row, agencies: tuple[str, ...]) -> Iterator[Figure]:
    """Yield the figures of a row, in place of one that units owe by themselves the shares of some *agencies*."""
    for figure in row.progress.figures:
        shares = [share for share in figure.shares if share.owner in agencies]
        yield from shares or (figure,)


def _met(aimed: list[_Part]) -> str:
    """Return how many targets are met: 1/2项; where each side has the same one, the sides: 1/2方."""
    keys = {part.key for part in aimed}
    if len(keys) == 1:
        return f"{sum(part.is_met for part in aimed)}/{len(aimed)}方"
    lacking = {part.key for part in aimed if not part.is_met}
    return f"{len(keys - lacking)}/{len(keys)}项"


def _column(name: str, texts: list[str], widest: int) -> Column:
    """Return a column as wide as its longest line, up to a bound."""
    lines = (line for text in (name, *texts) for line in text.split("\n"))
    return Column(name, min(widest, max(map(columns, lines))))


def _counts(rows: tuple[Row, ...]) -> str:
    counts = phrases.standings_text(rows)
    missed = [f"{row.item.code} {m.label}" for row in rows for m in row.judgement.missed]
    text = f"共{len(rows)}项：{counts}。" if rows else "没有符合条件的事项。"
    periods = [f"{row.item.code}（{len(n)}期）" for row in rows if (n := row.judgement.missed_periods)]
    text += f"节点未达：{'；'.join(missed)}。" if missed else ""
    return text + (f"漏报：{'；'.join(periods)}。" if periods else "")


def draw_sums(screen: Screen, sheet: Sheet, counted: tuple[Tally, ...], by: str) -> None:
    """Draw the counts, one line for each area, side or unit."""
    screen.print_texts(f"{sheet.plan.title}  {phrases.extent_text(sheet)}")
    _print_tallies(screen, Column(by, max((columns(tally.name) for tally in counted), default=8)), counted)


def draw_roll_up(screen: Screen, answer: "RollUp") -> None:
    """Draw the counts, one line for each plan."""
    screen.print_texts(f"各方案汇总  {phrases.extent_text(answer)}")
    _print_tallies(screen, Column("方案"), answer.counted)
    whole = {word: sum(tally.standings[word] for tally in answer.counted) for word in Standing}
    rows, counts = sum(whole.values()), phrases.counted_text(whole)
    screen.print_texts(f"共{len(answer.counted)}个方案，{rows}项：{counts}。")


def _print_tallies(screen: Screen, name: Column, counted: tuple[Tally, ...]) -> None:
    """Print how many rows stand where; a standing that no row has needs no column."""
    shown = [word for word in Standing if any(tally.standings[word] for tally in counted)]
    heads = (
        name,
        Column("项数", 4, is_right=True),
        *(Column(word.label, 6, is_right=True) for word in shown),
    )
    lines = [
        [tally.name, str(tally.rows), *(str(tally.standings[word] or "") for word in shown)]
        for tally in counted
    ]
    screen.print_table(heads, lines)
