"""What the person has set for this plugin: `thoth.settings["key"]`, with the defaults of `plugin.toml`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from thoth_plugin import current


class Settings(Mapping[str, str]):
    """The settings of the current instance, as texts."""

    def __getitem__(self, key: str) -> str:
        return current.instance().settings[key]

    def __iter__(self) -> Iterator[str]:
        return iter(current.instance().settings)

    def __len__(self) -> int:
        return len(current.instance().settings)

    def flag(self, key: str, default: bool = False) -> bool:
        """A setting of the kind bool."""
        value = self.get(key)
        return default if value is None else value.strip().lower() == "true"

    def number(self, key: str, default: float = 0) -> float:
        """A setting that is a number; `default` where it is none."""
        try:
            return float(self[key])
        except (KeyError, ValueError):
            return default


def parse(text: str) -> dict[str, str]:
    """The settings as the host hands them over: `[{"key": …, "value": …}]`."""
    return {each["key"]: each["value"] for each in json.loads(text)} if text.strip() else {}


settings = Settings()
