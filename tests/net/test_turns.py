"""One piece in each turn of the event loop, so that everybody else has theirs."""

import asyncio
from itertools import pairwise

from thoth_ls.net.turns import Turns


async def test_one_goes_on_in_each_turn_of_the_loop_first_come_first_served() -> None:
    turns, order = Turns(), list[object]()

    async def take(number: int) -> None:
        await turns.mine()
        order.append(number)

    async def others() -> None:
        while len([each for each in order if each != "others"]) < 5:
            order.append("others")
            await asyncio.sleep(0)

    await asyncio.gather(*(take(number) for number in range(5)), others())
    taken = [at for at, each in enumerate(order) if each != "others"]
    assert [order[at] for at in taken] == [0, 1, 2, 3, 4]
    assert all(later - earlier > 1 for earlier, later in pairwise(taken))


async def test_who_is_alone_does_not_wait_and_who_leaves_takes_no_turn() -> None:
    turns, done = Turns(), list[int]()

    async def take(number: int) -> None:
        await turns.mine()
        done.append(number)

    coroutine = turns.mine()
    try:
        coroutine.send(None)
    except StopIteration:
        done.append(0)
    tasks = [asyncio.create_task(take(number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.wait(tasks)
    assert done == [0, 1, 3]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    coroutine = turns.mine()
    try:
        coroutine.send(None)
    except StopIteration:
        done.append(4)
    assert done == [0, 1, 3, 4]
