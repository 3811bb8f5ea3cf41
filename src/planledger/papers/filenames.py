"""Names that a file may bear on every system: Windows, a USB stick, a zip archive."""

from unicodedata import normalize

from planledger.papers.text import safe

LONGEST = 150  # bytes of a name: with folders before it, still short enough for Windows
_ENDING = 16
# what a name may hold and that of a file may not, on one system or another
_FULL_WIDTH = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789")}


def file_name(name: str, longest: int = LONGEST) -> str:
    """Give a name that says the same and can stand everywhere; its ending is kept.

    Args:
        name: as somebody called the file, or a title.
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
