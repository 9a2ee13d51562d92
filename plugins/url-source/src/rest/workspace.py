"""All that the explorer keeps in plugin-storage: one JSON text, without a secret in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from rest import collections, environments, secrets, stored, texts
from rest.collections import Folder
from rest.environments import Environment
from rest.history import History
from rest.migration import is_original, migrated
from rest.model import VERSION
from rest.stored import NotUnderstood, versioned
from rest.telling import shown_name
from rest.variables import ReadSecret, Variables


@dataclass(slots=True)
class Workspace:
    """Collections, environments and history."""

    root: Folder = field(default_factory=Folder)
    environments: list[Environment] = field(default_factory=list)
    everywhere: Environment = field(default_factory=lambda: Environment("everywhere", "All Environments"))
    """Variables that are known whichever environment is active."""
    active: str = ""
    """Id of the environment that is active; empty for none."""
    history: History = field(default_factory=History)

    def active_environment(self) -> Environment | None:
        """The one that is active."""
        return next((one for one in self.environments if one.id == self.active), None)

    def variables(self, read_secret: ReadSecret) -> Variables:
        """What requests may ask for now."""
        active = self.active_environment()
        return environments.variables_of([*([active] if active else []), self.everywhere], read_secret)

    def keys(self) -> set[str]:
        """All keys of secure storage that are in use: others may be forgotten."""
        used = secrets.all_keys(texts.texts(self.root)) | secrets.all_keys(texts.texts(self.history))
        return used.union(*(environments.keys_of(one) for one in (*self.environments, self.everywhere)))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What plugin-storage had."""

    workspace: Workspace
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    """To be put into secure storage, by key, before anything is written back: the text had them as they are."""
    migrated: bool = False
    """Whether the text was of the original explorer or had secrets in it, and has to be written anew."""


def load(text: str, new_id: Callable[[], str]) -> Loaded:
    """What a text of plugin-storage has; that of the original explorer too. Raises NotUnderstood."""
    if not text.strip():
        return Loaded(Workspace())
    data = versioned(text, "collection")
    if is_original(data):
        requests, found = migrated(data, new_id)
        return Loaded(Workspace(Folder(items=list(requests))), found, migrated=True)
    workspace = stored.from_json(Workspace, data)
    _check_ids(workspace)
    hidden: dict[str, str] = {}
    _hide(workspace.root, new_id, hidden)
    return Loaded(workspace, hidden, migrated=bool(hidden))


def dump(workspace: Workspace) -> str:
    """The text for plugin-storage; raises ValueError rather than write a secret of a request.

    Names that are URLs lose theirs.
    """
    for request in collections.requests(workspace.root):
        request.name = shown_name(request.name)
        if found := secrets.places(request):
            raise ValueError(f"{request.title}: {found[0].where} holds a secret, hide it first (rest.secrets.hide)")
    return json.dumps({"version": VERSION, **stored.to_json(workspace)}, ensure_ascii=False)


def _hide(folder: Folder, new_id: Callable[[], str], found: dict[str, str]) -> None:
    """Takes out what an earlier version did not take for a secret."""
    for at, item in enumerate(folder.items):
        if isinstance(item, Folder):
            _hide(item, new_id, found)
        elif secrets.places(item):
            folder.items[at], own = secrets.hide(item, new_id)
            found |= own


def _check_ids(workspace: Workspace) -> None:
    """Ids name one thing each: with two of one, a change would go to the wrong one."""
    seen: set[str] = set()
    for _, item in collections.walk(workspace.root):
        if not item.id or item.id in seen:
            raise NotUnderstood(f"two things in the collection have the id {item.id!r}")
        seen.add(item.id)
