"""`check` on the list of a whole county: its work grows with the rows, nothing timed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from counting import calls
from planledger.plan.refusal import ExitCode
from trials import sampled

Cli = Callable[..., "tuple[int, str, str]"]
FEW = 130
GROWTH = 1.2
HEAD = """format: 2
plan: {{id: many-2022, title: 云岭县（虚构）全部任务, year: 2022, default_due: {{due: 年底前, because: 举例}}}}
sides: [{{name: 云岭县}}]
groups: [{{name: 各学校, members: [{members}]}}]
agencies:
"""
ITEM = """      - code: "{area}.{number}"
        our_title: 第{row}件
        text: 新建教室{row}间、操场3—5处，每校都有。
        due: {due}
        units: 第{one}中学牵头，云岭县第{other}中学、各学校配合
        columns: {{资金: {row}万元}}
        indicators:
          - {{key: rooms, label: 教室, unit: 间, target: {row}间以上}}
        papers: [{{kind: 验收报告}}]
"""
DUES = ("11月底前", "", "每季度末", "力争8月底前完成", "长期坚持")


def file_of(rows: int, path: Path) -> str:
    """Write a made-up plan of so many rows in areas of 65, with a unit for every fourth of them."""
    units = [f"云岭县第{number}中学" for number in range(rows // 4)]
    text = HEAD.format(members="、".join(units[:4]).replace("、", ", "))
    text += "".join(f"  - {{name: {name}, initials: zx{place}}}\n" for place, name in enumerate(units))
    text += "areas:\n"
    for row in range(rows):
        area, number = divmod(row, 65)
        if number == 0:
            text += f'  - code: "{area + 1}"\n    name: 任务之{area + 1}\n    items:\n'
        text += ITEM.format(
            area=area + 1,
            number=number + 1,
            row=row + 1,
            due=DUES[row % len(DUES)],
            one=row % len(units),
            other=row * 7 % len(units),
        )
    path.write_text(text, "utf-8")
    return str(path)


@sampled("many", 1040, 2600)
def test_a_plan_of_many_rows_is_checked_by_work_that_grows_with_its_rows(
    cli: Cli, home: Path, many: int
) -> None:
    """A quarter as many units among them: no row is held against all rows, no unit against all units."""
    files = [file_of(rows, home / f"{rows}.yaml") for rows in (FEW, many)]
    answers: list[tuple[int, str, str]] = []

    def check(file: str) -> None:
        answers.append(cli("check", file))

    least, most = (calls(partial(check, file)) for file in files)

    assert [(ExitCode.DONE, "")] * 2 == [(code, err) for code, _, err in answers]
    assert f"没有问题：{many}项，{many // 4}家单位" in answers[1][1]
    assert most <= least * (many / FEW) * GROWTH, f"{least} calls became {most}"
