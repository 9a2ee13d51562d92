"""Which column of the table shows a value."""

from __future__ import annotations

from collections.abc import Sequence

from thoth_ls.wire.documents import Column


class ColumnMap:
    """Columns by where in a record their cells come from: in a table by position, elsewhere by the column's path."""

    def __init__(self, columns: Sequence[Column], *, tabular: bool = False) -> None:
        self._tabular = tabular
        self._by_path: dict[tuple[str | int, ...], int] = {}
        for index, column in enumerate(columns):
            if column.path is not None:
                self._by_path.setdefault(tuple(column.path), index)
        self._longest = max(map(len, self._by_path), default=0)

    def of(self, path: Sequence[int], keys: Sequence[str | int]) -> int | None:
        """The column whose cells show the value there, or something around it; None where there is none."""
        if self._tabular:
            return path[0] if path else None
        names = tuple(keys[: self._longest])
        for length in range(len(names), -1, -1):
            found = self._by_path.get(names[:length])
            if found is not None:
                return found
        return None
