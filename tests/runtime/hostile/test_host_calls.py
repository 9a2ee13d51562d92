"""A guest that floods the host with calls or with output is stopped, and nobody else notices."""

from __future__ import annotations

import pytest

from tests.runtime.hostile.attacks import (
    ASK_THE_TIME_FOR_EVER,
    READ_STORAGE_FOR_EVER,
    SLEEP_A_LITTLE_FOR_EVER,
    SLEEP_IMPORTS,
    SLEEP_PARTS,
    STDERR_FLOOD,
    STDERR_IMPORTS,
    STDERR_PARTS,
    STORAGE_IMPORTS,
    STORAGE_PARTS,
)
from tests.runtime.hostile.guests import guest
from tests.runtime.hostile.stage import PLUGIN, Stage
from thoth_ls.errors import Limit, PluginLimitHit, PluginTrapped

NEVER = " unreachable"


async def stopped(stage: Stage, wasm: bytes, **changes: float) -> PluginLimitHit:
    instance = await stage.put_on(wasm, **changes)
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.plugin_id == PLUGIN
    assert caught.value.export == "file-loader.open"
    return caught.value


def storage_reader() -> bytes:
    body = {"file-loader#open": READ_STORAGE_FOR_EVER + NEVER}
    return guest(body, imports=STORAGE_IMPORTS, parts=STORAGE_PARTS)


async def test_a_flood_of_host_calls_is_stopped(stage: Stage) -> None:
    """Calls of our imports are counted, since each costs the host more than it costs the guest."""
    calls = 0

    def read() -> str:
        nonlocal calls
        calls += 1
        return ""

    instance = await stage.put_on(
        storage_reader(),
        host={"plugin-storage": {"read": read}},
        host_calls_per_call=500,
    )
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.limit == Limit.HOST_CALLS
    assert caught.value.export == "file-loader.open"
    assert calls == 500


async def test_an_exception_in_a_host_function_ends_the_guest_only(stage: Stage) -> None:
    """Not even SystemExit may leave a host function: in native code it would end the process."""

    def read() -> str:
        raise SystemExit(3)

    instance = await stage.put_on(storage_reader(), host={"plugin-storage": {"read": read}})
    with pytest.raises(PluginTrapped):
        await instance.call("file-loader", "open", "/data/a.csv")
    assert await instance.call("file-loader", "get", 0) == ""


async def test_an_import_that_nobody_offers_ends_the_guest_only(stage: Stage) -> None:
    """A plugin of a larger world starts; calling what is not there is its own crash, and says which it was."""
    instance = await stage.put_on(storage_reader())
    with pytest.raises(PluginTrapped, match=r"plugin-storage\.read"):
        await instance.call("file-loader", "open", "/data/a.csv")
    assert await instance.call("file-loader", "get", 0) == ""


@pytest.mark.parametrize("body", [ASK_THE_TIME_FOR_EVER, SLEEP_A_LITTLE_FOR_EVER], ids=["clock", "naps"])
async def test_a_flood_of_wasi_calls_meets_the_clock(stage: Stage, body: str) -> None:
    """Calls into WASI burn little fuel; the deadline ends them."""
    wasm = guest({"file-loader#open": body + NEVER}, imports=SLEEP_IMPORTS, parts=SLEEP_PARTS)
    error = await stopped(stage, wasm, fuel_per_call=10**15, deadline_seconds=0.3)
    assert error.limit == Limit.DEADLINE


async def test_a_flood_on_standard_error_is_cut_and_then_stopped(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    """The log keeps what is allowed and says that it left something out; our own streams get nothing."""
    wasm = guest(
        {"file-loader#open": STDERR_FLOOD + NEVER},
        imports=STDERR_IMPORTS,
        parts=STDERR_PARTS,
        text=("x" * 1023 + "\n") * 4,
    )
    error = await stopped(stage, wasm, log_bytes_per_minute=64 * 1024)
    assert error.limit == Limit.LOG
    kept = sum(len(line) + 1 for _, _, line in stage.logs)
    assert 32 * 1024 < kept < 80 * 1024
    assert any("left out" in line for _, _, line in stage.logs)
    assert {plugin for plugin, _, _ in stage.logs} == {PLUGIN}
    assert capfd.readouterr() == ("", "")
