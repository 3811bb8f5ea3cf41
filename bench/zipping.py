"""What an archive in one zip file costs, of files that packing shrinks and of files that it does not."""

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from planledger.cli.exchange.archive import pack_folder

FILES, SIZE = 30, 10 << 20


def text() -> bytes:
    """Make a text of Chinese words, which shrinks to less than half."""
    chance = random.Random(1)  # noqa: S311  (the same text in every run)
    words = ["".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(3)) for _ in range(5000)]
    return "，".join(chance.choices(words, k=SIZE // 12)).encode()


def main() -> None:
    """Pack both kinds."""
    kinds: dict[str, Callable[[], bytes]] = {"random bytes": lambda: os.urandom(SIZE), "text": text}
    for kind, made in kinds.items():
        with tempfile.TemporaryDirectory() as place:
            folder, target = Path(place) / "archive", Path(place) / "archive.zip"
            folder.mkdir()
            for number in range(FILES):
                (folder / str(number)).write_bytes(made())
            size = sum(path.stat().st_size for path in folder.iterdir())
            began = time.process_time()
            with target.open("w+b") as out:
                pack_folder(folder, "2019-12-31", out)
            spent = time.process_time() - began
            print(f"{kind}: {size / 1e6:.0f} MB to {target.stat().st_size / 1e6:.0f} MB, CPU {spent:.1f} s")


if __name__ == "__main__":
    main()
