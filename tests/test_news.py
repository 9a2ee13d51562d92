"""News that come in floods are told now and then, and the last of them always."""

import asyncio

from thoth_ls.news import Latest


async def test_the_first_is_told_at_once_and_of_a_flood_the_last() -> None:
    told: list[int] = []
    last = asyncio.Event()

    def tell(number: int) -> None:
        told.append(number)
        if number == 999:
            last.set()

    news: Latest[int] = Latest(tell, 0.05)
    news(1)
    assert told == [1]
    for number in range(2, 1000):
        news(number)
    assert told == [1]
    await asyncio.wait_for(last.wait(), 5)
    await asyncio.sleep(0.12)
    assert told == [1, 999]
    news(1000)
    assert told == [1, 999, 1000]


async def test_beginning_anew_what_waits_is_dropped_and_the_next_is_told_at_once() -> None:
    told: list[int] = []
    news: Latest[int] = Latest(told.append, 0.05)
    news.begin_anew()
    news(1)
    news(2)
    news.begin_anew()
    news(3)
    assert told == [1, 3]
    await asyncio.sleep(0.12)
    assert told == [1, 3]
