"""WIT types as the tests see them: read from the contract, written as WAT, and a source of values."""

import itertools
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from thoth_ls.runtime.marshal import Case, Err, Ok, Some

ROOT = Path(__file__).parents[3]
INTEGER_BITS = {"u8": 8, "s8": 8, "u16": 16, "s16": 16, "u32": 32, "s32": 32, "u64": 64, "s64": 64}
FLAT_PRIMITIVES = {"u64": "i64", "s64": "i64", "f32": "f32", "f64": "f64"}


@dataclass(frozen=True)
class WitType:
    """`kind` is a primitive's name or list, option, result, tuple, record, variant, enum, flags.

    `parts` are the types inside (None for a missing payload), `names` those of fields, cases or flags.
    """

    kind: str
    parts: tuple["WitType | None", ...] = ()
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        inside = [
            f"{name}: {part}" if name else str(part or "_")
            for name, part in itertools.zip_longest(self.names, self.parts)
        ]
        return self.kind + (f"<{', '.join(inside)}>" if inside else "")


@dataclass(frozen=True)
class Signature:
    """One function: parameter names with types, and the result type if it has one."""

    params: tuple[tuple[str, WitType], ...]
    result: WitType | None


def primitive(name: str) -> WitType:
    return WitType(name)


def list_of(element: WitType) -> WitType:
    return WitType("list", (element,))


def option_of(payload: WitType) -> WitType:
    return WitType("option", (payload,))


def result_of(ok: WitType | None, err: WitType | None) -> WitType:
    return WitType("result", (ok, err))


def tuple_of(*elements: WitType) -> WitType:
    return WitType("tuple", elements)


def record_of(**fields: WitType) -> WitType:
    names = tuple(name.replace("_", "-") for name in fields)
    return WitType("record", tuple(fields.values()), names)


def variant_of(**cases: WitType | None) -> WitType:
    names = tuple(name.replace("_", "-") for name in cases)
    return WitType("variant", tuple(cases.values()), names)


def enum_of(*names: str) -> WitType:
    return WitType("enum", (), names)


def flags_of(*names: str) -> WitType:
    return WitType("flags", (), names)


def flat(wit_type: WitType | None) -> list[str]:
    """The core types a value is passed as."""
    if wit_type is None:
        return []
    match wit_type.kind:
        case "string" | "list":
            return ["i32", "i32"]
        case "record" | "tuple":
            return [core for part in wit_type.parts for core in flat(part)]
        case "option" | "result" | "variant":
            return ["i32", *_joined([flat(part) for part in wit_type.parts])]
        case "flags":
            return ["i32"]
        case _:
            return [FLAT_PRIMITIVES.get(wit_type.kind, "i32")]


def _joined(cases: list[list[str]]) -> list[str]:
    joined: list[str] = []
    for case in cases:
        for index, core in enumerate(case):
            if index == len(joined):
                joined.append(core)
            elif joined[index] != core:
                joined[index] = "i32" if {joined[index], core} == {"i32", "f32"} else "i64"
    return joined


def values(wit_type: WitType) -> st.SearchStrategy[Any]:
    """Every Python value of the type, as lifting spells it."""
    kind = wit_type.kind
    if kind in INTEGER_BITS:
        bits = INTEGER_BITS[kind]
        low, high = (0, 2**bits - 1) if kind[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        return st.integers(low, high) | st.sampled_from([low, high])
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return simple
    return _compound_values(wit_type, [values(part) if part else st.none() for part in wit_type.parts])


def _compound_values(wit_type: WitType, parts: list[st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    match wit_type.kind:
        case "list" if wit_type.parts == (primitive("u8"),):
            return st.binary(max_size=64)
        case "list":
            return st.lists(parts[0], max_size=5)
        case "option":
            nested = wit_type.parts[0] is not None and wit_type.parts[0].kind == "option"
            return st.none() | (parts[0].map(Some) if nested else parts[0])
        case "result":
            return parts[0].map(Ok) | parts[1].map(Err)
        case "tuple":
            return st.tuples(*parts)
        case "record":
            keys = [name.replace("-", "_") for name in wit_type.names]
            return st.fixed_dictionaries(dict(zip(keys, parts, strict=True)))
        case "variant":
            cases = zip(wit_type.names, parts, strict=True)
            return st.one_of([st.builds(Case, st.just(name), part) for name, part in cases])
        case "enum":
            return st.sampled_from(wit_type.names)
        case "flags":
            return st.frozensets(st.sampled_from(wit_type.names))
    raise AssertionError(wit_type.kind)


_SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "bool": st.booleans(),
    "char": st.characters(exclude_categories=["Cs"]),
    "string": st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(["", "\0", "🜁𐍈"]),
    "f32": st.floats(width=32, allow_nan=False),
    "f64": st.floats(allow_nan=False),
}


@cache
def contract() -> dict[str, dict[str, Signature]]:
    """Every function of `wit/`: interface name to function name to signature."""
    tool = shutil.which("wasm-tools", path=str(Path(sys.executable).parent)) or "wasm-tools"
    text = subprocess.run([tool, "component", "wit", str(ROOT / "wit"), "--json"], check=True, capture_output=True)
    package = json.loads(text.stdout)
    resolve = _Resolver(package["types"]).resolve
    return {
        interface["name"]: {
            name: Signature(
                tuple((param["name"], resolve(param["type"])) for param in function["params"]),
                resolve(function["result"]) if "result" in function else None,
            )
            for name, function in interface["functions"].items()
        }
        for interface in package["interfaces"]
        if interface["functions"]
    }


class _Resolver:
    def __init__(self, types: list[Any]) -> None:
        self._types = types

    def resolve(self, reference: str | int) -> WitType:
        if isinstance(reference, str):
            return primitive(reference)
        ((kind, body),) = self._types[reference]["kind"].items()
        match kind:
            case "type":
                return self.resolve(body)
            case "list" | "option":
                return WitType(kind, (self.resolve(body),))
            case "result":
                return result_of(self._maybe(body["ok"]), self._maybe(body["err"]))
            case "tuple":
                return tuple_of(*[self.resolve(element) for element in body["types"]])
            case "record":
                fields = body["fields"]
                parts = tuple(self.resolve(field["type"]) for field in fields)
                return WitType("record", parts, tuple(field["name"] for field in fields))
            case "variant":
                parts_or_none = tuple(self._maybe(case["type"]) for case in body["cases"])
                return WitType("variant", parts_or_none, tuple(case["name"] for case in body["cases"]))
            case "enum":
                return WitType("enum", (), tuple(case["name"] for case in body["cases"]))
            case "flags":
                return WitType("flags", (), tuple(flag["name"] for flag in body["flags"]))
        raise AssertionError(f"the tests know no {kind}")

    def _maybe(self, reference: str | int | None) -> WitType | None:
        return None if reference is None else self.resolve(reference)
