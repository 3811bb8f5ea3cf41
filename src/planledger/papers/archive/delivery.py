"""What is said when an archive was built: how much it holds, whether it is complete, and what to note down of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.papers.archive import lists

if TYPE_CHECKING:
    from planledger.papers.archive.binder import Binding


def told(binding: Binding, where: str, seal: str) -> str:
    """Say what was built.

    Args:
        binding: the archive.
        where: how the user called it.
        seal: SHA-256 of its manifest.
    """
    archive = binding.archive
    papers = archive.papers
    kind = f"补充归档（第{binding.since.number}号记录之后）" if binding.since else "归档"
    lines = [
        f"已写成{kind} {where}：{len(binding.rows)}项，佐证材料{binding.contents}，另存{len(papers.kept)}份。"
    ]
    told_apart = [lists.said_missing(one) for one in papers.missing]
    told_apart += [lists.said_unattached(one) for one in papers.unattached]
    lines.append(f"{lists.proven(archive)}。")
    state = lists.state(papers, is_complete=archive.is_complete)
    lines.append(f"{state}（未到期{len(papers.pending)}份）{'：' if told_apart else '。'}")
    lines += [f"  {one}" for one in told_apart]
    lines.append(f"清单的 SHA-256 {seal}")
    lines.append(f"链首 {archive.head.said}")
    lines.append("请把这两行抄在来文或纸质材料上，以后可以核对。")
    return "\n".join(lines)
