"""The table of host functions: what it offers, what it costs, and that everything else is refused by name."""

import re
from typing import Any

import pytest
from wasmtime import Config, Engine, Store
from wasmtime.component import Component, Linker

from tests.runtime.marshal.relay import FUNCTION, IMPORT_NAME, component_text
from tests.runtime.marshal.wit_types import Signature, WitType, contract, option_of, primitive, record_of, result_of
from thoth_ls.catalog.needs import Rule, Rules
from thoth_ls.runtime.imports import HostImports, HostTable, NotGranted, Permit, nothing_granted
from thoth_ls.runtime.marshal import Err, GuestFunction, HostCallFailed, HostCalls, HostRefusal, Ok

STRING = primitive("string")
PLUGIN_ERROR = record_of(code=primitive("u32"), message=STRING)
FREE = Rule(None)
ANSWER = Signature((), result_of(STRING, PLUGIN_ERROR))


class Plugin:
    """A guest whose one export calls the import `name`, whatever the table offers."""

    def __init__(
        self,
        signature: Signature,
        table: HostTable,
        name: str = IMPORT_NAME,
        permit: Permit = nothing_granted,
        rule: Rule = FREE,
    ) -> None:
        engine = Engine(Config())
        self._store = Store(engine)
        component = Component(engine, component_text(signature).replace(IMPORT_NAME, name))
        calls = HostCalls()
        self.imports = HostImports(table, calls, permit, rules(rule))
        linker = Linker(engine)
        self.imports.define(linker, component)
        instance = linker.instantiate(self._store, component)
        linker.close()
        func = instance.get_func(self._store, FUNCTION)
        assert func is not None
        self.call = GuestFunction(self._store, func, host_calls=calls)


def offering(function: Any) -> HostTable:
    return {"relay": {FUNCTION: function}}


def rules(rule: Rule) -> Rules:
    """Rows for what these tests offer."""
    return {"relay": {FUNCTION: rule, "something-else": FREE}}


@pytest.mark.parametrize("name", ["thoth:plugin/relay", "thoth:plugin/relay@0.1.0", "thoth:plugin/relay@0.1.7"])
def test_our_interface_is_found_under_each_compatible_version(name: str) -> None:
    assert Plugin(ANSWER, offering(lambda: "hello"), name).call() == Ok("hello")


@pytest.mark.parametrize(
    "name", ["thoth:plugin/relay@0.2.0", "other:plugin/relay@0.1.0", "thoth:plugin/other@0.1.0", "thoth:plugins/relay"]
)
def test_another_package_version_or_interface_is_refused_by_name(name: str) -> None:
    """It instantiates all the same: only calling it is answered with an error."""
    plugin = Plugin(ANSWER, offering(lambda: "hello"), name)
    shown = "other.pass" if name == "thoth:plugin/other@0.1.0" else f"{name}.pass"
    assert plugin.call() == Err({"code": 403, "message": f"{shown} is not offered by this host"})
    assert plugin.imports.refused == [shown]


@pytest.mark.parametrize("result", [None, STRING, result_of(STRING, option_of(STRING))], ids=str)
def test_an_import_nobody_offers_stops_the_guest_where_it_cannot_be_told(result: WitType | None) -> None:
    plugin = Plugin(Signature((), result), {})
    with pytest.raises(HostCallFailed, match=re.escape("relay.pass is not offered by this host")):
        plugin.call()


def test_a_function_missing_from_an_offered_interface_is_refused() -> None:
    plugin = Plugin(ANSWER, {"relay": {"something-else": lambda: "x"}})
    assert plugin.imports.refused == ["relay.pass"]


def test_a_need_is_asked_for_before_the_function_is_called() -> None:
    """Nothing reaches the function while the need is not granted; what it names is asked on every call."""
    asked: list[tuple[str, str, str | None]] = []
    called: list[bool] = []
    granted = False

    def permit(need: str, function: str, target: str | None) -> None:
        asked.append((need, function, target))
        if not granted:
            raise HostRefusal("ask the person first")

    def function() -> str:
        called.append(True)
        return "done"

    plugin = Plugin(ANSWER, offering(function), permit=permit, rule=Rule("network", target=lambda arguments: "there"))
    assert plugin.call() == Err({"code": 403, "message": "ask the person first"})
    assert called == []
    granted = True
    assert plugin.call() == Ok("done")
    assert asked == [("network", "relay.pass", "there")] * 2


def test_every_need_is_refused_unless_somebody_grants_it() -> None:
    plugin = Plugin(ANSWER, offering(lambda: "x"), rule=Rule("network"))
    message = "relay.pass needs the permission 'network', which this plugin was not given"
    assert plugin.call() == Err({"code": 403, "message": message})


@pytest.mark.parametrize("result", [None, STRING], ids=str)
def test_a_refusal_that_cannot_be_told_stops_the_guest(result: WitType | None) -> None:
    called: list[bool] = []
    plugin = Plugin(Signature((), result), offering(lambda: called.append(True)), rule=Rule("open-tabs"))
    with pytest.raises(HostCallFailed, match="needs the permission 'open-tabs'") as caught:
        plugin.call()
    assert isinstance(caught.value.reason, NotGranted)
    assert called == []


def test_a_row_may_say_what_a_refused_call_returns() -> None:
    called: list[bool] = []
    plugin = Plugin(
        Signature((), STRING), offering(lambda: called.append(True)), rule=Rule("open-tabs", refused="nothing")
    )
    assert plugin.call() == "nothing"
    assert called == []


def test_a_judge_that_fails_grants_nothing() -> None:
    """Whatever goes wrong on the way to a decision, the function is not called."""

    def permit(need: str, function: str, target: str | None) -> None:
        raise OSError("the disk is gone")

    called: list[bool] = []
    plugin = Plugin(ANSWER, offering(lambda: called.append(True)), permit=permit, rule=Rule("network"))
    assert isinstance(plugin.call(), Err)
    assert called == []


def test_a_function_without_a_row_cannot_be_offered() -> None:
    """The table of needs is complete, or the host does not start."""
    for table in ({"relay": {"unheard-of": print}}, {"unheard-of": {FUNCTION: print}}):
        with pytest.raises(LookupError, match=r"unheard-of.* has no row in the table of needs"):
            HostImports(table, HostCalls(), rules=rules(FREE))
        with pytest.raises(LookupError):
            HostImports(table, HostCalls())


@pytest.mark.parametrize("interface", sorted(contract()))
def test_every_interface_of_the_contract_can_be_imported_from_an_empty_table(interface: str) -> None:
    """So any component of the published worlds instantiates, whatever this host offers."""
    for name, signature in contract()[interface].items():
        plugin = Plugin(signature, {}, f"thoth:plugin/{interface}@0.1.0")
        assert plugin.imports.refused == [f"{interface}.{FUNCTION}"], name


def test_an_imported_interface_of_types_alone_needs_nothing() -> None:
    engine = Engine(Config())
    text = """(component
      (import "thoth:plugin/types@0.1.0" (instance $types
        (type $d (record (field "code" u32))) (export "plugin-error" (type (eq $d))))))"""
    component = Component(engine, text)
    linker = Linker(engine)
    imports = HostImports({}, HostCalls())
    imports.define(linker, component)
    linker.instantiate(Store(engine), component)
    assert imports.refused == []


def test_a_function_imported_by_itself_is_refused_by_name() -> None:
    engine = Engine(Config())
    component = Component(engine, '(component (import "anything" (func (param "x" u32))))')
    linker = Linker(engine)
    imports = HostImports({}, HostCalls())
    imports.define(linker, component)
    linker.instantiate(Store(engine), component)
    assert imports.refused == ["anything"]


def test_wasi_is_left_to_the_linker() -> None:
    engine = Engine(Config())
    text = """(component (import "wasi:random/insecure@0.2.0" (instance
      (export "get-insecure-random-u64" (func (result u64))))))"""
    component = Component(engine, text)
    linker = Linker(engine)
    linker.add_wasip2()
    imports = HostImports({}, HostCalls())
    imports.define(linker, component)
    linker.instantiate(Store(engine), component)
    assert imports.refused == []
