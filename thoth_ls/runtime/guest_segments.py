"""Files read in parts by several instances of a plugin with `segmented-loader`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thoth_ls.errors import PluginInvalid, PluginRefused
from thoth_ls.runtime.guest_json import progress
from thoth_ls.runtime.mailbox import Priority

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.plugin_source import OpenFile
    from thoth_ls.runtime.worker import Call
    from thoth_ls.wire.documents import Progress

INTERFACE = "segmented-loader"
STEP_BYTES = 32 << 20
"""How much a fresh guest reads at once on the way back to where its predecessor died."""
SURVEY_CHARACTERS = 1 << 20
KEPT_CHARACTERS = 64 << 20
"""Surveys kept of one file, for the way back; what is not kept is read again."""


class Way:
    """How an instance came to where it is: a fresh guest goes the same way in little time."""

    def __init__(self, plugin_id: str) -> None:
        self._plugin_id = plugin_id
        self._bytes_done = 0
        self._surveys: dict[int, str] = {}
        """By the byte each begins at, in order."""
        self._room = KEPT_CHARACTERS

    def begin(self) -> None:
        """The file is opened anew."""
        self._bytes_done, self._room = 0, KEPT_CHARACTERS
        self._surveys.clear()

    def came_to(self, now: Progress) -> None:
        """The instance has read so far."""
        self._bytes_done = now.bytes_done

    def accepted(self, begin: int, survey: str, now: Progress) -> None:
        """The instance has taken over a survey."""
        self.came_to(now)
        if len(survey) <= self._room:
            self._room -= len(survey)
            self._surveys[begin] = survey

    def go(self, call: Call, now: Progress) -> None:
        """Brings a guest that has just opened the file (`now`) as far; runs on the instance's thread."""
        begins = iter(list(self._surveys))  # more may be added meanwhile, on the event loop's thread
        following = next(begins, None)
        while not now.done and now.bytes_done < self._bytes_done:
            while following is not None and following < now.bytes_done:
                following = next(begins, None)
            before = now
            if following == now.bytes_done:
                now = self._accept(call, following, now)
            if now is before:
                limit = following if following is not None and following > now.bytes_done else self._bytes_done
                left = min(limit, self._bytes_done) - now.bytes_done
                value = call("paged-loader", "advance", min(left, STEP_BYTES))
                now = progress(self._plugin_id, "paged-loader.advance", value)
            if now.bytes_done <= before.bytes_done and not now.done:
                raise PluginInvalid(self._plugin_id, "paged-loader.advance does not get on")

    def _accept(self, call: Call, begin: int, now: Progress) -> Progress:
        """Where the survey leads to, or the same as before when the guest does not take it."""
        try:
            value = call(INTERFACE, "accept", self._surveys[begin])
        except PluginRefused:
            return now
        found = progress(self._plugin_id, "segmented-loader.accept", value)
        return found if found.bytes_done > begin else now


class GuestSurveyor:
    """A further instance with the same file (`documents.source.Surveyor`)."""

    def __init__(self, plugin_id: str, instance: PluginInstance, on_closed: Callable[[GuestSurveyor], None]) -> None:
        self._plugin_id = plugin_id
        self._instance = instance
        self._on_closed = on_closed

    async def survey(self, begin: int, end: int) -> str:
        """What is in the bytes from `begin` to `end`, in the plugin's own words."""
        text: Any = await self._instance.call(INTERFACE, "survey", begin, end, priority=Priority.BACKGROUND)
        if not isinstance(text, str):
            raise PluginInvalid(self._plugin_id, "segmented-loader.survey did not return text")
        if len(text) > SURVEY_CHARACTERS:
            raise PluginInvalid(self._plugin_id, f"segmented-loader.survey returned {len(text):,} characters")
        return text

    async def close(self) -> None:
        """Ends the instance; closing twice is no error."""
        await self._instance.close()
        self._on_closed(self)


class GuestSegments:
    """`documents.source.Segments` over a plugin."""

    def __init__(
        self,
        file: OpenFile,
        way: Way,
        instance: Callable[[], PluginInstance],
        open_here: Callable[[Call], Progress],
    ) -> None:
        """`instance` returns the one that has the file open; `open_here` opens it in a further one in the same way."""
        self._file = file
        self._way = way
        self._instance = instance
        self._open_here = open_here
        self._surveyors: set[GuestSurveyor] = set()
        self._closed = False

    async def possible(self) -> bool:
        """Whether the open file can be read in parts."""
        return (await self._instance().call(INTERFACE, "segmented")) is True

    async def surveyor(self) -> GuestSurveyor:
        """A further instance."""
        plugin_id = self._file.plugin_id

        def restore(call: Call) -> None:
            self._open_here(call)

        instance = await self._file.instance(restore)
        made = GuestSurveyor(plugin_id, instance, self._surveyors.discard)
        self._surveyors.add(made)
        if self._closed:
            await made.close()
        return made

    async def accept(self, begin: int, survey: str) -> Progress:
        """Has the instance that has the file open take over a survey."""
        plugin_id = self._file.plugin_id
        value = await self._instance().call(INTERFACE, "accept", survey, priority=Priority.BACKGROUND)
        now = progress(plugin_id, "segmented-loader.accept", value)
        self._way.accepted(begin, survey, now)
        return now

    async def close(self) -> None:
        """Ends the further instances."""
        self._closed = True
        await asyncio.gather(*(surveyor.close() for surveyor in list(self._surveyors)), return_exceptions=True)
