"""Other ways to look at a document: drawn by its plugin, as the text of the file, or read by another plugin."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, DocumentRef


class RenderParams(DocumentRef):
    """Asks the plugin to draw records `start` to `start + count`."""

    start: Count
    count: Annotated[int, Field(ge=0, le=200)]


class RenderResult(Wire):
    """Drawn records."""

    start: Count
    count: Count
    """How many records `nodes` holds."""
    nodes: str
    """JSON text: an array with one item a record, `{"node": {…}, "height": n}` (a node of the user-interface tree and
    the height wanted in logical pixels, 0 for no wish) or `{"error": "…"}`, a sentence."""


class FileTextParams(DocumentRef):
    """Asks for the text of the file around a byte of it, whole lines where they are not too long."""

    offset: Count
    before: Annotated[int, Field(ge=0, le=262_144)] = 0
    """About so many bytes in front of `offset`."""
    after: Annotated[int, Field(ge=1, le=262_144)] = 65_536
    """About so many bytes from `offset` on."""


class FileLine(Wire):
    """A line of the file, or a piece of a long one."""

    at: Count
    """Byte it begins at."""
    bytes: Count
    """Its length, the line break included."""
    text: str
    """Without the line break; at most 16 KiB of the file, a longer line comes in pieces."""
    continued: bool
    """Whether the line goes on in the next item."""


class FileText(Wire):
    """A part of the file as text, in UTF-8 (after decompression and transcoding)."""

    lines: list[FileLine]
    size: Count
    """Length of the whole text in bytes."""


class LoadersParams(Wire):
    """Asks which plugins can open a file."""

    uri: str


class LoaderChoice(Wire):
    """A plugin that can open a file."""

    plugin_id: str
    name: str
    description: str
    match: Literal["setting", "name", "content", "other"]
    """Why it is offered: a setting names it for this ending, the ending of the name, the content, or only because a
    person may know better."""
    reason: str
    """The same as a sentence."""
    default: bool
    """Whether it would be taken without being asked for."""


class LoadersResult(Wire):
    """Plugins that can open a file, the best first."""

    loaders: list[LoaderChoice]
    extension: str
    """The ending that decided, lower case and without the dot, empty where there is none."""
