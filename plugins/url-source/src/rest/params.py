"""URL and table of parameters, kept alike: each can be edited, and neither loses order, doubles or spelling."""

from collections.abc import Sequence
from dataclasses import replace

from rest import urls
from rest.model import Param, Request


def set_url(request: Request, text: str) -> None:
    """Takes over a URL as typed: the table follows, and rows that are switched off stay where they were."""
    request.url = text
    query = urls.split(text).query
    request.params = merged(request.params, rows_of(query))


def set_params(request: Request, rows: Sequence[Param]) -> None:
    """Takes over the table: the URL follows, all but its query as it was."""
    request.params = [replace(row) for row in rows]
    parts = urls.split(request.url)
    request.url = str(replace(parts, query=query_of(request.params)))


def add_param(request: Request, name: str = "", value: str = "") -> None:
    """One more row, at the end."""
    set_params(request, [*request.params, Param(name, value)])


def edit_param(
    request: Request,
    at: int,
    *,
    name: str | None = None,
    value: str | None = None,
    enabled: bool | None = None,
    note: str | None = None,
) -> None:
    """Changes a row; what is None stays. A row whose name and value stay keeps its spelling in the URL."""
    row = request.params[at]
    said = row.name if name is None else name, row.value if value is None else value
    changed = Param(
        *said,
        row.enabled if enabled is None else enabled,
        row.note if note is None else note,
        row.raw if said == (row.name, row.value) else None,
    )
    set_params(request, [*request.params[:at], changed, *request.params[at + 1 :]])


def remove_param(request: Request, at: int) -> None:
    """Takes a row out."""
    set_params(request, [*request.params[:at], *request.params[at + 1 :]])


def rows_of(query: str | None) -> list[Param]:
    """The parameters a query says; an empty one says one that is empty, so that its `?` stays."""
    return [] if query is None else [row_of(raw) for raw in urls.pieces(query)]


def row_of(raw: str) -> Param:
    """The parameter that one piece of a query says, with its spelling."""
    name, value = urls.decoded(raw)
    return Param(name, value, raw=raw)


def query_of(rows: Sequence[Param]) -> str | None:
    """The query that says the rows that are switched on; None where none is. Rows that are all empty say nothing."""
    said = [raw_of(row) for row in rows if is_said(row)]
    return "&".join(said) if said else None


def raw_of(row: Param) -> str:
    """A row as it stands in a query, its variables untouched."""
    return row.raw if row.raw is not None else urls.encoded(row.name, row.value)


def merged(before: Sequence[Param], found: list[Param]) -> list[Param]:
    """What a query says, with the notes there were; rows that are switched off stay behind those they stood behind."""
    rows: list[Param] = []
    left = list(found)
    shown = [row for row in before if is_said(row)]
    matched = _matched([raw_of(row) for row in shown], [raw_of(row) for row in found])
    at = 0
    for row in before:
        if not is_said(row):
            rows.append(row)
            continue
        target = matched[at]
        at += 1
        if target is None:
            continue
        while len(found) - len(left) <= target:
            new = left.pop(0)
            rows.append(replace(new, note=row.note) if len(found) - len(left) - 1 == target else new)
    return rows + left


def _matched(before: list[str], found: list[str]) -> list[int | None]:
    """For each piece there was, which new one it became: equal ones from both ends, those between in turn."""
    most = min(len(before), len(found))
    front = 0
    while front < most and before[front] == found[front]:
        front += 1
    back = 0
    while back < most - front and before[-1 - back] == found[-1 - back]:
        back += 1
    between = min(len(before), len(found)) - front - back
    return [
        at if at < front + between else at - len(before) + len(found) if at >= len(before) - back else None
        for at in range(len(before))
    ]


def is_said(row: Param) -> bool:
    """Whether what is sent has it: a row that was just added is empty."""
    return row.enabled and bool(row.name or row.value or row.raw is not None)
