"""A plugin reads the file it was given and nothing else, and changes nothing at all."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.hostile.stage import Stage
from tests.security.explorer import NEW_NAME, REFUSED, Operation, explorer
from thoth_ls.errors import FileUnreadable, PluginLimitHit, PluginRefused
from thoth_ls.paths import Paths
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.sandbox import GUEST_FOLDER, Sandbox, Sandboxes

CONTENT = "name,age\nada,36\n"


class World:
    """A user's files: one that is opened, some beside it, some elsewhere."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "user" / "data"
        self.outside = root / "user" / "outside"
        self.folder.mkdir(parents=True)
        self.outside.mkdir()
        self.opened = self.folder / "people.csv"
        self.opened.write_text(CONTENT)
        (self.folder / "beside.txt").write_text("beside")
        (self.outside / "secret.txt").write_text("secret")
        (self.folder / "link-out").symlink_to(self.outside / "secret.txt")
        (self.folder / "link-up").symlink_to("../outside/secret.txt")
        (self.folder / "folder-out").symlink_to(self.outside)
        (self.folder / "link-to-device").symlink_to("/dev/zero")
        (self.folder / "link-to-itself").symlink_to("link-to-itself")
        (self.folder / "link-beside").symlink_to("beside.txt")

    def everything(self) -> dict[str, tuple[int, str]]:
        """What there is: path → mode, and content or target."""
        found = {}
        for path in sorted(self.root.glob("user/**/*")):
            status = path.lstat()
            content = str(path.readlink()) if path.is_symlink() else path.read_text() if path.is_file() else ""
            found[str(path.relative_to(self.root))] = (status.st_mode, content)
        return found


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def private_sandbox(world: World) -> Iterator[Sandbox]:
    """The usual case: the file alone, linked into a private folder."""
    sandbox = Sandboxes(Paths.under(world.root / "thoth")).make(world.opened)
    assert sandbox.kind == "file"
    yield sandbox
    sandbox.close()


@pytest.fixture
def folder_sandbox(world: World) -> Sandbox:
    """Where no link can be made (here: no private folder either) the guest gets the file's own folder."""
    blocked = world.root / "blocked"
    blocked.write_text("a file where a folder should be")
    sandbox = Sandboxes(Paths.under(blocked)).make(world.opened)
    assert sandbox.kind == "folder"
    return sandbox


async def read(guest: PluginInstance, path: str) -> str:
    """What the guest gets to see of `path`; raises PluginRefused with WASI's answer."""
    length = await guest.call("file-loader", "open", path)
    text: str = await guest.call("file-loader", "get", 0)
    assert len(text) == length
    return text


async def assert_refused(guest: PluginInstance, path: str) -> None:
    with pytest.raises(PluginRefused) as caught:
        await read(guest, path)
    assert caught.value.code >= REFUSED


OUTSIDE = [
    "..",
    "../outside/secret.txt",
    "../../user/outside/secret.txt",
    "./../outside/secret.txt",
    "people.csv/../../outside/secret.txt",
    "../" * 40 + "etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "/proc/self/environ",
    "/data/people.csv",
    "link-out",
    "link-up",
    "folder-out/secret.txt",
    "folder-out/../outside/secret.txt",
    "link-to-device",
    "link-to-itself",
    "",
    "people.csv\0",
    "..\\outside\\secret.txt",
    "C:\\Windows\\win.ini",
]


async def test_a_guest_is_given_one_folder_with_one_file(stage: Stage, private_sandbox: Sandbox) -> None:
    """It has a name of ours, and what lies there is the opened file."""
    guest = await stage.put_on(explorer(), folder=private_sandbox.folder)
    assert await guest.call("file-loader", "supported-extensions") == [GUEST_FOLDER]
    assert await read(guest, "people.csv") == CONTENT
    assert [path.name for path in private_sandbox.folder.iterdir()] == ["people.csv"]


async def test_a_guest_without_a_file_is_given_no_folder(stage: Stage) -> None:
    """Panels and exporters see no file system at all."""
    guest = await stage.put_on(explorer(), folder=None)
    assert await guest.call("file-loader", "supported-extensions") == []


async def test_nothing_beside_the_file_can_be_read(stage: Stage, private_sandbox: Sandbox) -> None:
    """Not even what lies in the same folder on disk."""
    guest = await stage.put_on(explorer(), folder=private_sandbox.folder)
    for name in ("beside.txt", "link-beside", *OUTSIDE):
        await assert_refused(guest, name)
    assert await read(guest, "people.csv") == CONTENT


async def test_a_guest_that_got_the_folder_stays_inside(stage: Stage, folder_sandbox: Sandbox) -> None:
    """It may read what lies there (which the permission view says), but no path and no link leads out."""
    guest = await stage.put_on(explorer(), folder=folder_sandbox.folder)
    assert await read(guest, "people.csv") == CONTENT
    assert await read(guest, "beside.txt") == "beside"
    assert await read(guest, "link-beside") == "beside"
    for name in OUTSIDE:
        await assert_refused(guest, name)


async def test_a_link_planted_later_does_not_lead_out(stage: Stage, world: World, private_sandbox: Sandbox) -> None:
    """Whoever puts a link into the private folder gains nothing by it."""
    guest = await stage.put_on(explorer(), folder=private_sandbox.folder)
    (private_sandbox.folder / "planted").symlink_to(world.outside / "secret.txt")
    (private_sandbox.folder / "people.csv").unlink()
    (private_sandbox.folder / "people.csv").symlink_to(world.outside / "secret.txt")
    await assert_refused(guest, "planted")
    await assert_refused(guest, "people.csv")


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("kind", ["private_sandbox", "folder_sandbox"])
async def test_nothing_can_be_changed(
    stage: Stage, world: World, request: pytest.FixtureRequest, kind: str, operation: Operation
) -> None:
    """No writing, creating, deleting, linking or renaming: the linked file is the user's own file."""
    sandbox: Sandbox = request.getfixturevalue(kind)
    guest = await stage.put_on(explorer(), folder=sandbox.folder)
    before = world.everything()
    names = [f"{NEW_NAME}-new"] if operation in {Operation.CREATE, Operation.FOLDER} else []
    for path in ("people.csv", "../people.csv", "/data/people.csv", *names):
        with pytest.raises(PluginRefused) as caught:
            await guest.call("paged-loader", "open", path, operation.value)
        assert caught.value.code >= REFUSED
    assert world.everything() == before
    assert not (sandbox.folder / NEW_NAME).exists()


async def test_a_pipe_in_the_folder_holds_up_its_guest_only(
    stage: Stage, world: World, folder_sandbox: Sandbox
) -> None:
    """Opening a pipe nobody writes to may wait for ever; whoever asked is answered at the deadline."""
    os.mkfifo(world.folder / "pipe")
    guest = await stage.put_on(explorer(), folder=folder_sandbox.folder, deadline_seconds=0.5)
    with pytest.raises((PluginRefused, PluginLimitHit)):
        await read(guest, "pipe")
    assert await read(guest, "people.csv") == CONTENT


def test_only_files_are_opened_and_the_rest_is_never_waited_for(world: World) -> None:
    """A device has no end, a pipe has no beginning: neither is opened to find that out."""
    os.mkfifo(world.folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(world.folder / "socket"))
        sandboxes = Sandboxes(Paths.under(world.root / "thoth"))
        refused = {
            "/dev/zero": "a device",
            "/dev/null": "a device",
            str(world.folder / "link-to-device"): "a device",
            str(world.folder / "pipe"): "a pipe",
            str(world.folder / "socket"): "a socket",
            str(world.folder): "a folder",
            str(world.folder / "missing"): "does not exist",
            str(world.folder / "link-to-itself"): "cannot be opened",
        }
        for path, reason in refused.items():
            with pytest.raises(FileUnreadable, match=reason):
                sandboxes.make(Path(path))


def test_what_a_link_leads_to_is_opened_as_the_user_means(world: World) -> None:
    """A person who opens a link means its target; the guest sees that file under the link's name."""
    sandbox = Sandboxes(Paths.under(world.root / "thoth")).make(world.folder / "link-out")
    assert (sandbox.folder / "link-out").read_text() == "secret"
    sandbox.close()


def test_closing_a_sandbox_leaves_the_user_s_file_alone(world: World) -> None:
    """The private folder goes, the file stays as it was."""
    before = world.everything()
    sandbox = Sandboxes(Paths.under(world.root / "thoth")).make(world.opened)
    assert sandbox.folder.stat().st_mode & 0o077 == 0
    sandbox.close()
    assert not sandbox.folder.exists()
    assert world.everything() == before
