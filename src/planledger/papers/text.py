"""Text from outside is data: on its way out, what a terminal would act on is shown as what it is."""

from planledger.plan.breaks import into_cell


def safe(text: str) -> str:
    """Show what a terminal would act on as what it is: control, direction and surrogate characters escaped."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u3000" else _escaped(char) for char in text)


def lined(text: str, hanging: str = "") -> str:
    """Show a text of several lines as lines, each but the first behind *hanging*; all else is shown as :func:`safe` does.

    Where a text stands among lines of ours, *hanging* keeps it from looking like one of them.
    """
    if text.isprintable():
        return text
    return f"\n{hanging}".join(safe(line.replace("\t", " ")) for line in text.splitlines())


def written(text: str) -> str:
    """Show a text as a cell of a workbook may hold it: lines and tabs stay, and nothing in it is taken for an escape."""
    if not text.isprintable():
        text = "\n".join("\t".join(map(safe, line.split("\t"))) for line in text.splitlines())
    return into_cell(text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
