"""One plugin folder, as it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoth_ls.catalog.harmless import harmless
from thoth_ls.catalog.looking import is_file, is_link, lies_in
from thoth_ls.catalog.manifest_remarks import is_web
from thoth_ls.catalog.manifest_tables import Capability
from thoth_ls.catalog.needs import ABOUT, MOST_REASON
from thoth_ls.catalog.scopes import shown
from thoth_ls.wire.permissions import Permission
from thoth_ls.wire.plugins import Origin, PluginInfo

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.catalog.manifest import Manifest

MOST_TEXT = 500
"""Characters of an author's text that are shown in a list."""
LINKS_FOLLOWED: tuple[Origin, ...] = ("bundled", "development")


def whole(text: str) -> str:
    """A text that can be sent: names of files may hold bytes that are no characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Plugin:
    """One plugin folder, usable or not."""

    folder: Path
    origin: Origin
    manifest: Manifest | None
    problem: str | None = None
    """Why it cannot be used, None when it can."""
    warnings: tuple[str, ...] = ()
    """Sentences a person should read."""
    declared_id: str | None = None
    """The id its manifest gives, where the rest of it cannot be used."""

    @property
    def id(self) -> str:
        """The manifest's id, or the folder's name where it gives none that is safe."""
        return self.manifest.id if self.manifest else self.declared_id or self.folder.name

    @property
    def bundled(self) -> bool:
        """Whether it came with Thoth."""
        return self.origin == "bundled"

    @property
    def wasm(self) -> Path:
        """The component."""
        return self.folder / "plugin.wasm"

    @property
    def precompiled(self) -> Path:
        """Machine code made when Thoth was built; only trusted in bundled plugins."""
        return self.folder / "plugin.cwasm"

    def file(self, name: str) -> Path | None:
        """The ordinary file of that name in its folder; None where there is none, or none that may be looked at.

        A link out of the folder is followed for those who work on a plugin, and in what came with Thoth: from anybody
        else it would show a file of this machine as if it were the plugin's.
        """
        path = self.folder / name
        if not is_file(path) or self.leads_out(name):
            return None
        return path

    def leads_out(self, name: str) -> bool:
        """Whether a file of that name is a link that must not be followed."""
        path = self.folder / name
        return self.origin not in LINKS_FOLLOWED and is_link(path) and not lies_in(path, self.folder)

    def permissions(self) -> list[Permission]:
        """What it declares it needs, as if nobody had decided anything yet."""
        needs = self.manifest.needs() if self.manifest else {}
        return [
            Permission(
                need=need,
                title=ABOUT[need].title,
                scope=shown(declared.scope),
                reason=harmless(declared.reason, MOST_REASON),
                decision="ask",
            )
            for need, declared in needs.items()
        ]

    def may_have_settings(self) -> bool:
        """Whether there may be something to set: declared settings, or a page that the plugin draws.

        Only the component knows whether it draws one, and it does not run for being asked. Every world but that of
        commands has such a page, and it is empty in what came with Thoth.
        """
        manifest = self.manifest
        if manifest is None or self.problem is not None:
            return False
        graphical = any(item not in (Capability.CLI, Capability.THEME) for item in manifest.capabilities)
        return bool(manifest.setting) or (graphical and not self.bundled)

    def info(self) -> PluginInfo:
        """What the client is shown; what people decided about the plugin is not in it yet."""
        manifest = self.manifest
        readme = self.folder / "README.md"
        return PluginInfo(
            id=whole(self.id),
            name=manifest.name if manifest else whole(self.folder.name),
            version=manifest.version if manifest else "",
            description=harmless(manifest.description, MOST_TEXT) if manifest else "",
            author=harmless(manifest.author, MOST_TEXT) if manifest else "",
            homepage=manifest.homepage if manifest and is_web(manifest.homepage) else None,
            license=harmless(manifest.license, MOST_TEXT) if manifest and manifest.license else None,
            keywords=[harmless(word, MOST_TEXT) for word in manifest.keywords] if manifest else [],
            icon=manifest.icon if manifest else None,
            extensions=manifest.extensions() if manifest else [],
            capabilities=[item.value for item in manifest.capabilities] if manifest else [],
            origin=self.origin,
            folder=whole(str(self.folder)),
            state="enabled" if self.problem is None else "unusable",
            problem=None if self.problem is None else whole(self.problem),
            warnings=[whole(warning) for warning in self.warnings],
            permissions=self.permissions(),
            has_settings=self.may_have_settings(),
            has_readme=is_file(readme) and not is_link(readme),
        )
