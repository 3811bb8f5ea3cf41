"""Text from outside is data: on its way out, what a terminal would act on is shown as what it is."""


def safe(text: str) -> str:
    """Show what a terminal would act on as what it is: control, direction and surrogate characters escaped."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u3000" else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
