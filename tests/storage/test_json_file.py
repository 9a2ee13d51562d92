"""What Thoth remembers is never half written, never lost, and never in the way."""

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.errors import FileUnreadable, FileUnwritable
from thoth_ls.storage.json_file import JsonFile
from thoth_ls.storage.locks import locked

COUNT = """
import sys
from pathlib import Path
from thoth_ls.storage.json_file import JsonFile
file = JsonFile(Path(sys.argv[1]), 1 << 20)
for _ in range(int(sys.argv[2])):
    file.update(lambda known: {**known, "n": known.get("n", 0) + 1})
"""
WRITE_FOR_EVER = """
import sys
from pathlib import Path
from thoth_ls.storage.json_file import JsonFile
file = JsonFile(Path(sys.argv[1]), 1 << 20)
n = file.read().get("n", 0)
print("ready", flush=True)
while True:
    n += 1
    file.update(lambda known: {"n": n, "again": n, "filling": str(n) * 2_000})
"""

KILL_AND_READ = """
import json, os, random, signal, sys, time
from pathlib import Path
from thoth_ls.storage.json_file import JsonFile

def wrong(said):
    raise SystemExit(said)

reader = JsonFile(Path(sys.argv[1]), 1 << 20, wrong)
chance = random.Random(4)
highest = kills = 0
while kills < int(sys.argv[2]) or highest < 20:
    pid = os.fork()  # far cheaper than a new interpreter, in a process as small as this, and dies just as suddenly
    if pid == 0:
        number = highest
        try:
            while True:
                number += 1
                reader.update(lambda known: {"n": number, "again": number, "filling": str(number) * 2_000})
        finally:
            os._exit(1)
    time.sleep(chance.random() * 0.008)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    kills += 1
    found = reader.read()
    if found:
        assert found["n"] == found["again"]
        assert found["filling"] == str(found["n"]) * 2_000
        assert found["n"] >= highest
        highest = found["n"]
print(json.dumps({"kills": kills, "highest": highest}))
"""


def start(program: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_there_is_an_empty_object_where_there_is_no_file(tmp_path: Path) -> None:
    """Reading makes nothing."""
    file = JsonFile(tmp_path / "state" / "a.json", 1000)
    assert file.read() == {}
    assert not (tmp_path / "state").exists()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """By this user alone, and with any text in it."""
    file = JsonFile(tmp_path / "state" / "a.json", 1000)
    assert file.update(lambda known: {**known, "ключ": "\ud800 \U0001f600"}) == {"ключ": "\ud800 \U0001f600"}
    assert JsonFile(file.path, 1000).read() == {"ключ": "\ud800 \U0001f600"}
    if sys.platform != "win32":
        assert file.path.parent.stat().st_mode & 0o777 == 0o700
        assert file.path.stat().st_mode & 0o777 == 0o600


def test_two_processes_lose_no_write(tmp_path: Path) -> None:
    """Each reads, changes and writes with the other kept out."""
    children = [start(COUNT, tmp_path / "n.json", 150) for _ in range(2)]
    outcomes = [child.communicate() for child in children]
    assert [child.returncode for child in children] == [0, 0], outcomes
    assert JsonFile(tmp_path / "n.json", 1000).read() == {"n": 300}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_killed_at_any_moment_it_is_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    """200 times, at random moments: what is read is whole, and never older than what was read before."""
    path = tmp_path / "n.json"
    child = start(KILL_AND_READ, path, 200)
    told, wrong = child.communicate()
    assert child.returncode == 0, wrong.decode()
    outcome = json.loads(told)
    assert outcome["kills"] >= 200
    assert outcome["highest"] >= 20
    JsonFile(path, 1 << 20, lambda said: pytest.fail(said)).update(lambda known: known | {"last": True})
    assert sorted(item.name for item in tmp_path.iterdir()) == ["n.json", "n.json.lock"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_process_of_its_own_killed_while_it_writes(tmp_path: Path) -> None:
    """The lock of a dead process is nobody's."""
    path = tmp_path / "n.json"
    for _ in range(3):
        child = start(WRITE_FOR_EVER, path)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.05)
        child.kill()
        child.communicate()
        found = JsonFile(path, 1 << 20, lambda said: pytest.fail(said)).read()
        assert found["n"] == found["again"] > 0


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff", b'{"a": 1} x', b"[" * 100_000, b'{"a":"' + b"x" * 1000 + b'"}']
)
def test_a_broken_file_is_kept_and_reported(tmp_path: Path, content: bytes) -> None:
    """Nothing a person may want back is overwritten, and the next start works."""
    path = tmp_path / "a.json"
    path.write_bytes(content)
    said: list[str] = []
    file = JsonFile(path, 1000, said.append)
    assert file.read() == {}
    assert (tmp_path / "a.json.broken").read_bytes() == content
    assert len(said) == 1
    assert "a.json" in said[0]
    assert "kept as a.json.broken" in said[0]
    file.update(lambda known: {"b": 2})
    path.write_bytes(content)
    assert file.update(lambda known: {"seen": known}) == {"seen": {}}
    assert (tmp_path / "a.json.broken-2").read_bytes() == content


def test_too_much_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    """The old state stays."""
    file = JsonFile(tmp_path / "a.json", 100)
    file.update(lambda known: {"a": 1})
    with pytest.raises(FileUnwritable, match=r"a\.json was not written: .* 100 are allowed"):
        file.update(lambda known: {"a": "x" * 100})
    assert file.read() == {"a": 1}


def test_a_change_that_fails_changes_nothing(tmp_path: Path) -> None:
    """And lets others at the file."""
    file = JsonFile(tmp_path / "a.json", 100)
    file.update(lambda known: {"a": 1})

    def fail(known: dict[str, Any]) -> dict[str, Any]:
        known["a"] = 2
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        file.update(fail)
    assert file.update(lambda known: known) == {"a": 1}


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do; the old state stays and nothing else is left."""
    file = JsonFile(tmp_path / "a.json", 100)
    file.update(lambda known: {"a": 1})

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileUnwritable, match=r"a\.json was not written: No space left on device: free some space"):
        file.update(lambda known: {"a": 2})
    assert json.loads(file.path.read_text()) == {"a": 1}
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.json", "a.json.lock"]


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    """Here a file stands where the folder should be."""
    (tmp_path / "state").write_text("")
    with pytest.raises(FileUnwritable, match=r"a\.json was not written"):
        JsonFile(tmp_path / "state" / "a.json", 100).update(lambda known: known)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="nobody is kept out")
def test_no_permission_is_said(tmp_path: Path) -> None:
    """And nothing is lost."""
    file = JsonFile(tmp_path / "a.json", 100)
    file.update(lambda known: {"a": 1})
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(FileUnwritable, match=r"a\.json was not written: Permission denied"):
            file.update(lambda known: {"a": 2})
    finally:
        tmp_path.chmod(0o700)
    assert file.read() == {"a": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
@pytest.mark.parametrize("make", ["link", "folder"])
def test_nothing_but_a_file_is_read(tmp_path: Path, make: str) -> None:
    """A link could lead anywhere."""
    (tmp_path / "other.json").write_text('{"a": 1}')
    if make == "link":
        (tmp_path / "a.json").symlink_to(tmp_path / "other.json")
    else:
        (tmp_path / "a.json").mkdir()
    with pytest.raises(FileUnreadable, match=r"a\.json"):
        JsonFile(tmp_path / "a.json", 100).read()


def test_a_lock_that_is_not_let_go_of_is_said(tmp_path: Path) -> None:
    """A process that was stopped in the middle must not stop all others for ever."""
    with (
        locked(tmp_path / "a.lock"),
        pytest.raises(TimeoutError, match=r"another process has kept it locked"),
        locked(tmp_path / "a.lock", seconds=0.05),
    ):
        pass
