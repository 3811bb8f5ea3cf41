"""Whom to call in a unit: the latest that stands counts, and nobody's name or number shows unless it is asked for."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from book import Book
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.plan.model.version import Plan
from planledger.plan.people.contact import Contact
from planledger.plan.refusal import Refusal
from planledger.questions.answers.agencies import contacts
from planledger.questions.sheet import Sheet, last_entries
from planledger.store.database import Store
from planledger.store.paths import built_in_plan

BookOn = Callable[..., Book]
SheetOn = Callable[..., Sheet]
Cli = Callable[..., "tuple[int, str, str]"]
UNIT = "江海区人社局"
FIRST, SECOND = ("江海人社局", "虚构员", "13800005678"), (UNIT, "某某某", "0750-0001234")


def test_the_latest_counts_and_a_reversal_brings_the_former_one_back(book: BookOn, sheet: SheetOn) -> None:
    book("2019-06-18").set_contact(*FIRST)
    book("2019-09-01").set_contact(*SECOND)
    first, second = Contact("虚构员", "13800005678"), Contact("某某某", "0750-0001234")

    assert [None, first, second] == [
        contacts(sheet(day)).get(UNIT) for day in ("2019-06-17", "2019-08-31", "2019-09-01")
    ]
    assert first == contacts(sheet("2019-12-05", "2019-08-31T23:59:59.999999+08:00"))[UNIT]
    assert book("2019-09-02").reverse(3, "写错了人").after is None
    assert first == contacts(sheet("2019-12-05"))[UNIT]
    book("2019-09-02").reverse(2, "已调离")
    assert {} == contacts(sheet("2019-12-05"))


def test_a_contact_ends_no_silence(book: BookOn, sheet: SheetOn) -> None:
    book().set_contact(*FIRST)

    assert {} == last_entries(sheet("2019-12-05"))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800005678", "13800005678"),
        ("１３８　００００　５６７８", "138 0000 5678"),
        ("+86 138-0000-5678", "+86 138-0000-5678"),
        ("　0750－0001234 ", "0750-0001234"),
        ("0001234", "0001234"),
        ("000000000000000", "000000000000000"),
    ],
)
def test_a_number_may_be_written_in_many_ways(book: BookOn, sheet: SheetOn, typed: str, stored: str) -> None:
    book().set_contact(UNIT, "虚构员", typed)

    assert stored == contacts(sheet("2019-12-05"))[UNIT].phone


@pytest.mark.parametrize(
    "phone",
    ["000123", "0000000000000000", "12345678转9", "(0750 0001234", "13800005678a", "86+0001234", "-0001234",
     "一三八〇〇〇〇五六七八"],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_an_example(book: BookOn, store: Store, phone: str) -> None:
    with pytest.raises(Refusal, match=r"不像电话；.*例如 --phone 0750-0000000。未登记。"):
        book().set_contact(UNIT, "虚构员", phone)
    assert [(1,)] == store.rows("SELECT COUNT(*) FROM entry")


@pytest.mark.parametrize("name", ["某", "  某 ", "试验员1", "试验员１", "13800005678"])
def test_what_is_no_name_is_refused_with_an_example(book: BookOn, store: Store, name: str) -> None:
    with pytest.raises(Refusal, match="不像姓名；至少两个字，不带数字，例如 --name 某某某。未登记。"):
        book().set_contact(UNIT, name, "13800005678")
    assert [(1,)] == store.rows("SELECT COUNT(*) FROM entry")


@pytest.mark.parametrize(
    ("name", "phone", "note"),
    [
        ("试验员11010519491231002X", "13800005678", ""),
        ("试验员", "110105 19491231 0021", ""),
        ("虚构员", "13800005678", "11010519491231002X"),
    ],
)
def test_an_identity_number_is_never_stored(
    book: BookOn, store: Store, name: str, phone: str, note: str
) -> None:
    with pytest.raises(Refusal, match=r"身份证号|不像电话"):
        book().set_contact(UNIT, name, phone, note)
    assert [(1,)] == store.rows("SELECT COUNT(*) FROM entry")


def test_where_the_ledger_knows_nobody_the_plan_file_counts(
    book: BookOn, sheet: SheetOn, store: Store, plan: Plan
) -> None:
    named = tuple(a._replace(contact="虚构员 13800005678") if a.name == UNIT else a for a in plan.agencies)
    adopt(store, NewPlan(plan._replace(agencies=named), book().clerk))

    assert {UNIT: "虚** 138****5678"} == {
        unit: contact.text(is_full=False) for unit, contact in contacts(sheet("2019-12-05")).items()
    }
    book().set_contact(*SECOND)
    assert {UNIT: "某某某 0750-0001234"} == {
        unit: contact.text(is_full=True) for unit, contact in contacts(sheet("2019-12-05")).items()
    }


ASKED = (
    ["agencies"],
    ["agencies", "--json"],
    ["agencies", "--csv"],
    ["silent", "--days", "0"],
    ["history"],
    ["history", "--json"],
    ["history", "--csv"],
)
SECRETS = ("虚构员", "某某某", "13800005678", "0001234", "13800009999")


@pytest.fixture
def known(cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A ledger in which two people are known in one unit, the first with another number in the note."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_BY", "本办")
    for name, phone, note in (
        ("虚构员", "13800005678", "又13800009999"),
        ("某某某", "0750-0001234", ""),
    ):
        done = cli(
            "contact", "set", UNIT, "--name", name, "--phone", phone, *(("--note", note) if note else ())
        )
        assert (0, "注意：文字里有手机号" in done[2]) == (done[0], bool(note))
        assert [] == [secret for secret in SECRETS if secret in done[1]]
    return cli


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("question", ASKED, ids=" ".join)
def test_names_and_numbers_show_only_where_that_was_asked_for(
    known: Cli, monkeypatch: pytest.MonkeyPatch, question: list[str], width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    masked = known(*question)[1]

    assert [] == [secret for secret in SECRETS if secret in masked]
    assert "某** ****1234" in masked
    if question[0] != "silent":
        assert "某某某 0750-0001234" in known(*question, "--full")[1]


def test_a_reversal_says_who_is_known_now_and_masks_what_it_tells(known: Cli) -> None:
    back = known("reverse", "3", "--because", "应为13800009999")
    gone = known("reverse", "2", "--because", "已调离")
    text = "".join(known("history", form)[1] for form in ("--limit=9", "--json", "--csv"))

    assert back[1].endswith("  现在的联系人：虚** 138****5678\n")
    assert gone[1].endswith("  现在的联系人：没有\n")
    assert "应为138****9999" in text
    assert [] == [secret for secret in SECRETS if secret in text]


def test_units_without_a_contact_are_listed_and_the_others_counted(known: Cli) -> None:
    missing = json.loads(known("agencies", "--missing", "contacts", "--json")[1])["agencies"]

    assert 49 == len(missing)
    assert UNIT not in {unit["agency"] for unit in missing}
    assert known("agencies", "--missing", "contacts")[1].endswith(
        "49家单位没有登记联系人；方案四（一）要求指定专人。\n"
    )
    assert known("agencies")[1].endswith("要求指定专人，已登记联系人1家。\n")


def test_a_new_version_tells_that_a_contact_changed_and_masks_it(known: Cli, home: Path) -> None:
    text = built_in_plan().read_text(encoding="utf-8")
    line = "{name: 江海区扶贫办, initials: fpb"
    (home / "plan.yaml").write_text(
        text.replace(line, f"{line}, contact: 虚构员 13800005678"), encoding="utf-8"
    )

    assert "  单位 江海区扶贫办 的联系人：（空） → 虚** 138****5678\n" in known("adopt", "plan.yaml")[1]
    assert known("agencies")[1].endswith("要求指定专人，已登记联系人2家。\n")
