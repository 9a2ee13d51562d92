"""What a component imports and exports, told without running it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wasmtime import Engine
from wasmtime.component import ComponentInstanceType, FuncType

from thoth_ls.runtime.engine import load_component, new_engine
from thoth_ls.runtime.guest import API, PACKAGE
from thoth_ls.runtime.imports import OUR_INTERFACE
from thoth_ls.runtime.shared_code import SharedCode

EXPORTED = re.compile(rf"{PACKAGE}/([a-z0-9-]+)@{re.escape(API)}")
"""Names under which the host looks for exports, which are exact."""

Interfaces = Mapping[str, frozenset[str]]
"""Names of interfaces, ours without package and version, and the functions in each; of a function that stands by itself
its own name, with nothing in it."""


@dataclass(frozen=True, slots=True)
class ComponentShape:
    """The outside of a component."""

    imports: Interfaces
    exports: Interfaces


def shape_of(code: bytes | SharedCode) -> ComponentShape:
    """The outside of a component, by its machine code; raises WasmtimeError when this machine cannot run it."""
    engine = new_engine()
    try:
        with load_component(engine, code) as component, component.type as component_type:
            imports = {name: _functions(item.ty, engine) for name, item in component_type.imports(engine).items()}
            exports = {name: _functions(item.ty, engine) for name, item in component_type.exports(engine).items()}
    finally:
        engine.close()
    return ComponentShape(
        {(ours[1] if (ours := OUR_INTERFACE.fullmatch(name)) else name): found for name, found in imports.items()},
        {(ours[1] if (ours := EXPORTED.fullmatch(name)) else name): found for name, found in exports.items()},
    )


def _functions(item: object, engine: Engine) -> frozenset[str]:
    if not isinstance(item, ComponentInstanceType):
        return frozenset()
    return frozenset(name for name, inner in item.exports(engine).items() if isinstance(inner.ty, FuncType))
