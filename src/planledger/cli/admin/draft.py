"""`draft`: the plan file of the document on the desk, or of next year from this year's (起草)."""

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

from planledger.cli.admin.plan import plan_path
from planledger.cli.framework.parameters import LEDGER, REPLACE_PLAN, argument, command, option
from planledger.cli.session.output import note
from planledger.cli.session.output_file import ending_of, write_file
from planledger.cli.session.session import Session
from planledger.formats.admin.drafted import difference_lines, draft_lines, weak_lines
from planledger.formats.text.display import folded
from planledger.plan.draft.earlier import PlanPair
from planledger.plan.draft.plan_draft import PlanDraft, content_of, draft_of_document, draft_of_next_year
from planledger.plan.draft.writing import Fields
from planledger.plan.file.yaml_file import bytes_of, require_plan
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal

if TYPE_CHECKING:
    from planledger.questions.answers.weak_places import WeakPlaces

_ENDINGS = (".yaml", ".yml")


@command(REPLACE_PLAN, LEDGER)
def draft(
    session: Session,
    file: Annotated[str, argument("文件", "附表所在的 .xlsx、.docx 或 .pdf；有 --like 时可以不写")] = "",
    side: Annotated[str, option("甲县,乙县", "方案有哪几方，用逗号隔开；不写从标题取")] = "",
    year: Annotated[int | None, option("年度", "方案的年度；不写从标题取", least=1990, most=2999)] = None,
    like: Annotated[
        str, option("方案", "照哪个方案文件（随程序带的写年度）带名册、分组、指标，列出不同")
    ] = "",
    output: Annotated[str, option("文件", "写入 .yaml 文件而不是屏幕", "--output", "-o")] = "",
) -> None:
    """Draft a plan file; whatever is not certain is asked about, in the file and on the screen."""
    _refuse_names(file, like, output)
    before = _before(like) if like else None
    parts = []
    if file:
        from planledger.formats.annex.reading import read_annex

        words = side.replace("，", ",").replace("、", ",").split(",")
        sides = tuple(dict.fromkeys(filter(None, map(str.strip, words))))
        made = draft_of_document(
            read_annex(Path(file)), sides, year or 0, session.settings.day(), before and before[1]
        )
        parts += [difference_lines(made.differences, like)] if like else []
    elif before is not None:
        made = draft_of_next_year(before[1], year or 0)
        parts.append(weak_lines(_weak_places(session, before[0]), like))
    _write(session, made, output)
    _say(session, "\n".join((*parts, draft_lines(made, output))), is_note=not output)


def _refuse_names(file: str, like: str, output: str) -> None:
    """Refuse names of files that cannot be meant, before anything is read."""
    if not (file or like):
        raise Refusal("没有写文件；请写附表所在的文件，如 planledger draft 附件.xlsx -o 方案.yaml。")
    if ending_of(file) in _ENDINGS:
        raise Refusal(
            f"{file} 已经是方案文件；要检查，请用 planledger check {file}；要照它起草，请写 --like {file}。"
        )
    if output and ending_of(output) not in _ENDINGS:
        raise Refusal(f"-o {output}：方案文件的名字要以 .yaml 结尾，如 {Path(output).stem or '方案'}.yaml。")
    if output and like and Path(output).resolve() == Path(like).resolve():
        raise Refusal(f"-o 和 --like 是同一个文件 {like}，会盖掉原方案；请给 -o 换一个名字。")


def _before(like: str) -> tuple[Plan, Fields]:
    """Read the plan file that the draft is to be like.

    Raises:
        PlanRefused: it has faults, or open questions, so that not all of it is settled.
    """
    path = plan_path(like)
    return require_plan(path), content_of(bytes_of(path)) or {}


def _write(session: Session, made: PlanDraft, output: str) -> None:
    """Write the draft; over a file that is there only with --force, else print first in what the two differ."""
    if not output:
        session.output.write(made.text.removesuffix("\n"))
        return
    forced = session.output.forced
    if Path(output).is_file() and forced is not None:
        there = content_of(bytes_of(Path(output)))
        differences = tuple(PlanPair(there, made.document, 0).differences()) if there else ()
        unread = "" if there else f"{output} 读不成方案文件，没有列出不同之处。"
        _say(session, unread or difference_lines(differences, output), is_note=False)
    write_file(output, made.text.encode(), forced)
    session.output.write(f"已写入 {output}。")


def _say(session: Session, text: str, *, is_note: bool) -> None:
    """Write what a person has to look at; where the draft itself goes to standard output, as notes."""
    if not is_note:
        session.output.write_folded(text)
        return
    for line in folded(text, get_terminal_size().columns):
        note(line)


def _weak_places(session: Session, plan: Plan) -> "WeakPlaces":
    """Return where the plan was weak, with what its ledger knows where there is one of it."""
    from planledger.plan.days import LATEST
    from planledger.questions.answers.weak_places import of_ledger, of_plan
    from planledger.questions.facts.which_plan import plans_of_chain

    weak = of_plan(plan)
    if not session.ledger.exists:
        return weak
    with session.ledger.store() as store:
        if plan.meta.key not in {one.key for one in plans_of_chain(store, LATEST)}:
            return weak
    session.settings.plan = plan.meta.key
    return session.ledger.ask(of_ledger, weak)
