"""A bad setting costs itself, never its neighbours."""

import pytest

from thoth_ls.settings import Settings, load_settings


@pytest.mark.parametrize("raw", [None, {}])
def test_nothing_means_the_defaults(raw: object) -> None:
    """Absent, null and {} are the same."""
    warnings: list[str] = []
    assert load_settings(raw, warnings.append) == Settings()
    assert warnings == []
    assert load_settings(None, warnings.append).runtime.fuel_per_call == 5_000_000_000


def test_a_bad_value_is_reported_and_its_default_used_alone() -> None:
    """The good neighbour of a bad value is kept."""
    warnings: list[str] = []
    settings = load_settings({"runtime": {"deadlineSeconds": -3, "memoryMegabytes": 64}}, warnings.append)
    assert (settings.runtime.deadline_seconds, settings.runtime.memory_megabytes) == (10.0, 64)
    assert len(warnings) == 1
    assert "thoth.runtime.deadlineSeconds" in warnings[0]


@pytest.mark.parametrize(
    "raw", [[], 3, "x", True, {"runtime": []}, {"runtime": None}, {"logLevel": {}}, {"files": {"autoReload": "yes"}}]
)
def test_junk_never_stops_the_server(raw: object) -> None:
    """Whatever is sent, there are settings, and a word about it."""
    warnings: list[str] = []
    assert load_settings(raw, warnings.append) == Settings()
    assert len(warnings) == 1


def test_many_bad_values_are_each_named() -> None:
    """Nobody has to fix them one by one."""
    warnings: list[str] = []
    raw = {"runtime": {"fuelPerCall": "a", "deadlineSeconds": "b"}, "logLevel": 1, "diagnostics": {"maxPerFile": -1}}
    load_settings(raw, warnings.append)
    assert len(warnings) == 4


def test_unknown_settings_are_left_alone() -> None:
    """Settings of the editor's half share the prefix."""
    warnings: list[str] = []
    assert load_settings({"grid": {"compact": True}, "interpreter": "python3"}, warnings.append) == Settings()
    assert warnings == []


def test_a_bad_default_plugin_costs_itself_alone() -> None:
    """The choices for other extensions are kept."""
    warnings: list[str] = []
    settings = load_settings({"files": {"loaders": {"json": 3, "csv": "org.example.csv"}}}, warnings.append)
    assert settings.files.loaders == {"csv": "org.example.csv"}
    assert ["thoth.files.loaders.json" in warning for warning in warnings] == [True]
