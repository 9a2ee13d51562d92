"""Where in a record the values are that a JSONPath found, and what they look like."""

from __future__ import annotations

from collections.abc import Sequence

from thoth_ls.documents import json_values
from thoth_ls.documents.json_values import Members, Value
from thoth_ls.documents.search.columns import ColumnMap
from thoth_ls.documents.search.hits import hit
from thoth_ls.wire.searches import SearchHit


class Placing:
    """Turns locations of the library into hits; looks the names of an object up once.

    `path` and `keys` lead to the decoded value `root`, where that is not the record.
    """

    def __init__(self, root: Value, path: Sequence[int] = (), keys: Sequence[str | int] = ()) -> None:
        self._root = root
        self._path = path
        self._keys = keys
        self._names: dict[int, dict[str, int]] = {}

    def hit(self, location: Sequence[int | str], columns: ColumnMap) -> SearchHit:
        """The hit at a location."""
        value, path, keys = self._root, list(self._path), list(self._keys)
        for step in location:
            if isinstance(value, Members):
                index = self._position(value, str(step))
                key, value = value[index]
                keys.append(key)
            else:
                index = int(step)
                keys.append(index)
                value = value[index]
            path.append(index)
        kind = json_values.kind_of(value)
        return hit(path, keys, "value", kind, json_values.preview(value), [], columns)

    def _position(self, members: Members, name: str) -> int:
        names = self._names.get(id(members))
        if names is None:
            names = self._names[id(members)] = {}
            for index, (key, _) in enumerate(members):
                names.setdefault(key, index)
        return names[name]
