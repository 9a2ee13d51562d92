"""Reads command lines of curl: the importer for cURL."""

import re
from collections.abc import Iterator
from typing import Final

from rest import media, params, texts, urls
from rest.curl import commandline, data, forms, globs
from rest.curl.bodies import put_data, put_upload
from rest.curl.commandline import Group, Said
from rest.curl.headers import Headers, headers_of, take_auth
from rest.curl.how import auth_of, options_of
from rest.importing import Imported, ImportedRequest, Note, NotImportable, ReadFile, no_files
from rest.model import Auth, Body, Request
from rest.shells import reading
from rest.shells.commands import Command, Shell, Unfinished

_CURL: Final = re.compile(r"(?:^|[\s/\\;&|(])curl(?:\.exe)?(?:\s|$)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_OTHER_HOSTS: Final = re.compile(r"(ftp|dict|ldap|imap|smtp|pop3)\.", re.IGNORECASE)
MOST_CHARACTERS: Final = 16 * 1024 * 1024
MOST_TOLD: Final = 3


class CurlImporter:
    """The importer of command lines of curl, whatever shell they are for."""

    id = "curl"
    name = "cURL"

    def recognises(self, text: str) -> bool:
        return _CURL.search(text[:100_000]) is not None

    def read(self, text: str, read_file: ReadFile = no_files) -> Imported:
        return read(text, read_file)


def read(
    text: str, read_file: ReadFile = no_files, *, shell: Shell | None = None, templates_in_it: bool = True
) -> Imported:
    """The requests of all commands of curl in a text, each with what is not in it. Raises NotImportable.

    None for the shell it looks written for. With `templates_in_it`, `{{name}}` is a variable; without, it is text.
    """
    if len(text) > MOST_CHARACTERS:
        raise NotImportable(f"it is longer than {MOST_CHARACTERS:,} characters")
    try:
        commands = reading.read(text, shell, templates=templates_in_it)
    except Unfinished as error:
        raise NotImportable(f"{error}: is the end of it missing?") from None
    found = Imported()
    for command in commands:
        arguments = commandline.arguments_of(command.words)
        if arguments is None:
            found.notes.append(Note("irrelevant", " ".join(command.words)[:80], "it is no command of curl"))
            continue
        for group in commandline.groups_of(arguments, read_file):
            found.requests += _requests(group, command, read_file, found)
    if not found.requests:
        told = [f"{note}" for note in found.notes if note.level == "lost"] or [f"{note}" for note in found.notes]
        raise NotImportable("; ".join(told[:MOST_TOLD]) or "there is no command of curl in it")
    asked = set().union(*(texts.variables_in(one.request) for one in found.requests))
    found.needed = sorted(asked - set(found.variables))
    return found


def _requests(group: Group, command: Command, read_file: ReadFile, found: Imported) -> Iterator[ImportedRequest]:
    """The requests of a group: one for each address."""
    notes = list(group.notes)
    notes += [Note("lost", what, "only the shell can fill it in") for what in command.unknown]
    for one in group.all("variable"):
        _define(found, one, notes, read_file)
    addresses = [address for one in group.all("url") for address in _addresses(one, group, notes)]
    uploads = [one.value for one in group.all("upload-file")]
    if not group.has("globoff") and any(globs.SIGNS & set(name) for name in uploads):
        notes.append(Note("lost", "-T", "braces and brackets in names of files are taken as they stand"))
    if not addresses:
        found.notes += [*notes, Note("lost", f"curl in line {command.line}", "it has no address of HTTP")]
    for at, address in enumerate(addresses):
        yield _Builder(group, command.stdin, read_file, list(notes)).built(address, uploads[at : at + 1])


def _define(found: Imported, one: Said, notes: list[Note], read_file: ReadFile) -> None:
    """What `--variable` says: a variable of ours."""
    sign = next((mark for mark in one.value if mark in "=@"), "")
    name, _, content = one.value.partition(sign) if sign else (one.value, "", "")
    if one.value.startswith("%"):
        if sign == "=":
            found.variables.setdefault(name[1:], content)
    elif sign == "=":
        found.variables[name] = content
    elif sign == "@" and (read := read_file(content)) is not None:
        found.variables[name] = read.decode("utf-8", "replace")
    else:
        notes.append(Note("lost", one.written, "the file cannot be read from here"))


def _addresses(one: Said, group: Group, notes: list[Note]) -> list[str]:
    """The addresses that one URL of a command stands for."""
    url = one.value.strip()
    found = _SCHEME.match(url)
    if found is None and not url.startswith("{{"):
        default = group.last("proto-default")
        scheme = default or "http"
        if default is None and _OTHER_HOSTS.match(url):
            notes.append(Note("lost", url[:80], "curl takes it for an address of another protocol than HTTP"))
            return []
        url = f"{scheme}://{url}"
        found = _SCHEME.match(url)
    if found is not None and found[1].lower() not in ("http", "https", "ws", "wss"):
        notes.append(Note("lost", url[:80], f"{found[1].lower()}:// is another protocol than HTTP"))
        return []
    if group.has("globoff"):
        return [url]
    try:
        return globs.expanded(url)
    except globs.BadGlob as error:
        notes.append(Note("lost", url[:80], f"its brackets or braces are taken as they stand: {error}"))
        return [url]


class _Builder:
    """Makes one request of a group of options."""

    def __init__(self, group: Group, stdin: str | None, read_file: ReadFile, notes: list[Note]) -> None:
        self._group = group
        self._stdin = stdin
        self._read_file = read_file
        self._notes = notes
        self._request = Request()

    def built(self, url: str, uploads: list[str]) -> ImportedRequest:
        has_data = bool(self._group.all(*data.NAMES)) and not self._group.has("get")
        with_body = has_data or bool(uploads) or bool(self._group.all("form", "form-string"))
        headers = headers_of(self._group, self._read_file, with_body=with_body)
        url, user = _without_user(url)
        self._auth(headers, user)
        sent = data.joined(self._group.all(*data.NAMES), self._stdin, self._read_file)
        in_query = sent is not None and self._group.has("get")
        self._url(url, sent.text if sent is not None and in_query else None)
        if sent is not None:
            self._notes += sent.notes
            if sent.json:
                headers.unless_said("Accept", "application/json")
        self._request.headers = headers.rows
        self._body(headers, None if in_query else sent, uploads)
        self._method(sent, uploads)
        self._request.options = options_of(self._group, url, self._notes)
        self._socket()
        return ImportedRequest(self._request, [*self._notes, *headers.notes])

    def _auth(self, headers: Headers, user: tuple[str, str] | None) -> None:
        if headers.has("authorization"):
            self._request.auth = take_auth(headers) or Auth()
        else:
            self._request.auth = auth_of(self._group, user, self._notes)

    def _url(self, url: str, sent: str | None) -> None:
        parts = urls.split(url)
        added: list[str] = []
        asked = self._group.all("url-query")
        if sent is not None:
            words = sent.rstrip()  # spaces at the end of a URL are taken for none
            added = [words + urls.sendable(sent[len(words) :])] if sent else []
            self._notes += [Note("lost", one.written, "curl leaves it out where -G has data") for one in asked]
        else:
            for one in asked:
                piece = data.query_piece(one.value, self._stdin, self._read_file, self._notes, one.written)
                added += [piece] if piece else []
        query = "&".join(piece for piece in [(parts.query or "").removesuffix("&" * bool(added)), *added] if piece)
        said = query if added else parts.query
        params.set_url(self._request, str(urls.Split(parts.base, said, parts.fragment)))

    def _body(self, headers: Headers, sent: data.Data | None, uploads: list[str]) -> None:
        no_type = "content-type" in headers.removed
        form = self._group.all("form", "form-string")
        if sent is not None:
            put_data(self._request, sent, no_type=no_type)
        elif uploads:
            put_upload(self._request, uploads[0])
        elif form:
            made = forms.Parts()
            for one in form:
                if one.option.name == "form":
                    forms.add(made, one.value, self._stdin, self._read_file)
                else:
                    forms.add_string(made, one.value)
            self._notes += made.notes
            if no_type or any(not _is_form(row.value) for row in headers.rows if row.name.lower() == "content-type"):
                said = "curl writes its parts another way with that; they are those of a form here"
                self._notes.append(Note("lost", "-H Content-Type", said))
            self._request.body = Body("multipart", parts=made.parts)
            return
        if form or (uploads and sent is not None):
            self._notes.append(Note("lost", "-F" if form else "-T", "a request has one body, and it has another one"))

    def _method(self, sent: data.Data | None, uploads: list[str]) -> None:
        if (said := self._group.last("request")) is not None:
            self._request.method = said
        elif self._group.has("head"):
            self._request.method = "HEAD"
        elif self._group.all("form", "form-string") or (sent is not None and not self._group.has("get")):
            self._request.method = "POST"
        elif uploads:
            self._request.method = "PUT"

    def _socket(self) -> None:
        """A WebSocket, and what browsers write of its handshake."""
        request = self._request
        scheme = request.url.partition("://")[0].lower()
        if scheme not in ("ws", "wss"):
            return
        request.protocol = "websocket"
        if request.auth.kind == "digest":
            self._notes.append(Note("lost", "--digest", "a WebSocket is connected without it"))
        for row in [row for row in request.headers if row.name.lower().startswith("sec-websocket-")]:
            request.headers.remove(row)
            if row.name.lower() == "sec-websocket-protocol":
                request.socket.subprotocols = [name.strip() for name in row.value.split(",") if name.strip()]
            else:
                self._notes.append(Note("irrelevant", f"-H {row.name}", "it is made anew for each connection"))


def _is_form(content_type: str) -> bool:
    return media.essence(content_type) == "multipart/form-data"


def _without_user(url: str) -> tuple[str, tuple[str, str] | None]:
    """A URL without a user name, and that name and its password, decoded."""
    scheme, sign, rest = url.partition("://")
    end = next((at for at, mark in enumerate(rest) if mark in "/?#"), len(rest))
    user, at_sign, place = rest[:end].rpartition("@")
    if not sign or not at_sign:
        return url, None
    name, _, password = user.partition(":")
    return f"{scheme}://{place}{rest[end:]}", (urls.percent_decoded(name), urls.percent_decoded(password))
