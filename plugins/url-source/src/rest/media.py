"""Media types: what a file is by its name, and what a Content-Type says."""

import re
from typing import Final

TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""What methods and names of headers are made of (RFC 9110, 5.6.2)."""
OCTETS: Final = "application/octet-stream"
_BY_EXTENSION: Final = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css",
    "csv": "text/csv",
    "gif": "image/gif",
    "gz": "application/gzip",
    "htm": "text/html",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "md": "text/markdown",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}


def of_file(name: str) -> str:
    """The media type of a file by its extension."""
    return _BY_EXTENSION.get(name.rpartition(".")[2].lower() if "." in name else "", OCTETS)


def essence(content_type: str) -> str:
    """`text/html` of `Text/HTML; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def parameter(content_type: str, name: str) -> str | None:
    """A parameter of a Content-Type, without quotes; None where it has none of that name."""
    for said in parameters(content_type):
        key, sign, value = said.partition("=")
        if sign and key.strip().lower() == name:
            value = value.strip()
            if value[:1] == '"' and value[-1:] == '"' and len(value) > 1:
                return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
            return value
    return None


def parameters(content_type: str) -> list[str]:
    """What follows the first `;`, parted at those outside of quotes."""
    parts: list[str] = []
    begin, quoted, at = 0, False, 0
    while at < len(content_type):
        sign = content_type[at]
        if quoted and sign == "\\":
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            parts.append(content_type[begin:at])
            begin = at + 1
        at += 1
    return [*parts, content_type[begin:]][1:]


def is_json(content_type: str) -> bool:
    """Whether it is JSON: application/json, and all that end in +json."""
    kind = essence(content_type)
    return kind in ("application/json", "text/json") or kind.endswith("+json")


def is_xml(content_type: str) -> bool:
    """Whether it is XML."""
    kind = essence(content_type)
    return kind in ("application/xml", "text/xml") or kind.endswith("+xml")
