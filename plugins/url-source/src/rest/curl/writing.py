"""Writes a request as a command line of curl."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from rest import params, secrets, templates, urls
from rest.curl.sending import Say, Words, body_words
from rest.importing import Note
from rest.model import Auth, Request
from rest.prepare import NOT_SENT, with_scheme
from rest.shells.commands import Shell
from rest.shells.quoting import Unspeakable, line
from rest.variables import Expander, Scope, Value, Variables

_GLOBS: Final = frozenset("{}[]")


@dataclass(frozen=True, slots=True)
class Written:
    """A command line, and what of the request it cannot say."""

    text: str
    """Empty where the shell can say none of it."""
    notes: list[Note] = field(default_factory=list)


def write(
    request: Request, shell: Shell = "sh", *, variables: Variables | None = None, with_secrets: bool = False
) -> Written:
    """The request as a command line of curl for `shell`.

    With `variables` their values are written, else their names in braces. Secrets are written only `with_secrets`; a
    variable in braces stands for each of them otherwise.
    """
    if not with_secrets:
        request = secrets.redacted(request)
    expander = None if variables is None else Expander(variables if with_secrets else _without_secrets(variables))
    words = _words(request, _speaker(expander))
    if request.note.strip():  # a comment is not one to every shell: what stands in it could be run
        words.lose("the notes", "no shell leaves a comment alone that is pasted")
    if expander is not None:
        words.notes += [Note("lost", problem.where, problem.message) for problem in expander.problems]
    command = "curl.exe" if shell.startswith("powershell") else "curl"
    try:
        return Written(line(command, words.groups, shell), words.notes)
    except Unspeakable as error:
        return Written("", [*words.notes, Note("lost", shell, f"{error}")])


def _speaker(expander: Expander | None) -> Say:
    if expander is not None:
        return lambda text, encode=None: expander.expand(text, "request", encode)
    return lambda text, encode=None: text if _has_variables(text) else _plain(text)


def _has_variables(text: str) -> bool:
    return any(isinstance(piece, templates.Token) for piece in templates.scan(text))


def _plain(text: str) -> str:
    """A text without variables: what is escaped in it is not."""
    return "".join(piece for piece in templates.scan(text) if isinstance(piece, str))


def _without_secrets(variables: Variables) -> Variables:
    """The same, where secrets stand in braces."""

    def shown(values: Mapping[str, Value]) -> dict[str, Value]:
        return {
            name: value if value.key is None else Value(templates.literal(f"{{{{{name}}}}}"))
            for name, value in values.items()
        }

    return Variables([Scope(scope.name, shown(scope.values)) for scope in variables.scopes], source=variables.source)


def _words(request: Request, say: Say) -> Words:
    made, content_type = body_words(request, say)
    url = _url(request, say)
    first = _method(request, made, say)
    if _GLOBS & set(url):
        first.append("-g")
    groups = [[*first, *(["--url"] if url.startswith("-") else []), url]]
    groups += _headers(request, made, content_type, say)
    groups += _auth(request.auth, say)
    if how := _options(request, made):
        groups.append(how)
    made.groups = [*groups, *made.groups]
    return made


def _method(request: Request, made: Words, say: Say) -> list[str]:
    method = say(request.method).strip()
    if request.protocol == "websocket":
        made.lose("the WebSocket", "curl opens it, and sends no messages")
        return []
    if method == made.method:
        return []
    if method == "HEAD" and not made.groups:
        return ["-I"]
    return ["-X", method]


def _url(request: Request, say: Say) -> str:
    """The address: parameters with values of variables escaped, others as they stand."""
    parts = urls.split(request.url.strip())
    query = [
        say(raw, urls.encoded_component if "=" in raw else None)
        for row in request.params
        if params.is_said(row)
        for raw in (params.raw_of(row),)
    ]
    if request.auth.kind == "api-key" and request.auth.key_in == "query" and request.auth.key_name:
        pair = (request.auth.key_name, request.auth.key_value)
        encode = urls.encoded_component
        query.append("=".join(say(urls.around_variables(text, encode), encode) for text in pair))
    base = with_scheme(say(parts.base), websocket=request.protocol == "websocket")
    fragment = "" if parts.fragment is None else f"#{say(parts.fragment)}"
    return f"{base}{'?' + '&'.join(query) if query else ''}{fragment}"


def _headers(request: Request, made: Words, content_type: str, say: Say) -> list[list[str]]:
    groups: list[list[str]] = []
    said: set[str] = set()
    for row in request.headers:
        name = say(row.name).strip()
        if row.enabled and name and name.lower() not in NOT_SENT:
            said.add(name.lower())
            groups.append(["-H", _header(name, say(row.value).strip())])
    if "content-type" not in said and made.content_type is not None and content_type != made.content_type:
        groups.append(["-H", _header("Content-Type", content_type) if content_type else "Content-Type:"])
    if "accept-encoding" in said:
        groups.append(["--compressed"])
    if names := ", ".join(request.socket.subprotocols):
        groups.append(["-H", f"Sec-WebSocket-Protocol: {names}"])
    if request.auth.kind == "api-key" and request.auth.key_in == "header" and request.auth.key_name:
        groups.append(["-H", _header(say(request.auth.key_name).strip(), say(request.auth.key_value))])
    return groups


def _header(name: str, value: str) -> str:
    return f"{name}: {value}" if value else f"{name};"


def _auth(auth: Auth, say: Say) -> list[list[str]]:
    match auth.kind:
        case "basic" | "digest":
            user = ["-u", f"{say(auth.username)}:{say(auth.password)}"]
            return [["--digest", *user] if auth.kind == "digest" else user]
        case "bearer" if auth.token.strip():
            token = say(auth.token).strip()
            scheme = say(auth.scheme).strip()
            return [["-H", f"Authorization: {scheme} {token}" if scheme else f"Authorization: {token}"]]
        case _:
            return []


def _options(request: Request, made: Words) -> list[str]:
    options = request.options
    said: list[str] = []
    if options.follow_redirects:
        said.append("-L")
    if options.max_redirects != 10:
        said += ["--max-redirs", str(options.max_redirects)]
    if not options.verify_tls:
        said.append("-k")
    if options.timeout_ms is not None:
        said += ["-m", f"{options.timeout_ms / 1000:.3f}".rstrip("0").rstrip(".")]
    if options.http_version != "auto":
        plain = request.url.lower().startswith("http:")
        version = "--http1.1" if options.http_version == "1.1" else "--http2"
        said.append("--http2-prior-knowledge" if plain and version == "--http2" else version)
    if options.cookies:
        made.lose("cookies", "cookies of earlier responses are kept here, and not on the command line")
    return said
