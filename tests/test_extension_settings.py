"""The editor's settings and the server's are the same ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from thoth_ls.settings import Settings

PACKAGE = Path(__file__).parent.parent / "vscode-extension" / "package.json"
OF_THE_EDITOR_ALONE = {
    *("thoth.interpreter", "thoth.trace.server", "thoth.text.features"),
    *("thoth.grid.compact", "thoth.grid.maxColumnWidth"),
    *("thoth.theme", "thoth.appliedTheme"),
}
NO_SETTING = {"thoth.workspaceTrusted"}
"""Told by the editor along with the settings."""


def contributed() -> dict[str, dict[str, Any]]:
    properties = json.loads(PACKAGE.read_text(encoding="utf-8"))["contributes"]["configuration"]["properties"]
    return {name: item for name, item in properties.items() if name not in OF_THE_EDITOR_ALONE}


def known(model: type[BaseModel], prefix: str = "thoth") -> dict[str, dict[str, Any]]:
    """Type, default, range and values of every setting below `model`, by its name in the editor."""
    found: dict[str, dict[str, Any]] = {}
    schema = model.model_json_schema(by_alias=True)
    for name, field in model.model_fields.items():
        alias = field.alias or name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found |= known(field.annotation, f"{prefix}.{alias}")
        else:
            found[f"{prefix}.{alias}"] = schema["properties"][alias]
    return found


def test_the_editor_offers_every_setting_of_the_server_and_no_other() -> None:
    """A setting added to one side cannot be forgotten on the other."""
    assert set(known(Settings)) - NO_SETTING == set(contributed())


@pytest.mark.parametrize("name", sorted(set(known(Settings)) - NO_SETTING))
def test_a_setting_has_one_type_default_and_range(name: str) -> None:
    """What the settings editor takes, the server takes too, and both have the same default."""
    keys = ("type", "default", "minimum", "maximum", "enum")
    ours, theirs = known(Settings)[name], contributed()[name]
    assert {key: theirs.get(key) for key in keys} == {key: ours.get(key) for key in keys}
