"""Malformed records of open files, as an editor lists them: told anew, and taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from thoth_ls.documents.document import Document
from thoth_ls.documents.events import DocumentEvents
from thoth_ls.errors import ThothError

logger = logging.getLogger(__name__)


async def tell_again(documents: Mapping[str, Document], limit: int, events: DocumentEvents) -> None:
    """Tells those of every open file anew, at most `limit` of each; `documents` are looked at while they change."""
    for document in {item.uri: item for item in documents.values()}.values():
        reading = document.reading
        if not reading.malformed[1]:
            continue
        try:
            reading.malformed = await reading.source.problems(0, limit)
        except ThothError as error:
            logger.info("publishing what is known already: %s", error)
        if documents.get(document.id) is document and document.reading is reading:
            events.malformed(document.uri, *reading.malformed)


def take_back(closed: Document, others: Iterable[Document], events: DocumentEvents) -> None:
    """Takes back what was told of a file, or puts that of another document of the same file in its place."""
    if closed.reading.malformed[1]:
        same = [item.reading for item in others if item.uri == closed.uri]
        problems, total = same[-1].malformed if same else ([], 0)
        events.malformed(closed.uri, problems, total)
