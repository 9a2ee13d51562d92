"""What a response's body is, and what to call it as a file: by its headers first, then by how it begins."""

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from rest import media
from thoth_plugin.http import Response

Shape = Literal["data", "markup", "text", "image", "binary", "empty"]
"""`data` is what viewers of files know: JSON, CSV and the like."""

_BY_TYPE: Final[dict[str, tuple[Shape, str]]] = {
    "application/json": ("data", "json"),
    "application/x-ndjson": ("data", "ndjson"),
    "application/jsonl": ("data", "ndjson"),
    "application/geo+json": ("data", "geojson"),
    "text/csv": ("data", "csv"),
    "text/tab-separated-values": ("data", "tsv"),
    "text/html": ("markup", "html"),
    "application/xhtml+xml": ("markup", "html"),
    "application/xml": ("markup", "xml"),
    "text/xml": ("markup", "xml"),
    "image/svg+xml": ("image", "svg"),
    "text/css": ("text", "css"),
    "text/javascript": ("text", "js"),
    "application/javascript": ("text", "js"),
    "text/markdown": ("text", "md"),
    "text/plain": ("text", "txt"),
    "application/pdf": ("binary", "pdf"),
    "application/zip": ("binary", "zip"),
    "application/gzip": ("binary", "gz"),
}
_IMAGES: Final = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "avif"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "bmp"),
    (re.compile(rb"\x00\x00\x01\x00.\x00", re.DOTALL), "ico"),
)
"""How images begin; what the server says of them does not count."""
_SVG: Final = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?:<!doctype\s+svg[^>]*>\s*)?<svg[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_NAME: Final = re.compile(r"[^\w.() -]+")


@dataclass(frozen=True, slots=True)
class BodyKind:
    """Of one response."""

    shape: Shape
    extension: str
    name: str
    """A file name that ends in the extension."""

    @property
    def is_text(self) -> bool:
        """Whether it can be read as it came: an SVG is an image and text."""
        return self.shape in ("data", "markup", "text") or self.extension == "svg"


def kind_of(response: Response) -> BodyKind:
    """What the body is."""
    shape, extension = _shape(response)
    return BodyKind(shape, extension, _name(response, extension))


def _shape(response: Response) -> tuple[Shape, str]:
    if response.body_bytes == 0:
        return "empty", "txt"
    content = response.content
    for begins, extension in _IMAGES:
        if begins.match(content):
            return "image", extension
    said = media.essence(response.header("content-type"))
    if said.endswith("+json"):
        return "data", "json"
    if said in _BY_TYPE and said != "text/plain":
        return _BY_TYPE[said]
    if said.endswith("+xml"):
        return "markup", "xml"
    if not _is_text(content, response.complete):
        return "binary", _BY_TYPE.get(said, ("binary", "bin"))[1]
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if start[:1] in (b"{", b"["):
        return "data", "json"
    if start.startswith((b"<!doctype html", b"<html")):
        return "markup", "html"
    if _SVG.match(start):
        return "image", "svg"
    if start.startswith(b"<?xml"):
        return "markup", "xml"
    return "text", "txt"


def _is_text(content: bytes, complete: bool) -> bool:
    if b"\0" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return not complete and error.end >= len(content) - 3 and error.start > len(content) - 4
    return True


def _name(response: Response, extension: str) -> str:
    """What the server calls it, else the end of its path, else `response`."""
    said = response.header("content-disposition")
    name = media.parameter(said, "filename") if said else None
    if not name:
        path = urlsplit(response.url).path
        name = unquote(path.rstrip("/").rpartition("/")[2])
    name = _NAME.sub("_", name.rpartition("/")[2].rpartition("\\")[2]).strip(" .")[:100]
    if not name:
        return f"response.{extension}"
    return name if name.lower().endswith(f".{extension}") else f"{name}.{extension}"
