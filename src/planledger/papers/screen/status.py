"""The rows of the annex as they stand (总表)."""

from rich.console import Console  # noqa: TID253  (a screen is imported only where a table is shown)

from planledger.papers import figures, words
from planledger.papers.columns import columns
from planledger.papers.screen.console import Cell, Column, is_wide, say, table
from planledger.plan.terms import Comparison, Scope, Standing
from planledger.questions.sheet import Row, Sheet
from planledger.questions.tally import Tally

BAR = 6
WIDEST_STANDING = 18
SLIM = 72  # below so many columns the bars give way to the words
COLOURS = {
    Standing.OVERDUE: "red",
    Standing.DUE_SOON: "yellow",
    Standing.DONE: "green",
    Standing.CLOSED: "green",
}


def draw(console: Console, sheet: Sheet, rows: tuple[Row, ...], agencies: tuple[str, ...]) -> None:
    """Draw the rows; with *agencies*, their part in each."""
    wide, has_bars = is_wide(console), console.width >= SLIM
    heads = [Column("编号", 5), Column("事项", 28 if wide else 0)]
    heads += [Column("职责", 4)] if agencies else []
    heads += [Column("最后一天", 10)]
    heads += [Column("进度", 20)] if has_bars else []
    heads += [Column("状态", _standing_width(rows))]
    heads += [Column("还缺")] if wide else []
    lines = []
    for row in rows:
        cells: list[str | Cell] = [row.item.code, row.item.title]
        if agencies:
            cells.append(
                "、".join(
                    dict.fromkeys(words.role(d.role) for d in row.progress.duties if d.agency in agencies)
                )
            )
        cells.append(words.last_day(row))
        if has_bars:
            cells.append(progress(row, sheet.side_names))
        cells.append(standing(row))
        if wide:
            cells.append(words.lacking(row))
        lines.append(cells)
    of = f"  {'、'.join(agencies)}" if agencies else ""
    say(console, f"{sheet.plan.title}  截至{sheet.as_of}{words.moment(sheet.known_at)}{of}")
    table(console, heads, lines)
    say(console, _counts(rows))


def standing(row: Row) -> Cell:
    """Say where a row stands, with a mark behind the word and a colour that repeats it."""
    return Cell(words.state(row), COLOURS.get(row.judgement.standing, ""))


def progress(row: Row, sides: tuple[str, ...]) -> str:
    """Draw a bar where there is a target: of one target its figure, of several how many are met."""
    aimed = [figure for figure in row.progress.figures if figure.indicator.target is not None]
    if not aimed:
        counted = [figure for figure in row.progress.figures if figure.total()]
        return "、".join(f"{f.indicator.label}{figures.against_target(f)}" for f in counted[:1])
    lacking = {lack.key for lack in row.judgement.lacks}
    if len(aimed) > 1:
        met = sum(figure.indicator.key not in lacking for figure in aimed)
        return f"{bar(met, len(aimed))} {met}/{len(aimed)}项达标"
    figure, indicator = aimed[0], aimed[0].indicator
    if indicator.comparison == Comparison.AT_MOST:
        return figures.against_target(figure)
    if indicator.scope == Scope.EACH and len(sides) > 1:
        done = len(sides) - sum(lack.key == indicator.key for lack in row.judgement.lacks)
        return f"{bar(done, len(sides))} {done}/{len(sides)}方达标"
    return f"{bar(figure.total() or 0, indicator.target or 1)} {figures.against_target(figure)}"


def bar(part: int, whole: int) -> str:
    """Draw how much of a whole is there; only the whole itself is drawn full."""
    filled = BAR if part >= whole else BAR * part // whole
    return "█" * filled + "─" * (BAR - filled)


def _standing_width(rows: tuple[Row, ...]) -> int:
    """Give the standing the columns that its longest word needs, up to a bound."""
    return min(WIDEST_STANDING, max((columns(words.standing(row)) + 2 for row in rows), default=8))


def _counts(rows: tuple[Row, ...]) -> str:
    tally = Tally.of("", rows)
    parts = [f"{word.label}{count}项" for word, count in tally.standings.items() if count]
    missed = [f"{row.item.code} {m.label}" for row in rows for m in row.judgement.missed]
    said = f"共{tally.rows}项：{'，'.join(parts)}。" if rows else "没有符合条件的事项。"
    return said + (f"节点未达：{'；'.join(missed)}。" if missed else "")
