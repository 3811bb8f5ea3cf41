"""Amounts as they are shown: whole numbers of the smallest unit counted, written in the indicator's unit."""


def write_quantity(amount: int, decimals: int) -> str:
    """Write an amount for people: 1,234,567, or 1,250.00 with two decimals."""
    whole, fraction = divmod(abs(amount), 10**decimals)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole:,}" + (f".{fraction:0{decimals}}" if decimals else "")


def plain_quantity(amount: int, decimals: int) -> int | float:
    """Give an amount in the indicator's unit for JSON; whole units stay whole numbers."""
    return amount / 10**decimals if decimals else amount
