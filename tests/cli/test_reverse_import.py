"""A whole import taken back: what came from one file goes together, or nothing of it does."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  (what comes back is a workbook)

from book import Book
from conftest import Result, at
from forms import sent
from planledger.plan.refusal import Refusal
from planledger.store.paths import default_ledger
from planledger.store.sqlite.opening import open_to_write

Cli = Callable[..., Result]
WHY = ("--because", "表交错了")


@pytest.fixture
def form(fresh_ledger: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A form that came back on 2 August: `form("a.xlsx", I7=40)`."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-08-02")

    def write(name: str, **cells: object) -> Path:
        (home / name).write_bytes(sent(fresh_ledger))
        book = load_workbook(home / name)
        for place, value in cells.items():
            book["填报表"][place] = value
        book.save(home / name)
        return home / name

    return write


def standing(cli: Cli) -> list[tuple[int, str]]:
    answer = json.loads(cli("history", "--json", "--limit", "1000").out)["entries"][::-1]
    return [
        (one["id"], one["kind"])
        for one in answer
        if one["kind"] not in ("adoption", "reversal") and not one["reversed_by"]
    ]


GOOD: dict[str, Any] = {"I7": 40, "J7": "2019-07-16", "I8": 300, "J8": "2019-07-31", "L6": "正在摸底"}


def test_all_that_came_from_a_file_is_reversed_at_once(cli: Cli, form: Callable[..., Path]) -> None:
    path = form("a.xlsx", **GOOD)
    cli("record", "6.1", "--transferred", "7")
    cli("import", str(path))

    answer = cli("reverse", "--import", str(path), *WHY)

    assert (0, 3) == (answer.code, answer.out.count("已冲正第"))
    assert [(2, "amount")] == standing(cli)


@pytest.mark.parametrize("digits", [6, 12, 64])
def test_a_beginning_of_the_digest_is_enough(cli: Cli, form: Callable[..., Path], digits: int) -> None:
    path = form("a.xlsx", **GOOD)
    cli("import", str(path))
    digest = sha256(path.read_bytes()).hexdigest()
    path.unlink()

    assert 0 == cli("reverse", "--import", digest[:digits].upper(), *WHY).code
    assert [] == standing(cli)


def test_what_is_reversed_already_is_skipped_and_named(cli: Cli, form: Callable[..., Path]) -> None:
    path = form("a.xlsx", **GOOD)
    cli("import", str(path))
    cli("reverse", "3", "--because", "数错了")

    answer = cli("reverse", "--import", str(path), *WHY)

    assert (0, True) == (answer.code, "第3号先前已冲正，这次跳过。" in answer.err)
    assert [] == standing(cli)
    again = cli("reverse", "--import", str(path), *WHY)
    assert (2, "", "这份表导入的记录（第2、3、4号）都已冲正，没有可冲正的。未登记。\n") == again


def test_what_the_import_itself_had_replaced_is_named_because_it_does_not_come_back(
    cli: Cli, form: Callable[..., Path]
) -> None:
    cli("import", str(form("a.xlsx", **GOOD)))
    path = form("b.xlsx", **{**GOOD, "I7": 44, "I8": None, "J8": None})
    assert 0 == cli("import", str(path), "--changed", "correct").code

    answer = cli("reverse", "--import", str(path), *WHY)

    assert (0, True) == (answer.code, "第3、4号是导入这份表时更正掉的，不因此恢复" in answer.err)


def test_one_that_cannot_be_reversed_refuses_all_with_each_reason(
    cli: Cli, form: Callable[..., Path]
) -> None:
    path = form("a.xlsx", **GOOD)
    cli("import", str(path))
    cli("adopt", str(Path(__file__).parents[1] / "plans" / "second.yaml"))
    before = standing(cli)

    answer = cli("reverse", "--import", str(path), *WHY, "--plan", "2021")

    assert (2, "", 3) == (answer.code, answer.out, answer.err.count("与 --plan "))
    assert before == standing(cli)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--import", "没有.xlsx"), "--import 没有.xlsx：打不开（没有这个文件或文件夹）；请写导入过的那份表"),
        (("--import", "空.xlsx"), "没有从这份表（摘要 e3b0c44298fc）导入过记录；"),
        (("--import", "e3b0c4"), "没有从这份表（摘要 e3b0c4）导入过记录；"),
        (("2", "--import", "空.xlsx"), "--import 冲正整份导入，不能再写记录号；请只写一样。"),
        ((), "缺少 记录号。用法见：planledger reverse --help"),
    ],
)
def test_what_names_no_import_is_refused(cli: Cli, home: Path, words: tuple[str, ...], sentence: str) -> None:
    cli("record", "6.1", "--transferred", "7")
    (home / "空.xlsx").touch()

    answer = cli("reverse", *words, *WHY)

    assert (2, "", True) == (answer.code, answer.out, answer.err.startswith(sentence))


def test_a_beginning_that_two_files_share_is_refused_with_both(cli: Cli, form: Callable[..., Path]) -> None:
    """Digests with one beginning are rare; every one begins with nothing."""
    for name, number in (("a.xlsx", 40), ("b.xlsx", 41)):
        cli("import", str(form(name, I7=number, J7="2019-07-16")), "--changed", "add")
    store = open_to_write(default_ledger())

    with pytest.raises(Refusal, match=r"有2份表，请写长一些：\w{12}（a.xlsx）；\w{12}（b.xlsx）。"):
        Book(store, at("2019-08-02")).reverse_import("", "表交错了")
    store.close()
