"""What the client shows on behalf of a plugin: file dialogs and files."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire


class FileDialogParams(Wire):
    """Asks the person for a file of the machine the server runs on."""

    mode: Literal["open", "save"]
    plugin_name: str
    """Who asks; made harmless, as is the title."""
    title: Annotated[str, Field(max_length=200)]
    default_name: Annotated[str, Field(max_length=255)]
    """A file name without folders; empty for none."""
    extensions: list[str]
    """Without the dot; empty for any."""


class FileDialogResult(Wire):
    """What was picked."""

    uri: str | None
    """A `file:` address; null where the person cancelled."""


class ShowFileParams(Wire):
    """Has the client open a file that the server wrote, with Thoth's own viewer where it has one."""

    uri: str
    title: str
