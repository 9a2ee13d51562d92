"""The SDK as a component in the real host: what the fake one promises holds there."""

from __future__ import annotations

import pytest

from tests.sdk.real.conftest import gallery
from thoth_ls.errors import PluginLimitHit, PluginTrapped
from thoth_plugin.testing.real import RealHost


def test_a_panel_is_drawn_takes_events_and_keeps_its_state(host: RealHost) -> None:
    """Texts with anything in them, numbers, lists; the title and the icon follow."""
    panel = host.open()
    assert panel.title == "Gallery"
    assert "Every node there is" in panel.text
    panel.change("input", "Grüße 𓅞 \N{NULL}")
    panel.change("multi", ["a", "c"])
    panel.click("button")
    assert panel.title == "Gallery (1)"
    state = panel.state()
    panel.close()
    again = host.open(state=state)
    assert again.find("input").value == "Grüße 𓅞 \N{NULL}"
    assert again.find("multi").value == ["a", "c"]
    assert again.note is None
    again.close()


def test_a_state_that_is_refused_is_told(host: RealHost) -> None:
    """The panel opens all the same."""
    panel = host.open(state={"other": 1})
    assert "KeyError" in (panel.note or "")
    assert panel.tree.has("button")
    panel.close()


def test_half_a_character_ends_nothing(host: RealHost) -> None:
    """JSON can hold lone surrogates, which no text of the contract can."""
    panel = host.open(state={"values": {"input": "a\ud800b"}, "clicks": 0})
    assert panel.find("input").value == "a\ud800b"  # as its escape in the JSON of the tree
    panel.close()


def test_an_exception_is_shown_and_logged_with_its_lines(host: RealHost) -> None:
    """The instance goes on, and its author reads where it was, with the line of the source."""
    panel = host.open()
    panel.click("host-raise")
    assert "ZeroDivisionError: the gallery divided by nothing" in panel.text
    assert 'File "src/pages/host.py", line' in host.log
    assert 'raise ZeroDivisionError("the gallery divided by nothing")' in host.log
    panel.click("thoth-plugin/dismiss")
    panel.click("host-bad-tree")
    assert "could not be drawn" in panel.text
    panel.event("host-bad-tree", "click")
    assert panel.failures == []
    assert panel.tree.has("button")
    panel.close()


def test_print_and_logging_reach_the_log(host: RealHost) -> None:
    """As lines, by the end of the call."""
    panel = host.open()
    panel.click("host-log")
    assert "printed by the gallery" in host.log
    assert ("warning", "warning: from the gallery") in host.server.log
    panel.close()


def test_what_is_stored_is_told_to_other_panels(host: RealHost) -> None:
    """The side bar counts."""
    side = host.open(place="sidebar")
    panel = host.open()
    panel.click("host-store")
    side.until(lambda tree: tree.nodes("sidebar-header")[0].get("trailing_text") == "1")
    assert host.stored == {"visits": 1}
    panel.close()
    side.close()


def test_signals_tabs_secrets_and_files(host: RealHost, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every host function takes what the SDK gives it."""
    file = tmp_path_factory.mktemp("files") / "a.txt"
    file.write_text("inside", "utf-8")
    host.person.files.extend([file, file.with_name("b.txt")])
    panel = host.open()
    for name in ("signal", "tab", "secret", "open-file", "save-file"):
        panel.click(f"host-{name}")
    panel.until("opened a.txt: inside")
    assert "secret of 4 letters" in panel.tree
    assert file.with_name("b.txt").read_text("utf-8") == "from the gallery"
    host.until(lambda: host.person.tabs)
    assert host.person.tabs[0].title == "Second Gallery"
    host.until(lambda: any((each.key, each.value, each.status) == ("rows", "1200", "ready") for each in host.signals))
    panel.close()


def test_commands_run_without_a_panel(host: RealHost) -> None:
    """With flags, and what they raise as an error."""
    assert host.run("echo", text="hello") == [{"said": "hello"}]
    assert host.run("echo", text="hello", loud=True) == [{"said": "HELLO"}]


def test_a_crash_ends_the_guest_and_the_panel_goes_on(host: RealHost) -> None:
    """The next guest has the state of the last."""
    panel = host.open()
    panel.change("input", "kept")
    panel.state()
    with pytest.raises(PluginTrapped):
        panel.click("host-crash")
    panel.until(lambda tree: tree.has("input") and tree.find("input").value == "kept")
    panel.change("notes", "goes on")
    assert panel.find("notes").value == "goes on"
    panel.close()


def test_work_without_an_end_is_ended() -> None:
    """By the deadline of a call."""
    with gallery({"runtime": {"deadlineSeconds": 1, "fuelPerCall": 10**15}}) as host:
        panel = host.open()
        with pytest.raises(PluginLimitHit):
            panel.click("host-endless")
        panel.until(lambda tree: tree.has("input"))
