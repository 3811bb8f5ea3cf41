"""How a title stands in lines: broken between words, of much the same length, none with a few characters alone."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from math import ceil
from operator import itemgetter

from planledger.formats.text.display import columns

WIDEST = 19  # characters of 22 pt in a line: space between digits and Chinese takes up to one more
MOST = 4  # lines; what is longer is no title, and the reader's program breaks it
FEW = 3  # lines for which every way to break is weighed
FEWEST = 4  # characters that may stand alone in a line
_WORDS = re.split(
    " ",
    "关于 对口 协作 帮扶 扶贫 工作 方案 计划 实施 进展 完成 情况 落实 推进 重点 任务 年度 通报 总结 汇报 月报 报告 提醒 "
    "催办 督办 联系 协调 报送 材料 领导小组 会议 乡村 振兴 建设 发展 行动 项目 事项 责任 单位 有关 以来 各",
)
_BRACKETED = "（[^（）]{1,8}）"  # （征求意见稿）
_NEVER_FIRST = "的等和及与年月日号函、，。；：）》〉”？！"
_NEVER_LAST = "《〈（“第"
_UNKNOWN = 3.0  # what it costs to part two characters that may be one word


def title_lines(title: str, names: tuple[str, ...]) -> list[str]:
    """Return a title in as few lines as it takes.

    Args:
        title: without line breaks.
        names: of units and sides, which are words too.
    """
    width = _width(title)
    if width <= WIDEST:
        return [title]
    fewest = ceil(width / WIDEST)
    costs = _breaks(title, names) if fewest <= MOST else {}
    for count in range(fewest, MOST + 1):
        if ways := list(_ways(title, costs, count)):
            return min(ways, key=itemgetter(0))[1]
    return [title]  # one word without an end


def _ways(title: str, costs: dict[int, float], count: int) -> Iterator[tuple[float, list[str]]]:
    """Yield every way to break a title into *count* lines, of many lines only between known words, with its ugliness.

    Equal lengths are best, and no word is parted for them.
    """
    allowed = [place for place, cost in costs.items() if count <= FEW or not cost]
    for places in combinations(allowed, count - 1):
        lines = [title[first:last] for first, last in pairwise((0, *places, len(title)))]
        widths = [_width(line) for line in lines]
        if min(widths) >= FEWEST and max(widths) <= WIDEST:
            yield max(widths) - min(widths) + sum(costs[place] for place in places), lines


def _breaks(title: str, names: tuple[str, ...]) -> dict[int, float]:
    """Return where a line may end, and what it costs there."""
    words = sorted({*names, *_WORDS} - {""}, key=len, reverse=True)
    pattern = re.compile(
        "|".join((*map(re.escape, words), r"[\d.:-]+(?:年度|[年月日])?", r"[A-Za-z]+", _BRACKETED, "."))
    )
    costs: dict[int, float] = {}
    before = ""
    for match in pattern.finditer(title):
        word, place = match[0], match.start()
        if place and word[0] not in _NEVER_FIRST and title[place - 1] not in _NEVER_LAST:
            costs[place] = (
                _UNKNOWN if len(word) == 1 and len(before) == 1 and word not in _NEVER_LAST else 0.0
            )
        before = word
    return costs


def _width(text: str) -> float:
    return columns(text) / 2
