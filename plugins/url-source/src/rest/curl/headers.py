"""What `-H`, `-A`, `-e`, `-b`, `-r`, `-C` and `-z` say: headers of a request."""

import base64
import binascii
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from rest import media
from rest.curl.commandline import Group
from rest.importing import Note, ReadFile
from rest.model import Auth, Row
from rest.prepare import NOT_SENT

_HARMLESS: Final = {"content-length", "connection", "keep-alive", "proxy-connection", "expect", "http2-settings"}
"""Headers that are not sent, without which a request is the same."""
_ALWAYS: Final = {"accept", "user-agent"}
"""Headers that the host sends where nobody gave them a value."""


@dataclass(slots=True)
class Headers:
    """The headers so far."""

    rows: list[Row] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    """Names (lower case) of those that are not to be sent."""
    notes: list[Note] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether one of that name (lower case) was said, if only to remove it."""
        return name in self.removed or any(row.name.lower() == name for row in self.rows)

    def lose(self, what: str, reason: str) -> None:
        """Notes that something is not in the request."""
        self.notes.append(Note("lost", what, reason))

    def unless_said(self, name: str, value: str) -> None:
        """Adds one that `-H` said nothing of: what it says wins."""
        if not self.has(name.lower()):
            self.rows.append(Row(name, value))


def headers_of(group: Group, read_file: ReadFile, *, with_body: bool) -> Headers:
    """All headers that options of a group say, for a request with a body or without."""
    made = Headers()
    for one in group.all("header"):
        if one.value.startswith("@"):
            data = read_file(one.value[1:])
            if data is None:
                made.lose(one.written, "the file cannot be read from here")
            for line in (data or b"").decode("utf-8", "surrogateescape").splitlines():
                _add(made, line)
        else:
            _add(made, one.value)
    _agent_and_referer(made, group)
    _cookies(made, group)
    _range(made, group, with_body=with_body)
    if (condition := group.last("time-cond")) is not None:
        _time(made, condition)
    return made


def take_auth(headers: Headers) -> Auth | None:
    """The auth that a header Authorization says, which is taken out; None where it says what only a header can."""
    found = [row for row in headers.rows if row.name.lower() == "authorization"]
    if len(found) != 1:
        return None
    scheme, _, said = found[0].value.partition(" ")
    auth: Auth | None = None
    if scheme == "Bearer" and said and said == said.strip():
        auth = Auth("bearer", token=said)
    elif scheme == "Basic":
        try:
            name, sign, password = base64.b64decode(said, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, ValueError):
            return None
        again = base64.b64encode(f"{name}:{password}".encode()).decode("ascii")
        auth = Auth("basic", name, password) if sign and again == said and "{{" not in name + password else None
    if auth is not None:
        headers.rows.remove(found[0])
    return auth


def _add(made: Headers, line: str) -> None:
    name, sign, value = line.partition(":")
    if not sign:
        name, sign, rest = line.partition(";")
        if not sign or rest.strip():
            made.lose(f"-H {line[:80]}", "curl leaves it out: it has no colon")
            return
    elif not value.strip():
        made.removed.add(name.strip().lower())
        if name.strip().lower() in _ALWAYS:
            made.lose(f"-H {name.strip()}:", "it is sent with a value of the host's: give it one of yours")
        return
    name, value = name.strip(), value.strip()
    if not name:
        made.notes.append(Note("irrelevant", f"-H {line[:80]}", "names of headers that begin with : are HTTP/2's own"))
    elif not media.TOKEN.fullmatch(name) and "{{" not in name:
        made.lose(f"-H {line[:80]}", "its name has signs that names of headers do not have")
    elif name.lower() in NOT_SENT:
        level = "irrelevant" if name.lower() in _HARMLESS else "lost"
        made.notes.append(Note(level, f"-H {line[:80]}", NOT_SENT[name.lower()]))  # type: ignore[arg-type]
    else:
        made.rows.append(Row(name, value))


def _agent_and_referer(made: Headers, group: Group) -> None:
    agent = group.last("user-agent")
    if agent:
        made.unless_said("User-Agent", agent)
    elif agent is not None and not made.has("user-agent"):
        made.lose("--user-agent ''", "it is sent with a value of the host's: give it one of yours")
    referer = group.last("referer")
    if referer is not None and referer.endswith(";auto"):
        referer = referer.removesuffix(";auto")
        made.lose("--referer ;auto", "redirects are followed without saying where they came from")
    if referer:
        made.unless_said("Referer", referer)


def _cookies(made: Headers, group: Group) -> None:
    said: list[str] = []
    for one in group.all("cookie"):
        if "=" in one.value and not one.value.startswith("@"):
            said.append(one.value)
        elif one.value:
            made.lose(one.written, "cookies are not read from files")
    if said:
        made.unless_said("Cookie", ";".join(said))


def _range(made: Headers, group: Group, *, with_body: bool) -> None:
    if with_body:
        said = group.all("range", "continue-at")
        made.notes += [Note("lost", one.written, "with a body it is about a part of that, which is not sent here")
                       for one in said]  # fmt: skip
        return
    offset = group.last("continue-at")
    if offset is not None and offset.isascii() and offset.isdigit():
        made.unless_said("Range", f"bytes={offset}-")
    elif offset is not None:
        made.lose(f"--continue-at {offset}", "how far an earlier download came is not known here")
    elif (span := group.last("range")) is not None:
        made.unless_said("Range", f"bytes={span}")


def _time(made: Headers, condition: str) -> None:
    name = "If-Unmodified-Since" if condition.startswith("-") else "If-Modified-Since"
    moment = _moment(condition.lstrip("-=").strip())
    if moment is None:
        made.lose(
            f"--time-cond {condition}", "it is no date like Sun, 06 Nov 1994 08:49:37 GMT: files are not looked at"
        )
    else:
        made.unless_said(name, format_datetime(moment.astimezone(UTC), usegmt=True))


def _moment(text: str) -> datetime | None:
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
