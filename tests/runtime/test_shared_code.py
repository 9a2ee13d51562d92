"""Large machine code is mapped by every guest, and cannot be changed behind the check that believed it."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from tests.runtime.components import ID, functions
from thoth_ls.runtime.engine import compile_component, exports_of
from thoth_ls.runtime.guest import Guest, LoadedPlugin, Surroundings
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.shared_code import SharedCode, share

CODE = compile_component(ID, functions('(func (export "nothing"))', "nothing"))
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has memory with a file's name")


def test_small_code_stays_as_it_is() -> None:
    """It is copied faster."""
    assert share(CODE) is CODE


@linux
def test_large_code_is_shared() -> None:
    """From a megabyte on."""
    assert isinstance(share(bytes(1 << 20)), SharedCode)


@linux
def test_guests_run_shared_code_and_outlive_it() -> None:
    """What a guest has mapped stays when nobody else needs it."""
    code = SharedCode(CODE)
    assert exports_of(code) == {"nothing"}
    loaded = LoadedPlugin(ID, code, frozenset())
    guests = [Guest(loaded, Limits(), Surroundings(None, lambda *line: None)) for _ in "ab"]
    for guest in guests:
        guest.start()
    path = Path(code.path)
    del code, loaded
    guests.pop().close()
    (last,) = guests
    assert last.call("", "nothing") is None
    last.close()
    del guests, last, guest
    gc.collect()
    assert not path.exists() or "thoth-plugin" not in path.readlink().name


@linux
def test_shared_code_is_sealed() -> None:
    """Nothing can be written into it, not even by ourselves."""
    code = SharedCode(CODE)
    with pytest.raises(PermissionError), Path(code.path).open("r+b", buffering=0) as file:
        file.write(b"x")
    assert Path(code.path).read_bytes() == CODE
