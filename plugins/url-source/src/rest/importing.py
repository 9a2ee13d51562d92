"""What every importer gives, whatever format it reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rest.model import Request

ReadFile = Callable[[str], bytes | None]
"""The bytes of a file that is named; None where it cannot be read (in the plugin: never)."""


class NotImportable(ValueError):
    """A text is nothing an importer can read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something of the text that is not in the request."""

    level: Literal["lost", "irrelevant"]
    """`lost`: the request is another one without it. `irrelevant`: it is about something else."""
    what: str
    """As it was written: `--resolve a:1:b`."""
    reason: str
    """Why it is not in the request, or what became of it."""

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"


@dataclass(slots=True)
class ImportedRequest:
    """One request, and what of the text is not in it. Secrets are in it as written: see `rest.secrets.hide`."""

    request: Request
    notes: list[Note] = field(default_factory=list)
    folder: tuple[str, ...] = ()
    """Names of the folders it is in, the outermost first."""

    @property
    def lost(self) -> list[Note]:
        """What the person should be shown."""
        return [note for note in self.notes if note.level == "lost"]


@dataclass(slots=True)
class Imported:
    """All that a text has."""

    requests: list[ImportedRequest] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    """About what belongs to no request: commands that are not curl's."""
    variables: dict[str, str] = field(default_factory=dict)
    """Variables the text defines, and values of them."""
    needed: list[str] = field(default_factory=list)
    """Variables the requests ask for that the text does not define: they are to be given in an environment."""


class Importer(Protocol):
    """Reads one format."""

    id: str
    name: str
    """For people: `cURL`."""

    def recognises(self, text: str) -> bool:
        """Whether a text looks like this format. Must be quick."""

    def read(self, text: str, read_file: ReadFile) -> Imported:
        """What is in the text; raises NotImportable."""


def no_files(_: str) -> bytes | None:
    """For where no file can be read."""
    return None


def importer_for(text: str, importers: Sequence[Importer]) -> Importer:
    """The first that recognises a text; raises NotImportable, naming those there are."""
    for importer in importers:
        if importer.recognises(text):
            return importer
    names = ", ".join(importer.name for importer in importers)
    raise NotImportable(f"this is none of the formats that can be imported: {names}")
