"""What the plugin keeps for all its tabs: collections, environments, history. Read anew after each change elsewhere."""

import json
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

import thoth_plugin as thoth
from rest import collections, history, secrets, stored, texts, workspace
from rest.collections import Folder, Impossible, Item
from rest.environments import Environment, Variable, key_of, keys_of, put
from rest.history import Entry, History
from rest.model import Request
from rest.stored import NotUnderstood
from rest.telling import shown_name
from rest.variables import Expander, ReadSecret, Variables
from rest.vault import Vault
from rest.workspace import Workspace

SAVING = "The collection was not changed: what is stored cannot be read"


def new_id() -> str:
    """One that nothing else has."""
    return uuid.uuid4().hex[:16]


def vault() -> Vault:
    """The secrets of the plugin."""
    return Vault(thoth.secrets.read, thoth.secrets.write, thoth.secrets.delete)


class Library:
    """As one panel sees it. What changes it raises PluginError where that cannot be kept."""

    def __init__(self) -> None:
        self.workspace = Workspace()
        self.problem = ""
        """Why what is stored cannot be read; it is left as it is then."""
        self._text: str | None = None
        self._entries: dict[str, tuple[str, int]] = {}
        """Entries of the history as JSON, and its bytes, by id: they never change, and making them takes long."""
        self._pending: list[Entry] = []
        """Entries that are in no file yet."""
        self._fallen: set[str] = set()
        """Keys of secrets of entries that gave way to newer ones."""

    def load(self) -> None:
        """Looks at what is stored now; that of the original explorer is taken over, its secrets to the key store."""
        text = thoth.storage.read_text()
        if text == self._text:
            return
        try:
            loaded = workspace.load(text, new_id)
        except NotUnderstood as error:
            self.problem = f"{SAVING}: {error}"
            return
        self.workspace, self.problem, self._text = loaded.workspace, "", text
        self._entries.clear()
        for entry in self._pending:
            self._add(entry)
        if loaded.migrated:
            vault().put_all(loaded.secrets)
            self._write()

    @contextmanager
    def changing(self) -> Iterator[Workspace]:
        """What is stored now, to be changed; kept at the end of the block."""
        self.load()
        if self.problem:
            raise thoth.PluginError(self.problem)
        try:
            yield self.workspace
        except Impossible as error:
            self._text = None
            self.load()
            raise thoth.PluginError(f"That cannot be done: {error}.") from None
        self._write()

    # Collections

    @property
    def root(self) -> Folder:
        """All folders and requests."""
        return self.workspace.root

    def found(self, words: str) -> Folder:
        """What all words are in."""
        return collections.search(self.root, words)

    def folders(self) -> list[tuple[str, Folder]]:
        """All folders with their paths."""
        return collections.folders(self.root)

    def folder_of(self, item_id: str) -> str:
        """Id of the folder that an item is in; empty for the top, and for what is in none."""
        return next(
            (folders[-1].id for folders, item in collections.walk(self.root) if item.id == item_id and folders), ""
        )

    def item(self, item_id: str) -> Item | None:
        """The folder or request of an id; None where there is none."""
        return collections.find(self.root, item_id) if item_id else None

    def save(self, request: Request, folder_id: str) -> Request:
        """Keeps a request, its secrets in the key store; returns it as it is kept. The folder counts for new ones."""
        request.id, request.name = request.id or new_id(), shown_name(request.name)
        kept, values = secrets.hide(request, new_id)
        if values:
            vault().put_all(values)
        with self.changing() as found:
            before = self._keys_of(self.item(request.id))
            collections.save(found.root, kept, folder_id if collections.find(found.root, folder_id) else "")
        self._forget(before)
        return kept

    def add_folder(self, name: str, folder_id: str = "") -> str:
        """A new folder; its id."""
        folder = Folder(new_id(), name)
        with self.changing() as found:
            collections.add(found.root, folder, folder_id)
        return folder.id

    def rename(self, item_id: str, name: str) -> None:
        """Another name."""
        with self.changing() as found:
            collections.rename(found.root, item_id, shown_name(name))

    def duplicate(self, item_id: str) -> str:
        """Once more, behind it; the id of the copy."""
        with self.changing() as found:
            return collections.duplicate(found.root, item_id, new_id).id

    def shift(self, item_id: str, by: int) -> None:
        """Up or down within its folder."""
        with self.changing() as found:
            collections.shift(found.root, item_id, by)

    def move(self, item_id: str, folder_id: str) -> None:
        """Into another folder."""
        with self.changing() as found:
            collections.move(found.root, item_id, folder_id)

    def delete(self, item_id: str) -> None:
        """Takes it out, with all that is in it and its secrets."""
        with self.changing() as found:
            gone = collections.remove(found.root, item_id)
        self._forget(self._keys_of(gone))

    # Environments

    @property
    def environments(self) -> list[Environment]:
        """All, in order."""
        return self.workspace.environments

    @property
    def active(self) -> str:
        """Id of the one that is active; empty for none."""
        return self.workspace.active if self.workspace.active_environment() is not None else ""

    def activate(self, environment_id: str) -> None:
        """Another one is active, in all tabs."""
        with self.changing() as found:
            found.active = environment_id

    def variables(self, read_secret: ReadSecret | None = None) -> Variables:
        """What can be asked for between braces; with the secrets of the key store, unless told where from."""
        return self.workspace.variables(vault().get if read_secret is None else read_secret)

    def expanded(self, text: str) -> str:
        """A text with its variables filled in; what is unknown stays."""
        return Expander(self.variables()).expand(text, "message")

    def has_secret(self, environment: Environment, variable: Variable) -> bool:
        """Whether the key store has a value for a secret variable."""
        return vault().get(key_of(environment, variable)) is not None

    def set_environments(self, wanted: Sequence[Environment], typed: Mapping[tuple[str, str], str]) -> None:
        """Keeps all environments; `typed` are values of secret variables, by ids of environment and variable."""
        values = {
            key_of(one, variable): typed[one.id, variable.id]
            for one in wanted
            for variable in one.variables
            if variable.secret and (one.id, variable.id) in typed
        }
        vault().put_all(values)
        with self.changing() as found:
            before = set().union(*(keys_of(one) for one in found.environments))
            found.environments = list(wanted)
        self._forget(before)

    def put_variable(self, name: str, value: str) -> str:
        """Gives a variable of the active environment (else of all) a value; the name of where it is now."""
        with self.changing() as found:
            target = found.active_environment() or found.everywhere
            secret = put(target, name, value, new_id())
        if secret is not None:
            vault().put_all({secret[0]: secret[1]})
        return target.name

    # History

    @property
    def history(self) -> list[Entry]:
        """What was sent, newest first."""
        return self.workspace.history.entries

    def remember(self, entry: Entry) -> None:
        """Puts an entry first; `flush` keeps it."""
        self._add(entry)
        self._pending.append(entry)

    def flush(self) -> None:
        """Keeps the entries that are in no file yet. What cannot be kept is no reason to fail."""
        if not self._pending:
            return
        try:
            with self.changing():
                pass  # what is changed keeps them, too
            fallen, self._fallen = self._fallen, set()
            self._forget(fallen)
        except thoth.PluginError as error:
            self._pending.clear()
            thoth.log.warning(f"the history was not kept: {error.message}")

    def clear_history(self) -> None:
        """Forgets what was sent."""
        with self.changing() as found:
            before = secrets.all_keys(texts.texts(found.history))
            found.history.entries = []
        self._forget(before)

    def _add(self, entry: Entry) -> None:
        gone = history.add(self.workspace.history, entry, sized=self._sized)
        self._fallen |= secrets.all_keys(texts.texts(gone))
        if entry.response is not None and not entry.response.body:  # which may have been too large
            gone = [*gone, entry]
        for one in gone:
            self._entries.pop(one.id, None)

    def _write(self) -> None:
        text = self._written()
        thoth.storage.write_text(text)
        self._text = text
        self._pending.clear()

    def _written(self) -> str:
        """As `workspace.dump`, with the entries that were made JSON of before."""
        entries = self.workspace.history.entries
        text = workspace.dump(replace(self.workspace, history=History()))
        self._entries = {one.id: self._entry(one) for one in entries}
        made = ", ".join(said for said, _ in self._entries.values())
        return f'{text[:-1]}, "history": {{"entries": [{made}]}}}}' if made else text

    def _entry(self, entry: Entry) -> tuple[str, int]:
        made = self._entries.get(entry.id)
        if made is None:
            text = json.dumps(stored.to_json(entry), ensure_ascii=False)
            made = self._entries[entry.id] = text, len(text.encode("utf-8", "replace"))
        return made

    def _sized(self, entry: Entry) -> int:
        return self._entry(entry)[1]

    def _keys_of(self, item: Item | None) -> set[str]:
        return set() if item is None else secrets.all_keys(texts.texts(item))

    def _forget(self, keys: set[str]) -> None:
        """Those that nothing asks for any more."""
        gone = keys - self.workspace.keys()
        if gone:
            vault().forget(gone)


def now() -> str:
    """ISO 8601, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def without_secrets(request: Request) -> dict[str, object]:
    """A request as JSON for places that are no key store: what is typed there as a secret is left out."""
    copy = stored.from_json(Request, stored.to_json(request))
    for place in secrets.places(copy):
        if not secrets.keys_in(place.value):
            place.put("")
    return stored.to_json(copy)
