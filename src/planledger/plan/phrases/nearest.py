"""The nearest right word for a wrong one: what a refusal suggests; it is never taken in its place."""

from collections.abc import Iterable

# Below this share of common characters a suggestion confuses more than it helps.
_NEAR = 0.6
# A beginning that so many choices share is no reason to suggest one of them, if this much still follows.
_SEVERAL = 3
_TELLING = 2
_LONGEST = 60  # nobody means a word that is longer


def nearest(word: str, choices: Iterable[str], most: int = 3) -> list[str]:
    """Return the words that *word* was probably meant to be, best first.

    Near is what shares most characters (财证局, 财政局), and what is a shortening of the other:
    all its characters stand in the other in their order (文旅局, 文化旅游和体育广电局).

    Args:
        word: What was typed.
        choices: All right words.
        most: How many to return at most.

    Returns:
        The nearest words, empty where nothing is near.
    """
    typed = "".join(word.split()).casefold()
    if not typed or len(typed) > _LONGEST:
        return []
    right = list(dict.fromkeys(choices))
    head = _common_head(typed, right)
    ranked = [(-_nearness(typed, choice.casefold(), head), choice) for choice in right]
    near = sorted((rank for rank in ranked if rank[0]), key=lambda rank: rank[0])
    return [choice for _, choice in near[:most]]


def hint(word: str, choices: Iterable[str]) -> str:
    """Return the question to put to the typist: “您是不是要写：财政局？”, or nothing."""
    near = nearest(word, choices)
    return f"您是不是要写：{'、'.join(near)}？" if near else ""


def _common_head(typed: str, choices: list[str]) -> str:
    """Return the longest beginning of *typed* that says little, because several choices begin so (大新县…)."""
    for end in range(len(typed) - _TELLING, 0, -1):
        if sum(choice.casefold().startswith(typed[:end]) for choice in choices) >= _SEVERAL:
            return typed[:end]
    return ""


def _nearness(typed: str, choice: str, head: str) -> float:
    """Return how near two words are: above 0 only if near, 1 if equal; a shortening counts at least as near."""
    from difflib import SequenceMatcher

    if choice.startswith(head):
        typed, choice = typed.removeprefix(head), choice.removeprefix(head)
    ratio = SequenceMatcher(None, typed, choice, autojunk=False).ratio()
    shorter, longer = sorted((typed, choice), key=len)
    if len(shorter) >= _TELLING and _stands_in(shorter, longer):
        return max(ratio, _NEAR + (1 - _NEAR) * ratio / 2)
    return ratio if ratio >= _NEAR else 0.0


def _stands_in(shorter: str, longer: str) -> bool:
    """Whether all characters of *shorter* stand in *longer* in their order."""
    rest = iter(longer)
    return all(character in rest for character in shorter)
