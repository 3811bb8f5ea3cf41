"""Files as proof (佐证材料): which may be recorded, and how one is let go (销毁)."""

from planledger.ledger.actions.event import repeated
from planledger.ledger.actions.paper import RecordedWith, kind_of_paper, of_side, proof_of
from planledger.ledger.actions.reversal import refuse_other_plan
from planledger.ledger.clerk import checked_text, reason
from planledger.ledger.session import PlanSession
from planledger.plan.model.entry_details import write_details
from planledger.plan.model.terms import EntryKind
from planledger.plan.refusal import NotRecorded, each
from planledger.questions.answers.evidence import File, entry_of_file, file_of
from planledger.questions.receipt import Draft, Receipt
from planledger.questions.sheet import Row
from planledger.store.errors import Busy, StorageTrouble
from planledger.store.files.vault import StagedFile, Vault

LONGEST_NAME = 255  # bytes: no disk takes a longer one; what leaves is shortened then


def evidence_drafts(paper: RecordedWith) -> list[Draft]:
    """The entries that name the files of a recording as they were taken in, one each.

    Raises:
        Refusal: it is not plain what kind of paper it is or which meeting it proves, or a file was recorded before.
    """
    recording, ties = paper.recording, paper.ties
    kind, requirement = kind_of_paper(recording.kind, "--kind", paper.row)
    proof = proof_of(requirement, paper)
    shared = of_side(paper, kind, requirement, proof)
    drafts: list[Draft] = []
    for file in ties.files:
        _refuse_other_privacy(ties.known[file.sha256], file.name, is_personal=recording.is_personal)
        more = write_details(
            **proof.details,
            sha256=file.sha256,
            name=_checked_name(file),
            size=str(file.size),
            personal="1" if recording.is_personal else "",
        )
        draft = shared._replace(kind=EntryKind.EVIDENCE.value, details=more)
        _refuse_twice(draft, paper.row, drafts, is_bound=bool(recording.entry))
        drafts.append(draft)
    return drafts


def _checked_name(file: StagedFile) -> str:
    """Take the name of a file as it was called.

    Raises:
        Refusal: it carries an identity number, cannot be stored, or is too long.
    """
    if len(file.name.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        raise NotRecorded(f"文件名 {file.name[:20]}…… 太长；请改短后再登记。")
    if not file.name.isprintable():
        raise NotRecorded(
            f"文件名 {file.name.encode('unicode_escape', 'surrogatepass').decode()} 里有换行、控制字符或不是 UTF-8 的字；请改名后再登记。"
        )
    return checked_text(file.name, "文件名")


def _refuse_twice(draft: Draft, row: Row, before: list[Draft], *, is_bound: bool) -> None:
    """Refuse a file that already stands for the same thing, and one that was named twice.

    The same paper for another meeting is believed only where the meeting is named: else it is the same paper again.
    """
    name, wanted = draft.details.text("name"), draft.details.text("sha256")
    alike = (draft.kind, draft.subject, 0, wanted)
    for mark in row.progress.marks:
        if (mark.kind, mark.subject, mark.destroyed_by, mark.details.text("sha256")) != alike:
            continue
        of_entry = mark.details.text("entry")
        if of_entry == draft.details.text("entry") or not is_bound:
            another = "；确是另一次会议的，请用 --entry 写明" if of_entry else ""
            raise NotRecorded(
                f"{name} 与第{mark.entry}号登记的是同一个文件、同一种材料，不必再登记{another}。原来的文件丢失或改动了的，请用 planledger evidence repair 补回。"
            )
    if any(one.details.text("sha256") == wanted for one in before):
        raise NotRecorded(f"{name} 写了两次，或两个文件内容相同；每个文件只写一次。")


def _refuse_other_privacy(known: File, name: str, *, is_personal: bool) -> None:
    """Let one file be private everywhere or nowhere: by its SHA-256 both would be known for the same.

    Raises:
        Refusal: it stands elsewhere as the contrary.
    """
    open_ones = [number for number in known.standing if number not in known.personal]
    if is_personal and open_ones:
        raise NotRecorded(
            f"{name}：同一个文件在第{open_ones[0]}号没有标为含个人信息；请先冲正那一条：planledger reverse {open_ones[0]} --because 含个人信息。"
        )
    if not is_personal and known.personal:
        raise NotRecorded(f"{name}：同一个文件在第{known.personal[0]}号标为含个人信息；请加 --personal。")


def destroy_all(book: PlanSession, numbers: tuple[int, ...], because: str) -> tuple[Receipt, ...]:
    """Destroy several files for one reason, all or none.

    The entries come first, the bytes go after them: each file in a transaction of its own, so that nobody takes
    it in again between the look at the ledger and the end of the bytes.

    Raises:
        Refusal: an entry names no file, or one that is gone already or that other entries need.
    """
    why, vault = reason(because), Vault(book.store.files)
    digests: dict[str, None] = {}
    with book.store.transaction():
        newest_first = sorted(numbers, reverse=True)
        receipts = book.combined(
            each(newest_first, lambda number: _destroy(book, vault, number, why, digests))
        )
    left = tuple(filter(None, (_remove_bytes(book, vault, digest) for digest in digests)))
    return (*receipts[:-1], receipts[-1]._replace(warnings=receipts[-1].warnings + left))


def _destroy(book: PlanSession, vault: Vault, number: int, why: str, digests: dict[str, None]) -> Receipt:
    """Append the entry; none where it is there and only the bytes are left."""
    entry = entry_of_file(book.store, number, NotRecorded)
    digest = entry.details.text("sha256")
    file = file_of(book.store, digest)
    if file.destroyed_by and not vault.has(digest):
        raise NotRecorded(f"第{number}号的文件已由第{file.destroyed_by}号登记销毁，不必再销毁。")
    others = () if file.destroyed_by else [one for one in file.standing if one != number]
    if others:
        numbers = "、".join(map(str, others))
        raise NotRecorded(
            f"第{number}号的文件也是第{numbers}号的佐证材料，销毁后那里也没有了；请先冲正：planledger reverse {others[0]} --because 原因。"
        )
    refuse_other_plan(entry, book.plan_key)
    digests[digest] = None
    form = book.empty_sheet(key=entry.plan)
    draft = repeated(entry)._replace(
        kind=EntryKind.DESTRUCTION.value,
        dated=form.as_of,
        note=why,
        details=write_details(entry=str(number), sha256=digest),
    )
    return book.append(form, () if file.destroyed_by else (draft,), entry.code)


def _remove_bytes(book: PlanSession, vault: Vault, digest: str) -> str:
    """Remove the bytes of a file that the ledger gives up; return what is left to do, in a sentence, or nothing."""
    try:
        with book.store.transaction():
            is_gone = not file_of(book.store, digest).destroyed_by or vault.discard(digest)
    except (StorageTrouble, Busy) as trouble:
        return f"注意：销毁已登记，但文件还没有删掉：{trouble}解决后请再运行一次同样的命令。"
    return "" if is_gone else f"注意：{vault.folder} 里没有这个文件；若在别处还有，请也删掉。"
