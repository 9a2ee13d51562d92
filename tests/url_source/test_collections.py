"""Requests in folders."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rest import collections
from rest.collections import Folder, Impossible
from rest.model import Request
from rest.stored import from_json, to_json


def tree() -> Folder:
    users = Folder("f1", "Users", items=[Request("r1", "List", url="https://h/users"), Request("r2", "Create")])
    admins = Folder("f2", "Admins", "those who may", items=[Request("r3", "Delete", method="DELETE")])
    users.items.append(admins)
    return Folder(items=[users, Request("r4", url="https://h/health"), Folder("f3", "Empty")])


def shape(folder: Folder) -> list[object]:
    return [(item.id, shape(item)) if isinstance(item, Folder) else item.id for item in folder.items]


def test_what_is_stored_comes_back_empty_folders_too() -> None:
    assert from_json(Folder, to_json(tree())) == tree()


def test_items_are_found_by_id_and_name_and_path() -> None:
    root = tree()
    assert collections.find(root, "") is root
    assert collections.find(root, "nothing") is None
    assert [one.id for one in collections.by_name(root, "Users/Admins/Delete")] == ["r3"]
    assert [one.id for one in collections.by_name(root, "https://h/health")] == ["r4"]
    assert [path for path, _ in collections.folders(root)] == ["Users", "Users / Admins", "Empty"]


def test_moving_keeps_the_order_asked_for() -> None:
    root = tree()
    collections.move(root, "r3", "", 1)
    collections.move(root, "f2", "f3")
    collections.move(root, "r1", "f1", 1)
    assert shape(root) == [("f1", ["r2", "r1"]), "r3", "r4", ("f3", [("f2", [])])]


@pytest.mark.parametrize(
    ("item", "folder"), [("f1", "f1"), ("f1", "f2"), ("gone", ""), ("r1", "r2"), ("r1", "gone"), ("", "f1")]
)
def test_what_cannot_be_moved_stays(item: str, folder: str) -> None:
    root = tree()
    with pytest.raises(Impossible):
        collections.move(root, item, folder)
    assert shape(root) == shape(tree())


def test_shifting_stops_at_the_ends() -> None:
    root = tree()
    assert collections.shift(root, "f3", -1)
    assert not collections.shift(root, "f1", -5)
    assert collections.shift(root, "f1", 99)
    assert shape(root) == [("f3", []), "r4", ("f1", ["r1", "r2", ("f2", ["r3"])])]


def test_a_duplicate_has_ids_and_a_name_of_its_own() -> None:
    root = tree()
    ids = (f"n{number}" for number in count())
    collections.duplicate(root, "f1", lambda: next(ids))
    collections.duplicate(root, "f1", lambda: next(ids))
    assert [item.name for item in root.items if isinstance(item, Folder)] == [
        "Users",
        "Users copy 2",
        "Users copy",
        "Empty",
    ]
    every = [item.id for _, item in collections.walk(root)]
    assert len(every) == len(set(every)) == 17
    collections.find(root, "r1").name = "changed"  # type: ignore[union-attr]
    assert sum(item.name == "changed" for _, item in collections.walk(root)) == 1


def test_saving_replaces_or_appends() -> None:
    root = tree()
    collections.save(root, Request("r2", "Create one"))
    collections.save(root, Request("r9", "New"), "f3")
    assert [one.name for one in collections.requests(root)] == ["List", "Create one", "Delete", "", "New"]
    collections.rename(root, "r9", " Other ")
    assert [one.name for one in collections.requests(root)][-1] == "Other"
    for wrong in ("", "gone"):
        with pytest.raises(Impossible):
            collections.rename(root, wrong, "x")
    with pytest.raises(Impossible):
        collections.rename(root, "r9", " ")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", shape(tree())),
        ("users", [("f1", ["r1", "r2", ("f2", ["r3"])])]),
        ("admins DELETE", [("f1", [("f2", ["r3"])])]),
        ("health", ["r4"]),
        ("those", [("f1", [("f2", ["r3"])])]),
        ("empty", [("f3", [])]),
        ("nowhere", []),
    ],
)
def test_every_word_is_looked_for_in_names_addresses_methods_notes_and_folders(words: str, found: object) -> None:
    assert shape(collections.search(tree(), words)) == found


@given(
    st.lists(st.tuples(st.sampled_from(["move", "shift", "duplicate", "remove"]), st.integers(0, 9), st.integers(0, 9)))
)
def test_whatever_is_done_nothing_is_there_twice_nor_inside_itself(acts: list[tuple[str, int, int]]) -> None:
    root, ids = tree(), (f"n{number}" for number in count())
    for act, one, other in acts:
        every = [item.id for _, item in collections.walk(root)]
        if not every:
            break
        before = len(every)
        item, target = every[one % len(every)], every[other % len(every)]
        try:
            match act:
                case "move":
                    collections.move(root, item, target, other % 3)
                case "shift":
                    collections.shift(root, item, other - 5)
                case "duplicate":
                    collections.duplicate(root, item, lambda: next(ids))
                case _:
                    collections.remove(root, item)
        except Impossible:
            pass
        every = [item.id for _, item in collections.walk(root)]
        assert len(every) == len(set(every))
        assert len(every) == before or act in ("duplicate", "remove")
