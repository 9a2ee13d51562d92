"""Commands: from the palette, and as `thoth url-source …` without an editor."""

from dataclasses import replace
from typing import Any

import thoth_plugin as thoth
from explorer.answer import kept_of
from explorer.curl_import import IMPORTERS, needed_of
from explorer.fetching import fetch
from explorer.library import Library, new_id, now, vault
from explorer.records import records_of
from explorer.tab_opening import must_open, open_tab
from rest import collections, history, params, secrets, stored
from rest.curl.writing import write
from rest.importing import NotImportable, importer_for, no_files
from rest.model import Request
from rest.prepare import prepare
from rest.variables import Variables

MORE = "Say which by its path, for instance Users/Create"


@thoth.command(
    "list",
    "Lists the requests of the collection",
    thoth.option("search", "Words that are in name, URL, notes or folder"),
    thoth.flag("ids", "Lists their ids, too, which tell apart what has the same name"),
)
def list_requests(search: str = "", ids: bool = False) -> list[dict[str, Any]]:
    """A record for each request."""
    root = _library().found(search)
    return [
        {
            "path": "/".join([*(folder.name for folder in folders), item.title]),
            "method": "WS" if item.protocol == "websocket" else item.method,
            "url": item.url,
            **({"id": item.id} if ids else {}),
        }
        for folders, item in collections.walk(root)
        if isinstance(item, Request)
    ]


@thoth.command(
    "send",
    "Sends a request of the collection and returns the records of its response",
    thoth.positional("name", "Name of the request, or its path: Users/Create"),
    thoth.option("env", "Environment to take variables from, in place of the active one", short="e"),
    thoth.flag("head", "Returns status and headers in place of the body", short="i"),
    thoth.flag("fail", "Ends with an error where the status is 400 or more", short="f"),
    examples=["thoth url-source send 'List orders'", "thoth url-source send Users/Create --env staging"],
)
def send(name: str, env: str = "", head: bool = False, fail: bool = False) -> list[dict[str, Any]]:
    """What the response has."""
    library = _library()
    workspace = library.workspace
    if env:  # for this request alone: the environment that is active stays so
        workspace = replace(workspace, active=_environment(library, env))
    return _sent(library, _named(library, name), workspace.variables(vault().get), head=head, fail=fail)


@thoth.command("send-last-again", "Sends again what was sent last, in a tab where there is an editor")
def send_last_again() -> list[dict[str, Any]]:
    """Opens a tab that sends; without an editor the records of the response."""
    library = _library()
    if not library.history:
        raise thoth.PluginError("Nothing was sent yet.")
    last = library.history[0].request
    if _opened(last.title, {"request": stored.to_json(last), "send": True}):
        return []
    return _sent(library, last, library.variables())


@thoth.command(
    "new-request",
    "Opens a new request in a tab",
    thoth.positional("url", "Its address", required=False),
)
def new_request(url: str = "") -> None:
    """Opens a tab."""
    request = Request()
    params.set_url(request, url)
    hidden, values = secrets.hide(request, new_id)
    _must_open(hidden.title, {"request": stored.to_json(hidden)} if url else {"fresh": True})
    if values:
        vault().put_all(values)


@thoth.command(
    "open", "Opens a request of the collection in a tab", thoth.positional("name", "Its name, path or id: Users/Create")
)
def open_request(name: str) -> None:
    """Opens a tab."""
    request = _named(_library(), name)
    _must_open(request.title, {"saved": request.id})


@thoth.command("environments", "Opens the environments, whose variables requests are filled in with")
def edit_environments() -> None:
    """Opens a tab with the dialog."""
    _must_open("Environments", {"fresh": True, "dialog": "environments"})


@thoth.command(
    "import-curl",
    "Imports command lines of curl: into tabs where there is an editor, else into the collection",
    thoth.positional("text", "The command line; empty opens a dialog to paste it into", required=False),
    thoth.flag("save", "Puts the requests into the collection, in an editor too"),
    examples=["thoth url-source import-curl \"curl 'https://api.example.com/items' -H 'Accept: application/json'\""],
)
def import_curl(text: str = "", save: bool = False) -> list[dict[str, Any]]:
    """A record for each request, with what of the command is not in it."""
    if not text.strip():
        if not _opened("Import cURL", {"fresh": True, "dialog": "curl-import"}):
            raise thoth.PluginError('Say which command line: thoth url-source import-curl "curl …"')
        return []
    try:
        imported = importer_for(text, IMPORTERS).read(text, no_files)
    except NotImportable as error:
        raise thoth.PluginError(f"This cannot be imported: {error}.") from None
    library = _library()
    records = []
    needed = needed_of(imported)
    for one in imported.requests:
        in_tab = not save and _open_request(one.request)
        if not in_tab:
            library.save(one.request, "")
        records.append(
            {
                "method": one.request.method,
                "url": secrets.redacted(one.request).url,
                "kept": "in a tab" if in_tab else "in the collection",
                "left_out": "; ".join(str(note) for note in one.notes),
                "variables": needed,
            }
        )
    return records


@thoth.command(
    "export-curl",
    "Writes a request of the collection as a command line of curl, without passwords and tokens",
    thoth.positional("name", "Name of the request, or its path: Users/Create"),
    thoth.option("shell", "sh, cmd or powershell"),
    thoth.flag("values", "Writes the values of variables in place of their names"),
    thoth.flag("with-secrets", "Writes passwords and tokens, too"),
)
def export_curl(name: str, shell: str = "sh", values: bool = False, with_secrets: bool = False) -> dict[str, Any]:
    """One record: `curl`, and what it cannot say."""
    if shell not in ("sh", "cmd", "powershell"):
        raise thoth.PluginError(f"--shell is {shell[:20]!r}; it can be sh, cmd or powershell")
    library = _library()
    request = _named(library, name)
    if with_secrets:
        request = secrets.revealed(request, library.variables().read_secret)
    written = write(request, shell, variables=library.variables() if values else None, with_secrets=with_secrets)  # type: ignore[arg-type]
    return {"curl": written.text, "not_in_it": "; ".join(str(note) for note in written.notes)}


COMMANDS = (
    list_requests,
    send,
    send_last_again,
    new_request,
    open_request,
    edit_environments,
    import_curl,
    export_curl,
)


def _library() -> Library:
    library = Library()
    library.load()
    if library.problem:
        raise thoth.PluginError(library.problem)
    return library


def _named(library: Library, name: str) -> Request:
    known = library.item(name)
    found = [known] if isinstance(known, Request) else collections.by_name(library.root, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise thoth.PluginError(f"{len(found)} requests are called {name[:80]!r}. {MORE}.")
    raise thoth.PluginError(f"No request is called {name[:80]!r}. To see all: thoth url-source list")


def _environment(library: Library, name: str) -> str:
    for one in library.environments:
        if one.name == name:
            return one.id
    names = ", ".join(one.name for one in library.environments) or "none"
    raise thoth.PluginError(f"No environment is called {name[:80]!r}; there are {names}")


def _sent(
    library: Library, request: Request, variables: Variables, *, head: bool = False, fail: bool = False
) -> list[dict[str, Any]]:
    if request.protocol == "websocket":
        raise thoth.PluginError(f"{request.title} is a WebSocket, which a tab alone can talk to")
    prepared = prepare(request, variables)
    if prepared.errors:
        raise thoth.PluginError("; ".join(f"{one.where}: {one.message}" for one in prepared.errors))
    entry = history.entry_of(new_id(), now(), request, prepared)
    try:
        response = fetch(prepared)
    except thoth.PluginError as error:
        message = secrets.redact(error.message, prepared.secrets)
        entry.error = message
        library.remember(entry)
        library.flush()
        raise thoth.PluginError(message, error.code) from None
    entry.response = kept_of(response, prepared)
    library.remember(entry)
    library.flush()
    if fail and response.status >= 400:
        raise thoth.PluginError(f"{prepared.method} {entry.url} answered {response.status}", response.status)
    if head:
        return [
            {
                "status": response.status,
                "url": response.url,
                "duration_ms": response.duration_ms,
                "headers": dict(response.headers),
            }
        ]
    return records_of(response)


def _must_open(title: str, seed: dict[str, Any]) -> None:
    try:
        must_open(title, seed)
    except thoth.HostError:
        raise thoth.PluginError(
            "There is no editor to open a tab in. To send a saved request: thoth url-source send NAME"
        ) from None


def _opened(title: str, seed: dict[str, Any]) -> bool:
    """Whether there is an editor that opens a tab, and did."""
    try:
        return open_tab(title, seed)
    except thoth.HostError:
        return False


def _open_request(request: Request) -> bool:
    hidden, values = secrets.hide(request, new_id)
    if not _opened(hidden.title, {"request": stored.to_json(hidden)}):
        return False
    if values:
        vault().put_all(values)
    return True
