"""Results in files, whole or not at all and never over a ledger; and a bar on the terminal while a long work goes on."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import IO, TypeVar

from planledger.plan.refusal import Refusal
from planledger.store.errors import StorageTrouble, translate_os_errors, translate_writing
from planledger.store.files.disk import make_folder, place_file
from planledger.store.paths import MAGIC, is_taken

WORKBOOK = ".xlsx"
# of an answer, by the ending of its file
FORMS = {".txt": "", ".csv": "csv", ".json": "json", WORKBOOK: "xlsx"}


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters; empty where it has none, or nothing before it."""
    return os.path.splitext(os.path.basename(name))[1].lower()  # noqa: PTH119, PTH122  (Path takes `x.csv/` for a file)


def output_form(output: str, stated: str) -> str:
    """Return the form in which an answer is written into a file; empty for a table.

    Args:
        output: the file's name.
        stated: the form that an option states; empty where none does.

    Raises:
        Refusal: the name promises another form, or none that is written.
    """
    form = FORMS.get(ending_of(output))
    if form is None:
        stem = Path(output).name.partition(".")[0].strip() or "清单"
        raise Refusal(
            f"-o {output}：文件名要以 .txt（表格）、{WORKBOOK}（Excel）、.csv 或 .json 结尾，如 {stem}{WORKBOOK}。"
        )
    if stated and form not in ("", stated):
        raise Refusal(f"-o {output} 不是 {stated.upper()} 文件，不能再写 --{stated}；请去掉一个。")
    return stated or form


def file_named(name: str, ending: str, kind: str, example: str) -> str:
    """Return the *name* of a file as it was typed.

    Args:
        name: empty where none was typed.
        ending: that of the files which are written.
        kind: what such a file is called.
        example: a right name, to the end of the sentence.

    Raises:
        Refusal: there is none, or it promises something else.
    """
    if ending_of(name) != ending:
        typed = f"{name} 不是{kind}文件名" if name else "没有写文件名"
        raise Refusal(f"{typed}；请写以 {ending} 结尾的文件名，如 {example}")
    return name


def workbook_named(output: str) -> str:
    """Return the name of a workbook as it was typed, or refuse another one."""
    return file_named(output, WORKBOOK, " Excel ", f"总表{WORKBOOK}。")


def make_output_folder(name: str) -> Path:
    """Make the folder that files are to be written into, for its owner alone, if it is not there.

    Raises:
        StorageTrouble: it cannot be made.
    """
    folder = Path(name)
    with translate_os_errors(f"建不了文件夹 {name}", "请换一个位置或检查权限。"):
        make_folder(folder)
    return folder


@contextmanager
def new_folder(name: str, *files: str) -> Iterator[Path]:
    """Make a folder for what the block writes into it; where the block fails, the folder and the *files* beside it are gone again.

    Raises:
        Refusal: something bears one of the names already, or it is that of a Word file.
        StorageTrouble: it cannot be made.
    """
    if not name or ending_of(name) == ".docx":
        typed = f"{name} 是 Word 文件名，而发函是一家一份" if name else "没有写文件夹名"
        raise Refusal(f"{typed}；请写一个新文件夹的名字，如 催办函。")
    for one in (name, *files):
        if is_taken(Path(one)):
            raise Refusal(f"已经有 {one}，没有覆盖；请换一个名字。")
    folder = make_output_folder(name)
    try:
        yield folder
    except BaseException:
        for path in (*folder.iterdir(), *map(Path, files)):
            path.unlink(missing_ok=True)
        folder.rmdir()
        raise


def write_file(
    output: str, content: bytes | Callable[[IO[bytes]], object], forced: str | None = None
) -> None:
    """Write a file, whole or not at all, in place of what stood there.

    Args:
        output: what the user called the file.
        content: what the file is to hold, or what writes it into the open file.
        forced: the line that replaces what stands there, which this one does not; None where this one does.

    Raises:
        Refusal: a file stands there that this line does not replace.
        StorageTrouble: it cannot be written there, or a ledger or a link stands there; what stood there is kept.
    """
    target = Path(output).resolve()
    with translate_writing(output):
        if Path(output).is_symlink():
            raise StorageTrouble(f"{output} 是链接，不跟随；请写它所指的文件，或换一个文件名。")
        if target.is_dir():
            raise StorageTrouble(f"{output} 是文件夹；请写文件名。")
        if target.exists() and not target.is_file():
            raise StorageTrouble(f"{output} 不是普通文件（设备或管道），不能写到那里；请换一个文件名。")
        if _is_database(target):
            raise StorageTrouble(f"{output} 是台账或别的数据库，不能覆盖；请换一个文件名。")
        try:
            with place_file(target, covers=forced is None) as file:
                content(file) if callable(content) else file.write(content)
        except FileExistsError as error:
            else_add = forced or "同一行再加 --force"
            raise Refusal(f"已经有 {output}，没有覆盖；请换一个文件名，要替换请运行：{else_add}") from error


def _is_database(target: Path) -> bool:
    """Whether a database stands at *target*, or the journal of one, without which it could not be mended."""
    name = target.name
    if name.endswith(("-journal", "-wal", "-shm")):
        return True
    try:
        with target.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except FileNotFoundError:
        return False


T = TypeVar("T")
PATIENCE = 1.0  # seconds


def with_progress(label: str) -> Callable[[Sequence[T]], Iterable[T]]:
    """Return a function that passes several things on, one by one, and shows on standard error how far it is."""
    return lambda several: _watched(label, several) if sys.stderr.isatty() else several


def _watched(label: str, several: Sequence[T]) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import Progress

    begun, bar = monotonic(), Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=len(several))
    try:
        for place, one in enumerate(several):
            if monotonic() - begun > PATIENCE:
                bar.start()  # of one that is shown it changes nothing
            bar.update(task, completed=place)
            yield one
    finally:
        if bar.live.is_started:
            bar.stop()
