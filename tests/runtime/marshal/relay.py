"""A guest made for any signature: its export calls its import of the same type and returns what that returned.

So arguments go Python → guest → Python, and the result comes back the same way. The core code only moves the flat
values along: export and import share memory, whatever was spilled to memory stays where it is.
"""

from collections.abc import Callable
from typing import Any

from wasmtime import Config, Engine, Store
from wasmtime.component import Component, Linker

from tests.runtime.marshal.wit_types import Signature, WitType, flat
from thoth_ls.catalog.needs import Rule
from thoth_ls.runtime.imports import HostImports
from thoth_ls.runtime.marshal import GuestFunction, HostCalls

INTERFACE = "relay"
IMPORT_NAME = f"thoth:plugin/{INTERFACE}@0.1.0"
FUNCTION = "pass"
MAX_FLAT_PARAMS = 16
MAX_FLAT_RESULTS = 1


def _expression(wit_type: WitType, named: dict[WitType, str]) -> str:
    """The type in WAT; records and the like by the name they were declared under."""
    if wit_type in named:
        return f"${named[wit_type]}"
    parts = [_expression(part, named) if part else None for part in wit_type.parts]
    match wit_type.kind:
        case "list" | "option" | "tuple":
            return f"({wit_type.kind} {' '.join(part for part in parts if part)})"
        case "result":
            ok, err = parts
            return f"(result{f' {ok}' if ok else ''}{f' (error {err})' if err else ''})"
        case _:
            return wit_type.kind


def _definition(wit_type: WitType, named: dict[WitType, str]) -> str:
    parts = [_expression(part, named) if part else "" for part in wit_type.parts]
    match wit_type.kind:
        case "record":
            inside = [f'(field "{name}" {part})' for name, part in zip(wit_type.names, parts, strict=True)]
        case "variant":
            inside = [f'(case "{name}" {part})' for name, part in zip(wit_type.names, parts, strict=True)]
        case _:
            inside = [f'"{name}"' for name in wit_type.names]
    return f"({wit_type.kind} {' '.join(inside)})"


def _named_types(signature: Signature) -> list[WitType]:
    """The types that have to be declared under a name, inner ones first."""
    found: dict[WitType, None] = {}

    def visit(wit_type: WitType | None) -> None:
        if wit_type is None:
            return
        for part in wit_type.parts:
            visit(part)
        if wit_type.kind in ("record", "variant", "enum", "flags"):
            found[wit_type] = None

    for _, param in signature.params:
        visit(param)
    visit(signature.result)
    return list(found)


def _function_type(signature: Signature, named: dict[WitType, str]) -> str:
    params = "".join(f' (param "{name}" {_expression(param, named)})' for name, param in signature.params)
    result = f" (result {_expression(signature.result, named)})" if signature.result else ""
    return params + result


def component_text(signature: Signature) -> str:
    """The component in WAT."""
    named: dict[WitType, str] = {}
    declared, aliased = [], []
    for index, wit_type in enumerate(_named_types(signature)):
        definition = _definition(wit_type, named)
        named[wit_type] = f"t{index}"
        declared.append(f'(type $d{index} {definition}) (export "t{index}" (type $t{index} (eq $d{index})))')
        aliased.append(f'(alias export $host "t{index}" (type $t{index}))')
    spilled = [core for _, param in signature.params for core in flat(param)]
    params = spilled if len(spilled) <= MAX_FLAT_PARAMS else ["i32"]
    results = flat(signature.result)
    in_memory = len(results) > MAX_FLAT_RESULTS
    import_params = params + (["i32"] if in_memory else [])
    import_results = [] if in_memory else results
    export_results = ["i32"] if in_memory else results
    moved = " ".join(f"(local.get {index})" for index in range(len(params)))
    area = "(i32.const 1024)"
    call = f"(call $host {moved} {area if in_memory else ''})"
    function_type = _function_type(signature, named)
    return f"""(component
  (import "{IMPORT_NAME}" (instance $host
    {" ".join(declared)}
    (export "{FUNCTION}" (func{function_type}))))
  {" ".join(aliased)}
  (core module $memory
    (memory (export "memory") 2)
    (global $top (mut i32) (i32.const 65536))
    (func (export "realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $top) (i32.const 15)) (i32.const -16)))
      (global.set $top (i32.add (local.get $at) (local.get $size)))
      (block $fits (loop $grow
        (br_if $fits (i32.le_u (global.get $top) (i32.mul (memory.size) (i32.const 65536))))
        (if (i32.eq (memory.grow (i32.const 64)) (i32.const -1)) (then unreachable))
        (br $grow)))
      (memory.copy (local.get $at) (local.get $old) (local.get $old_size))
      (local.get $at))
    (func (export "reset") (global.set $top (i32.const 65536))))
  (core instance $m (instantiate $memory))
  (alias core export $m "memory" (core memory $mem))
  (alias core export $m "realloc" (core func $realloc))
  (alias export $host "{FUNCTION}" (func $f))
  (core func $lowered (canon lower (func $f) (memory $mem) (realloc $realloc) string-encoding=utf8))
  (core module $relay
    (import "host" "f" (func $host {_core("param", import_params)} {_core("result", import_results)}))
    (import "memory" "reset" (func $reset))
    (func (export "f") {_core("param", params)} {_core("result", export_results)}
      {call} {area if in_memory else ""})
    (func (export "after") {_core("param", export_results)} (call $reset)))
  (core instance $r (instantiate $relay
    (with "host" (instance (export "f" (func $lowered))))
    (with "memory" (instance $m))))
  (alias core export $r "f" (core func $exported))
  (alias core export $r "after" (core func $after))
  (func $lifted{function_type}
    (canon lift (core func $exported) (memory $mem) (realloc $realloc) string-encoding=utf8
      (post-return $after)))
  (export "{FUNCTION}" (func $lifted)))"""


def _core(word: str, types: list[str]) -> str:
    return f"({word} {' '.join(types)})" if types else ""


class Relay:
    """An instance of the relay guest for one signature. Set `host` to what its import shall do, then `call`."""

    def __init__(
        self,
        signature: Signature,
        host: Callable[..., Any],
        *,
        host_calls: HostCalls | None = None,
        max_result_bytes: int = 1 << 30,
    ) -> None:
        self.engine = Engine(Config())
        self.store = Store(self.engine)
        self.host = host
        self.host_calls = host_calls or HostCalls(max_argument_bytes=1 << 30)
        component = Component(self.engine, component_text(signature))
        linker = Linker(self.engine)
        table = {INTERFACE: {FUNCTION: lambda *arguments: self.host(*arguments)}}
        self.imports = HostImports(table, self.host_calls, rules={INTERFACE: {FUNCTION: Rule(None)}})
        self.imports.define(linker, component)
        instance = linker.instantiate(self.store, component)
        linker.close()
        self.func = instance.get_func(self.store, FUNCTION)
        assert self.func is not None
        self.call = GuestFunction(
            self.store, self.func, name="relay", host_calls=self.host_calls, max_result_bytes=max_result_bytes
        )


def echo(wit_type: WitType, **options: Any) -> Relay:
    """A relay whose host answers with what it is given: `call(value)` comes back equal."""
    return Relay(Signature((("value", wit_type),), wit_type), lambda value: value, **options)
