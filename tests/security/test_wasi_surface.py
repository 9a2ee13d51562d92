"""What WASI offers besides files leads nowhere: no network, no environment, no input, no exit."""

from __future__ import annotations

import pytest

from tests.runtime.hostile.guests import ANSWER, TEXT, TO_ANSWER, guest
from tests.runtime.hostile.stage import PLUGIN, Stage
from thoth_ls.errors import PluginInvalid, PluginRefused, PluginTrapped

SOCKETS = "wasi:sockets/{}@0.2.0"
REFUSED = 1000
AT = 4096
ANSWER_OUTCOME = f"""
  (i32.store (i32.const {ANSWER}) (i32.load8_u (i32.const {AT})))
  (i32.store (i32.const {ANSWER + 8}) (i32.add (i32.const {REFUSED}) (i32.load8_u (i32.const {AT + 4}))))
  (i64.store (i32.const {ANSWER + 12}) (i64.const 0))
  {TO_ANSWER}
"""
"""`ok`, or an error whose code is `REFUSED` plus WASI's."""
ATTEMPTS = {
    "a TCP socket": (
        ("tcp-create-socket",),
        f'(import "{SOCKETS.format("tcp-create-socket")}" "create-tcp-socket" (func $tcp (param i32 i32)))',
        f"(call $tcp (i32.const 0) (i32.const {AT}))",
    ),
    "a UDP socket": (
        ("udp-create-socket",),
        f'(import "{SOCKETS.format("udp-create-socket")}" "create-udp-socket" (func $udp (param i32 i32)))',
        f"(call $udp (i32.const 0) (i32.const {AT}))",
    ),
    "a name lookup": (
        ("instance-network", "ip-name-lookup"),
        f"""(import "{SOCKETS.format("instance-network")}" "instance-network" (func $network (result i32)))
        (import "{SOCKETS.format("ip-name-lookup")}" "resolve-addresses" (func $look (param i32 i32 i32 i32)))""",
        f"(call $look (call $network) (i32.const {TEXT}) (i32.const 14) (i32.const {AT}))",
    ),
}


@pytest.mark.parametrize(("interfaces", "parts", "attempt"), ATTEMPTS.values(), ids=ATTEMPTS.keys())
async def test_the_network_cannot_be_reached(
    stage: Stage, interfaces: tuple[str, ...], parts: str, attempt: str
) -> None:
    """Everything that leaves goes through the host's own imports, where it is judged; not even a name is looked up."""
    imports = tuple(SOCKETS.format(name) for name in interfaces)
    wasm = guest({"file-loader#open": attempt + ANSWER_OUTCOME}, imports=imports, parts=parts, text="secret.example")
    instance = await stage.put_on(wasm)
    with pytest.raises(PluginRefused) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.code >= REFUSED


async def test_http_of_wasi_is_not_offered(stage: Stage) -> None:
    """It would pass by every policy; a component that needs it does not start, and the error says why."""
    wasm = guest(
        imports=("wasi:http/types@0.2.0",),
        parts='(import "wasi:http/types@0.2.0" "[constructor]fields" (func $fields (result i32)))',
    )
    instance = await stage.put_on(wasm)
    with pytest.raises(PluginInvalid, match="wasi:http") as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.plugin_id == PLUGIN


async def test_environment_and_arguments_are_empty(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens live in the environment of editors."""
    monkeypatch.setenv("THOTH_TEST_TOKEN", "secret")
    parts = """
      (import "wasi:cli/environment@0.2.0" "get-environment" (func $environment (param i32)))
      (import "wasi:cli/environment@0.2.0" "get-arguments" (func $arguments (param i32)))
      (import "wasi:cli/environment@0.2.0" "initial-cwd" (func $cwd (param i32)))
    """
    count = f"(i64.store (i32.const {ANSWER + 8}) (i64.load32_u (i32.const {AT + 4}))) {TO_ANSWER}"
    wasm = guest(
        {
            "file-loader#open": f"(call $environment (i32.const {AT})) {count}",
            "file-loader#supported-extensions": f"(call $arguments (i32.const {AT})) (i32.const {AT})",
            "file-viewer#column-headers": f"(call $cwd (i32.const {AT})) (if (i32.load8_u (i32.const {AT})) "
            f"(then unreachable)) {TO_ANSWER}",
        },
        imports=("wasi:cli/environment@0.2.0",),
        parts=parts,
    )
    instance = await stage.put_on(wasm)
    assert await instance.call("file-loader", "open", "/data/a.csv") == 0
    assert await instance.call("file-loader", "supported-extensions") == []
    assert await instance.call("file-viewer", "column-headers") is None


async def test_standard_input_has_ended(stage: Stage) -> None:
    """Our standard input is the protocol: a guest that reads finds the end, and takes nothing from the client."""
    parts = """
      (import "wasi:cli/stdin@0.2.0" "get-stdin" (func $stdin (result i32)))
      (import "wasi:io/streams@0.2.0" "[method]input-stream.blocking-read" (func $read (param i32 i64 i32)))
    """
    read = f"(call $read (call $stdin) (i64.const 100) (i32.const {AT}))"
    wasm = guest(
        {"file-loader#open": read + ANSWER_OUTCOME},
        imports=("wasi:cli/stdin@0.2.0", "wasi:io/streams@0.2.0"),
        parts=parts,
    )
    instance = await stage.put_on(wasm)
    with pytest.raises(PluginRefused) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    closed = 1
    assert caught.value.code == REFUSED + closed


@pytest.mark.parametrize("status", [0, 1])
async def test_exit_ends_the_guest_only(stage: Stage, status: int) -> None:
    """A plugin that ends itself has crashed; the server and the next guest go on."""
    wasm = guest(
        {"file-loader#open": f"(call $exit (i32.const {status})) unreachable"},
        imports=("wasi:cli/exit@0.2.0",),
        parts='(import "wasi:cli/exit@0.2.0" "exit" (func $exit (param i32)))',
    )
    instance = await stage.put_on(wasm)
    with pytest.raises(PluginTrapped) as caught:
        await instance.call("file-loader", "open", "/data/a.csv")
    assert caught.value.export == "file-loader.open"
    assert await instance.call("file-loader", "get", 0) == ""
