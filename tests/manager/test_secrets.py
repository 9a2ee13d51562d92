"""`secure-storage`: each plugin its own, with limits; what fails says so without the secret."""

from pathlib import Path

import pytest

from tests.catalog.plugins import found
from tests.manager.host_calls import FakeCaller, call
from tests.manager.kept_secrets import KeptSecrets
from thoth_ls.calling import CANNOT_CONNECT, INVALID, HostRefusal
from thoth_ls.catalog.grants import own_name
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.manager.secrets import MOST_KEY, MOST_SECRET_BYTES, Secrets


@pytest.fixture
def store() -> KeptSecrets:
    return KeptSecrets()


@pytest.fixture
async def secrets(store: KeptSecrets) -> Secrets:
    return Secrets(store)


@pytest.fixture
def plugin(tmp_path: Path) -> Plugin:
    return found(tmp_path / "plugin", {"secure-storage": {"reason": "r"}})


async def test_a_guest_keeps_reads_and_deletes(secrets: Secrets, plugin: Plugin, store: KeptSecrets) -> None:
    caller = FakeCaller()
    functions = secrets.imports(plugin, caller)
    assert await call(functions["read"], "token") is None
    await call(functions["write"], "token", "geheim ✓")
    assert await call(functions["read"], "token") == "geheim ✓"
    assert store.kept == {(own_name(plugin), "token"): "geheim ✓"}
    await call(functions["delete"], "token")
    await call(functions["delete"], "token")
    assert store.kept == {}
    assert all(seconds is not None for seconds in caller.waited)


async def test_plugins_of_one_id_from_two_places_share_nothing(secrets: Secrets, tmp_path: Path) -> None:
    """Whoever made a folder may have called it like a plugin that keeps passwords."""
    places = [found(tmp_path / name, {}, origin="development") for name in ("a", "b")]
    one, two = (secrets.imports(plugin, FakeCaller()) for plugin in places)
    await call(one["write"], "token", "mine")
    assert places[0].id == places[1].id
    assert await call(two["read"], "token") is None
    await secrets.forget(places[1])
    assert await call(one["read"], "token") == "mine"
    await secrets.forget(places[0])
    assert await call(one["read"], "token") is None


@pytest.mark.parametrize("key", ["", "x" * (MOST_KEY + 1), "a\nb", "a\0b", "a\u202eb"])
@pytest.mark.parametrize("function", ["write", "read", "delete"])
async def test_keys_that_are_none_are_refused(
    secrets: Secrets, plugin: Plugin, store: KeptSecrets, key: str, function: str
) -> None:
    more = ("secret",) if function == "write" else ()
    with pytest.raises(HostRefusal, match="the key of a secret") as told:
        await call(secrets.imports(plugin, FakeCaller())[function], key, *more)
    assert told.value.code == INVALID
    assert store.kept == {}


async def test_a_secret_has_a_size_which_counts_bytes(secrets: Secrets, plugin: Plugin, store: KeptSecrets) -> None:
    functions = secrets.imports(plugin, FakeCaller())
    await call(functions["write"], "k" * MOST_KEY, "ü" * (MOST_SECRET_BYTES // 2))
    with pytest.raises(HostRefusal, match="must not be longer than 64 KiB") as told:
        await call(functions["write"], "token", "ü" * (MOST_SECRET_BYTES // 2) + "x")
    assert "ü" not in str(told.value)
    assert len(store.kept) == 1


async def test_a_store_that_fails_is_told_to_the_guest_with_the_code_for_it(
    secrets: Secrets, plugin: Plugin, store: KeptSecrets
) -> None:
    store.broken = True
    functions = secrets.imports(plugin, FakeCaller())
    for function, *more in (("read",), ("delete",), ("write", "hunter2")):
        with pytest.raises(HostRefusal, match="Unlock it") as told:
            await call(functions[function], "token", *more)
        assert told.value.code == CANNOT_CONNECT
