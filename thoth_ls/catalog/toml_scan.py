"""Where in a TOML text its keys and values stand, which `tomllib` does not tell; also of a text that is being written.

Nothing is judged: what is no TOML is passed over to the end of its line. One pass, however the text is made.
"""

from __future__ import annotations

from contextlib import suppress

from thoth_ls.catalog.toml_tokens import BARE, BLANK, LINE, SCALAR, STRINGS, Here, Kind, Path, Span, unquoted

MAX_DEPTH = 32
"""Deepest lists and tables that are looked into, and most parts of a dotted key."""


class _Malformed(Exception):
    """This is no TOML."""


class _AtEnd(Exception):
    """The text ends within a statement."""


class TomlScan:
    """The keys and values of a text, by path; the first of each where something is given twice."""

    def __init__(self, text: str) -> None:
        self.keys: dict[Path, Span] = {}
        """Where the last part of each key stands, that of a table in its header."""
        self.values: dict[Path, Span] = {}
        """Where each value stands; that of a table with a header is the header."""
        self.key_parts = 0
        """Parts of the longest dotted key."""
        self.here = Here("key", (), (), 0)
        """What the text ends in."""
        self._text = text
        self._at = 0
        self._table: Path = ()
        self._lists: dict[Path, int] = {}
        with suppress(_AtEnd):
            self._statements()

    def nearest(self, path: Path) -> Span | None:
        """The value at `path`, or else the key of the nearest table around that is there at all."""
        if path in self.values:
            return self.values[path]
        for length in range(len(path), 0, -1):
            found = self.keys.get(path[:length]) or self.values.get(path[:length])
            if found is not None:
                return found
        return None

    def path_at(self, offset: int) -> tuple[Path, Span] | None:
        """The key at a place of the text, and where it stands."""
        return next(((path, span) for path, span in self.keys.items() if span.start <= offset <= span.end), None)

    def _statements(self) -> None:
        while self._at < len(self._text):
            try:
                self._statement()
            except _Malformed:
                self.here = Here("nothing", self._table, self._table, self._at)
                self._skip_line()

    def _statement(self) -> None:
        self._expect("key", self._table, self._table)
        self._blank()
        self._expect("key", self._table, self._table)
        char = self._peek()
        if char == "[":
            self._header()
        elif char not in "#\r\n":
            self._key_and_value(self._table, 0)
        self._expect("nothing", self._table, self._table)
        self._blank()
        if self._at < len(self._text) and self._text[self._at] not in "#\r\n":
            raise _Malformed
        self._skip_line()

    def _header(self) -> None:
        is_list = self._text.startswith("[[", self._at)
        start = self._at
        self._at += 2 if is_list else 1
        self._blank()
        kind: Kind = "list header" if is_list else "header"
        parts = self._dotted_key(kind, ())
        self._take("]]" if is_list else "]")
        span = Span(start, self._at)
        path: Path = ()
        for name, place in parts[:-1]:
            path = (*path, name)
            self.keys.setdefault(path, place)
            self.values.setdefault(path, span)
            if path in self._lists:
                path = (*path, self._lists[path])
        name, place = parts[-1]
        path = (*path, name)
        self.keys.setdefault(path, place)
        self.values.setdefault(path, span)
        if is_list:
            self._lists[path] = self._lists.get(path, -1) + 1
            path = (*path, self._lists[path])
            self.keys.setdefault(path, place)
            self.values.setdefault(path, span)
        self._table = path

    def _key_and_value(self, table: Path, depth: int) -> None:
        parts = self._dotted_key("key", table)
        self._take("=")
        path = table
        for name, place in parts:
            path = (*path, name)
            self.keys.setdefault(path, place)
        self._expect("value", path[:-1], path)
        self._blank()
        self._value(path, depth)

    def _dotted_key(self, kind: Kind, table: Path) -> list[tuple[str, Span]]:
        parts: list[tuple[str, Span]] = []
        path = table
        while True:
            self._expect(kind, path, path)
            self._blank()
            start = self._at
            self._expect(kind, path, path)
            parts.append((self._simple_key(), Span(start, self._at)))
            self.key_parts = max(self.key_parts, len(parts))
            if len(parts) > MAX_DEPTH:
                raise _Malformed
            if self._at == len(self._text):
                raise _AtEnd  # in the middle of the word, perhaps
            self._blank()
            self._expect("nothing", path, path)
            if self._peek() != ".":
                return parts
            path = (*path, parts[-1][0])
            self._at += 1

    def _simple_key(self) -> str:
        char = self._peek()
        if char in "\"'":
            return unquoted(self._string())
        found = BARE.match(self._text, self._at)
        if found is None:
            raise _Malformed
        self._at = found.end()
        return found[0]

    def _value(self, path: Path, depth: int) -> None:
        self._expect("value", path[:-1], path)
        char = self._peek()
        start = self._at
        if depth >= MAX_DEPTH:
            raise _Malformed
        if char == "[":
            self._list(path, depth)
        elif char == "{":
            self._inline_table(path, depth)
        elif char in "\"'":
            self._string()
        else:
            found = SCALAR.match(self._text, self._at)
            if found is None:
                raise _Malformed
            self._at = found.end()
            if self._at == len(self._text):
                raise _AtEnd
        self.values.setdefault(path, Span(start, self._at))
        self._expect("nothing", path[:-1], path)

    def _list(self, path: Path, depth: int) -> None:
        self._at += 1
        index = 0
        while True:
            self._expect("value", path, (*path, index))
            self._lines()
            self._expect("value", path, (*path, index))
            if self._peek() == "]":
                break
            self._value((*path, index), depth + 1)
            index += 1
            self._lines()
            if self._peek() == ",":
                self._at += 1
            elif self._peek() != "]":
                raise _Malformed
        self._at += 1

    def _inline_table(self, path: Path, depth: int) -> None:
        self._at += 1
        while True:
            self._expect("key", path, path)
            self._lines()
            self._expect("key", path, path)
            if self._peek() == "}":
                break
            self._key_and_value(path, depth + 1)
            self._lines()
            if self._peek() == ",":
                self._at += 1
            elif self._peek() != "}":
                raise _Malformed
        self._at += 1

    def _string(self) -> str:
        """The text of a string with its quotes."""
        for quotes, pattern in STRINGS:
            if self._text.startswith(quotes, self._at):
                found = pattern.match(self._text, self._at)
                if found is not None:
                    self._at = found.end()
                    return found[0]
                end = self._text.find("\n", self._at) if len(quotes) == 1 else -1
                if end < 0:
                    raise _AtEnd
                raise _Malformed
        raise _Malformed

    def _lines(self) -> None:
        """Passes over blanks, ends of lines and comments."""
        here = self.here
        while True:
            self._blank()
            if self._at < len(self._text) and self._text[self._at] == "#":
                self.here = Here("nothing", here.table, here.path, self._at)
                self._skip_line()
                if self._at == len(self._text) and not self._text.endswith("\n"):
                    raise _AtEnd
                self.here = here
            elif self._at < len(self._text) and self._text[self._at] in "\r\n":
                self._at += 1
            else:
                return

    def _blank(self) -> None:
        found = BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _skip_line(self) -> None:
        found = LINE.match(self._text, self._at)
        self._at = found.end() if found else len(self._text)
        if self._text.endswith("\n", 0, self._at):
            self._expect("key", self._table, self._table)

    def _take(self, token: str) -> None:
        self._peek()
        if not self._text.startswith(token, self._at):
            raise _Malformed
        self._at += len(token)

    def _peek(self) -> str:
        if self._at >= len(self._text):
            raise _AtEnd
        return self._text[self._at]

    def _expect(self, kind: Kind, table: Path, path: Path) -> None:
        self.here = Here(kind, table, path, self._at)
