"""Secrets in the key store of the machine: through the real package, over stores that behave as told."""

import asyncio
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError, PasswordSetError

from thoth_ls.errors import SecretsUnavailable
from thoth_ls.storage.keyring_store import SERVICE, KeyringSecrets
from thoth_ls.storage.secret_store import MOST_KEYS

OWNER = "org.example.words"


class Memory(KeyringBackend):
    """A key store that keeps everything in memory."""

    priority: ClassVar[float] = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.threads: set[str] = set()
        self.before: Callable[[], None] = lambda: None

    def get_password(self, service: str, username: str) -> str | None:
        self.threads.add(threading.current_thread().name)
        self.before()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.before()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


class File(Memory):
    """One of those that the package does not recommend."""

    priority: ClassVar[float] = 0.5


class Chain(Memory):
    """Several in one, as the package's chain has them."""

    priority: ClassVar[float] = 10

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("the chain itself is not asked")


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """The key store of this machine."""
    found = Memory()
    use(monkeypatch, found)
    return found


def use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)


@pytest.fixture
def store(tmp_path: Path) -> KeyringSecrets:
    return KeyringSecrets(tmp_path, pytest.fail)


async def test_a_secret_is_kept_read_replaced_and_forgotten(memory: Memory, store: KeyringSecrets) -> None:
    assert await store.read(OWNER, "token") is None
    await store.store(OWNER, "token", "one")
    await store.store(OWNER, "token", "two")
    assert memory.kept == {(SERVICE, f"{OWNER}:token"): "two"}
    assert await store.read(OWNER, "token") == "two"
    await store.store(OWNER, "token", None)
    await store.store(OWNER, "token", None)
    assert memory.kept == {}


async def test_owners_do_not_see_each_other(memory: Memory, store: KeyringSecrets) -> None:
    await store.store(OWNER, "a:b", "mine")
    assert await store.read("org.example", "words:a:b") is None
    assert await store.read(f"{OWNER}@0123456789abcdef", "a:b") is None
    await store.store("org.example.other", "token", "theirs")
    await store.forget_all(OWNER)
    assert list(memory.kept.values()) == ["theirs"]


async def test_all_of_one_plugin_are_forgotten_also_by_another_process(
    memory: Memory, store: KeyringSecrets, tmp_path: Path
) -> None:
    for key in ("a", "b", "ü:/ "):
        await store.store(OWNER, key, "s")
    await KeyringSecrets(tmp_path, pytest.fail).forget_all(OWNER)
    assert memory.kept == {}
    assert json.loads((tmp_path / "secret-keys.json").read_text()) == {}


async def test_only_keys_are_written_to_files(memory: Memory, store: KeyringSecrets, tmp_path: Path) -> None:
    await store.store(OWNER, "token", "hunter2-hunter2")
    written = (tmp_path / "secret-keys.json").read_bytes()
    assert b"token" in written
    assert b"hunter2" not in written


async def test_one_plugin_keeps_so_many_and_no_more(memory: Memory, store: KeyringSecrets) -> None:
    for number in range(MOST_KEYS):
        await store.store(OWNER, str(number), "s")
    with pytest.raises(SecretsUnavailable, match="keeps 100 secrets"):
        await store.store(OWNER, "one more", "s")
    await store.store(OWNER, "5", "replaced")
    await store.store(OWNER, "7", None)
    await store.store(OWNER, "one more", "s")
    assert len(memory.kept) == MOST_KEYS


@pytest.mark.parametrize(
    "failure", [PasswordSetError("hunter2 was refused"), OSError("hunter2"), RuntimeError("hunter2"), ValueError("x")]
)
async def test_what_a_key_store_raises_becomes_a_sentence_without_its_words(
    memory: Memory, store: KeyringSecrets, failure: Exception
) -> None:
    def fail() -> None:
        raise failure

    memory.before = fail
    with pytest.raises(
        SecretsUnavailable, match=rf"key store of this machine failed \({type(failure).__name__}\)"
    ) as told:
        await store.store(OWNER, "token", "hunter2")
    assert "hunter2" not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize("error", [KeyringLocked, InitError])
async def test_a_locked_store_says_what_to_do(memory: Memory, store: KeyringSecrets, error: type[Exception]) -> None:
    """The second one is what the Secret Service raises where nobody can type the password."""

    def fail() -> None:
        raise error("hunter2")

    memory.before = fail
    with pytest.raises(SecretsUnavailable, match=r"is locked, or .* Unlock it"):
        await store.read(OWNER, "token")


async def test_a_store_that_waits_for_ever_is_given_up_and_keeps_nobody(memory: Memory, tmp_path: Path) -> None:
    """Its thread ends with the process, and the next who asks gets an answer too."""
    gate = threading.Event()
    memory.before = lambda: gate.wait(10) and None
    store = KeyringSecrets(tmp_path, pytest.fail, seconds=0.05)
    for _ in range(2):
        with pytest.raises(SecretsUnavailable, match=r"has not answered .* unlock it"):
            await store.read(OWNER, "token")
    waiting = [thread for thread in threading.enumerate() if thread.name == "thoth-keyring"]
    assert waiting
    assert all(thread.daemon for thread in waiting)
    gate.set()
    async with asyncio.timeout(5):
        while await KeyringSecrets(tmp_path, pytest.fail).read(OWNER, "token") is not None:
            pass


async def test_stores_that_are_files_are_not_used(monkeypatch: pytest.MonkeyPatch, store: KeyringSecrets) -> None:
    """Some keep secrets as plain text, others would ask for a password where the protocol is spoken."""
    file = File()
    use(monkeypatch, file)
    with pytest.raises(SecretsUnavailable, match="finds no key store on this machine"):
        await store.store(OWNER, "token", "s")
    use(monkeypatch, Chain(File(), file))
    with pytest.raises(SecretsUnavailable, match="finds no key store"):
        await store.store(OWNER, "token", "s")
    assert file.kept == {}


async def test_of_a_chain_only_a_good_one_is_used(monkeypatch: pytest.MonkeyPatch, store: KeyringSecrets) -> None:
    good, file = Memory(), File()
    use(monkeypatch, Chain(file, good))
    await store.store(OWNER, "token", "s")
    assert (len(good.kept), len(file.kept)) == (1, 0)


async def test_without_the_package_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, store: KeyringSecrets
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SecretsUnavailable, match=r"pip install 'thoth-ls\[keyring\]'"):
        await store.read(OWNER, "token")
    await store.forget_all(OWNER)  # nothing was kept, so nothing is missing


async def test_everything_happens_on_one_thread(memory: Memory, store: KeyringSecrets) -> None:
    await asyncio.gather(*(store.read(OWNER, str(number)) for number in range(20)))
    assert memory.threads == {"thoth-keyring"}
