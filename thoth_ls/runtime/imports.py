"""The host's surface: a table of what plugins may call, and what each entry costs.

The table is `interface name -> function name -> HostImport`, names as in WIT without package and version:

    {"plugin-storage": {"read": HostImport(storage.read, need=None), "write": HostImport(storage.write, need=None)},
     "http-client": {"fetch": HostImport(gateway.fetch, need="http")}}

An entry cannot exist without saying what it needs; `None` has to be written out. Whatever a component imports beyond
the table is defined too, as a refusal that names it, so that every component of the published worlds instantiates.
`wasi:` interfaces are left to the linker.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wasmtime.component import Component, ComponentInstanceType, FuncType, Linker, LinkerInstance

from thoth_ls.runtime.marshal import (
    HostCalls,
    HostFunction,
    HostRefusal,
    RefusedFunction,
    define_function,
)

OUR_INTERFACE: Final = re.compile(r"thoth:plugin/([a-z0-9-]+)(?:@0\.1\.\d+)?")
"""Import names answered from the table: any 0.1 version of the package, or none given."""


@dataclass(frozen=True, slots=True)
class HostImport:
    """One function a plugin may call."""

    function: Callable[..., Any]
    """Gets and returns Python values as `thoth_ls.runtime.marshal` says; may raise HostRefusal."""
    need: str | None
    """The capability that has to be granted before the function is called; None for what every plugin may do."""


HostTable = Mapping[str, Mapping[str, HostImport]]

Permit = Callable[[str, str], None]
"""(need, "interface.function"): returns when the plugin was granted the need, else raises HostRefusal."""


def nothing_granted(need: str, function: str) -> None:
    """Refuses every need: what holds unless somebody decides otherwise."""
    raise HostRefusal(f"{function} needs the permission {need!r}, which this plugin was not given")


class HostImports:
    """The imports of one instance; `host_calls` keeps them alive until `close`."""

    def __init__(self, table: HostTable, host_calls: HostCalls, permit: Permit = nothing_granted) -> None:
        self._table = table
        self._host_calls = host_calls
        self._permit = permit
        self.refused: list[str] = []
        """Imports of the component nobody offers, as "interface.function"; for the plugin's log."""

    def define(self, linker: Linker, component: Component) -> None:
        """Defines all imports of `component` but those of WASI; the linker must be used for this component alone.

        Raises UnsupportedType when a function of the table is imported with resources, futures or streams, and
        WasmtimeError when the linker has such an import already.
        """
        with component.type as component_type, linker.root() as root:
            for name, item in component_type.imports(linker.engine).items():
                if name.startswith("wasi:"):
                    continue
                match item.ty:
                    case ComponentInstanceType() as instance_type:
                        with root.add_instance(name) as instance:
                            self._define_interface(instance, name, instance_type, linker)
                    case FuncType() as function_type:
                        self._refuse(root, name, name, function_type)

    def close(self) -> None:
        """Lets go of the host functions: a guest that still calls one is stopped."""
        self._host_calls.functions.clear()

    def _define_interface(
        self, instance: LinkerInstance, import_name: str, instance_type: ComponentInstanceType, linker: Linker
    ) -> None:
        ours = OUR_INTERFACE.fullmatch(import_name)
        interface = ours[1] if ours else import_name
        offered = self._table.get(interface, {}) if ours else {}
        for name, item in instance_type.exports(linker.engine).items():
            function_type = item.ty
            if not isinstance(function_type, FuncType):
                continue
            shown = f"{interface}.{name}"
            host_import = offered.get(name)
            if host_import is None:
                self._refuse(instance, name, shown, function_type)
            else:
                function = HostFunction(shown, function_type, self._permitted(shown, host_import), self._host_calls)
                define_function(instance, name, function)

    def _permitted(self, shown: str, host_import: HostImport) -> Callable[..., Any]:
        need = host_import.need
        if need is None:
            return host_import.function

        def asked(*arguments: Any) -> Any:
            self._permit(need, shown)
            return host_import.function(*arguments)

        return asked

    def _refuse(self, instance: LinkerInstance, name: str, shown: str, function_type: FuncType) -> None:
        define_function(instance, name, RefusedFunction(shown, function_type, self._host_calls))
        self.refused.append(shown)
