"""How texts are written out: nothing in them acts on a terminal, lines fold where a reader pauses, names of files stand anywhere."""

from unicodedata import east_asian_width, normalize

from planledger.plan.phrases.texts import into_cell

_BLANKS = dict.fromkeys([0xA0, 0x202F, 0x205F, *range(0x2000, 0x200B)], " ")


def safe(text: str) -> str:
    """Return a text with all that a terminal would act on escaped: control, direction and surrogate characters.

    A blank that is no blank of the keyboard, as in what was pasted from a web page, is shown as one.
    """
    if text.isprintable():
        return text
    text = text.translate(_BLANKS)
    return "".join(
        char if char.isprintable() or char == "\u3000" else char.encode("unicode_escape").decode()
        for char in text
    )


def lined(text: str, hanging: str = "") -> str:
    """Return a text of several lines as lines, each but the first behind *hanging*; all else as :func:`safe` does.

    Where a text stands among lines of ours, *hanging* keeps it from looking like one of them.
    """
    if text.isprintable():
        return text
    return f"\n{hanging}".join(safe(line.replace("\t", " ")) for line in text.splitlines())


def cell_text(text: str) -> str:
    """Return a text as a cell of a workbook may hold it: lines and tabs stay, and nothing in it is taken for an escape."""
    if not text.isprintable():
        text = "\n".join("\t".join(map(safe, line.split("\t"))) for line in text.splitlines())
    return into_cell(text)


_PAUSES = "，。；：、）》” "
_NEVER_FIRST = "，。；：、）》”？！"
_NEVER_LAST = "（《“"
_LEAST = 0.85  # a pause is worth breaking at only if the line is at least so full


def columns(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return (
        len(text) if text.isascii() else len(text) + sum(map("WF".__contains__, map(east_asian_width, text)))
    )


def folded(text: str, width: int) -> list[str]:
    """Return *text* as lines of at most *width* columns, broken after a pause where there is one near the edge.

    What is indented stays so on the lines that follow, by two columns more.
    """
    lines = []
    for paragraph in text.split("\n"):
        indent = len(paragraph) - len(paragraph.lstrip(" "))
        hanging = " " * (indent + 2 if indent else 0)
        rest = paragraph
        while columns(rest[: width + 1]) > width:  # a character takes at least one column
            cut = max(_cut(rest, width), len(hanging) + 1)
            if not rest[cut:]:  # the window is narrower than the indent, or than one character
                break
            lines.append(rest[:cut].rstrip(" "))
            rest = hanging + rest[cut:].lstrip(" ")
        lines.append(rest)
    return lines


def _cut(text: str, width: int) -> int:
    """Return where the first line of *text* ends."""
    taken, end, pause = 0, 0, 0
    for end, char in enumerate(text):
        taken += _column(char)
        if taken > width:
            break
        if char in _PAUSES and taken >= width * _LEAST and text[end + 1 : end + 2] not in _NEVER_FIRST:
            pause = end + 1
    if pause:
        return pause
    whole, indent = end, len(text) - len(text.lstrip(" "))
    while end > 1 and (
        text[end] in _NEVER_FIRST or text[end - 1] in _NEVER_LAST or _splits_a_word(text, end)
    ):
        end -= 1
    # a word that is longer than a line is broken at its edge
    return end if end > max(indent, 1) else max(whole, 1)


def _splits_a_word(text: str, end: int) -> bool:
    """Whether a break before *end* would part digits or Latin letters that belong together."""
    return text[end - 1].isascii() and text[end].isascii() and text[end - 1] != " " and text[end] != " "


def _column(char: str) -> int:
    return 2 if east_asian_width(char) in "WF" else 1


LONGEST = 150  # bytes of a name: with folders before it, still short enough for Windows
_ENDING = 16
# what a name may hold and that of a file may not, on one system or another
_FULL_WIDTH = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789")}


def portable_name(name: str, longest: int = LONGEST) -> str:
    """Return the name of a file as every system takes it; its ending is kept.

    Args:
        name: of the file as it came in, or a title.
        longest: how many bytes of UTF-8 it may take.
    """
    plain = safe(normalize("NFC", " ".join(name.split()))).translate(_FULL_WIDTH).strip(". ") or "_"
    stem, dot, ending = plain.rpartition(".")
    if not stem or len(ending) > _ENDING or not ending.isalnum():
        stem, dot, ending = plain, "", ""
    if stem.split(".")[0].strip().upper() in _DEVICES:
        stem = f"_{stem}"
    room = longest - len((dot + ending).encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    return f"{cut or '_'}{dot}{ending}"
