"""A guest that returns too much, or returns what is not there, costs an error and not the server."""

from __future__ import annotations

from typing import Any

import pytest

from tests.runtime.hostile.attacks import (
    ALL_MEMORY_AS_TEXT,
    MIB,
    THREE_GIB,
    many_strings,
    text_answer,
)
from tests.runtime.hostile.guests import ANSWER, HEAP, TO_ANSWER, guest
from tests.runtime.hostile.stage import PLUGIN, Stage
from thoth_ls.errors import Limit, PluginLimitHit, PluginTrapped

TEN_MILLION = 10_000_000
ROOMY = {"memory_bytes": 512 * MIB, "fuel_per_call": 5_000_000_000}


async def refused(stage: Stage, export: str, body: str, *arguments: Any, **changes: int) -> PluginLimitHit:
    instance = await stage.put_on(guest({export: body}), **changes)
    interface, function = export.split("#")
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call(interface, function, *arguments)
    assert caught.value.plugin_id == PLUGIN
    assert caught.value.export == f"{interface}.{function}"
    return caught.value


async def test_a_string_of_3_gib_that_is_not_there_is_a_crash(stage: Stage) -> None:
    """Length and address come from the guest; nothing is read outside its memory."""
    instance = await stage.put_on(guest({"file-loader#get": text_answer(0, THREE_GIB)}))
    with pytest.raises(PluginTrapped) as caught:
        await instance.call("file-loader", "get", 0)
    assert caught.value.export == "file-loader.get"
    assert "out of bounds" in str(caught.value)


@pytest.mark.parametrize("memory", [64 * MIB, 512 * MIB], ids=["64-mib", "512-mib"])
async def test_all_of_the_memory_as_one_string_is_too_large(stage: Stage, memory: int) -> None:
    """The cap on one value holds, whatever memory is allowed; and it is the cap that is named."""
    error = await refused(stage, "file-loader#get", ALL_MEMORY_AS_TEXT, 0, memory_bytes=memory)
    assert error.limit == Limit.RESULT_SIZE
    assert "8 MiB" in str(error)


@pytest.mark.parametrize("bytes_each", [0, 1, MIB], ids=["empty", "one-byte", "one-mib-aliased"])
async def test_a_list_of_ten_million_strings_is_too_large(stage: Stage, bytes_each: int) -> None:
    """Ten million times the same MiB would be terabytes; not even ten million empty strings are made."""
    body = many_strings(TEN_MILLION, bytes_each)
    error = await refused(stage, "file-loader#get-range", body, 0, 10, **ROOMY)
    assert error.limit == Limit.RESULT_SIZE


async def test_a_short_list_of_long_strings_is_too_large(stage: Stage) -> None:
    """Each string would be allowed, all of them are not."""
    error = await refused(stage, "file-loader#get-range", many_strings(20, MIB), 0, 20)
    assert error.limit == Limit.RESULT_SIZE


async def test_a_result_within_the_limit_arrives_whole(stage: Stage) -> None:
    """The cap does not cut honest results."""
    instance = await stage.put_on(guest({"file-loader#get-range": many_strings(7, MIB)}))
    records = await instance.call("file-loader", "get-range", 0, 7)
    assert [len(record) for record in records] == [MIB] * 7


LIES = {
    "text that is not UTF-8": (
        "file-loader#get",
        f"(i32.store (i32.const {HEAP}) (i32.const 0xfffefffe))" + text_answer(HEAP, 4),
        (0,),
    ),
    "a list that ends outside the memory": ("file-loader#get-range", text_answer(2 * 65536 - 8, 2), (0, 2)),
    "a list at an address that is not aligned": ("file-loader#get-range", text_answer(HEAP + 1, 2), (0, 2)),
    "an answer outside the memory": ("file-loader#get", "(i32.const -8)", (0,)),
    "an answer that is not aligned": ("file-loader#get", f"(i32.const {ANSWER + 1})", (0,)),
    "neither ok nor error": ("file-loader#get", f"(i32.store8 (i32.const {ANSWER}) (i32.const 2)) {TO_ANSWER}", (0,)),
    "a case that does not exist": ("file-viewer#preferred-display", "(i32.const 2)", ()),
}


@pytest.mark.parametrize(("export", "body", "arguments"), LIES.values(), ids=LIES.keys())
async def test_an_answer_against_the_rules_is_a_crash(
    stage: Stage, export: str, body: str, arguments: tuple[Any, ...]
) -> None:
    """What a guest returns is checked before anything of it is believed."""
    instance = await stage.put_on(guest({export: body}))
    interface, function = export.split("#")
    with pytest.raises(PluginTrapped) as caught:
        await instance.call(interface, function, *arguments)
    assert caught.value.export == f"{interface}.{function}"
