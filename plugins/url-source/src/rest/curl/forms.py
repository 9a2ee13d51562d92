"""What `-F` and `--form-string` say of one part of a multipart body."""

from dataclasses import dataclass, field
from typing import Final

from rest import media
from rest.importing import Note, ReadFile
from rest.model import FileRef, Part, Row

_LOST: Final = "lost"
_KNOWN: Final = frozenset({"gif", "jpg", "jpeg", "png", "svg", "txt", "htm", "html", "pdf", "xml"})
"""Extensions that curl knows."""


@dataclass(slots=True)
class Parts:
    """The parts so far."""

    parts: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    depth: int = 0
    """How many parts within parts are open (`=(` and `=)`)."""


@dataclass(slots=True)
class _Piece:
    """A file or text with what follows its semicolons."""

    data: str = ""
    content_type: str = ""
    filename: str | None = None
    encoder: str = ""
    headers: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def type_of_file(filename: str | None, path: str) -> str:
    """What curl says of a file of which no type is said."""
    for name in (filename or "", path):
        kind = media.of_file(name)
        if "." in name and name.rpartition(".")[2].lower() in _KNOWN:
            return kind
    return media.OCTETS


def add_string(made: Parts, value: str) -> None:
    """Of `--form-string`: nothing in the value means more than itself."""
    name, sign, content = value.partition("=")
    if not sign:
        made.notes.append(Note(_LOST, f"--form-string {value}", "it has no = between name and value"))
    else:
        made.parts.append(Part(name, content))


def add(made: Parts, value: str, stdin: str | None, read_file: ReadFile) -> None:
    """Of `-F`."""
    written = f"-F {value[:80]}"
    name, sign, content = value.partition("=")
    if not sign:
        made.notes.append(Note(_LOST, written, "it has no = between name and value"))
    elif content[:1] in ("(", ")") and (content == ")" or content.startswith("(")) and not name * (content == ")"):
        made.depth += 1 if content.startswith("(") else -1
        made.notes.append(Note(_LOST, written, "parts within parts cannot be made here"))
    elif made.depth > 0:
        made.notes.append(Note(_LOST, written, "parts within parts cannot be made here"))
    elif content.startswith("@"):
        _add_files(made, name, content[1:], written)
    elif content.startswith("<"):
        _add_text_of_file(made, name, content[1:], stdin, read_file, written)
    else:
        piece, _ = _piece(content, 0, "")
        _add_text(made, name, piece, piece.data, written)


def _add_files(made: Parts, name: str, content: str, written: str) -> None:
    pieces: list[_Piece] = []
    at = 0
    while True:
        piece, at = _piece(content, at, ",")
        pieces.append(piece)
        if at >= len(content):
            break
        at += 1
    if len(pieces) > 1:
        made.notes.append(Note(_LOST, written, "files within one part cannot be sent here: each has a part of its own"))
    for piece in pieces:
        base = piece.data.replace("\\", "/").rpartition("/")[2]
        if piece.filename == base:
            piece.filename = None
        file = FileRef("-" if piece.data == "-" else base, piece.data)
        said = piece.content_type or type_of_file(piece.filename, piece.data)
        piece.content_type = "" if said == media.of_file(piece.filename or file.name) else said
        made.parts.append(
            Part(name, file=file, filename=piece.filename, content_type=piece.content_type, headers=piece.headers)
        )
        _note(made, piece, written)


def _add_text_of_file(
    made: Parts, name: str, content: str, stdin: str | None, read_file: ReadFile, written: str
) -> None:
    piece, _ = _piece(content, 0, "")
    text = stdin if piece.data == "-" and stdin is not None else None
    if text is None:
        data = read_file(piece.data)
        text = None if data is None else data.decode("utf-8", "surrogateescape")
    if text is None:
        made.notes.append(Note(_LOST, written, "the file cannot be read from here: write its text into the part"))
    _add_text(made, name, piece, text or "", written)


def _add_text(made: Parts, name: str, piece: _Piece, text: str, written: str) -> None:
    if piece.filename is not None:
        piece.unknown.append(f"filename={piece.filename}")
    made.parts.append(Part(name, text, content_type=piece.content_type, headers=piece.headers))
    _note(made, piece, written)


def _note(made: Parts, piece: _Piece, written: str) -> None:
    if piece.encoder:
        made.notes.append(Note(_LOST, written, f"the coding {piece.encoder} is not done: the part is sent as it is"))
    made.notes += [Note(_LOST, written, f"curl itself leaves {word!r} out") for word in piece.unknown if word]


def _piece(text: str, at: int, end: str) -> tuple[_Piece, int]:
    """One piece from `at` on, up to a comma where that is `end`, and where it ended."""
    while at < len(text) and text[at].isspace():
        at += 1
    quoted = text[at : at + 1] == '"'
    data, at = _word(text, at, end)
    piece = _Piece(data if quoted else data.rstrip())
    parameters = False
    while at < len(text) and text[at] == ";":
        at += 1
        while at < len(text) and text[at].isspace():
            at += 1
        name = next((known for known in ("type=", "filename=", "headers=", "encoder=") if _begins(text, at, known)), "")
        if name == "type=" and not parameters:
            piece.content_type, at = _until(text, at + len(name), end)
            parameters = True
        elif name and name != "type=":
            parameters = False
            at = _parameter(piece, name, text, at + len(name), end)
        elif parameters:
            more, at = _until(text, at, end)
            piece.content_type += f";{_spaces_before(text, at, more)}{more}"
        else:
            word, at = _word(text, at, end)
            piece.unknown.append(word.strip())
    return piece, at


def _parameter(piece: _Piece, name: str, text: str, at: int, end: str) -> int:
    if name == "headers=" and text[at : at + 1] in ("@", "<"):
        word, at = _word(text, at, end)
        piece.unknown.append(f"headers={word}")
        return at
    word, at = _word(text, at, end)
    word = word.rstrip() if not word.endswith('"') else word
    if name == "filename=":
        piece.filename = word
    elif name == "encoder=":
        piece.encoder = word
    else:
        header, _, value = word.partition(":")
        piece.headers.append(Row(header.strip(), value.strip()))
    return at


def _spaces_before(text: str, at: int, more: str) -> str:
    """White space that stood behind the semicolon: curl keeps it in a type."""
    begin = at - len(more)
    start = text.rfind(";", 0, begin) + 1
    return text[start:begin] if text[start:begin].isspace() else ""


def _until(text: str, at: int, end: str) -> tuple[str, int]:
    stop = next((place for place in range(at, len(text)) if text[place] in f";{end}"), len(text))
    return text[at:stop].strip(), stop


def _word(text: str, at: int, end: str) -> tuple[str, int]:
    """A word up to `;` or `end`; one in quotes may hold both."""
    if text[at : at + 1] == '"':
        said: list[str] = []
        place = at + 1
        while place < len(text):
            sign = text[place]
            if sign == "\\" and text[place + 1 : place + 2] in ("\\", '"'):
                said.append(text[place + 1])
                place += 2
                continue
            if sign == '"':
                after = place + 1
                while after < len(text) and text[after].isspace():
                    after += 1
                if after >= len(text) or text[after] in f";{end}":
                    return "".join(said), after
                break
            said.append(sign)
            place += 1
    stop = next((place for place in range(at, len(text)) if text[place] in f";{end}"), len(text))
    return text[at:stop], stop


def _begins(text: str, at: int, known: str) -> bool:
    return text[at : at + len(known)].lower() == known
