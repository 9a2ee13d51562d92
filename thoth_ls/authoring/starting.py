"""A new plugin from a template: a folder with a manifest, a program, a test and what to do next."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from thoth_ls.catalog.words import word
from thoth_ls.errors import ThothError

Kind = Literal["panel", "loader", "exporter", "renderer", "command", "theme"]
Language = Literal["python", "zig"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

TEMPLATES: Final = Path(__file__).parent / "templates"
SUFFIX: Final = ".template"
"""Behind the names of files that are filled in."""
MOST_NAME: Final = 60
_ID: Final = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+")
_UNFIT: Final = re.compile(r"[{}\\\x00-\x1f]")
"""What is something else inside of the quotes of one language or the other."""
_GAP: Final = re.compile(r"\{\{(\w+)\}\}")
_DESCRIPTIONS: Final[dict[Kind, str]] = {
    "panel": "Counts how often a button is clicked",
    "loader": "Opens text files, a record a line",
    "exporter": "Writes a table as text, a line a value",
    "renderer": "Tells of each column how many of its cells are filled",
    "command": "Greets whoever is named",
    "theme": "Two color themes, a dark one and a light one",
}


class CannotStart(ThothError):
    """Why there is no new plugin."""


@dataclass(frozen=True, slots=True)
class Start:
    """What to begin. `folder` must not exist, or be empty."""

    folder: Path
    name: str
    """For people, at most 60 characters."""
    kind: Kind
    language: Language = "python"
    """Themes have none."""
    plugin_id: str | None = None
    """`com.example.<name>` where it is left out."""
    author: str | None = None


def word_of(name: str) -> str:
    """A name in lower-case letters, digits and hyphens, as folders and commands are called; raises CannotStart."""
    found = word(name)
    if not found or not found[0].isalpha() or len(name) > MOST_NAME or _UNFIT.search(name):
        raise CannotStart(
            f"{name!r} is no name for a plugin: begin with a letter, write at most {MOST_NAME} characters, some of them"
            " from A to Z"
        )
    return found


def start(wanted: Start) -> list[Path]:
    """Writes the files and returns them; raises CannotStart, and then nothing is written."""
    called = word_of(wanted.name)
    plugin_id = wanted.plugin_id or f"com.example.{called}"
    if not _ID.fullmatch(plugin_id):
        raise CannotStart(
            f"{plugin_id!r} is no id for a plugin: write a domain of yours backwards and a name, for instance"
            f" com.example.{called}"
        )
    _require_empty(wanted.folder)
    values = {
        "id": plugin_id,
        "name": _inside_quotes(wanted.name),
        "word": called,
        "module": called.replace("-", "_"),
        "extension": called.replace("-", "")[:12],
        "description": _DESCRIPTIONS[wanted.kind],
        "author": _inside_quotes(wanted.author or "Your Name"),
    }
    files = {
        target: _filled(source.read_text("utf-8"), values) if source.suffix == SUFFIX else source.read_text("utf-8")
        for target, source in _sources(wanted.kind, wanted.language).items()
    }
    written = []
    try:
        for name, text in files.items():
            path = wanted.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            written.append(path)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise CannotStart(f"{wanted.folder} cannot be written: {error.strerror or error}") from None
    return written


def _sources(kind: Kind, language: Language) -> dict[str, Path]:
    """Templates by where they go; those of a language take the place of what all share."""
    found: dict[str, Path] = {}
    folders = [TEMPLATES / "shared" / kind]
    if kind != "theme":
        folders += [TEMPLATES / language / "all", TEMPLATES / language / kind]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[path.relative_to(folder).as_posix().removesuffix(SUFFIX)] = path
    return found


def _filled(text: str, values: dict[str, str]) -> str:
    return _GAP.sub(lambda gap: values[gap[1]], text)


def _inside_quotes(text: str) -> str:
    """As it stands between the quotes of TOML, Python and Zig alike."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)[1:-1]


def _require_empty(folder: Path) -> None:
    try:
        if folder.is_dir() and not any(folder.iterdir()):
            return
        if not folder.exists() and not folder.is_symlink():
            return
    except OSError as error:
        raise CannotStart(f"{folder} cannot be looked at: {error.strerror or error}") from None
    raise CannotStart(f"{folder} is there already: name another folder with --folder, or empty it")
