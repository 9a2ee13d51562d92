"""What options say about auth, and about how a request is made."""

from typing import Final

from rest.curl.commandline import Group
from rest.importing import Note
from rest.model import Auth, Options

MOST_REDIRECTS: Final = 10
"""The host follows no more."""
_UNKNOWN: Final = ("ntlm", "ntlm-wb", "negotiate")


def auth_of(group: Group, in_url: tuple[str, str] | None, notes: list[Note]) -> Auth:
    """How the request says who sends it."""
    if (token := group.last("oauth2-bearer")) is not None:
        return Auth("bearer", token=token)
    user = group.last("user")
    if user is None and in_url is None:
        return Auth()
    if user is not None:
        name, sign, password = user.partition(":")
        if not sign:
            notes.append(Note("lost", f"--user {name}", "curl would ask for the password: enter it"))
    else:
        assert in_url is not None
        name, password = in_url
    if any(group.has(option) for option in _UNKNOWN) or group.has("aws-sigv4"):
        notes.append(Note("lost", f"--user {name}", "it belongs to a way of proving who asks that is not known here"))
        return Auth()
    if group.has("digest"):
        return Auth("digest", name, password)
    if group.has("anyauth"):
        notes.append(Note("lost", "--anyauth", "the server is not asked first: basic is sent at once"))
    return Auth("basic", name, password)


def options_of(group: Group, url: str, notes: list[Note]) -> Options:
    """How the request is made."""
    options = Options(follow_redirects=group.has("location", "location-trusted"), verify_tls=not group.has("insecure"))
    if group.has("location-trusted"):
        notes.append(Note("lost", "--location-trusted", "secrets are not sent on to other hosts"))
    if group.has("compressed"):
        notes.append(Note("irrelevant", "--compressed", "responses are asked for compressed anyway"))
    _redirects(group, options, notes)
    _timeout(group, options, notes)
    versions = [one.option.name for one in group.all("http1.1", "http2", "http2-prior-knowledge", "http1.0", "http3")]
    match versions[-1:]:
        case ["http1.1"]:
            options.http_version = "1.1"
        case ["http2"] if url.lower().startswith("https:"):
            options.http_version = "2"
        case ["http2"]:
            notes.append(Note("lost", "--http2", "without encryption HTTP/2 has to be meant: --http2-prior-knowledge"))
        case ["http2-prior-knowledge"]:
            options.http_version = "2"
    return options


def _redirects(group: Group, options: Options, notes: list[Note]) -> None:
    said = group.last("max-redirs")
    if said is None:
        return
    try:
        most = int(said)
    except ValueError:
        notes.append(Note("lost", f"--max-redirs {said}", "it is no number"))
        return
    if not 0 <= most <= MOST_REDIRECTS:
        notes.append(Note("lost", f"--max-redirs {said}", f"{MOST_REDIRECTS} redirects are followed at most"))
    options.max_redirects = most if 0 <= most <= MOST_REDIRECTS else MOST_REDIRECTS


def _timeout(group: Group, options: Options, notes: list[Note]) -> None:
    said = group.last("max-time")
    if said is None:
        return
    try:
        milliseconds = round(float(said) * 1000)
    except (ValueError, OverflowError):
        notes.append(Note("lost", f"--max-time {said}", "it is no number of seconds"))
        return
    if milliseconds > 3_600_000:
        notes.append(Note("lost", f"--max-time {said}", "an hour is the longest there is"))
    options.timeout_ms = min(milliseconds, 3_600_000) if milliseconds > 0 else None
