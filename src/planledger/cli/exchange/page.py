"""The page for a leader (看板) as a file."""

from typing import Annotated

from planledger.cli.framework.parameters import ABOUT, REPLACE, argument, command
from planledger.cli.session.output_file import ending_of, write_file
from planledger.cli.session.session import Session
from planledger.formats.page.sections import page_file
from planledger.plan.refusal import Refusal
from planledger.questions.answers.leaders_page import leaders_page

HTML = ".html"


@command(*ABOUT, REPLACE)
def page(
    session: Session,
    file: Annotated[str, argument("文件", f"以 {HTML} 结尾的文件名，用浏览器打开、打印")] = "",
) -> None:
    """Write the page of a plan on a day."""
    if ending_of(file) != HTML:
        typed = f"{file} 不是网页文件名；" if file else "没有写文件名；"
        raise Refusal(f"{typed}请写以 {HTML} 结尾的文件名，如 planledger page 看板{HTML}")
    answer = session.ledger.ask(leaders_page)
    write_file(file, page_file(answer), session.output.forced)
    session.output.sum_up(f"已写入 {file}：{len(answer.sheet.rows)}项，截至{answer.sheet.as_of}。")
