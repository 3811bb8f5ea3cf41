"""Files are stored whole and bounded, links are not followed, and what lies there is what was stored."""

import os
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from planledger.plan.refusal import Refusal
from planledger.store.errors import StorageTrouble
from planledger.store.files import source
from planledger.store.files.foreign_zip import CHUNK
from planledger.store.files.vault import FileState, Vault

CONTENT = "一次会议的纪要".encode()
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "ledger.db.files")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "会议纪要.pdf"
    path.write_bytes(CONTENT)
    return path


def keep(vault: Vault, *paths: Path, largest: int = 0) -> list[str]:
    with vault.stage([str(path) for path in paths], largest) as files, vault.commit(files):
        return [file.sha256 for file in files]


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_sha256_for_its_owner_alone(vault: Vault, paper: Path) -> None:
    assert [DIGEST] == keep(vault, paper)

    place = vault.place(DIGEST)
    assert CONTENT == place.read_bytes()
    if os.name == "posix":
        modes = [path.stat().st_mode & 0o777 for path in (place, place.parent, vault.folder)]
        assert [0o600, 0o700, 0o700] == modes


def test_the_same_file_twice_is_one_file(vault: Vault, paper: Path, tmp_path: Path) -> None:
    twin = tmp_path / "另一个名字.pdf"
    twin.write_bytes(CONTENT)
    keep(vault, paper)
    keep(vault, twin)

    assert [f"{DIGEST[:2]}/{DIGEST}"] == everything(vault.folder)


def test_what_is_not_kept_leaves_nothing(vault: Vault, paper: Path) -> None:
    with vault.stage([str(paper)]):
        assert 1 == len(everything(vault.folder))

    assert not vault.folder.exists()


def test_what_fails_after_it_was_kept_is_taken_back(vault: Vault, paper: Path) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: SIM117  (what stands in the block is what fails)
        with vault.stage([str(paper)]) as files, vault.commit(files):
            raise ZeroDivisionError

    assert not vault.folder.exists()


def test_what_was_there_before_stays_when_a_second_taking_fails(vault: Vault, paper: Path) -> None:
    keep(vault, paper)
    with pytest.raises(ZeroDivisionError):  # noqa: SIM117
        with vault.stage([str(paper)]) as files, vault.commit(files):
            raise ZeroDivisionError

    assert FileState.WHOLE == vault.state(DIGEST)


@pytest.mark.parametrize("damage", ["lost", "altered"])
def test_taking_the_original_in_again_mends_a_file(vault: Vault, paper: Path, damage: str) -> None:
    keep(vault, paper)
    if damage == "lost":
        vault.place(DIGEST).unlink()
    else:
        vault.place(DIGEST).write_bytes(CONTENT + b"!")
    assert damage == vault.state(DIGEST)
    keep(vault, paper)

    assert FileState.WHOLE == vault.state(DIGEST)


def test_drafts_of_a_killed_program_are_swept_after_an_hour(vault: Vault, paper: Path) -> None:
    vault.folder.mkdir()
    old, young = vault.folder / "old.new", vault.folder / "young.new"
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    keep(vault, paper)

    assert [f"{DIGEST[:2]}/{DIGEST}", "young.new"] == everything(vault.folder)


def refused(path: Path, largest: int = source.LARGEST) -> str:
    with pytest.raises(Refusal) as refusal, source.open_source(path, largest) as chunks:
        for _ in chunks:
            pass
    return str(refusal.value).replace(str(path), "F")


def test_a_link_is_not_followed(paper: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.pdf"
    link.symlink_to(paper)

    assert "F 是链接，不跟随；请写它所指的文件。未登记。" == refused(link)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "F 是文件夹；请写里面的文件，一次可写多个。未登记。" == refused(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices have names on POSIX only")
def test_a_pipe_and_a_device_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    sentence = "F 不是普通文件（设备或管道），不能作为佐证材料。未登记。"

    assert [sentence, sentence] == [refused(pipe), refused(Path("/dev/zero"))]


def test_a_sparse_file_of_five_gigabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    with path.open("wb") as file:
        file.truncate(5 << 30)

    assert "F 有 5120 MB，超过上限 200 MB；" in refused(path)


def test_an_empty_or_missing_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "空.pdf"
    empty.touch()

    assert "F 是空文件；请检查是否拷贝完整。未登记。" == refused(empty)
    assert "F 读不了（没有这个文件或文件夹）；请检查文件名和权限。未登记。" == refused(tmp_path / "没有")


@pytest.mark.parametrize("change", ["grows", "shrinks", "is rewritten"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, change: str) -> None:
    path = tmp_path / "正在写.pdf"
    path.write_bytes(b"0" * 3 * CHUNK)
    with pytest.raises(Refusal, match="正在被改写"), source.open_source(path) as chunks:  # noqa: PT012
        next(chunks)
        with path.open("r+b") as file:
            if change == "shrinks":
                file.truncate(CHUNK)
            else:
                file.seek(0, os.SEEK_END if change == "grows" else os.SEEK_SET)
                file.write(b"1")
        os.utime(path, ns=(1, 1))
        for _ in chunks:
            pass


def test_a_large_file_needs_little_memory(tmp_path: Path) -> None:
    """Two hundred megabytes are copied in a process that may not have half as many."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells how much memory a process took at most")
    path = tmp_path / "big.bin"
    with path.open("wb") as file:
        file.truncate(source.LARGEST)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from planledger.store.files.vault import Vault\n"
        "vault = Vault(Path(sys.argv[1]))\n"
        "with vault.stage([sys.argv[2]]) as files, vault.commit(files): pass\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
    )
    words = [sys.executable, "-c", script, str(tmp_path / "ledger.db.files"), str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)

    assert int(done.stdout) < 100 * 1024
    assert 1 == len(Vault(tmp_path / "ledger.db.files").digests())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_made_is_trouble_with_a_sentence(paper: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageTrouble, match="没有权限"):
            keep(Vault(tmp_path / "ledger.db.files"), paper)
    finally:
        tmp_path.chmod(0o700)


def test_two_at_once_take_the_same_file_in(vault: Vault, paper: Path) -> None:
    threads = [threading.Thread(target=keep, args=(vault, paper)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [f"{DIGEST[:2]}/{DIGEST}"] == everything(vault.folder)
