"""Chooses how a document is searched: by what is asked, and by what its plugin can do."""

from __future__ import annotations

from thoth_ls.documents.reading import Reading
from thoth_ls.documents.search.finder import Finder, RegexFinder, TextFinder
from thoth_ls.documents.search.jsonpath import compile_path
from thoth_ls.documents.search.paths import PathScanner
from thoth_ls.documents.search.records import RecordScanner
from thoth_ls.documents.search.scanning import Notes, Scanner, Thinking
from thoth_ls.documents.search.tables import TableScanner
from thoth_ls.documents.search.trees import TreeScanner
from thoth_ls.wire.searches import SearchParams


async def scanner_for(reading: Reading, params: SearchParams, thinking: Thinking, notes: Notes) -> Scanner:
    """A search that can be stepped through; raises QueryInvalid where the query is none."""
    if params.mode == "jsonpath":
        query = await thinking.run(lambda: compile_path(params.query, thinking.stop))
        return PathScanner(reading, params, query, thinking, notes)
    finder = await thinking.run(lambda: _finder(params))
    guest = reading.source.searcher
    if guest is not None:
        return TreeScanner(reading, guest, params, finder, thinking, notes)
    if reading.source.tabular:
        return TableScanner(reading, params, finder, thinking, notes)
    return RecordScanner(reading, params, finder, thinking, notes)


def _finder(params: SearchParams) -> Finder:
    kind = RegexFinder if params.mode == "regex" else TextFinder
    return kind(params.query, match_case=params.match_case, whole_word=params.whole_word)
