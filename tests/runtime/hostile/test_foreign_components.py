"""What is not a plugin is refused with a sentence, before or when it is started, and never brings the server down."""

from __future__ import annotations

import random

import pytest

from tests.runtime.hostile.guests import from_text, guest
from tests.runtime.hostile.stage import PLUGIN, Stage
from thoth_ls.errors import PluginError, PluginInvalid
from thoth_ls.runtime.engine import compile_component, exports_of

NOT_COMPONENTS = {
    "nothing": b"",
    "text": b"hello, I am a plugin",
    "magic only": b"\0asm",
    "a core module": b"\0asm\x01\0\0\0",
    "an unknown version": b"\0asm\x0e\0\x01\0",
    "an ELF file": b"\x7fELF\x02\x01\x01\0" + bytes(64),
    "zeros": bytes(4096),
}


@pytest.mark.parametrize("content", NOT_COMPONENTS.values(), ids=NOT_COMPONENTS.keys())
def test_what_is_not_a_component_is_refused(content: bytes) -> None:
    """The error says so and names the plugin."""
    with pytest.raises(PluginInvalid) as caught:
        compile_component(PLUGIN, content)
    assert caught.value.plugin_id == PLUGIN


def test_machine_code_is_not_taken_for_a_component() -> None:
    """A .cwasm in place of a .wasm would be run as it is."""
    with pytest.raises(PluginInvalid):
        compile_component(PLUGIN, compile_component(PLUGIN, guest()))


def section_ends(wasm: bytes) -> list[int]:
    """Where the sections of a component end: after each, the beginning is a valid component by itself."""
    ends, at = [8], 8
    while at < len(wasm):
        size, shift = 0, 0
        while True:  # the size is a little-endian number of 7 bits a byte, behind the byte for the kind
            at += 1
            size |= (wasm[at] & 0x7F) << shift
            shift += 7
            if wasm[at] < 0x80:
                break
        at += 1 + size
        ends.append(at)
    return ends


def test_a_truncated_component_is_refused_wherever_it_is_cut() -> None:
    """A download that broke off inside a section is never taken for a plugin."""
    wasm = guest()
    for cut in set(range(8, len(wasm), 97)) - set(section_ends(wasm)):
        with pytest.raises(PluginInvalid):
            compile_component(PLUGIN, wasm[:cut])


async def test_a_component_that_lost_its_last_sections_is_refused(stage: Stage) -> None:
    """Cut between two sections the rest is valid, but misses what makes it a plugin."""
    wasm = guest()
    marker = "thoth:plugin/plugin-meta@0.1.0"
    incomplete = [cut for cut in section_ends(wasm) if marker not in exports(wasm[:cut])]
    assert len(incomplete) > 10
    for cut in incomplete[:: len(incomplete) // 5]:
        with pytest.raises(PluginInvalid, match="another world"):
            await stage.put_on(wasm[:cut])


def exports(wasm: bytes) -> frozenset[str]:
    """What a component exports."""
    return exports_of(compile_component(PLUGIN, wasm))


async def test_a_corrupted_component_is_refused_or_stopped(stage: Stage) -> None:
    """Any byte may be wrong: the outcome is an error of ours, or an answer, and the next plugin works."""
    wasm = guest(world="file-loader-plugin")
    chance = random.Random(20240817)
    refused = 0
    for _ in range(60):
        corrupted = bytearray(wasm)
        for _ in range(chance.randrange(1, 4)):
            corrupted[chance.randrange(8, len(wasm))] = chance.randrange(256)
        try:
            instance = await stage.put_on(bytes(corrupted), deadline_seconds=1.0)
            await instance.call("file-loader", "open", "/data/a.csv")
        except PluginError:
            refused += 1
    assert refused > 10
    healthy = await stage.put_on(wasm)
    assert await healthy.call("file-loader", "open", "/data/a.csv") == 0


OTHER_WORLDS = {
    "nothing at all": "(component)",
    "a function of another name": """(component
        (core module $m (func (export "run")))
        (core instance $i (instantiate $m))
        (func (export "run") (canon lift (core func $i "run"))))""",
    "an interface of another package": """(component
        (core module $m (func (export "open")))
        (core instance $i (instantiate $m))
        (func $open (canon lift (core func $i "open")))
        (instance $loader (export "open" (func $open)))
        (export "other:plugin/file-loader@0.1.0" (instance $loader)))""",
    "our interface in another version": """(component
        (core module $m (func (export "open")))
        (core instance $i (instantiate $m))
        (func $open (canon lift (core func $i "open")))
        (instance $loader (export "open" (func $open)))
        (export "thoth:plugin/file-loader@9.0.0" (instance $loader)))""",
}


@pytest.mark.parametrize("text", OTHER_WORLDS.values(), ids=OTHER_WORLDS.keys())
async def test_a_component_of_another_world_is_refused(stage: Stage, text: str) -> None:
    """The error says so before anything of it runs."""
    with pytest.raises(PluginInvalid, match="another world") as caught:
        await stage.put_on(from_text(text))
    assert caught.value.plugin_id == PLUGIN


async def test_our_interface_with_another_type_is_refused(stage: Stage) -> None:
    """Same names, other parameters: nothing is passed that the guest would misread."""
    text = """(component
        (core module $m (func (export "open") (param i32)))
        (core instance $i (instantiate $m))
        (func $open (param "path" u32) (canon lift (core func $i "open")))
        (instance $loader (export "open" (func $open)))
        (instance $meta)
        (export "thoth:plugin/plugin-meta@0.1.0" (instance $meta))
        (export "thoth:plugin/file-loader@0.1.0" (instance $loader)))"""
    instance = await stage.put_on(from_text(text))
    with pytest.raises(PluginInvalid, match=r"file-loader\.open"):
        await instance.call("file-loader", "open", "/data/a.csv")


async def test_a_component_that_imports_a_resource_of_ours_is_refused(stage: Stage) -> None:
    """We offer functions on plain values only; anything else cannot be linked."""
    text = """(component
        (import "thoth:plugin/plugin-storage@0.1.0" (instance
            (export "vault" (type (sub resource)))))
        (instance $meta)
        (export "thoth:plugin/plugin-meta@0.1.0" (instance $meta)))"""
    instance = await stage.put_on(from_text(text))
    with pytest.raises(PluginInvalid):
        await instance.call("file-loader", "open", "/data/a.csv")
