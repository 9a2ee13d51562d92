"""So many at a time, whoever leaves when."""

import asyncio

import pytest

from thoth_ls.net.slots import LineFull, Slots


async def holding(slots: Slots, until: asyncio.Event) -> None:
    async with slots.slot():
        await until.wait()


async def test_first_come_first_served_and_no_more_than_may_wait() -> None:
    slots, leave = Slots(1, 2), asyncio.Event()
    tasks = [asyncio.create_task(holding(slots, leave)) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(LineFull):
        await holding(slots, leave)
    leave.set()
    await asyncio.gather(*tasks)
    assert slots.idle


@pytest.mark.parametrize("turns", [0, 1])
async def test_one_that_leaves_just_when_a_slot_is_handed_on(turns: int) -> None:
    """It is cancelled, and nothing else; the slot goes to the next one. Before it is handed on, and after."""
    slots, leave, stay = Slots(1, 5), asyncio.Event(), asyncio.Event()
    holder = asyncio.create_task(holding(slots, leave))
    leaver = asyncio.create_task(holding(slots, stay))
    last = asyncio.create_task(holding(slots, stay))
    await asyncio.sleep(0)
    leave.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    leaver.cancel()
    await asyncio.wait((holder, leaver))
    assert leaver.cancelled()
    assert not last.done()
    stay.set()
    await last
    assert slots.idle
