"""How counties lay their tables out; whatever nobody can be sure of is a question, and nothing is left out without a word."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook  # noqa: TID253  (what is read is a workbook)
from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: TID253
from openpyxl.cell.text import InlineFont  # noqa: TID253
from openpyxl.styles import Font  # noqa: TID253

from hostile_workbooks import SHEET, repacked
from planledger.formats.annex.column_words import kind_of
from planledger.formats.annex.grid import Blocks, Grid, GridCell, filled_rows
from planledger.formats.annex.heads import read_table_head
from planledger.formats.annex.reading import annex_of, read_annex
from planledger.formats.xlsx.opening import WorkbookRefused
from planledger.plan.draft.annex import ReadAnnex
from planledger.plan.draft.plan_draft import draft_of_document

HEAD = ("序号", "重点工作", "具体事项", "完成时限", "责任单位", "备注")
Rows = list[tuple[Any, ...]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ReadAnnex]:
    """Read a workbook of one sheet, made of rows and of what is merged and changed in it."""

    def read_rows(rows: Rows, *merged: str, change: Callable[[Any], None] = lambda _: None) -> ReadAnnex:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "清单"
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
        change(sheet)
        book.save(tmp_path / "附件.xlsx")
        return read_annex(tmp_path / "附件.xlsx")

    return read_rows


def lines(annex: ReadAnnex) -> list[str]:
    """Each row in one line: number, area, title, text, day, units and roles, as far as it has them."""
    return [
        " | ".join(
            filter(
                None,
                [
                    row.code,
                    row.area,
                    row.title,
                    row.text,
                    row.due,
                    row.units,
                    row.lead,
                    row.responsible,
                    row.assist,
                ],
            )
        )
        for row in annex.rows
    ]


def questions(annex: ReadAnnex) -> list[str]:
    return [
        *annex.questions,
        *(f"{row.code}：{question}" for row in annex.rows for question in row.questions),
    ]


LAYOUTS: dict[str, tuple[Rows, tuple[str, ...], list[str], list[str]]] = {
    "rows with numbers of their own below one merged name": (
        [("序号", "项目名称", "资金", "责任单位", "时限"), (1, "就业服务", "80万元", "人社局", "12月底"), (2, "", "50万元", "教育局", "10月底")],
        ("B2:B3",),
        ["1 | 就业服务 | 12月底 | 人社局", "2 | 就业服务 | 10月底 | 教育局"],
        ["2：文字和清单第2行是同一个合并的格，请核对是不是两件事"],
    ),
    "what is built and how far, beside a name": (
        [("序号", "项目名称", "建设内容及目标", "责任单位", "时限"), (1, "道路", "新建5公里", "交通局", "6月底"), (2, "学校", "新建1所", "教育局", "9月底")],
        (),
        ["1 | 道路 | 新建5公里 | 6月底 | 交通局", "2 | 学校 | 新建1所 | 9月底 | 教育局"],
        [],
    ),
    "money in a unit that stands above the table": (
        [("甲县2022年项目清单",), ("填报单位：县府办 单位：万元",), ("序号", "具体事项", "资金", "责任单位", "时限"), (1, "修路", 24, "交通局", "6月底")],
        ("A1:E1",),
        ["1 | 修路 | 6月底 | 交通局"],
        ["表前写着“填报单位：县府办 单位：万元”，请核对哪些数用这个单位"],
    ),
    "a title, empty columns, who filled it in": (
        [("", "", "甲县2022年重点工作清单"), ("填报单位：县府办",), ("序号", "", "任务", "", "时限", "责任单位"), (1, "", "修路", "", "6月底", "交通局")],
        (),
        ["1 | 修路 | 6月底 | 交通局"],
        [],
    ),
    "a head of two rows, merged": (
        [("序号", "事项", "主要内容", "责任单位", "", "完成时限"), ("", "", "", "牵头单位", "配合单位", ""), (1, "道路", "修路", "交通局", "财政局\n住建局", "6月")],
        ("D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2"),
        ["1 | 道路 | 修路 | 6月 | 交通局 | 财政局、住建局"],
        [],
    ),
    "a head of two rows, not merged": (
        [("序号", "事项", "主要内容", "责任单位", "", "完成时限"), ("", "", "", "牵头", "配合", ""), (1, "道路", "修路", "交通局", "财政局", "6月")],
        (),
        ["1 | 道路 | 修路 | 6月 | 交通局 | 财政局"],
        [],
    ),
    "two days in a row": (
        [("序号", "建设内容", "完成时限", "", "责任单位"), ("", "", "开工", "竣工", ""), (1, "建桥", "3月", "9月", "交通局"), (2, "修路", "", "6月\n8月", "交通局")],
        ("C1:D1",),
        ["1 | 建桥 | 9月 | 交通局", "2 | 修路 | 6月8月 | 交通局"],
        ["“完成时限开工”、“完成时限竣工”几栏意思相近，按“完成时限竣工”读，其余照录为另外的栏", "2：时限一格里有2行：“6月”、“8月”"],
    ),
    "groups of work as rows of their own": (
        [("序号", "具体事项", "时限", "责任单位"), ("一", "产业", "", ""), (1, "种茶", "6月", "农业局"), ("", "民生", "", ""), (2, "修路", "7月", "交通局"), ("（二）城建", "", "", ""), (3, "架桥", "8月", "交通局")],
        ("A6:D6",),
        ["1 | 产业 | 种茶 | 6月 | 农业局", "2 | 民生 | 修路 | 7月 | 交通局", "3 | （二）城建 | 架桥 | 8月 | 交通局"],
        ["清单第4行只有“民生”，按分组标题读"],
    ),
    "numbers and areas over several rows": (
        [("序号", "工作任务", "具体措施", "责任单位", "完成时限"), (1, "产业", "种茶", "农业局", "6月"), ("", "", "养鱼", "水产站", "7月"), (2, "民生", "修路", "交通局", "8月")],
        ("A2:A3", "B2:B3"),
        ["1.1 | 产业 | 种茶 | 6月 | 农业局", "1.2 | 产业 | 养鱼 | 7月 | 水产站", "2 | 民生 | 修路 | 8月 | 交通局"],
        ["1.1：原文一个编号1下有2行，这里分作1.1至1.2", "1.2：原文一个编号1下有2行，这里分作1.1至1.2"],
    ),
    "one text over several rows, a unit in each": (
        [("序号", "事项", "责任单位", "时限"), (1, "种茶", "农业局", "6月"), ("", "", "财政局", "7月"), ("", "", "林业局", "")],
        ("A2:A4", "B2:B4"),
        ["1 | 种茶 | 6月 | 农业局、财政局、林业局"],
        ["1：清单第3行同属这一事项，另写着“7月”，没有读入"],
    ),
    "sums, notes, page numbers and heads again": (
        [HEAD, ("合计", "", 30), (1, "产业", "种茶", "6月", "农业局"), ("—3—",), ("（续上表）",), HEAD, (2, "产业", "养鱼", "7月", "水产站"), ("注：排在第一的牵头。",), ("2.时限均为2022年。",), ("", "", "", "", "", "3月1日")],
        (),
        ["1 | 产业 | 种茶 | 6月 | 农业局", "2 | 产业 | 养鱼 | 7月 | 水产站"],
        ["清单第2行是“合计”，没有读成事项", "清单第10行只有“3月1日”，没有读成事项"],
    ),
    "two tables in a sheet": (
        [("一、产业清单",), ("序号", "事项", "责任单位", "时限"), (1, "种茶", "农业局", "6月"), ("二、民生清单",), ("序号", "任务", "措施", "牵头单位", "时限"), (1, "路", "修路", "交通局", "7月")],
        (),
        ["1 | 一、产业清单 | 种茶 | 6月 | 农业局", "1 | 二、民生清单 | 路 | 修路 | 7月 | 交通局"],
        [],
    ),
    "a head of three rows, its columns merged over two and three": (
        [("序号", "项目", "", "责任分工", "", "", "时限"), ("", "类别", "内容", "县领导", "单位", "", ""), ("", "", "", "", "牵头", "责任", ""), (1, "产业", "种茶", "张三", "农业局", "财政局", "6月")],
        ("A1:A3", "B1:C1", "D1:F1", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G1:G3"),
        ["1 | 产业 | 种茶 | 6月 | 农业局 | 财政局"],
        [],
    ),
    "a column of work that nobody knows by its head": (
        [("序号", "协作事项", "资金", "责任单位", "时限"), (1, "互派干部20人", "3万", "组织部", "6月")],
        (),
        ["1 | 互派干部20人 | 6月 | 组织部"],
        ["没有认出哪一栏是具体事项，按“协作事项”读"],
    ),
    "what is counted beside the units, and from when until when": (
        [("序号", "事项", "责任单位", "目标值", "单位", "起始时间", "截止时间"), (1, "就业", "人社局", 1500, "人", "1月", "11月")],
        (),
        ["1 | 就业 | 11月 | 人社局"],
        [],
    ),
    "what a head says in brackets of all its rows": (
        [("序号", "事项", "责任单位（第一个为牵头单位）", "完成时限（未注明的为年底前）"), (1, "种茶", "农业局、财政局", "")],
        (),
        ["1 | 种茶 | 农业局、财政局"],
        ["表头“责任单位（第一个为牵头单位）”的括号里另有说明；要照办的，请写进 rules、default_due 或各行", "表头“完成时限（未注明的为年底前）”的括号里另有说明；要照办的，请写进 rules、default_due 或各行"],
    ),
    "a part of each unit in a column of its own": (
        [("序号", "事项", "责任单位", "职责", "时限"), (1, "种茶", "农业局", "牵头", "6月"), ("", "", "财政局", "配合", "")],
        ("A2:A3", "B2:B3"),
        ["1 | 种茶 | 6月 | 农业局、财政局"],
        ["1：清单第3行同属这一事项，“职责”一栏写着“配合”，不是“牵头”；各是哪家的，请写进单位"],
    ),
    "a unit below a row, and a part of one": (
        [("序号", "事项", "责任单位", "时限"), (1, "种茶", "农业局", "6月"), ("", "", "财政局", ""), (2, "就业1500人", "人社局", "7月"), ("", "其中：脱贫300人", "", "")],
        (),
        ["1 | 种茶 | 6月 | 农业局、财政局", "2.1 | 就业1500人 | 7月 | 人社局", "2.2 | 其中：脱贫300人"],
        ["1：清单第3行没有编号和内容，接在这一行后面读", "2.1：原文一个编号2下有2行，这里分作2.1至2.2", "2.2：这一行没有时限和单位，可能是分组标题", "2.2：原文一个编号2下有2行，这里分作2.1至2.2"],
    ),
    "a row twice": (
        [HEAD, (1, "产业", "种茶", "6月", "农业局"), (2, "产业", "种茶", "7月", "农业局"), (3, "产业", "种茶", "7月", "林业局")],
        (),
        ["1 | 产业 | 种茶 | 6月 | 农业局", "2 | 产业 | 种茶 | 7月 | 农业局", "3 | 产业 | 种茶 | 7月 | 林业局"],
        ["2：与清单第2行的事项和单位相同，可能是同一件事"],
    ),
    "two tables next to each other": (
        [("序号", "事项", "责任单位", "序号", "事项", "责任单位"), (1, "种茶", "农业局", 2, "修路", "交通局")],
        (),
        ["1 | 种茶 | 农业局"],
        ["表头右边从序号起像是另一张表，只读了左边的，右边的照录为另外的栏"],
    ),
    "columns that might say something else": (
        [("序号", "目标任务", "工作措施", "责任单位及责任人", "牵头领导", "时限", ""), (1, "种茶", "开会", "农业局", "张三（举例）", "6月", "x")],
        (),
        ["1 | 种茶 | 6月 | 农业局"],
        ["“责任单位及责任人”一栏里可能有人名，都按单位读", "“目标任务”、“工作措施”几栏意思相近，按“目标任务”读，其余照录为另外的栏", "1：“x”上面没有表头，不知道是什么"],
    ),
    "days of the beginning alone": (
        [("序号", "任务", "计划开工时间", "责任单位"), (1, "修路", "6月", "交通局")],
        (),
        ["1 | 修路 | 6月 | 交通局"],
        ["“计划开工时间”一栏按完成时限读，里面可能是开始的时间"],
    ),
    "days of the beginning behind those of the end": (
        [("序号", "任务", "完成时限", "开工时间", "责任单位"), (1, "修路", "9月", "6月", "交通局")],
        (),
        ["1 | 修路 | 9月 | 交通局"],
        ["“完成时限”、“开工时间”几栏意思相近，按“完成时限”读，其余照录为另外的栏"],
    ),
    "cells over several columns": (
        [("No.", "项目名称", "主要内容", "牵头单位", "配合单位", "时限"), ("A-1", "种茶", "", "农业局", "", "6月")],
        ("B2:C2", "D2:E2"),
        ["A-1 | 种茶 | 6月 | 农业局"],
        ["A-1：“种茶”占了“项目名称”、“主要内容”几栏，按“项目名称”读", "A-1：“农业局”占了“牵头单位”、“配合单位”几栏，按“牵头单位”读"],
    ),
    "what stands above the head": (
        [("附件2",), ("甲县2022年任务清单",), ("（时限未注明的，均为12月10日前）",), ("填报单位：县府办", "单位：万元"), ("序号", "任务", "责任单位"), (1, "修路", "交通局")],
        (),
        ["1 | 修路 | 交通局"],
        ["表头上面写着“（时限未注明的，均为12月10日前）”；要照办的，请写进 rules、remark 或 assumptions。", "表前写着“单位：万元”，请核对哪些数用这个单位"],
    ),
    "a unit for each side, in columns of the same kind": (
        [("序号", "任务", "甲区责任单位", "乙县责任单位"), (1, "务工", "人社局", "人社局")],
        (),
        ["1 | 务工 | 人社局"],
        ["“甲区责任单位”、“乙县责任单位”几栏意思相近，合在一起读", "1：“乙县责任单位”一栏也写着“人社局”，只记了一次；分属两方的请写全称"],
    ),
    "a group of work that names its units": (
        [("序号", "任务", "责任单位"), ("一", "禁毒（公安局牵头）", ""), (1, "宣传", "教育局")],
        (),
        ["1 | 禁毒（公安局牵头） | 宣传 | 教育局"],
        ["分组“禁毒（公安局牵头）”像是写着单位，没有记到它的各行上；要记的，请写进各行"],
    ),
    "a name of a unit in two lines": (
        [("序号", "任务", "责任单位"), (1, "规划", "自然资源\n和规划局"), (3, "用人", "县委\n组织部\n县委\n县政府"), (2, "审计", "财政局（牵头）\n审计局等\n青山镇政府\n团县委\n配合单位：统计局")],
        (),
        ["1 | 规划 | 自然资源、和规划局", "3 | 用人 | 县委、组织部、县委、县政府", "2 | 审计 | 财政局（牵头）、审计局等、青山镇政府、团县委、配合单位：统计局"],
        ["1：单位一格里换了行，读作“自然资源、和规划局”，请核对断得对不对", "3：单位一格里换了行，读作“县委、组织部、县委、县政府”，请核对断得对不对"],
    ),
    "heads of works for the people, copied from a PDF that has radicals for characters": (
        [("序号", "实事项⽬", "建设内容及规模", "年度⽬标任务", "责任单位"), (1, "供⽔", "改造管\xad⽹36公⾥", "通⽔", "⽔利\u200b局")],
        (),
        ["1 | 供水 | 改造管网36公里 | 水利局"],
        ["“建设内容及规模”、“年度目标任务”几栏意思相近，按“建设内容及规模”读，其余照录为另外的栏"],
    ),
    "rows that have a number and nothing else, and who filled it in": (
        [HEAD, (1, "产业", "种茶", "6月", "农业局"), (2,), (3,), ("填报人：张三（举例）", "", "审核人：李四（举例）")],
        (),
        ["1 | 产业 | 种茶 | 6月 | 农业局"],
        [],
    ),
    "numbers under a head of work, groups in groups, and another table below": (
        [("（均含乡镇）",), ("工作任务", "具体要求", "责任科室", "起止时限"), ("一、公开",), ("（一）文件",), (1, "清理", "办公室", "6月"), ("（二）解读",), (2, "答问", "信访科", "7月"), ("二、基层",), ("（一）专区",), (3, "建站", "办公室", "8月"), ("序号", "姓名", "电话"), (1, "张三（举例）", "见通讯录")],
        ("A3:D3", "A4:D4", "A6:D6", "A8:D8", "A9:D9"),
        ["1 | 一、公开 （一）文件 | 清理 | 6月 | 办公室", "2 | 一、公开 （二）解读 | 答问 | 7月 | 信访科", "3 | 二、基层 （一）专区 | 建站 | 8月 | 办公室"],
        ["清单第11行起的表没有认出表头（如：序号、具体事项、完成时限、责任单位），没有读", "表头上面写着“（均含乡镇）”；要照办的，请写进 rules、remark 或 assumptions。"],
    ),
    "groups in groups that have numbers of their own, and a row that has none": (
        [("序号", "具体事项", "时限", "责任单位"), ("一", "产业", "", ""), ("（一）", "种植", "", ""), (1, "种茶", "6月", "农业局"), ("（二）", "养殖", "", ""), (2, "养鱼", "7月", "水产站"), ("二", "民生", "", ""), (3, "修路", "8月", "交通局"), ("新增", "架桥", "9月", "交通局")],
        (),
        ["1 | 产业 种植 | 种茶 | 6月 | 农业局", "2 | 产业 养殖 | 养鱼 | 7月 | 水产站", "3 | 民生 | 修路 | 8月 | 交通局", "新增 | 民生 | 架桥 | 9月 | 交通局"],
        ["新增：编号一栏写着“新增”，不像编号"],
    ),
    "a group of work that is empty behind a merged one": (
        [HEAD, (1, "产业", "种茶", "6月", "农业局"), (2, "", "养鱼", "6月", "农业局"), (3, "", "修路", "6月", "交通局"), (4, "", "架桥", "6月", "交通局")],
        ("B2:B3",),
        ["1 | 产业 | 种茶 | 6月 | 农业局", "2 | 产业 | 养鱼 | 6月 | 农业局", "3 | 产业 | 修路 | 6月 | 交通局", "4 | 产业 | 架桥 | 6月 | 交通局"],
        ["3：分组一栏是空的，按上面合并的格读作“产业”"],
    ),
    "a list of people next to the table": (
        [("序号", "事项", "责任单位", "", "单位", "联系人", "电话"), (1, "种茶", "农业局", "", "农业局", "张三", "123")],
        (),
        ["1 | 种茶 | 农业局"],
        ["表头右边从单位起像是另一张表，只读了左边的，右边的照录为另外的栏"],
    ),
    "a list of people below the table": (
        [("序号", "事项", "责任单位"), (1, "种茶", "农业局"), (), ("单位", "联系人", "电话"), ("农业局", "张三", "123")],
        (),
        ["1 | 种茶 | 农业局"],
        ["清单第4行起的表没有认出表头（如：序号、具体事项、完成时限、责任单位），没有读"],
    ),
    "work and units that are named as columns are, beside those who can be called": (
        [("序号", "工程名称", "责任单位", "时限", "联系人", "电话"), (1, "民生实事", "各责任单位", "按工作时间节点", "张三", "1"), (2, "修路", "交通局", "6月", "李四", "2")],
        (),
        ["1 | 民生实事 | 按工作时间节点 | 各责任单位", "2 | 修路 | 6月 | 交通局"],
        ["没有认出哪一栏是具体事项，按“工程名称”读"],
    ),
    "a row is named as columns are": (
        [("重点工作", "具体事项", "完成时限", "责任单位"), ("民生实事", "建学校", "年底前", "各责任单位"), ("民生实事", "修路", "", "各责任单位")],
        (),
        ["民生实事 | 建学校 | 年底前 | 各责任单位", "民生实事 | 修路 | 各责任单位"],
        [],
    ),
    "a table below another, and a list of those who are there each day": (
        [("序号", "事项", "完成时限", "责任单位"), (1, "种茶", "6月", "农业局"), ("序号", "项目名称", "一季度目标", "牵头单位"), (2, "建校", "封顶", "教育局"), ("时间", "单位", "姓\n名", "电\n话"), ("6月1日", "农业局", "张三", "1")],
        (),
        ["1 | 种茶 | 6月 | 农业局", "2 | 建校 | 教育局"],
        ["清单第5行起的表没有认出表头（如：序号、具体事项、完成时限、责任单位），没有读"],
    ),
    "what is assessed, how it is marked, and whom it binds": (
        [("序号", "考核内容", "考核标准", "分值", "考核单位", "被考核单位"), (1, "种茶", "100亩得10分", 10, "县考核办", "农业局")],
        (),
        ["1 | 种茶 | 农业局"],
        ["“被考核单位”一栏按责任单位读"],
    ),
    "a card for each task": (
        [("甲县任务清单",), ("任务名称", "种茶", "完成时限", "6月"), ("责任单位", "农业局", "配合单位", "财政局"), ("工作内容", "建茶园。"), (), ("任务名称", "养鱼", "完成时限", ""), ("责任单位", "水产站")],
        ("A1:D1", "B4:D4"),
        ["种茶 | 建茶园。 | 6月 | 农业局 | 财政局", "养鱼 | 水产站"],
        ["有的表左边是栏目名、右边是内容，这样的一张读作一项；只是说明、不是事项的，请删去那一项"],
    ),
    "a head that says one word twice, and its day behind it": (
        [("事项", "责任单位", "事项", "时限"), ("种茶", "农业局", "茶园", "6月")],
        (),
        ["种茶 | 茶园 | 6月 | 农业局"],
        [],
    ),
    "two tables without numbers next to each other": (
        [("事项", "责任单位", "", "事项", "责任单位"), ("种茶", "农业局", "", "修路", "交通局")],
        (),
        ["种茶 | 农业局"],
        ["表头右边从事项起像是另一张表，只读了左边的，右边的照录为另外的栏"],
    ),
    "a head in two cells, when it was really done, a part of a row, and an end": (
        [("序", "号", "任务", "计划完成时间", "实际完成时间", "责任单位"), ("Ⅱ", "", "教育", "8月", "", "教育局"), ("", "", "（1）建校"), ("", "", "（以下空白）")],
        (),
        ["Ⅱ.1 | 教育 | 8月 | 教育局", "Ⅱ.2 | （1）建校"],
        ["Ⅱ.1：原文一个编号Ⅱ下有2行，这里分作Ⅱ.1至Ⅱ.2", "Ⅱ.2：这一行没有时限和单位，可能是分组标题", "Ⅱ.2：原文一个编号Ⅱ下有2行，这里分作Ⅱ.1至Ⅱ.2"],
    ),
    "numbers of the groups beside those of the rows": (
        [("序号", "重点工作", "序号", "具体事项", "责任单位"), ("一", "产业", 1, "种茶", "农业局"), ("", "", 2, "养鱼", "水产站"), ("二", "民生", 3, "修路", "交通局")],
        ("A2:A3", "B2:B3"),
        ["1 | 产业 | 种茶 | 农业局", "2 | 产业 | 养鱼 | 水产站", "3 | 民生 | 修路 | 交通局"],
        [],
    ),
    "work of three levels": (
        [("一级任务", "二级任务", "三级任务", "责任单位"), ("产业", "茶业", "种茶", "农业局"), ("", "", "制茶", "工信局")],
        ("A2:A3", "B2:B3"),
        ["产业 | 茶业 | 种茶 | 农业局", "产业 | 茶业 | 制茶 | 工信局"],
        [],
    ),
    "lines in cells": (
        [("序\n号", "具 体 事 项", "责 任\n单 位", "完成\n时限"), (1, "种\n茶", "农业局\n财政局，\n各乡镇（街道\n办）", "6\n月"), ("（2）", "养鱼", "水产站", "7月")],
        (),
        ["1 | 种茶 | 6月 | 农业局、财政局，各乡镇（街道办）", "（2） | 养鱼 | 7月 | 水产站"],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_and_what_is_open_is_asked(read: Callable[..., ReadAnnex], layout: str) -> None:
    rows, merged, expected, asked = LAYOUTS[layout]
    annex = read(rows, *merged)

    assert expected == lines(annex)
    assert asked == questions(annex)


def test_a_page_cuts_a_row_whose_day_stands_in_either_part_and_none_whose_text_has_ended() -> None:
    """Below a cut some programs print what is centred in its cell; rows without numbers are each their own."""

    def page(*rows: tuple[str, ...]) -> Grid:
        cells = [
            GridCell(range(at, at + 1), range(column, column + 1), text)
            for at, row in enumerate(rows)
            for column, text in enumerate(row)
        ]
        return Grid("", filled_rows(cells, [("", ())] * len(rows)), begins_page=True)

    numbered = page(HEAD[:1] + HEAD[2:5], ("1", "种茶，", "", "农业局")), page(("", "建茶园。", "6月", ""))
    plain = page(("具体事项", "责任单位"), ("种茶。", "农业局")), page(("养鱼。", "水产站"))

    assert ["1 | 种茶，建茶园。 | 6月 | 农业局"] == lines(annex_of(Blocks(numbered)))
    assert ["种茶。 | 农业局", "养鱼。 | 水产站"] == lines(annex_of(Blocks(plain)))
    assert [] == questions(annex_of(Blocks(plain)))


def test_a_card_that_is_not_certain_is_refused_and_no_table(read: Callable[..., ReadAnnex]) -> None:
    """One of its rows has two values and one label, and another none; or each column beside the labels is another item."""
    loose = [("任务名称", "种茶", "完成时限", "6月"), ("责任单位", "农业局", "备注"), ("", "不含林场")]
    turned = [("任务名称", "种茶", "养鱼"), ("责任单位", "农业局", "水产站"), ("完成时限", "6月", "7月")]
    for rows in (loose, turned):
        with pytest.raises(WorkbookRefused, match="清单没有认出表头"):
            read(rows)


def test_a_longer_column_beside_the_names_of_the_work_is_its_text_or_a_question(
    read: Callable[..., ReadAnnex],
) -> None:
    """任务描述 is known by its head; of 推进路径 nobody can tell, and 工作任务类别 is a group of work."""
    row = "1", "教育", "学位", "新建公办幼儿园三所，新增学位300个。", "6月底前", "县教育局"
    known = read([("任务序号", "工作任务类别", "实事项目名称", "任务描述", "截止日期", "负责部门"), row])
    assert ["1 | 教育 | 学位 | 新建公办幼儿园三所，新增学位300个。 | 6月底前 | 县教育局"] == lines(known)
    unknown = read([("序号", "工作任务类别", "任务名称", "推进路径", "截止日期", "负责部门"), row])
    assert ["1 | 教育 | 学位 | 6月底前 | 县教育局"] == lines(unknown)
    assert ("具体事项按“任务名称”一栏读；“推进路径”一栏的字更多，照录为另外的栏",) == unknown.questions


def test_a_column_of_goals_is_not_the_text_beside_a_fuller_one_of_the_work(
    read: Callable[..., ReadAnnex],
) -> None:
    """8% says nothing of what is to be done; where the goals say more, they are the text, and the work its title."""

    def of(work: str, goal: str, *heads: str) -> tuple[list[str], tuple[str, ...]]:
        annex = read([("序号", *heads, "完成时限", "责任单位"), ("1", work, goal, "6月底", "县教育局")])
        return [f"{row.title}|{row.text}|{row.columns}" for row in annex.rows], annex.questions

    long = "改造农村中小学校舍，配齐教学设备。"
    kept = "照录为另外的栏；要统计的，请写进 indicators"
    for work, goal in (("工作任务", "目标"), ("项目", "建设规模"), ("重点任务", "2022年度目标（%）")):
        asked = f"具体事项按“{work}”一栏读，“{goal}”一栏{kept}"
        assert ([f"|{long}|{((goal, '8%'),)}"], (asked,)) == of(long, "8%", work, goal)
    assert ([f"校舍|{long}|()"], ()) == of("校舍", long, "工作任务", "目标")
    asked = f"具体事项按“考核指标”一栏读，“全年目标”一栏{kept}"
    assert (["|学位|(('全年目标', '12%'),)"], (asked,)) == of("学位", "12%", "考核指标", "全年目标")
    doubt = "具体事项按“建设内容”一栏读；“项目”一栏的字更多，只作标题"
    assert ([f"{long}|三所|()"], (doubt,)) == of(long, "三所", "项目", "建设内容")


def test_a_head_that_names_several_parts_gives_the_units_below_it_none_of_them() -> None:
    """Else all of 牵头（配合）单位 would lead, and those who answer in 责任主体与协同单位 would only assist."""
    several = (
        "责任主体与协同单位",
        "牵头（配合）单位",
        "牵头及责任单位",
        "主办/协办单位",
        "责任单位及配合单位",
        "责任单位（配合单位）",
    )
    noted = ("责任单位（牵头、配合）", "责任单位（★为牵头单位）", "责任单位（含配合单位）")
    plain = ("牵头责任单位", "责任（牵头）单位", "牵头组织实施单位", "协办（参与）单位", "参与和配合单位")

    assert {"units"} == {kind_of(head) for head in (*several, *noted)}
    assert ["lead", "lead", "lead", "assist", "assist"] == [kind_of(head) for head in plain]
    table = filled_rows(
        [GridCell(range(1), range(at, at + 1), head) for at, head in enumerate(("事项", *several[:2]))],
        [("", ())],
    )
    assert (
        "“责任主体与协同单位”、“牵头（配合）单位”几栏意思相近，合在一起读",
        *(f"“{head}”一栏里分不出谁牵头、谁配合，都按责任单位读；分得出的，请分栏写" for head in several[:2]),
    ) == getattr(read_table_head(Grid("", table), 0), "questions", None)


def test_notes_and_the_title_are_kept(read: Callable[..., ReadAnnex]) -> None:
    annex = read(
        [
            ("附件1",),
            ("甲县2022年重点工作\n任务分解",),
            ("单位：万元",),
            HEAD,
            (1, "产业", "种茶", "6月", "农业局"),
            ("（二）专项任务",),
            ("序号", "任务内容", "完成时间", "责任部门"),
            (1, "修路", "7月", "交通局"),
            ("注：a",),
            ("2.时限均为2022年。",),
        ],
        "A2:F2",
    )

    assert ("甲县2022年重点工作任务分解", ("注：a", "2.时限均为2022年。")) == (annex.title, annex.footnotes)


def test_numbers_keep_the_form_in_which_they_are_printed(read: Callable[..., ReadAnnex]) -> None:
    """By the look of their cells; where the look says nothing and the number steps back, it is asked about."""
    rows = [
        ("序号", "事项", "时限", "责任单位", "资金（万元）"),
        (6.1, "a", datetime(2022, 6, 1), "甲局", 1200.125),  # noqa: DTZ001  (a cell knows no zone)
        (6.11, "b", datetime(2022, 6, 30), "甲局", 0.35),  # noqa: DTZ001
        (6.2, "c", 2022.1, "甲局", 3),
        (datetime(2022, 1, 2), "d", "6月", "甲局", 3),  # noqa: DTZ001
        ("1-3", "e", datetime(2022, 6, 30, 17), "甲局", 3),  # noqa: DTZ001
        ("1-4", "f", datetime(2022, 6, 1), "甲局", 3),  # noqa: DTZ001
        ("1-5", "g", 6, "甲局", 3),
        ("1-6", "h", "6月", "甲局", 0),
    ]
    looks = {
        "A2": "0.00",
        "C2": 'yyyy"年"m"月"',
        "C3": 'm"月"d"日"',
        "E2": "#,##0.00",
        "E3": "0%",
        "A5": "m-d",
        "C6": r"yyyy-mm-dd\ hh:mm",
        "C7": "mmm-yy",
        "C8": '0"月底前"',
        "E9": "0;-0;;@",
    }

    def change(sheet: Any) -> None:
        for cell, look in looks.items():
            sheet[cell].number_format = look

    annex = read(rows, change=change)

    assert [
        ("6.10", "2022年6月"),
        ("6.11", "6月30日"),
        ("6.2", "2022.1"),
        ("1-2", "6月"),
        ("1-3", "2022-06-30"),
        ("1-4", "2022年6月"),
        ("1-5", "6月底前"),
        ("1-6", "6月"),
    ] == [(row.code, row.due) for row in annex.rows]
    assert ["1,200.13", "35%", *("3",) * 5, "0"] == [dict(row.columns)["资金（万元）"] for row in annex.rows]
    assert questions(annex) == [
        "6.2：时限在表格里是数字2022.1，可能是2022.10",
        "6.2：序号在表格里是数字6.2，可能是6.20",
        "1-2：序号在表格里是日期1-2，原来可能是1-1、1.1一类的编号",
        "1-3：这一格是日期2022-06-30 17:00:00，表上另有写法（时限）",
        "1-4：这一格是日期2022-06-01 00:00:00，表上另有写法（时限）",
        "1-6：这一格是数字0，表上按格式0;-0;;@显示，可能另有样子（资金（万元））",
    ]


def test_what_is_hidden_struck_or_no_value_is_asked_about(read: Callable[..., ReadAnnex]) -> None:
    """In a row, in a head and in the name of a group; also what no program of sheets shows as it is kept."""

    def change(sheet: Any) -> None:
        sheet.row_dimensions[4].hidden = sheet.column_dimensions["F"].hidden = True
        for cell in ("D1", "C2", "C4"):
            sheet[cell].font = Font(strike=True)
        sheet["E3"] = CellRichText("农业局", TextBlock(InlineFont(strike=True), "、财政局"))
        sheet["B5"].number_format, sheet["C5"].number_format = "_ @_ ", '@"30亩"'
        hidden = sheet.parent.create_sheet("旧")
        hidden["A1"], hidden.sheet_state = "x", "hidden"

    annex = read(
        [
            HEAD,
            (1, "", "产业"),
            ("1.1", "", "种茶", "6月", "", "x"),
            ("1.2", "", "养鱼", "=A1", "水产站", "y"),
            ("1.3", "林业", "植树", "7月", "林业局"),
        ],
        change=change,
    )

    assert [
        "1.1 | 产业 | 种茶 | 6月 | 农业局、财政局",
        "1.2 | 产业 | 养鱼 | 水产站",
        "1.3 | 林业 | 植树 | 7月 | 林业局",
    ] == lines(annex)
    assert questions(annex) == [
        "工作表旧是隐藏的，没有读",
        "清单的“备注”一栏是隐藏的，照样读了",
        "清单第1行：删除线：“完成时限”划去了，照样读了",
        "清单第2行：删除线：“产业”划去了，照样读了",
        "1.1：删除线：“、财政局”划去了，照样读了（责任单位）",
        "1.2：这一行是隐藏的",
        "1.2：删除线：“养鱼”划去了，照样读了（具体事项）",
        "1.2：这一格是公式，文件里没有存它算出的值（完成时限）",
        '1.3：“植树”在表上按格式@"30亩"显示，另有样子（具体事项）',
    ]


def test_what_is_merged_over_flat_or_not_calculated_is_asked_about(
    read: Callable[..., ReadAnnex], tmp_path: Path
) -> None:
    """Programs keep what stood below a merged cell, and those that do not calculate write 0 behind a formula."""
    rows: Rows = [HEAD, (1, "产业", "种茶", "6月", "甲局"), (2, "旧组", "养鱼", "7月", "甲局")]
    rows.append((3, "产业", "植树", 0, "乙局"))
    read(rows, change=lambda sheet: sheet.merged_cells.add("B2:B4"))
    whole = (tmp_path / "附件.xlsx").read_bytes()

    def as_others_write(part: bytes) -> bytes:
        return part.replace(b"<v>0</v>", b"<f>A9</f><v>0</v>").replace(b'<row r="4"', b'<row r="4" ht="0.4"')

    (tmp_path / "附件.xlsx").write_bytes(repacked(whole, {SHEET: as_others_write}))
    annex = read_annex(tmp_path / "附件.xlsx")

    assert [("种茶", "产业"), ("养鱼", "产业"), ("植树", "产业")] == [
        (row.text, row.area) for row in annex.rows
    ]
    assert questions(annex) == [
        "1：合并的格下面压着“旧组”，没有读（重点工作）",
        "3：这一行是隐藏的",
        "3：这一格是公式，文件里没有存它算出的值（完成时限）",
    ]


def test_words_at_the_head_and_foot_of_a_sheet_are_named_and_numbers_of_pages_are_not(
    read: Callable[..., ReadAnnex],
) -> None:
    def change(sheet: Any) -> None:
        sheet.oddHeader.left.text, sheet.oddHeader.center.text = "R&&D专班", '&"宋体,加粗"&14甲县2022年清单'
        sheet.oddFooter.center.text = sheet.evenFooter.center.text = "第 &P 页 共 &N 页"
        sheet.oddFooter.right.text = sheet.evenFooter.right.text = "&D 未注明时限的，年底前"

    annex = read([HEAD, (1, "产业", "种茶", "6月", "农业局")], change=change)

    assert questions(annex) == [
        "清单的页眉页脚里的“R&D专班”没有读",
        "清单的页眉页脚里的“甲县2022年清单”没有读",
        "清单的页眉页脚里的“未注明时限的，年底前”没有读",
    ]


def test_no_question_and_no_place_has_more_than_one_line(read: Callable[..., ReadAnnex]) -> None:
    """They become comments of the plan file, which no word of the document may leave."""

    def change(sheet: Any) -> None:
        sheet["C2"].font = Font(strike=True)
        sheet.title = "清\n单"

    annex = read([HEAD, (1, "产业", "种茶\nformat: 1_x001B_[31m", "6月", "农业局")], change=change)

    draft = draft_of_document(annex, ("甲县",), 2022, "2022-03-01").text.split("\n")
    assert ["# 清 单第2行", "# 问：删除线：“种茶?format: 1?[31m”划去了，照样读了（具体事项）"] == [
        line.strip() for line in draft if "清" in line or "删除线" in line
    ]
