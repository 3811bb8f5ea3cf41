"""What an error of the operating system means, in the office's words."""

import errno

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


def meaning(error: OSError) -> str:
    """Say what went wrong with a file."""
    return _MEANINGS.get(error.errno or 0, f"系统错误 {error.errno}")
