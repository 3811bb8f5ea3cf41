"""A made-up year of entries over the real plan, for tests that want a ledger in use. No real figure is among them."""

from book import Book
from planledger.ledger.actions.filing import HandIn, SendBack
from planledger.ledger.actions.request import Recording
from planledger.ledger.clerk import Clerk
from planledger.store.database import Store

ACTIONS: tuple[tuple[str, Recording], ...] = (
    ("2019-05-21", Recording("1.2", (("visits", "1"),), side="江海区", note="区党政代表团到大新县")),
    ("2019-05-21", Recording("1.5", (("joint-meetings", "1"),), note="与互访同日")),
    ("2019-06-20", Recording("3.1", (("teachers-h1", "2"),), agency="江海区教育局")),
    ("2019-06-21", Recording("6.1", (("stable", "280"),), agency="大新县人社局")),
    ("2019-07-16", Recording("1.3", (("meetings", "2"),), agency="江海区委办")),
    (
        "2019-07-16",
        Recording(
            "1.3", paper="会议材料", reference="试办〔2019〕3号", held_by="江海区委办", agency="江海区委办"
        ),
    ),
    ("2019-07-18", Recording("6.1", (("transferred", "40"), ("fairs", "1")), agency="大新县人社局")),
    ("2019-08-05", Recording("6.1", (("transferred", "60"),), agency="江海区人社局")),
    ("2019-08-30", Recording("2.1", (("cadres", "1"),), agency="大新县委组织部")),
    ("2019-09-03", Recording("2.1", (("cadres", "1"),), agency="大新县委组织部")),
    ("2019-09-20", Recording("7.1", (("donations", "12345.5"),), is_done=True, agency="江海区妇联")),
    ("2019-10-10", Recording("6.2", (("classes", "1"),), agency="大新县人社局")),
    ("2019-10-22", Recording("5.2.2", is_done=True, agency="江海区工商联")),
    ("2019-10-30", Recording("9.2", is_done=True, note="两期合办")),
    ("2019-11-06", Recording("2.2", (("trainees", "26"),), side="江海区")),
)


def fill(store: Store) -> None:
    """Record the year, take one slip back, and close what is finished."""
    for day, recording in ACTIONS:
        Book(store, Clerk("试验员", f"{day}T10:00:00.000000+08:00")).record(recording)
    november = Book(store, Clerk("试验员", "2019-11-07T10:00:00.000000+08:00"))
    again = november.record(Recording("6.1", (("transferred", "55"),), agency="江海区人社局"))
    november.reverse(again.stored[0].number, "已含在8月所报之内")
    november.close("6.2", "证书已核")
    hand_in(store)
    note_contacts(store)


FILED: tuple[tuple[str, HandIn | SendBack], ...] = (
    ("2019-11-12", HandIn("archive", "大新县妇联")),
    ("2019-11-14", HandIn("archive", "江海区人社局")),
    ("2019-11-14", HandIn("archive", "江海区教育局", note="目录另补")),
    ("2019-11-15", HandIn("archive", "大新县人社局", forms=("纸质",))),
    ("2019-11-18", SendBack("大新县妇联", "缺目录")),
    ("2019-11-18", SendBack("江海区教育局", "电子版打不开")),
    ("2019-11-20", HandIn("归档资料", "江海区教育局")),
    ("2019-11-28", HandIn("summary", "江海区教育局")),
    ("2019-11-29", HandIn("summary", "大新县财政局", recipients=("大新",), is_stamped=True)),
    ("2019-11-30", HandIn("summary", "江海区人社局", is_stamped=True)),
    ("2019-12-03", HandIn("summary", "江海区工商联", is_stamped=True)),
)
PEOPLE = (
    ("江海区人社局", "试验员", "138 0000 0001"),
    ("江海区人社局", "某某某", "13800000002", "接替试验员"),
    ("大新县妇联", "某某", "0771-0000003"),
)


def hand_in(store: Store) -> None:
    """Record what some units filed, and send some of it back."""
    for day, filing in FILED:
        book = Book(store, Clerk("试验员", f"{day}T10:00:00.000000+08:00"))
        if isinstance(filing, HandIn):
            book.hand_in(filing)
        else:
            book.send_back(filing)


def note_contacts(store: Store) -> None:
    """Note whom to call in two units, and in one of them somebody else afterwards."""
    for person in PEOPLE:
        Book(store, Clerk("试验员", "2019-12-04T10:00:00.000000+08:00")).set_contact(*person)
