"""A whole server below the protocol, with the stagehand installed: a panel that does as it is told."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.manager.kept_secrets import KeptSecrets
from thoth_ls.paths import Paths
from thoth_ls.services import Services
from thoth_ls.settings import load_settings
from thoth_ls.wire.panels import OpenPanelParams, PanelEventParams, PanelOpened, PanelPlace
from thoth_ls.wire.permissions import PermissionAnswer, PermissionQuestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.panels.panel import Panel
    from thoth_ls.wire.panels import (
        DidClosePanel,
        DidFailPanel,
        DidRenderPanel,
        DidSignal,
        DidWorkPanel,
        ShowPanelParams,
    )

ROOT = Path(__file__).parents[2]
STAGEHAND = "org.thoth.fixture.stagehand"
PATIENCE = 10.0


@dataclass
class Told:
    """What the client would have been told."""

    rendered: list[DidRenderPanel] = field(default_factory=list)
    failures: list[DidFailPanel] = field(default_factory=list)
    working: list[DidWorkPanel] = field(default_factory=list)
    closed: list[DidClosePanel] = field(default_factory=list)
    signals: list[DidSignal] = field(default_factory=list)

    def panel_rendered(self, event: DidRenderPanel) -> None:
        self.rendered.append(event)

    def panel_failed(self, event: DidFailPanel) -> None:
        self.failures.append(event)

    def panel_working(self, event: DidWorkPanel) -> None:
        self.working.append(event)

    def panel_closed(self, event: DidClosePanel) -> None:
        self.closed.append(event)

    def signals_changed(self, event: DidSignal) -> None:
        self.signals.append(event)

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: None  # of documents, plugins and the network


class Stage:
    """One server; `folder` is all of its home."""

    def __init__(self, folder: Path, raw: object = None, *, development: bool = False) -> None:
        self.folder = folder
        self.paths = Paths.under(folder / "home")
        self.told = Told()
        self.logged: list[tuple[str, str]] = []
        self.questions: list[PermissionQuestion] = []
        self.grants = True
        self.shown: list[ShowPanelParams] = []
        place = folder / "dev" if development else self.paths.plugins
        self.plugin = place / "stagehand"
        self.install()
        settings: dict[str, Any] = {**(raw if isinstance(raw, dict) else {})}
        if development:
            settings["plugins"] = {"devFolders": [str(place)]}
        self.services = Services(
            load_settings(settings, pytest.fail),
            self.paths,
            self.told,  # type: ignore[arg-type]
            lambda plugin_id, level, text: self.logged.append((level, text)),
            lambda name, begins: None,
            ask=self._ask,
            secrets=KeptSecrets(),
            show_panel=self._show,
        )
        self.panels = self.services.panels

    @classmethod
    def beside(cls, other: Stage) -> Stage:
        """Another server with the same home."""
        return cls(other.folder)

    def install(self, build: bytes = b"build-01") -> None:
        """Puts the stagehand there, or another build of it in its place."""
        wasm = ROOT / "build" / "fixtures" / "stagehand.wasm"
        assert wasm.exists(), "build the fixtures first: make plugins"
        self.plugin.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "plugins" / "fixtures" / "stagehand.toml", self.plugin / "plugin.toml")
        raw = wasm.read_bytes()
        assert raw.count(b"build-01") == 1
        (self.plugin / "new.wasm").write_bytes(raw.replace(b"build-01", build))
        (self.plugin / "new.wasm").replace(self.plugin / "plugin.wasm")

    async def start(self, *, watch: bool = False) -> None:
        """Looks at the plugins."""
        if watch:
            await self.services.start()
        else:
            await asyncio.to_thread(self.services.runtime.prepare)
            self.services.plugins.know()

    async def open(self, place: PanelPlace = "tab", state: str | None = None) -> Opened:
        """A panel of the stagehand; raises ThothError."""
        params = OpenPanelParams(plugin_id=STAGEHAND, place=place, state=state)
        return Opened(self, await self.panels.open(params))

    def script(self, *lines: str) -> None:
        """What the stagehand is to do in its next life."""
        path = self.stored
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines))

    @property
    def stored(self) -> Path:
        """What the stagehand keeps; one that is being written has a folder of its own."""
        folder = self.paths.data / "plugin-data"
        return next(folder.glob(f"{STAGEHAND}@*/state.txt"), folder / STAGEHAND / "state.txt")

    def diary(self) -> list[str]:
        """What it entered."""
        return self.stored.read_text().splitlines() if self.stored.exists() else []

    async def _ask(self, question: PermissionQuestion) -> PermissionAnswer:
        self.questions.append(question)
        needs = [item.need for item in question.permissions]
        return PermissionAnswer(granted=needs if self.grants else [], denied=[] if self.grants else needs)

    async def _show(self, params: ShowPanelParams) -> None:
        self.shown.append(params)


class Opened:
    """One panel of a stage, as its client sees it."""

    def __init__(self, stage: Stage, opened: PanelOpened) -> None:
        self.stage = stage
        self.opened = opened
        self.panel_id = opened.panel_id
        self.note = opened.note

    @property
    def panel(self) -> Panel:
        return self.stage.panels.get(self.panel_id)

    async def do(self, widget_id: str, value: str = "", kind: str = "click") -> int:
        """Does something there; raises ThothError."""
        params = PanelEventParams(panel_id=self.panel_id, widget_id=widget_id, kind=kind, value=value)
        return await self.panel.event(params)

    @property
    def views(self) -> list[Any]:
        """All it has looked like."""
        told = [event.view for event in self.stage.told.rendered if event.panel_id == self.panel_id]
        return [self.opened.view, *told]

    @property
    def texts(self) -> list[str]:
        """What it says now."""
        return texts(self.views[-1].node)

    @property
    def failures(self) -> list[tuple[str, bool]]:
        """Kinds of what went wrong, and whether it ended of it."""
        return [(event.kind, event.ended) for event in self.stage.told.failures if event.panel_id == self.panel_id]


def texts(node: str | None) -> list[str]:
    """The texts and values in a tree of the stagehand."""
    children = json.loads(node or "{}").get("children", [])
    return [child.get("text") or child.get("value") or "" for child in children if child["type"] != "button"]


async def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Waits for something to become true."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for is not ours to signal
            await asyncio.sleep(0.01)
