"""Searches by a plugin with `tree-loader`; whatever it answers is checked."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, TypeAdapter

from thoth_ls.documents.search.guests import Candidate, Candidates
from thoth_ls.errors import PluginInvalid
from thoth_ls.runtime.guest_json import GivenAnswer, checked
from thoth_ls.runtime.guest_tree import INTERFACE, MOST_STEPS
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.wire.cells import Kind
from thoth_ls.wire.documents import Count

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.documents.search.guests import Wanted
    from thoth_ls.runtime.instance import PluginInstance

MOST_HITS = 20_000


class GivenHit(GivenAnswer):
    """A name or value that was found."""

    record: Count
    path: Annotated[list[Count], Field(max_length=MOST_STEPS)]
    keys: Annotated[list[str | Count], Field(max_length=MOST_STEPS)] | None = None
    part: Literal["key", "value"]
    kind: Kind
    text: str
    start: Annotated[Count, Field(alias="from")] = 0
    bytes: Count


class GivenHits(GivenAnswer):
    """The answer of `search`."""

    hits: Annotated[list[GivenHit], Field(max_length=MOST_HITS)]
    next: Count
    record: Count
    done: bool
    cut_short: Annotated[Count | None, Field(alias="cutShort")] = None


HITS = TypeAdapter(GivenHits)


class TreeSearch:
    """`documents.search.guests.GuestSearch` over `tree-loader.search`."""

    def __init__(self, plugin_id: str, instance: Callable[[], PluginInstance]) -> None:
        """`instance` returns the instance that is open, or raises PluginError."""
        self._plugin_id = plugin_id
        self._instance = instance

    async def search(self, wanted: Wanted, from_byte: int, max_bytes: int) -> Candidates:
        """One bounded step, from a byte of the file on."""
        texts = [{"text": needle.text, "fold": needle.fold} for needle in wanted.needles]
        query = {**({"texts": texts} if texts else {}), "keys": wanted.keys, "values": wanted.values}
        asked = json.dumps(query, ensure_ascii=False)
        answer = await self._instance().call(
            INTERFACE, "search", asked, from_byte, max_bytes, priority=Priority.BACKGROUND
        )
        given = checked(self._plugin_id, "tree-loader.search", answer, HITS)
        if given.next < from_byte:
            raise PluginInvalid(self._plugin_id, "tree-loader.search goes back in the file")
        found = [_candidate(item) for item in given.hits]
        if any(later.record < item.record for item, later in itertools.pairwise(found)):
            raise PluginInvalid(self._plugin_id, "tree-loader.search returned hits that are not in file order")
        return Candidates(found, given.next, given.record, given.done, given.cut_short)


def _candidate(given: GivenHit) -> Candidate:
    keys = given.keys if given.keys is not None and len(given.keys) == len(given.path) else None
    cut = given.start > 0 or given.bytes > len(given.text.encode("utf-8", "replace"))
    return Candidate(given.record, given.path, keys, given.part, given.kind, given.text, cut)
