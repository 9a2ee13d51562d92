"""Requests in folders: found, added, moved, copied and searched. What is changed is changed in place."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import ClassVar

from rest.model import Request


@dataclass(slots=True)
class Folder:
    """A folder; the root of a collection is one without id and name."""

    MARK: ClassVar[str] = "items"

    id: str = ""
    name: str = ""
    note: str = ""
    items: list["Folder | Request"] = field(default_factory=list, metadata={"always": True})
    """In the order they are shown."""


Item = Folder | Request
NewId = Callable[[], str]


class Impossible(ValueError):
    """That cannot be done; the message says why."""


def walk(root: Folder) -> Iterator[tuple[tuple[Folder, ...], Item]]:
    """Everything in it, with the folders it is in (the outermost first, without the root)."""
    for item in root.items:
        yield (), item
        if isinstance(item, Folder):
            yield from (((item, *folders), inner) for folders, inner in walk(item))


def requests(root: Folder) -> Iterator[Request]:
    """All requests in it, in order."""
    return (item for _, item in walk(root) if isinstance(item, Request))


def find(root: Folder, item_id: str) -> Item | None:
    """The request or folder of that id; the root for the empty id."""
    if not item_id:
        return root
    return next((item for _, item in walk(root) if item.id == item_id), None)


def by_name(root: Folder, name: str) -> list[Request]:
    """The requests of that name, or that path (`Users/Create`): for the command line."""
    return [
        item
        for folders, item in walk(root)
        if isinstance(item, Request)
        and name in (item.name, item.title, "/".join([*(one.name for one in folders), item.title]))
    ]


def folders(root: Folder) -> list[tuple[str, Folder]]:
    """All folders, each with its path: `Users / Admins`."""
    return [
        (" / ".join(one.name for one in (*outer, item)), item) for outer, item in walk(root) if isinstance(item, Folder)
    ]


def parent(root: Folder, item_id: str) -> tuple[Folder, int]:
    """The folder an item is in, and its place there; raises Impossible."""
    for folder in (root, *(item for _, item in walk(root) if isinstance(item, Folder))):
        for at, item in enumerate(folder.items):
            if item.id == item_id:
                return folder, at
    raise Impossible("it is not there any more")


def add(root: Folder, item: Item, folder_id: str = "", at: int | None = None) -> None:
    """Puts an item into a folder, at its end or at a place; raises Impossible."""
    folder = find(root, folder_id)
    if not isinstance(folder, Folder):
        raise Impossible("that folder is not there any more")
    folder.items.insert(len(folder.items) if at is None else at, item)


def save(root: Folder, request: Request, folder_id: str = "") -> None:
    """Puts a request where the one of its id is, else at the end of a folder; raises Impossible."""
    try:
        folder, at = parent(root, request.id)
    except Impossible:
        add(root, request, folder_id)
    else:
        folder.items[at] = request


def remove(root: Folder, item_id: str) -> Item:
    """Takes an item out, with all that is in it; raises Impossible."""
    folder, at = parent(root, item_id)
    return folder.items.pop(at)


def move(root: Folder, item_id: str, folder_id: str, at: int | None = None) -> None:
    """Moves an item into a folder, to its end or to a place there (counted without the item); raises Impossible."""
    item, target = find(root, item_id), find(root, folder_id)
    if item is None or item is root or not isinstance(target, Folder):
        raise Impossible("it is not there any more")
    if isinstance(item, Folder) and (item is target or any(inner is target for _, inner in walk(item))):
        raise Impossible("a folder cannot be moved into itself")
    remove(root, item_id)
    target.items.insert(len(target.items) if at is None else at, item)


def shift(root: Folder, item_id: str, by: int) -> bool:
    """Moves an item within its folder; False where it is at the end already. Raises Impossible."""
    folder, at = parent(root, item_id)
    place = min(max(at + by, 0), len(folder.items) - 1)
    folder.items.insert(place, folder.items.pop(at))
    return place != at


def rename(root: Folder, item_id: str, name: str) -> None:
    """Gives an item another name; raises Impossible where there is none, or the name is empty."""
    item = find(root, item_id)
    if item is None or item is root:
        raise Impossible("it is not there any more")
    if not name.strip():
        raise Impossible("a name has at least one letter")
    item.name = name.strip()


def duplicate(root: Folder, item_id: str, new_id: NewId) -> Item:
    """Puts a copy behind an item, with ids of its own and a name none of its neighbours has; raises Impossible."""
    folder, at = parent(root, item_id)
    copy = deepcopy(folder.items[at])
    copy.name = free_name(f"{_title(copy)} copy", {_title(item) for item in folder.items})
    for item in (copy, *((inner for _, inner in walk(copy)) if isinstance(copy, Folder) else ())):
        item.id = new_id()
    folder.items.insert(at + 1, copy)
    return copy


def free_name(wanted: str, taken: set[str]) -> str:
    """The name, with a number where it is taken: `Users copy 2`."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def search(root: Folder, words: str) -> Folder:
    """What every word is in (name, URL, method, note, names of folders), with the folders it is in; the same items."""
    wanted = words.casefold().split()
    return Folder(root.id, root.name, root.note, _found(root, wanted, "")) if wanted else root


def _found(folder: Folder, wanted: list[str], above: str) -> list[Item]:
    kept: list[Item] = []
    for item in folder.items:
        said = f"{above} {_said(item)}".casefold()
        if isinstance(item, Folder):
            inner = _found(item, wanted, said)
            if inner or all(word in said for word in wanted):
                kept.append(Folder(item.id, item.name, item.note, inner))
        elif all(word in said for word in wanted):
            kept.append(item)
    return kept


def _said(item: Item) -> str:
    if isinstance(item, Folder):
        return f"{item.name} {item.note}"
    method = "ws" if item.protocol == "websocket" else item.method
    return f"{item.name} {method} {item.url} {item.note}"


def _title(item: Item) -> str:
    return item.title if isinstance(item, Request) else item.name
