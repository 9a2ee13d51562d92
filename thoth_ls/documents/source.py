"""Where the readers of files meet: what the documents ask of whatever reads a file for them.

The runtime implements these over plugins; the tests over lists. All methods may raise `thoth_ls.errors.PluginError`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from thoth_ls.documents.search.guests import GuestSearch
from thoth_ls.documents.tree import Tree
from thoth_ls.wire.documents import CellText, Column, OpenOption, Problem, Progress


@dataclass(frozen=True, slots=True)
class Description:
    """What an opened file looks like."""

    columns: Sequence[Column]
    options: Sequence[OpenOption]
    notes: Sequence[str]
    display: Literal["table", "tree", "custom"] = "table"
    """How the plugin would have the file shown."""
    nested: bool = False
    """Whether values nest."""
    growing: bool = False
    """Whether columns may still turn up while the file is read."""
    index_bytes: int | None = None
    """Memory that is taken by what is kept of where the records are, None where the plugin does not say."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for in cells."""

    text: str
    match_case: bool
    whole_cell: bool
    fold: Sequence[Sequence[str]] | None = None
    """For each position the texts accepted there, where case does not matter and the usual ones are not meant."""


@dataclass(frozen=True, slots=True)
class FindStep:
    """What one bounded step of a search found."""

    matches: Sequence[tuple[int, int]]
    """Pairs of record and column."""
    next_record: int
    """Where to go on."""
    bytes_read: int
    done: bool
    """Whether the search reached the end of what has been read so far."""


class Surveyor(Protocol):
    """A further instance of a plugin with the same file, which finds out what is in parts of it."""

    async def survey(self, begin: int, end: int) -> str:
        """What is in the bytes from `begin` to `end`, in words only `Segments.accept` understands."""

    async def close(self) -> None:
        """Ends the instance; closing twice is no error."""


class Segments(Protocol):
    """A source that can be read in parts by several instances at the same time."""

    async def possible(self) -> bool:
        """Whether the open file can be."""

    async def surveyor(self) -> Surveyor:
        """A further instance. Closing the source closes those that are still there."""

    async def accept(self, begin: int, survey: str) -> Progress:
        """Has the source take over what was found from `begin` on, which has to be how far it has come."""


class Viewer(Protocol):
    """Draws the records of a source."""

    async def draw(self, start: int, count: int) -> Sequence[str]:
        """Records from `start` on, each as an item of `RenderResult.nodes`; fewer where that would be too long."""


class Source(Protocol):
    """One file, being read by one plugin instance. Calls are serialised; pages overtake background work."""

    plugin_id: str
    plugin_name: str
    sandbox: Literal["file", "folder"]
    tree: Tree
    """The records as trees, whatever the plugin says of nested values."""
    searcher: GuestSearch | None
    """Where the plugin looks through names and values itself."""
    tabular: bool
    """Whether a record is a row of cells that columns name, and nothing else."""
    segments: Segments | None
    """Where parts of the file can be read at the same time; may be asked once the file is open."""

    @property
    def viewer(self) -> Viewer | None:
        """Where the plugin can draw records."""

    async def open(self, options: Mapping[str, str]) -> Progress:
        """Reads the beginning of the file; forgets what was read before."""

    async def describe(self) -> Description:
        """Columns and options in force."""

    async def advance(self, max_bytes: int) -> Progress:
        """Reads on by about `max_bytes`, in the background."""

    async def page(self, start: int, count: int) -> str:
        """JSON text: an array of records; fewer than asked for at the end of what has been read."""

    async def slice(self, start: int, count: int) -> str:
        """As `page`, in the background and as the plugin returned it: whoever asks has to check it."""

    async def cell(self, record: int, column: int, start: int, count: int) -> CellText:
        """The text of one cell from byte `start` on, at most `count` bytes of UTF-8."""

    async def find(self, query: Query, from_record: int, max_bytes: int) -> FindStep:
        """One bounded step of a search, in the background."""

    async def records(self, start: int, count: int) -> Sequence[str]:
        """Records as JSON text, in the background; none at the end of what has been read.

        Raises PluginRefused or PluginLimitHit where so many are too long to be told at once.
        """

    async def problems(self, start: int, count: int) -> tuple[Sequence[Problem], int]:
        """Malformed records found so far, and how many there are in all."""

    async def close(self) -> None:
        """Ends the instance and frees what it held; closing twice is no error."""


class Loader(Protocol):
    """A plugin that can open files."""

    plugin_id: str
    plugin_name: str
    description: str
    """What it does, in a sentence."""
    extensions: Sequence[str]
    """File name extensions, lower case, without the dot."""
    encodings: frozenset[str]
    """Codec names (as `codecs.lookup(name).name`) it decodes itself; any other is transcoded to UTF-8 for it."""

    async def nests(self) -> bool:
        """Whether the plugin tells of nested values and where they are in a file."""

    async def source(self, path: Path) -> Source:
        """A fresh instance that will read `path`, a regular file, and can see nothing else."""


Match = Literal["setting", "name", "content", "other"]
"""Why a loader may open a file: a setting says so, the ending of the name, perhaps the content (it has to be asked), or
only because a person wants it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A loader that may open a file."""

    loader: Loader
    match: Match


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every loader there is, the best for one file first."""

    extension: str
    """The ending of the name, lower case and without the dot; empty where there is none."""
    items: Sequence[Candidate]
    notes: Sequence[str] = ()
    """Sentences a person should read, about a setting that could not be followed."""
    switched_off: Sequence[str] = ()
    """Names of plugins that are made for files of that ending and may not run."""


class Loaders(Protocol):
    """The installed loaders."""

    def candidates(self, file_name: str) -> Candidates:
        """All loaders, in the order in which they should be tried on a file of that name."""

    def named(self, plugin_id: str) -> Loader:
        """The loader of that id; raises PluginNotFound, or PluginInvalid when it cannot open files."""
