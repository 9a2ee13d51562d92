"""The bus: whose a table is, how many there are, how large they get, and what nobody can do to another's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from unittest import mock

import pytest

from tests.panels.callers import Bus, a_plugin
from thoth_ls.documents.data import rows
from thoth_ls.documents.data.places import is_data
from thoth_ls.documents.data.table import Table
from thoth_ls.errors import FileUnreadable
from thoth_ls.panels import datasets as module
from thoth_ls.panels.columns import type_of


@pytest.fixture
def bus() -> Bus:
    """No data sets yet."""
    return Bus()


@pytest.fixture
def small() -> Iterator[None]:
    """Little memory for data sets, and chunks that are as much smaller."""
    with mock.patch.object(module, "MOST_BYTES", 100_000), mock.patch.object(rows, "CHUNK_BYTES", 10_000):
        yield


def table(bus: Bus, panel_id: str, handle: str) -> Table:
    """A table that is there."""
    found = bus.datasets.of_panel(panel_id, handle)
    assert found is not None
    return found.table


def test_what_is_published_is_there_for_its_panel_alone(bus: Bus) -> None:
    """A handle of another panel leads nowhere, not even of the same plugin."""
    first, second = bus.panel("p1"), bus.panel("p2")
    handle = first.publish([["1", "a"]], "n:int4", "s")
    assert bus.rows("p1", handle) == 1
    assert bus.rows("p2", handle) is None
    assert [column.type for column in table(bus, "p1", handle).columns] == ["integer", "text"]
    second.append(handle, [["2", "b"]])
    second.update(handle, [], "x")
    second.release(handle)
    assert bus.rows("p1", handle) == 1
    assert [item.handle for item in bus.datasets.all()] == [handle]


def test_handles_cannot_be_guessed(bus: Bus) -> None:
    """128 bits, and nothing of one is in another."""
    handles = {bus.panel(f"p{number}").publish([], "a") for number in range(30)}
    assert len(handles) == 30
    assert {len(handle) for handle in handles} == {len("data-") + 32}


def test_publishing_again_replaces_what_the_panel_published_before(bus: Bus) -> None:
    """One table a panel, as the contract has it."""
    panel = bus.panel("p1")
    old = panel.publish([["1"]], "a")
    new = panel.publish([["1"], ["2"]], "a")
    assert bus.rows("p1", old) is None
    assert bus.rows("p1", new) == 2
    panel.append(old, [["x"]])
    assert bus.rows("p1", new) == 2


def test_the_33rd_table_takes_the_place_of_the_one_unused_for_longest(bus: Bus) -> None:
    """One that a document shows is not taken, while there are others."""
    panels = [bus.panel(f"p{number}") for number in range(33)]
    handles = [panel.publish([["1"]], "a") for panel in panels[:32]]
    shown = bus.datasets.of_panel("p1", handles[1])
    assert shown is not None
    assert shown.place.hold()
    panels[0].append(handles[0], [["2"]])  # used just now
    last = panels[32].publish([["1"]], "a")
    assert len(bus.datasets.all()) == 32
    assert bus.rows("p2", handles[2]) is None
    assert [bus.rows("p0", handles[0]), bus.rows("p1", handles[1]), bus.rows("p32", last)] == [2, 1, 1]
    assert len(bus.log) == 1
    assert "let go of" in bus.log[0]
    with pytest.raises(FileUnreadable):
        bus.places.find("thoth-data:/" + "0" * 32 + "/x")


def test_one_panel_that_publishes_over_and_over_has_one(bus: Bus) -> None:
    """It cannot push out what others have."""
    other = bus.panel("other").publish([["1"]], "a")
    panel = bus.panel("p1")
    for _ in range(100):
        panel.publish([["1"]], "a")
    assert bus.rows("other", other) == 1
    assert len(bus.datasets.all()) == 2


@pytest.mark.usefixtures("small")
def test_a_table_that_is_too_large_is_refused(bus: Bus) -> None:
    """With the empty handle and a line in the plugin's log; an update leaves what there was."""
    panel = bus.panel("p1")
    assert panel.publish([["x" * 200_000]], "a") == ""
    assert "are kept altogether" in bus.log[0]
    handle = panel.publish([["1"]], "a")
    panel.update(handle, [["y" * 50] for _ in range(10_000)], "a")
    assert bus.rows("p1", handle) == 1
    assert panel.publish([["z"] * 20_000], *["a"] * 20_000) == ""
    assert "20,000 columns" in bus.log[-1]
    assert bus.rows("p1", handle) == 1


@pytest.mark.usefixtures("small")
def test_what_there_is_no_room_for_goes(bus: Bus) -> None:
    """All tables together keep to the limit, and a stream of long rows forgets its oldest."""
    handles = [(f"p{n}", bus.panel(f"p{n}").publish([["x" * 1_000]] * 30, "a")) for n in range(5)]
    assert [bus.rows(*item) for item in handles] == [None, None, 30, 30, 30]
    stream = bus.panel("s")
    handle = stream.publish([], "a")
    for _ in range(300):
        stream.append(handle, [["y" * 1_000]])
    assert table(bus, "s", handle).size <= 100_000
    assert 0 < (bus.rows("s", handle) or 0) < 100
    assert bus.rows(*handles[4]) is None


def test_a_stream_keeps_the_newest_rows(bus: Bus) -> None:
    """Ten thousand appends and more take no longer for each than the first ones."""
    panel = bus.panel("p1")
    handle = panel.publish([["0"]], "n:integer")
    for number in range(10_000):
        panel.append(handle, [[str(number)]])
    assert bus.rows("p1", handle) == 10_001
    panel.append(handle, [[str(number)] for number in range(49_000)])
    found = table(bus, "p1", handle)
    assert found.count == 50_000
    view = found.view()
    first, last = next(view.parts(0, 1)), list(view.parts(49_999, 1))[-1]
    assert first[0].text(first[1], first[1] + 1) == '["9000"]'
    assert last[0].text(last[1], last[2]) == '["48999"]'
    assert len(view.chunks) < 80


def test_rows_of_any_length_are_kept(bus: Bus) -> None:
    """Those with other numbers of cells than there are columns as well."""
    panel = bus.panel("p1")
    handle = panel.publish([[], ["1"], ["1", "2", "3"], ["\U0001f600" * 600, "\0\u2028"]], "a", "b")
    assert bus.rows("p1", handle) == 4
    panel.append(handle, [[]] * 5)
    panel.update(handle, [["only"]])
    assert bus.rows("p1", handle) == 1


def test_tables_end_with_their_panel_not_with_its_guest(bus: Bus) -> None:
    """The guest that is started after a crash goes on with what there was."""
    first = bus.panel("p1")
    handle = first.publish([["1"]], "a")
    first.guest.die()
    again = bus.panel("p1")
    again.append(handle, [["2"]])
    assert bus.rows("p1", handle) == 2
    place = bus.datasets.all()[0].place
    bus.datasets.panel_closed("p1")
    assert bus.rows("p1", handle) is None
    with pytest.raises(FileUnreadable):
        bus.places.find(place.uri)


def test_a_guest_without_a_panel_shows_its_tables_to_nobody(bus: Bus) -> None:
    """And they end with it."""
    command = bus.panel(None)
    handle = command.publish([["1"]], "a")
    assert handle
    assert bus.datasets.all() == []
    assert bus.rows("None", handle) is None
    command.guest.die()
    command.append(handle, [["2"]])
    assert bus.datasets._sets == {}


def test_names_are_made_harmless(bus: Bus) -> None:
    """They stand in lists and in addresses."""
    bus.panel("p1", a_plugin(name="Evil\u202e\nPlugin")).publish([], name="a/../\u202eb\n" + "x" * 500)
    (item,) = bus.datasets.all()
    assert len(item.table.name) <= 200
    assert "\u202e" not in item.table.name + item.table.plugin_name
    assert is_data(item.place.uri)
    assert item.place.uri.count("/") == 2


def test_many_threads_may_change_tables_at_once(bus: Bus) -> None:
    """Nothing is lost, and the limits hold."""

    def work(number: int) -> None:
        panel = bus.panel(f"p{number}")
        handle = panel.publish([], "a")
        for count in range(200):
            panel.append(handle, [[str(count)]])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [item.table.count for item in bus.datasets.all()] == [200] * 16


@pytest.mark.parametrize(
    ("hint", "kind"),
    [
        *(("INTEGER", "integer"), (" BigInt ", "integer"), ("numeric(10,2)", "float"), ("number", "float")),
        *(("VARCHAR(20)", "text"), ("", "text"), ("Timestamp  with time zone", "timestamp"), ("jsonb", "json")),
        *(("object", "json"), ("bool", "boolean"), ("x" * 100_000, "text"), ("uniqueidentifier", "uuid")),
    ],
)
def test_hints_become_types(hint: str, kind: str) -> None:
    """Whatever a database calls them."""
    assert type_of(hint) == kind
