"""The host's surface: what plugins may call, and the guard every call of it has to pass.

A table says what is offered, `interface -> function name -> function`, names as in WIT without package and version:

    {"plugin-storage": {"read": storage.read, "write": storage.write}, "http-client": {"fetch": gateway.fetch}}

A function gets and returns Python values as `thoth_ls.runtime.marshal` says, and may raise HostRefusal. What it takes
to call it stands in `thoth_ls.catalog.needs.RULES` alone: a function without a row there cannot be offered. Whatever a
component imports beyond the table is defined too, as a refusal that names it, so that every component of the published
worlds instantiates. `wasi:` interfaces are left to the linker.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from wasmtime.component import Component, ComponentInstanceType, FuncType, Linker, LinkerInstance

from thoth_ls.calling import HostRefusal
from thoth_ls.catalog.needs import RULES, STOPS, TOLD, Rule, Rules
from thoth_ls.runtime.marshal import (
    HostCalls,
    HostFunction,
    RefusedFunction,
    define_function,
)
from thoth_ls.wire.permissions import Need

OUR_INTERFACE: Final = re.compile(r"thoth:plugin/([a-z0-9-]+)(?:@0\.1\.\d+)?")
"""Import names answered from the table: any 0.1 version of the package, or none given."""


HostTable = Mapping[str, Mapping[str, Callable[..., Any]]]


class Permit(Protocol):
    """Judges one call: returns when the plugin was granted what it takes, else raises HostRefusal."""

    def __call__(self, need: Need, function: str, target: str | None) -> None:
        """`function` is "interface.function"; `target` what is about to be reached, where the need has a scope."""


class NotGranted(HostRefusal):
    """A need was not declared, not decided about, or denied; or it was granted for something else."""

    def __init__(self, need: Need, message: str) -> None:
        super().__init__(message)
        self.need = need


def nothing_granted(need: Need, function: str, target: str | None) -> None:
    """Refuses every need: what holds unless somebody decides otherwise."""
    raise NotGranted(need, f"{function} needs the permission {need!r}, which this plugin was not given")


class HostImports:
    """The imports of one instance; `host_calls` keeps them alive until `close`.

    Raises LookupError when the table offers a function for which `rules` have no row.
    """

    def __init__(
        self, table: HostTable, host_calls: HostCalls, permit: Permit = nothing_granted, rules: Rules = RULES
    ) -> None:
        for interface, functions in table.items():
            for name in functions:
                rule = rules.get(interface, {}).get(name)
                if rule is None:
                    raise LookupError(f"{interface}.{name} has no row in the table of needs, so it cannot be offered")
                if rule.refused is TOLD and not hasattr(functions[name], "refused"):
                    raise LookupError(f"{interface}.{name} must say itself that it was refused, and has no way to")
        self._table = table
        self._rules = rules
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
            offer = offered.get(name)
            if offer is None:
                self._refuse(instance, name, shown, function_type)
            else:
                guarded = self._guarded(shown, offer, self._rules[interface][name])
                define_function(instance, name, HostFunction(shown, function_type, guarded, self._host_calls))

    def _guarded(self, shown: str, offer: Callable[..., Any], rule: Rule) -> Callable[..., Any]:
        """`offer` behind the guard: judged anew at each call, before anything of the call reaches it."""
        need = rule.need
        if need is None:
            return offer

        def asked(*arguments: Any) -> Any:
            try:
                self._permit(need, shown, rule.target(arguments) if rule.target else None)
            except HostRefusal as refusal:
                if rule.refused is STOPS:
                    raise
                return offer.refused(refusal, *arguments) if rule.refused is TOLD else rule.refused  # type: ignore[attr-defined]
            return offer(*arguments)

        return asked

    def _refuse(self, instance: LinkerInstance, name: str, shown: str, function_type: FuncType) -> None:
        define_function(instance, name, RefusedFunction(shown, function_type, self._host_calls))
        self.refused.append(shown)
