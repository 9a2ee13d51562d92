"""Every import of the contract, called by a real component: a need that is not declared, denied or undecided never
reaches the host function; one that is granted does, until the person takes it back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wasmtime import wat2wasm

from tests.catalog.plugins import PLUGIN_ID, found
from tests.runtime import components
from tests.runtime.marshal.relay import FUNCTION, IMPORT_NAME, component_text
from tests.runtime.marshal.wit_types import Signature, WitType, contract
from thoth_ls.catalog.grants import Grants
from thoth_ls.catalog.needs import ABOUT, RULES, STOPS, TOLD
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.errors import PermissionDenied, PluginRefused
from thoth_ls.manager.permissions import Permissions
from thoth_ls.runtime.guest import Guest, Surroundings
from thoth_ls.runtime.limits import Limits
from thoth_ls.wire.permissions import Need

SILENTLY = "refused in silence"
TOLD_ID = "req-told"
"""What a function answers that tells of its refusal in a way of its own."""
IMPORTS = [(interface, name) for interface, functions in RULES.items() for name in functions]
NEEDED = [(interface, name) for interface, name in IMPORTS if RULES[interface][name].need is not None]
REACHING = [(interface, name) for interface, name in IMPORTS if RULES[interface][name].target is not None]
HOSTS = {"network": ["https://api.example.com"], "tcp": ["db.example.com:5432"]}
URLS = [
    *(
        "https://evil.test/",
        "http://api.example.com/",
        "https://api.example.com:8443/",
        "https://api.example.com.evil.test",
    ),
    *(
        "https://api.example.com@evil.test",
        "https://evil.test\\@api.example.com",
        "//api.example.com",
        "file:///etc/passwd",
    ),
]
ADDRESSES = [
    ("evil.test", 5432),
    ("db.example.com", 22),
    ("db.example.com:5432@evil.test", 5432),
    ("", 5432),
    ("*", 5432),
]
SAID: dict[str, Any] = {"url": "https://api.example.com/v1", "host": "db.example.com", "port": 5432}
"""Arguments and fields that name what is reached; others are whatever their type allows."""


def sample(name: str, wit_type: WitType | None) -> Any:
    """A value of the type."""
    if wit_type is None:
        return None
    match wit_type.kind:
        case "record":
            fields = zip(wit_type.names, wit_type.parts, strict=True)
            return {field.replace("-", "_"): sample(field, part) for field, part in fields}
        case "list":
            return b"" if wit_type.parts[0] is not None and wit_type.parts[0].kind == "u8" else []
        case "option":
            return None
        case "result":
            return sample(name, wit_type.parts[0])
        case "enum":
            return wit_type.names[0]
        case "string":
            return SAID.get(name, "text")
        case "bool":
            return False
        case _:
            return SAID.get(name, 7)


class Caller:
    """A plugin that does nothing but call one import, with a fake behind it that notes every call it gets."""

    def __init__(self, folder: Path, interface: str, function: str) -> None:
        self.rule = RULES[interface][function]
        self.signature: Signature = contract()[interface][function]
        self.reached: list[tuple[Any, ...]] = []
        self.told: list[str] = []
        self.permissions = Permissions(Grants(folder / "state" / "permissions.json"))
        self._folder = folder
        self._interface, self._function = interface, function
        self._guests: list[Guest] = []

    def plugin(self, *needs: Need) -> Plugin:
        """The plugin, declaring these."""
        tables = {need: {"reason": "r", **({"hosts": HOSTS[need]} if ABOUT[need].scoped else {})} for need in needs}
        return found(self._folder / "plugin", tables)

    def start(self, plugin: Plugin) -> Guest:
        """An instance of it."""
        text = component_text(self.signature).replace(IMPORT_NAME, f"thoth:plugin/{self._interface}@0.1.0")
        wasm = bytes(wat2wasm(text.replace(f'"{FUNCTION}"', f'"{self._function}"')))
        host = {self._interface: {self._function: _Fake(self)}}
        surroundings = Surroundings(None, lambda *line: None, host, self.permissions.permit(plugin))
        guest = Guest(components.loaded(wasm), Limits(), surroundings)
        self._guests.append(guest)
        guest.start()
        return guest

    def call(self, guest: Guest, **said: Any) -> Any:
        """What the import answers the plugin; None where it refuses."""
        arguments = [said.get(name, sample(name, wit_type)) for name, wit_type in self.signature.params]
        return guest.call("", self._function, *arguments)

    def refused(self, guest: Guest, **said: Any) -> str:
        """Why a call is refused; it is answered with an error, with nothing, or by ending the guest."""
        before = len(self.reached)
        failure: PluginRefused | PermissionDenied | None = None
        try:
            answer = self.call(guest, **said)
        except (PluginRefused, PermissionDenied) as error:
            failure, answer = error, None
        assert len(self.reached) == before
        if failure is None:
            assert self.rule.refused is not STOPS
            if self.rule.refused is TOLD:
                assert answer == TOLD_ID
                return self.told[-1]
            assert answer == self.rule.refused
            return SILENTLY
        assert self.rule.refused is STOPS
        if isinstance(failure, PluginRefused):
            assert failure.code in (400, 403)  # 400 for what nobody can read
        else:
            assert failure.need == self.rule.need
            assert guest.dead
        assert str(failure).count("plugin test.plugin: ") == 1
        return str(failure)

    def close(self) -> None:
        for guest in self._guests:
            guest.close()


class _Fake:
    """The host function: notes its calls, and the refusals it is told of."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __call__(self, *arguments: Any) -> Any:
        self._caller.reached.append(arguments)
        return sample("answer", self._caller.signature.result)

    def refused(self, refusal: Exception, *arguments: Any) -> str:
        self._caller.told.append(f"plugin test.plugin: {refusal}")
        return TOLD_ID


@pytest.fixture
def caller(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Caller]:
    made = Caller(tmp_path, *request.param)
    yield made
    made.close()


def every(imports: list[tuple[str, str]]) -> Any:
    """The test, once for each of these."""
    return pytest.mark.parametrize("caller", imports, indirect=True, ids=".".join)


OTHER_NEEDS: dict[Need, tuple[Need, ...]] = {need: tuple(other for other in ABOUT if other != need) for need in ABOUT}


@every(NEEDED)
async def test_what_is_not_declared_never_reaches_the_host(caller: Caller) -> None:
    """Not with every other need declared and granted, nor with a grant for it left over from an older manifest."""
    need = caller.rule.need
    assert need is not None
    others = OTHER_NEEDS[need]
    await caller.permissions.set(caller.plugin(need), need, "granted")
    plugin = caller.plugin(*others)
    for other in others:
        await caller.permissions.set(plugin, other, "granted")
    said = caller.refused(caller.start(plugin))
    assert "does not declare" in said or said == SILENTLY


@every(NEEDED)
async def test_what_is_denied_never_reaches_the_host(caller: Caller) -> None:
    assert caller.rule.need is not None
    plugin = caller.plugin(caller.rule.need)
    await caller.permissions.set(plugin, caller.rule.need, "denied")
    said = caller.refused(caller.start(plugin))
    assert f"which was denied; allow it in the view Plugins, or run: thoth plugins grant {PLUGIN_ID}" in said or (
        said == SILENTLY
    )


@every(NEEDED)
async def test_what_is_undecided_never_reaches_the_host(caller: Caller) -> None:
    assert caller.rule.need is not None
    said = caller.refused(caller.start(caller.plugin(caller.rule.need)))
    assert "which nobody has granted yet" in said or said == SILENTLY


@every(NEEDED)
async def test_what_is_granted_reaches_the_host_until_it_is_taken_back(caller: Caller) -> None:
    """In the instance that runs, from the next call on; and the other way round."""
    need = caller.rule.need
    assert need is not None
    plugin = caller.plugin(need)
    await caller.permissions.set(plugin, need, "granted")
    guest = caller.start(plugin)
    answer = caller.call(guest)
    assert answer == sample("answer", caller.signature.result)
    assert len(caller.reached) == 1
    await caller.permissions.set(plugin, need, "denied")
    caller.refused(guest)
    await caller.permissions.set(plugin, need, "granted")
    caller.call(caller.start(plugin) if guest.dead else guest)
    assert len(caller.reached) == 2


@every(REACHING)
async def test_what_lies_outside_the_granted_scope_never_reaches_the_host(caller: Caller) -> None:
    need = caller.rule.need
    assert need is not None
    plugin = caller.plugin(need)
    await caller.permissions.set(plugin, need, "granted")
    elsewhere: list[dict[str, Any]] = [{"host": host, "port": port} for host, port in ADDRESSES]
    if need == "network":
        request = dict(caller.signature.params).get("req")
        elsewhere = [{"req": {**sample("req", request), "url": url}} if request else {"url": url} for url in URLS]
    for said in elsewhere:
        assert "may not reach" in caller.refused(caller.start(plugin), **said)
    assert caller.reached == []


@every([item for item in IMPORTS if item not in NEEDED])
async def test_what_takes_nothing_reaches_the_host_whatever_is_declared(caller: Caller) -> None:
    """So the rows that say so can be told from those that were forgotten."""
    caller.call(caller.start(caller.plugin()))
    assert len(caller.reached) == 1


def test_every_import_of_the_contract_is_here() -> None:
    """The parameters of these tests are the table, which is held against `wit/` elsewhere."""
    assert {(name, function) for name in RULES for function in contract()[name]} == set(IMPORTS)
