"""What says who sends a request: headers, a parameter, or credentials that a challenge asks for."""

import base64
from dataclasses import dataclass, field

from rest import urls
from rest.model import Auth
from rest.prepared import Credentials
from rest.variables import Expander


@dataclass(frozen=True, slots=True)
class Proof:
    """What auth adds to a request."""

    headers: list[tuple[str, str]] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    """Pieces of the query, encoded."""
    digest: Credentials | None = None


def proof(auth: Auth, user_info: tuple[str, str] | None, expander: Expander) -> Proof:
    """What is added for `auth`; `user_info` is what stood before the host in the URL, decoded."""
    match auth.kind:
        case "none":
            return Proof() if user_info is None else Proof([("Authorization", basic(*user_info))])
        case "basic":
            return Proof([("Authorization", basic(*_named(auth, user_info, expander)))])
        case "digest":
            return Proof(digest=Credentials(*_named(auth, user_info, expander)))
        case "bearer":
            return _bearer(auth, expander)
        case "api-key":
            return _api_key(auth, expander)


def basic(username: str, password: str) -> str:
    """The value of Authorization (RFC 7617), in UTF-8."""
    return f"Basic {base64.b64encode(f'{username}:{password}'.encode()).decode('ascii')}"


def _named(auth: Auth, user_info: tuple[str, str] | None, expander: Expander) -> tuple[str, str]:
    username = expander.expand(auth.username, "auth.username")
    password = expander.expand(auth.password, "auth.password")
    if not username and not password and user_info is not None:
        username, password = user_info
    elif password:
        expander.secrets.setdefault("password", password)
    if auth.kind == "basic" and ":" in username:
        expander.problem("warning", "auth.username", "a user name with a colon is cut there by servers (RFC 7617)")
    return username, password


def _bearer(auth: Auth, expander: Expander) -> Proof:
    token = expander.expand(auth.token, "auth.token").strip()
    scheme = expander.expand(auth.scheme, "auth.scheme").strip()
    if not token:
        expander.problem("warning", "auth.token", "the token is empty: no Authorization is sent")
        return Proof()
    expander.secrets.setdefault("token", token)
    return Proof([("Authorization", f"{scheme} {token}".strip())])


def _api_key(auth: Auth, expander: Expander) -> Proof:
    name = expander.expand(auth.key_name, "auth.key_name").strip()
    value = expander.expand(auth.key_value, "auth.key_value")
    if not name:
        expander.problem("warning", "auth.key_name", "the API key has no name: it is not sent")
        return Proof()
    if value:
        expander.secrets.setdefault(name, value)
    if auth.key_in == "header":
        return Proof([(name, value)])
    return Proof(query=[f"{urls.encoded_component(name)}={urls.encoded_component(value)}"])
