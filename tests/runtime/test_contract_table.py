"""The table of what plugins export is that of the contract."""

import tomllib
from pathlib import Path

from thoth_ls.catalog.manifest import Capability
from thoth_ls.runtime.contract import EXPORTS, PROMISES

CONTRACT = tomllib.loads((Path(__file__).parents[1] / "wit" / "contract.toml").read_text("utf-8"))


def test_the_table_names_every_interface_that_a_world_exports() -> None:
    """With all its functions."""
    exported = {name for world in CONTRACT["worlds"].values() for name in world["exports"]}
    found = {
        name: tuple(item.removeprefix("func ") for item in CONTRACT["interfaces"][name] if item.startswith("func "))
        for name in exported
    }
    assert found == dict(EXPORTS)


def test_every_capability_promises_something_known() -> None:
    """Or nothing, where there is no interface for it."""
    assert set(PROMISES) == set(Capability)
    assert {name for names in PROMISES.values() for name in names} <= set(EXPORTS)
    assert {capability for capability, names in PROMISES.items() if not names} == {"theme", "search-provider"}
