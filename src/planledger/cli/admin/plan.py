"""Plan files: `init` and `adopt` put one in force, `check` and `read` only read."""

from pathlib import Path
from typing import Annotated

from planledger.cli.framework.lazy_group import all_commands
from planledger.cli.framework.parameters import BY, JSON, LEDGER, action, argument, command, flag, option
from planledger.cli.session.output import note
from planledger.cli.session.session import Session
from planledger.formats.admin import plan_file
from planledger.formats.json.answers import json_text
from planledger.plan.model.rows import Side
from planledger.plan.people.identity import NOTICE
from planledger.plan.phrases.deadlines import read_deadline
from planledger.plan.phrases.units import read_units
from planledger.plan.refusal import ExitCode, Refusal
from planledger.store.paths import built_in_plan, is_there

FileArgument = Annotated[str, argument("方案文件", "YAML 方案文件，不写是随程序带的方案")]


@command(LEDGER, BY)
def init(
    session: Session,
    file: FileArgument = "",
    office: Annotated[str, option("名称", "本办的名称，写进台账")] = "",
    *,
    despite_remains: Annotated[
        bool, flag("--beside", "那里留有别的台账或没恢复完的文件、材料，也新建")
    ] = False,
) -> None:
    """Create a ledger with a plan in force."""
    if session.ledger.is_on_server:
        _begin_on_server(session, plan_path(file), office)
        return
    path = session.ledger.path
    if is_there(path) and path.is_dir():
        raise Refusal(f"{path} 是文件夹；请写出台账文件的名字，例如 {path / 'ledger.db'}。")
    if is_there(path) or not _create(session, plan_path(file), office, is_beside=despite_remains):
        raise Refusal(
            f"{path} 已经有了；启用另一个方案请用 planledger adopt 方案文件，新建台账请用 --ledger 换一个路径。"
        )


@action()
def adopt(
    session: Session,
    file: Annotated[str, argument("方案文件", "YAML 方案文件；随程序带的方案写年度")],
    office: Annotated[str | None, option("名称", "几个县合用一个台账：这个方案由哪个办公室另立一本")] = None,
) -> None:
    """Put another plan, or a new version, in force; with no ledger yet, create one with it."""
    from planledger.ledger.actions.names import checked_office
    from planledger.ledger.plans import adoption
    from planledger.plan.file.yaml_file import require_plan

    named = checked_office(office or "")
    if office is not None and not named:
        raise Refusal(
            "--office 后面没有名称；另立一本请写办公室的名称，不另立的请不写 --office。台账未改动。"
        )
    if not session.ledger.exists and _create(session, plan_path(file), named):
        return
    plan = require_plan(plan_path(file))
    put_in_force = adoption.begin if named else adoption.adopt
    clerk = session.ledger.clerk
    adopted = session.ledger.write(lambda store: put_in_force(store, adoption.NewPlan(plan, clerk(), named)))
    session.output.write(plan_file.adoption_lines(adopted))


@command()
def check(session: Session, file: FileArgument = "") -> ExitCode:
    """Check a plan file: its faults, else what the document itself leaves open."""
    from planledger.plan.file.lines import as_faults, open_questions
    from planledger.plan.file.yaml_file import bytes_of, plan_of

    path = plan_path(file)
    data = bytes_of(path)
    plan, faults = plan_of(data, path.name)
    questions = as_faults(path.name, open_questions(data), faults)
    if plan is not None:
        from planledger.cli.framework.chinese_line import options_named

        options = options_named(all_commands().get_command(None, "record"))
        session.output.write_folded(plan_file.inspection(plan, options))
    for fault in faults:
        session.output.write(str(fault))
    if questions:
        session.output.write_folded(plan_file.questions_lines(questions))
    if faults:
        note(f"共{len(faults)}处问题；改正后再运行 planledger check。")
    return ExitCode.PLAN_REFUSED if faults or questions else ExitCode.DONE


def _create(session: Session, file: Path, office: str, *, is_beside: bool = False) -> bool:
    """Create the ledger with the plan of *file* in force; False where another process created it meanwhile."""
    from planledger.ledger.actions.names import checked_office
    from planledger.plan.file.yaml_file import require_plan

    plan, named = require_plan(file), checked_office(office)
    if session.ledger.create(plan, named, lambda _: True, is_beside=is_beside) is None:
        return False
    session.output.write(
        f"已新建台账 {session.ledger.path}\n启用《{plan.meta.title}》：{len(plan.items)}项，{len(plan.agencies)}家单位（第1号记录）。\n{NOTICE}"
    )
    return True


def _begin_on_server(session: Session, file: Path, office: str) -> None:
    """Begin the first chain in a database that an administrator set up."""
    from planledger.ledger.actions.names import checked_office
    from planledger.ledger.plans.adoption import NewPlan, begin
    from planledger.plan.file.yaml_file import require_plan

    plan, named = require_plan(file), checked_office(office)
    clerk = session.ledger.clerk
    begun = session.ledger.write(
        lambda store: begin(store, NewPlan(plan, clerk(), named), is_first=True), may_be_empty=True
    )
    session.output.write(f"{plan_file.adoption_lines(begun)}\n{NOTICE}")


def plan_path(file: str) -> Path:
    """Return the plan file that is meant: that of a path; the one that comes with the program by its year, its id or words of its title, and without a word.

    Raises:
        Refusal: what is no path names no plan either.
    """
    path = Path(file)
    if not file:
        return built_in_plan()
    if path.suffix or path.exists():
        return path
    from planledger.plan.file.yaml_file import require_plan

    meta = require_plan(built_in_plan()).meta
    if file in (f"{meta.year}", f"{meta.year}年", meta.key) or (len(file) > 1 and file in meta.title):
        return built_in_plan()
    built_in = f"随程序带的方案写年度 {meta.year}，别的方案写 .yaml 文件的路径"
    raise Refusal(f"没有方案文件 {file}；{built_in}。")


@command(JSON)
def deadline(
    session: Session,
    text: Annotated[str, argument("文字", "完成时限的写法，如 上半年、11月底前")],
    year: Annotated[int, option("年度", "方案的年度", least=1990, most=2999)],
) -> ExitCode:
    """Read one phrase of 完成时限."""
    reading = read_deadline(text, year)
    as_json, lines = plan_file.deadline_json(reading), plan_file.deadline_lines(reading, year)
    return _answer(session, as_json, lines, is_faulty=bool(reading.fault))


@command(JSON)
def units(
    session: Session,
    text: Annotated[str, argument("文字", "责任单位的写法，如 两地人社局、教育局")],
    sides: Annotated[str, option("甲,乙", "方案有哪几方，用逗号隔开")] = "",
) -> ExitCode:
    """Read one phrase of 责任单位."""
    named = sides.replace("，", ",").replace("、", ",").split(",")
    reading = read_units(text, tuple(Side(name.strip(), name.strip()) for name in named if name.strip()))
    as_json, lines = plan_file.units_json(reading), plan_file.units_lines(reading)
    return _answer(session, as_json, lines, is_faulty=bool(reading.fault))


def _answer(session: Session, as_json: dict[str, object], lines: str, *, is_faulty: bool) -> ExitCode:
    session.output.write(json_text(as_json) if session.settings.is_json else lines)
    return ExitCode.PLAN_REFUSED if is_faulty else ExitCode.DONE
