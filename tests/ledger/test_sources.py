"""What came after the first format (报数单位、栏目) is sealed with the plan: digests of both formats, in the ledger and on the way to it."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from conftest import Result, at
from planledger.ledger.chain.chain import is_digest, plan_digest
from planledger.ledger.chain.verification import verify
from planledger.ledger.plans.adoption import NewPlan, adopt, create_ledger
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.file.yaml_file import plan_of, require_plan
from planledger.plan.model.rows import ColumnText
from planledger.plan.model.version import Plan
from planledger.questions.facts.plans import whole_plan
from planledger.store.sqlite.opening import open_to_read
from stranger import check
from tampering import unguarded

Cli = Callable[..., Result]
PLANS = Path(__file__).parent.parent / "plans"
SMALL = (PLANS / "small.yaml").read_text("utf-8")
BEFORE = "2019-04-01"


@pytest.fixture(scope="module")
def sources() -> Plan:
    """The made-up plan in which some figures are counted by some units."""
    return require_plan(PLANS / "sources.yaml")


def read(text: str) -> Plan:
    """A plan without faults."""
    plan, faults = plan_of(text.encode(), "plan.yaml")
    assert () == faults
    assert plan is not None
    return plan


def sealed(values: list[object]) -> str:
    """The digest, as docs/chain.md has it."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def lists(plan: Plan) -> list[object]:
    """The head and the lists of format 1."""
    return json.loads(json.dumps([plan.meta, *plan[1:12]]).replace("true", "1").replace("false", "0"))  # type: ignore[no-any-return]


def test_a_file_of_format_1_keeps_its_digest() -> None:
    """These were the digests before there was another format."""
    assert "93836ff4672bce52f90f46fa46f221c0a91934bf729480d728c45f171e644d6b" == plan_digest(read(SMALL))


def test_a_file_of_format_2_is_sealed_with_the_further_tables_that_have_rows(sources: Plan) -> None:
    """The rows stand behind the table's name; a table without rows changes no digest."""
    rows = [["1", "moved", "甲县人社局"], ["1", "employed", "甲县人社局"], ["1", "employed", "甲县教育局"]]
    more = [["2", "cost", "甲县教育局"], ["3", "calls", "甲县人社局"], ["3", "calls", "甲县教育局"]]
    further = ["source", rows + more]
    without = read(SMALL.replace("format: 1", "format: 2"))

    assert sealed([2, *lists(sources), further]) == plan_digest(sources)
    assert sealed([2, *lists(without)]) == plan_digest(without)


def test_further_tables_are_sealed_in_the_order_of_their_names(sources: Plan) -> None:
    """What stands in columns of the document's own goes before whose figures count."""
    cells = [["1", "序号", "①"], ["2", "资金", "3万元"]]
    tables = [["columntext", cells], ["source", [list(one) for one in sources.sources]]]
    whole = sources._replace(column_texts=tuple(ColumnText(*cell) for cell in cells))

    assert sealed([2, *lists(sources), *tables]) == plan_digest(whole)
    assert is_digest(plan_digest(whole), whole._replace(format=2))


def test_rows_of_a_further_table_are_sealed_by_format_2_only(sources: Plan) -> None:
    """Without them the rows do not show the format, and either digest is that of the same plan."""
    bare = sources._replace(sources=(), format=1)

    assert is_digest(plan_digest(sources), sources)
    assert not is_digest(plan_digest(bare), sources)
    assert is_digest(plan_digest(bare), bare)
    assert is_digest(plan_digest(bare._replace(format=2)), bare)
    assert not is_digest(plan_digest(sources), bare)
    assert plan_digest(bare) == plan_digest(sources._replace(format=1))


def test_what_is_no_number_of_json_has_no_digest(sources: Plan) -> None:
    """Another reader of JSON does not know NaN."""
    nan = sources.meta._replace(year=float("nan"))  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="JSON"):
        plan_digest(sources._replace(meta=nan))


def test_what_was_adopted_comes_back_and_is_sound(sources: Plan, tmp_path: Path) -> None:
    """In both formats, for `verify` and for the checker of docs/chain.md."""
    path = tmp_path / "ledger.db"
    for text in (
        None,
        (PLANS / "columns.yaml").read_text("utf-8"),
        SMALL,
        SMALL.replace("format: 1", "format: 2"),
    ):
        plan = sources if text is None else read(text)
        path.unlink(missing_ok=True)
        create_ledger(path, NewPlan(plan, at(BEFORE), "虚构办"), lambda _: True)
        with closing(open_to_read(path)) as store:
            assert (plan[:14], "") == (whole_plan(store, 1)[:14], verify(store).fault)
        assert "" == check(sqlite3.connect(path))


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM columntext WHERE position = 0",
        "DELETE FROM columntext",
        "UPDATE columntext SET text = '30万元' WHERE head = '资金'",
        "INSERT INTO columntext (version_id, position, code, head, text) VALUES (1, 9, '1.1', '备考', '举例')",
        "DROP TABLE columntext",
        "DELETE FROM source WHERE position = 0",
        "DELETE FROM source",
        "UPDATE source SET agency = '乙区人社局' WHERE position = 0",
        "INSERT INTO source (version_id, position, code, key, agency) VALUES (1, 9, '1', 'fairs', '乙区人社局')",
        "DROP TABLE source",
    ],
)
def test_an_altered_row_is_noticed(sources: Plan, tmp_path: Path, sql: str, cli: Cli) -> None:
    """By `verify` and by the checker of docs/chain.md; as it was adopted it is sound for both."""
    path = tmp_path / "ledger.db"
    plan = sources if " source" in sql else require_plan(PLANS / "columns.yaml")
    create_ledger(path, NewPlan(plan, at(BEFORE), "虚构办"), lambda _: True)
    raw = sqlite3.connect(path)
    assert ("", 0) == (check(raw), cli("verify", "--ledger", str(path)).code)
    with nullcontext(raw) if "DROP" in sql else unguarded(raw):  # a table takes its triggers with it
        raw.execute(sql)

    assert check(raw).startswith("plan version 1 ")
    raw.close()
    fault = "少了表" if "DROP" in sql else "方案的行被改动过"
    assert fault in cli("verify", "--ledger", str(path)).out


def test_a_format_alone_makes_no_new_version() -> None:
    """A file in which nothing but its format changed is the plan that is in force."""
    store = adopt_in_memory(read(SMALL), at(BEFORE))

    assert 0 == adopt(store, NewPlan(read(SMALL.replace("format: 1", "format: 2")), at("2019-05-01"))).entry


def test_a_new_version_tells_whose_figures_count(sources: Plan, tmp_path: Path, cli: Cli) -> None:
    """Adopting it lists every unit that comes or goes."""
    text = (PLANS / "sources.yaml").read_text("utf-8")
    path, file = tmp_path / "ledger.db", tmp_path / "new.yaml"
    create_ledger(path, NewPlan(sources, at(BEFORE), "虚构办"), lambda _: True)
    file.write_text(text.replace("from: [甲县教育局]", "from: 乙区教育局"), "utf-8")
    answer = cli("adopt", str(file), "--ledger", str(path))

    assert 0 == answer.code
    assert "去掉 报数单位 2 cost 甲县教育局" in answer.out
    assert "新增 报数单位 2 cost 乙区教育局" in answer.out
