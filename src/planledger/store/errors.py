"""What may go wrong with a ledger, whatever database keeps it; each ends the program with an exit code of its own."""

import errno
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from planledger.plan.refusal import ExitCode, Refusal


class NotALedger(Refusal):
    """The file is missing, damaged, or something else than a ledger."""

    exit_code = ExitCode.NOT_A_LEDGER


class NewerLedger(Refusal):
    """The ledger was made by a newer program; this one must not touch it."""

    exit_code = ExitCode.NEWER_LEDGER


class Busy(Refusal):
    """Another program holds the ledger."""

    exit_code = ExitCode.BUSY


class StorageTrouble(Refusal):
    """The disk is full, read-only, or fails."""

    exit_code = ExitCode.STORAGE


class NoFolder(StorageTrouble):
    """The folder for files of evidence is not there, or not configured."""


class Unsound(Refusal):
    """A ledger, a backup or a file is not what was sealed or stored: nobody may rely on it."""

    exit_code = ExitCode.VERIFICATION


_MEANINGS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.EFBIG: "文件大小超过系统限制",
    errno.EIO: "磁盘读写出错",
    errno.EINVAL: "名字或位置不能用",
}


_LONGEST = 480  # bytes: SQLite holds 512 in most builds, and the name of a journal or a draft is longer


def why_not_opened(path: str) -> str:
    """Why a database could not be opened, which SQLite does not say."""
    if len(os.fsencode(os.path.abspath(path))) > _LONGEST:  # noqa: PTH100  (links stay in it)
        return "路径太长，数据库打不开这么长的（连文件夹不超过480字节，约160个汉字）；请放到浅一些的文件夹，或用短一些的名字"
    return "请检查文件夹是否存在、是否可读写"


def os_error_text(error: OSError) -> str:
    """What went wrong with a file, in the office's words."""
    return _MEANINGS.get(error.errno or 0, f"系统错误 {error.errno}")


@contextmanager
def translate_os_errors(
    what: str, remedy: str, refusal: type[Refusal] = StorageTrouble, outcome: str | None = None
) -> Iterator[None]:
    """Turn an error of a file or folder into a refusal: *what* cannot be done, why, and the *remedy*."""
    try:
        yield
    except OSError as error:
        raise refusal(f"{what}（{os_error_text(error)}）；{remedy}", outcome) from error


def translate_writing(place: object) -> AbstractContextManager[None]:
    """Turn an error of the disk into the refusal of a file or folder that cannot be written."""
    return translate_os_errors(f"写不进 {place}", "请检查路径、权限和磁盘空间。")
