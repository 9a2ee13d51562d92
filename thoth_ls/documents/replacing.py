"""What becomes of open files when the plugin that reads them is switched off, or is another by now.

Tables are read by no plugin: they stay.
"""

from __future__ import annotations

from collections.abc import Iterable

from thoth_ls.documents.document import Document
from thoth_ls.documents.events import DocumentEvents
from thoth_ls.errors import DocumentChanged, PluginError
from thoth_ls.wire.documents import DidChange, DidFail


def stop(documents: Iterable[Document], plugin_id: str, reason: PluginError, events: DocumentEvents) -> None:
    """Ends the readings by a plugin that may not run any more; the files stay open, and can be read by another."""
    for document in documents:
        reading = document.reading
        if reading.source.plugin_id == plugin_id and reading.opened.path is not None:
            reading.end(reason)
            events.failed(
                DidFail(
                    document_id=document.id,
                    generation=reading.generation,
                    kind=reason.kind.value,
                    message=str(reason),
                )
            )


def outdate(documents: Iterable[Document], plugin_id: str, message: str, events: DocumentEvents) -> None:
    """Has the client read files anew whose plugin is another by now, or may run again."""
    for document in documents:
        reading = document.reading
        if reading.source.plugin_id == plugin_id and reading.opened.path is not None:
            reading.end(DocumentChanged(f"{message} {document.name} has to be read again."))
            events.changed(
                DidChange(
                    document_id=document.id,
                    generation=reading.generation,
                    change="reloaded",
                    message=message,
                )
            )
