"""Whom to call or who answers for a form: a name is a person's, a number is a telephone's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.people.contact import name_fault, phone_fault

PERSONS = (
    "某某 某某某 试验员 虚构员 填表员 欧阳某某 阿不都·某某 买买提•某某 某某（代） 局长某某某 某某、某某 José 李登科 王友长 "
    "赵镇 钱处 李委员某 某某某(挂职)"
)
MASKED = "某* 某** 某*某 某＊某 某×某 张XX 张xx **"
NOBODY = (
    "局长 副局长 张局长 某主任 办公室主任 党组书记 某科长 分管领导 负责人 经办人 联系人 张同志 某老师 会计 "
    "办公室 某局 财务股 某某县委 扶贫办 某妇联 综合科 人员 "
    "同上 同前 上同 见上 见公章 见签章 公章 已盖章 盖章 签名 已签字 本人 本单位 自己 没有 暂无 无此人 不详 未知 待定 待补 "
    "不适用 空白 略去 姓名 none 不变 没变 无变化 照旧"
)
NO_NAME = ("", "某", "无", "/", "—", "、", "//", "——", "某1某", "13800000001", "张□□", "某/某", "N/A", "。。")


@pytest.mark.parametrize("name", PERSONS.split())
def test_what_names_a_person_is_a_name(name: str) -> None:
    assert "" == name_fault(name)


@pytest.mark.parametrize("name", MASKED.split())
def test_a_name_with_a_hidden_part_is_to_be_written_in_full(name: str) -> None:
    assert "打了码；请写全名" == name_fault(name)


@pytest.mark.parametrize("name", NOBODY.split())
def test_a_post_a_unit_and_a_filler_name_nobody(name: str) -> None:
    assert "不是姓名；请写这个人的姓名，不写职务、单位或“同上”" == name_fault(name)


@pytest.mark.parametrize("name", NO_NAME)
def test_a_name_is_two_letters_and_no_digit(name: str) -> None:
    assert "不像姓名；至少两个字，不带数字" == name_fault(name)


@pytest.mark.parametrize(
    "phone",
    ["13800000001", "+86 138 0000 0001", "0750-1234567", "020 12345678", "1234567", "81234567", "4001234567",
     "800-123-4567", "12345678901", "+1 2025550123", "86 7501234567", "20191301", "0756-3860123", "0750-1234567-802"],
)  # fmt: skip
def test_a_number_that_can_be_called_is_a_telephone(phone: str) -> None:
    assert "" == phone_fault(phone)


@pytest.mark.parametrize(
    ("phone", "likely"),
    [
        ("7563860123", "0756-3860123"),
        ("756-3860123", "0756-3860123"),
        ("756 386 0123", "0756-3860123"),
        ("76912345678", "0769-12345678"),
        ("2012345678", "020-12345678"),
        ("1012345678", "010-12345678"),
    ],
)
def test_a_landline_that_lost_the_nought_of_its_area_is_refused_with_the_likely_number(
    phone: str, likely: str
) -> None:
    """A spreadsheet drops it from a number."""
    assert f"少了区号前面的0，像是 {likely}；请核对后写全" == phone_fault(phone)


@pytest.mark.parametrize(
    "phone", ["20191101", "2019-11-01", "2019 11 01", "19491001", "2019-11-1", "2019-1-31"]
)
def test_a_day_is_no_telephone(phone: str) -> None:
    assert "像日期，不像电话；真是电话的请写区号" == phone_fault(phone)


@pytest.mark.parametrize(
    "phone",
    ["", "/", "无", "12345", "138****0001", "1" * 16, "=1", "0750-1234567转802", "0750-1234567/1234568"],
)
def test_what_is_no_telephone_is_refused_with_what_may_stand_in_one(phone: str) -> None:
    assert "不像电话；只写一个号码（7到15位数字、+、- 和空格），分机接在 - 后面" == phone_fault(phone)


@given(st.text())
def test_any_text_is_a_person_and_a_telephone_or_neither(text: str) -> None:
    assert all(not fault or fault[-1] not in "。\n" for fault in (name_fault(text), phone_fault(text)))
