"""What every way to search has in common: steps of bounded work, hits record by record, and sentences for people."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from thoth_ls.documents.search.stopping import Stop
from thoth_ls.errors import QueryInvalid
from thoth_ls.wire.searches import SearchHit

MOST_NOTES = 20
MOST_SLOW = 8
"""After so many values over which the expression took too long, it is given up."""

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Found:
    """Hits of one record; those of a record with many may come in several portions."""

    record: int
    hits: Sequence[SearchHit]


@dataclass(slots=True)
class Step:
    """What one bounded step of a search found."""

    found: Sequence[Found]
    """In file order."""
    done: bool
    """Whether it came to the end of what has been read so far."""
    moved: bool = True
    """Whether it came any further; a plugin may fail to, the host does not."""


class Scanner(ABC):
    """Searches one document, step by step."""

    record: int
    """All records below have been searched, and what was found in them told."""
    whole = False
    """Whether a record has to be read to its end before it can be searched."""

    @abstractmethod
    async def step(self, most: int) -> Step:
        """The next step. Of one record `most` hits and one more are enough. May raise ThothError."""

    async def close(self) -> None:
        """Gives up what was begun."""
        return


@dataclass(slots=True)
class Notes:
    """Sentences a person should read, the first of them and how many more there are."""

    sentences: list[str] = field(default_factory=list)
    more: int = 0
    slow: int = 0

    def add(self, sentence: str) -> None:
        """Keeps a sentence, once."""
        if sentence in self.sentences:
            return
        if len(self.sentences) < MOST_NOTES:
            self.sentences.append(sentence)
        else:
            self.more += 1

    def too_slow(self, record: int) -> None:
        """Notes a value that was left; raises QueryInvalid when there are too many."""
        self.slow += 1
        if self.slow >= MOST_SLOW:
            raise QueryInvalid(
                f"The regular expression takes too long: {self.slow} values had to be left unsearched, the last one in"
                f" record {record + 1:,}. Avoid repetitions inside repetitions, such as (a|aa)+."
            )
        self.add(f"Record {record + 1:,}: the regular expression took too long over a value, which was left.")

    def all(self) -> list[str]:
        """The sentences for the answer."""
        return [*self.sentences, f"There are {self.more:,} more remarks like these."] if self.more else self.sentences


class Thinking:
    """A thread for work that would keep the event loop from its other duties; stopped when nobody waits any more."""

    def __init__(self) -> None:
        self.stop = Stop()
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """What `work` returns."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="thoth-search")
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Ends the thread as soon as its work notices."""
        self.stop.ask()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
