"""The real host without an editor: its services on a loop in a thread, with a home of their own."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import tempfile
import threading
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from thoth_ls.catalog.development import is_development_build, program_folder
from thoth_ls.paths import Paths
from thoth_ls.runtime.cache import CompileCache
from thoth_ls.runtime.engine import fingerprint
from thoth_ls.runtime.precompile import read_precompiled
from thoth_ls.services import Services
from thoth_ls.settings import load_settings
from thoth_ls.wire.network import ConsentAnswer
from thoth_ls.wire.permissions import PermissionAnswer

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from thoth_ls.wire.dialogs import FileDialogParams
    from thoth_ls.wire.network import ConsentQuestion
    from thoth_ls.wire.panels import ShowPanelParams
    from thoth_ls.wire.permissions import PermissionQuestion

T = TypeVar("T")

SECONDS = 60.0
"""For anything that is waited for."""
COMPILING_SECONDS = 600.0
"""For what may have to compile first: a plugin in Python takes ten, once, and more on a busy machine."""


class MemorySecrets:
    """A key store that lasts as long as the host."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    async def read(self, owner: str, key: str) -> str | None:
        """The secret; None where there is none."""
        return self.kept.get((owner, key))

    async def store(self, owner: str, key: str, value: str | None) -> None:
        """Keeps it, or with None forgets it."""
        if value is None:
            self.kept.pop((owner, key), None)
        else:
            self.kept[owner, key] = value

    async def forget_all(self, owner: str) -> None:
        """Forgets those of a plugin."""
        self.kept = {name: value for name, value in self.kept.items() if name[0] != owner}


class Person:
    """Who answers the host's questions; a test sets what, and looks at what was asked."""

    def __init__(self) -> None:
        self.grants = True
        """Whether permissions are granted when the plugin is first run."""
        self.allows = True
        """Whether hosts are allowed: for this session, or not now."""
        self.decide: threading.Event | None = None
        """Set one, and hosts are allowed or not once it is set."""
        self.files: deque[Path | None] = deque()
        """Answers to file dialogs, the next one first; None cancels, as does running out of them."""
        self.permissions_asked: list[PermissionQuestion] = []
        self.hosts_asked: list[ConsentQuestion] = []
        self.files_asked: list[FileDialogParams] = []
        self.tabs: list[ShowPanelParams] = []
        """Tabs the plugin asked for."""

    async def ask(self, question: PermissionQuestion) -> PermissionAnswer:
        """Permissions."""
        self.permissions_asked.append(question)
        needs = [item.need for item in question.permissions]
        return PermissionAnswer(granted=needs if self.grants else [], denied=[] if self.grants else needs)

    async def ask_consent(self, question: ConsentQuestion) -> ConsentAnswer:
        """A host."""
        self.hosts_asked.append(question)
        if self.decide is not None:
            await asyncio.to_thread(self.decide.wait, SECONDS)
        return ConsentAnswer(choice="untilClosed" if self.allows else "deny")

    async def pick_file(self, asked: FileDialogParams) -> str | None:
        """A file."""
        self.files_asked.append(asked)
        path = self.files.popleft() if self.files else None
        return None if path is None else path.absolute().as_uri()

    async def show_panel(self, asked: ShowPanelParams) -> None:
        """A tab."""
        self.tabs.append(asked)


class Server:
    """Services on a thread of their own; `call` runs something there and waits for it."""

    def __init__(self, plugin: Path, person: Person, events: object, settings: Mapping[str, Any], kept: Path) -> None:
        self.log: list[tuple[str, str]] = []
        """Level and line."""
        self.secrets = MemorySecrets()
        self._person = person
        self._events = events
        self._settings = settings
        self._kept = kept
        self._home = Path(tempfile.mkdtemp(prefix="thoth-plugin-test-"))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="thoth-plugin-test", daemon=True)
        roots = Paths.under(self._home)
        self.paths = Paths(kept / "cache", roots.data, roots.state, roots.temp)
        self._install(plugin)
        self._keep_key(kept / "compiled.key", self.paths.state / "compiled.key")
        self._take_compiled(plugin)
        self._thread.start()
        self.services = self.call(self._begin())

    def call(self, work: Coroutine[Any, Any, T], seconds: float = SECONDS) -> T:
        """What `work` returns; raises what it raises, and TimeoutError."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def close(self) -> None:
        """Ends everything, and removes its home."""
        try:
            self.call(self.services.close())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(SECONDS)
            self._loop.close()
            self._keep_key(self.paths.state / "compiled.key", self._kept / "compiled.key")
            shutil.rmtree(self._home, ignore_errors=True)

    async def _begin(self) -> Services:
        person = self._person
        services = Services(
            load_settings(self._settings, _bad_setting),
            self.paths,
            self._events,  # type: ignore[arg-type]  # what nobody listens for is answered by __getattr__
            lambda plugin_id, level, text: self.log.append((level, text)),
            lambda name, begins: None,
            ask=person.ask,
            ask_consent=person.ask_consent,
            secrets=self.secrets,
            pick_file=person.pick_file,
            show_panel=person.show_panel,
        )
        await asyncio.to_thread(services.runtime.prepare)
        services.plugins.know()
        return services

    def _install(self, plugin: Path) -> None:
        """Puts the plugin where the server finds it: one of the user's, or for a development build, one of theirs."""
        development = is_development_build((plugin / "plugin.wasm").read_bytes())
        root = self._home / "development" if development else self.paths.plugins
        installed = root / plugin.name
        installed.mkdir(parents=True)
        for name in ("plugin.toml", "plugin.wasm"):
            shutil.copy(plugin / name, installed / name)
        if development:
            shutil.copytree(program_folder(plugin), program_folder(installed), symlinks=True)
            plugins = {"devFolders": [str(root)]} | dict(self._settings.get("plugins", {}))
            self._settings = {**self._settings, "plugins": plugins}

    def _take_compiled(self, plugin: Path) -> None:
        """Machine code that was made when the plugin was built, so that it need not be made again."""
        wasm, compiled = plugin / "plugin.wasm", plugin / "plugin.cwasm"
        if compiled.exists():
            digest = hashlib.sha256(wasm.read_bytes()).digest()
            cache = CompileCache(self.paths)
            code = read_precompiled(compiled, digest)
            if code is not None and cache.read(digest, fingerprint()) is None:
                cache.write(digest, fingerprint(), code)

    def _keep_key(self, source: Path, target: Path) -> None:
        """The key by which what was compiled is believed: so that it is compiled once, not for each host."""
        if source.exists() and not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copy(source, target)


def _bad_setting(message: str) -> None:
    raise ValueError(message)
