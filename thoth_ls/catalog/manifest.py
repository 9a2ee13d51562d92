"""Reads `plugin.toml`: what it says, what is wrong with it and where. Whatever the file holds, that takes no time."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from thoth_ls.catalog.manifest_model import API_VERSION, Capability, Declared, Manifest, Setting, safe_id
from thoth_ls.catalog.manifest_problems import ManifestProblem, Places, first_line, line_of, model_problem, unknown_keys
from thoth_ls.catalog.manifest_remarks import remarks
from thoth_ls.catalog.toml_scan import MAX_DEPTH
from thoth_ls.catalog.toml_tokens import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from thoth_ls.catalog.toml_tokens import Path as TomlPath

__all__ = [
    "Capability",
    "CheckedManifest",
    "Declared",
    "Manifest",
    "ManifestError",
    "ManifestProblem",
    "Setting",
    "check_manifest",
    "check_text",
    "parse_manifest",
    "read_bytes",
    "read_manifest",
]

MAX_BYTES = 256 * 1024
MOST_ERRORS = 20
"""Errors that are told of one manifest."""
FEW_DOTS = 400
"""With fewer, no dotted key can be so long that `tomllib`, which takes the square of its parts, takes long."""
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


class ManifestError(Exception):
    """Why a manifest cannot be used, as a sentence."""


@dataclass(frozen=True, slots=True)
class CheckedManifest:
    """A manifest that was looked at."""

    manifest: Manifest | None
    """None where there are errors."""
    problems: tuple[ManifestProblem, ...]
    """Errors first, each kind in the order of the file."""
    declared_id: str | None = None
    """The id it gives, also where something else is wrong; None where that is none."""

    @property
    def errors(self) -> list[str]:
        """What makes it unusable."""
        return [str(problem) for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[str]:
        """What its author should know."""
        return [str(problem) for problem in self.problems if problem.severity == "warning"]


def read_manifest(path: Path) -> CheckedManifest:
    """What stands in the file; raises ManifestError where that cannot be read."""
    return check_manifest(read_bytes(path))


def parse_manifest(raw: bytes) -> Manifest:
    """The manifest in `raw`; raises ManifestError with all that is wrong."""
    checked = check_manifest(raw)
    if checked.manifest is None:
        raise ManifestError("; ".join(checked.errors))
    return checked.manifest


def read_bytes(path: Path) -> bytes:
    """The content of an ordinary file of a manifest's size; raises ManifestError."""
    try:
        # Without waiting: opening a pipe would never return.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ManifestError(f"{path.name} is not an ordinary file")
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ManifestError(f"{path.name} cannot be read: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise ManifestError(f"{path.name} is larger than {MAX_BYTES // 1024} KiB")
    return raw


def check_manifest(raw: bytes) -> CheckedManifest:
    """What the bytes of a file say."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _wrong(ManifestProblem("error", "", "expected text in UTF-8, found other bytes", line, Span(0, 0)))
    return check_text(text)


def check_text(text: str) -> CheckedManifest:
    """What a text says; the API version is judged first: of a later one, anything may mean something else."""
    places = Places(text)
    if text.count(".") > FEW_DOTS and places.scan.key_parts > MAX_DEPTH:
        return _wrong(places.error((), f"expected keys of at most {MAX_DEPTH} parts, found a longer one"))
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _wrong(_syntax_problem(text, error))
    declared = _declared_id(data)
    large = next(_large_numbers(data, ()), None)
    if large is not None:
        return _wrong(places.error(large, "expected a whole number of 64 bits, as TOML has them"), declared)
    api = data.get("api", API_VERSION)
    if api != API_VERSION:
        said = f"it was made for version {api!r} of the plugin API, and this Thoth knows {API_VERSION!r} alone"
        return _wrong(places.error(("api",), said), declared)
    manifest: Manifest | None = None
    found: list[ManifestProblem] = []
    try:
        manifest = Manifest.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MOST_ERRORS]
        found += sorted((model_problem(item, places) for item in details), key=_line)
    warned = [*unknown_keys(data, places), *(remarks(manifest, places) if manifest is not None else ())]
    return CheckedManifest(manifest, (*found, *sorted(warned, key=_line)), declared)


def _wrong(problem: ManifestProblem, declared: str | None = None) -> CheckedManifest:
    return CheckedManifest(None, (problem,), declared)


def _line(problem: ManifestProblem) -> int:
    return problem.line


def _large_numbers(value: object, path: TomlPath) -> Iterator[TomlPath]:
    """Where numbers stand that other programs cannot hold; some of them cannot even be written as text."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _large_numbers(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _large_numbers(item, (*path, index))
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        yield path


def _declared_id(data: Mapping[str, Any]) -> str | None:
    try:
        return safe_id(data["id"])
    except (KeyError, TypeError, ValueError):
        return None


def _syntax_problem(text: str, error: Exception) -> ManifestProblem:
    """What `tomllib` says, which gives the place in words alone."""
    if isinstance(error, RecursionError):
        return ManifestProblem("error", "", "is not valid TOML: it is nested too deeply", 1, first_line(text))
    said = str(error)
    place = _PLACE.search(said)
    if place is None:
        start = end = len(text)
        said = said.removesuffix(" (at end of document)") + ", and the file ends there"
    else:
        said = said[: place.start()]
        start = 0
        for _ in range(int(place[1]) - 1):
            start = text.find("\n", start) + 1
        start = min(start + int(place[2]) - 1, len(text))
        end = min(start + 1, len(text))
    said = said[:1].lower() + said[1:]
    return ManifestProblem("error", "", f"is not valid TOML: {said}", line_of(text, start), Span(start, end))
