"""Digest authentication (RFC 7616, and RFC 2617 before it): the answer to a challenge."""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rest.prepared import Base64, BodyPart, Credentials, Handle, Prepared, Text
from rest.variables import Problem

ReadBody = Callable[[str], Iterable[bytes]]
"""The bytes of a body that the host holds, in pieces."""
NewNonce = Callable[[], str]

_HASHES: Final = {"SHA-256": hashlib.sha256, "MD5": hashlib.md5}
"""The strongest first. SHA-512-256 is in no Python without OpenSSL, and asked for by nobody so far."""
_TOKEN: Final = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # noqa: S105 - the grammar of one
_PARAMETER: Final = re.compile(
    rf'[ \t]*({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|({_TOKEN}))[ \t]*(?:,|$)', re.DOTALL
)
_SCHEME: Final = re.compile(rf"[ \t,]*({_TOKEN})(?:[ \t]+|(?=,)|$)")
_TOKEN68: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*[ \t]*(?:,|$)")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a server wants to be proven."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    """`MD5` or `SHA-256`."""
    session: bool = False
    """Whether it is one of the `-sess` algorithms."""
    qop: tuple[str, ...] = ()
    """What it offers, of `auth` and `auth-int`; nothing for servers of RFC 2069."""
    opaque: str | None = None
    stale: bool = False
    userhash: bool = False
    charset_utf8: bool = False
    proper_algorithm: bool = True
    """Whether it named the algorithm: it is then named to it."""


@dataclass(slots=True)
class Session:
    """What is remembered of a server, so that its nonce serves more than once."""

    challenge: Challenge
    count: int = 0
    cnonce: str = ""


class Unanswerable(ValueError):
    """A challenge that cannot be answered; the message says why."""


def challenges(headers: Sequence[tuple[str, str]]) -> list[Challenge]:
    """The digest challenges of a response that we can answer, the strongest first."""
    found: list[Challenge] = []
    for name, value in headers:
        if name.lower() == "www-authenticate":
            found += [made for scheme, said in parsed(value) if scheme == "digest" and (made := _challenge(said))]
    return sorted(found, key=lambda one: list(_HASHES).index(one.algorithm))


def answer(
    prepared: Prepared,
    status: int,
    headers: Sequence[tuple[str, str]],
    read_body: ReadBody,
    session: Session | None = None,
    new_nonce: NewNonce = lambda: secrets.token_hex(16),
) -> tuple[Prepared, Session] | None:
    """The request once more, with what a 401 asks for; None where there is nothing to be answered.

    `session` is what the last answer to this server returned: where it is given, credentials were refused already, and
    only a challenge with `stale` is answered. Raises Unanswerable, for a challenge of which we know no algorithm, say.
    """
    if status != 401 or prepared.digest is None:
        return None
    offered = challenges(headers)
    if not offered:
        if any(scheme == "digest" for name, value in headers if name.lower() == "www-authenticate"
               for scheme, _ in parsed(value)):  # fmt: skip
            raise Unanswerable("the server wants a kind of digest that is not known here")
        return None
    if session is not None and not offered[0].stale:
        return None
    made = Session(offered[0])
    return authorized(prepared, made, read_body, new_nonce), made


def authorized(
    prepared: Prepared,
    session: Session,
    read_body: ReadBody,
    new_nonce: NewNonce = lambda: secrets.token_hex(16),
) -> Prepared:
    """The request with Authorization for what the server asked for last: it spares one that is refused."""
    assert prepared.digest is not None
    challenge = session.challenge
    session.count += 1
    session.cnonce = session.cnonce or new_nonce()
    qop = _qop(challenge)
    body_hash = _body_hash(prepared.body, challenge.algorithm, read_body) if qop == "auth-int" else ""
    value = header(challenge, prepared.digest, prepared.method, target_of(prepared.url), qop, session, body_hash)
    kept = tuple(pair for pair in prepared.headers if pair[0].lower() != "authorization")
    weak = Problem("warning", "auth", "the server asks for MD5, which is weak: use it over https:// alone")
    problems = prepared.problems
    if challenge.algorithm == "MD5" and prepared.url.startswith("http://") and weak not in problems:
        problems = (*problems, weak)
    return replace(prepared, headers=(*kept, ("Authorization", value)), problems=problems)


def header(
    challenge: Challenge,
    credentials: Credentials,
    method: str,
    target: str,
    qop: str,
    session: Session,
    body_hash: str = "",
) -> str:
    """The value of Authorization; `target` is what the request asks for: path and query."""

    def hashed(text: str) -> str:
        return _hash(challenge.algorithm, text.encode("utf-8"))

    count, cnonce = f"{session.count:08x}", session.cnonce
    name, realm = credentials.username, challenge.realm
    first = hashed(f"{name}:{realm}:{credentials.password}")
    if challenge.session:
        first = hashed(f"{first}:{challenge.nonce}:{cnonce}")
    second = hashed(f"{method}:{target}:{body_hash}" if qop == "auth-int" else f"{method}:{target}")
    if qop:
        response = hashed(f"{first}:{challenge.nonce}:{count}:{cnonce}:{qop}:{second}")
    else:
        response = hashed(f"{first}:{challenge.nonce}:{second}")
    said = [
        *_username(challenge, name, hashed(f"{name}:{realm}")),
        f"realm={_quoted(realm)}",
        f"nonce={_quoted(challenge.nonce)}",
        f"uri={_quoted(target)}",
        f'response="{response}"',
    ]
    if challenge.proper_algorithm:
        said.append(f"algorithm={challenge.algorithm}{'-sess' if challenge.session else ''}")
    if qop:
        said += [f"qop={qop}", f"nc={count}"]
    if qop or challenge.session:
        said.append(f"cnonce={_quoted(cnonce)}")
    if challenge.opaque is not None:
        said.append(f"opaque={_quoted(challenge.opaque)}")
    if challenge.userhash:
        said.append("userhash=true")
    return f"Digest {', '.join(said)}"


def target_of(url: str) -> str:
    """Path and query of a URL, as they are sent."""
    rest = url.partition("://")[2]
    at = min((place for place in map(rest.find, "/?") if place >= 0), default=len(rest))
    path = rest[at:].partition("#")[0]
    return path if path.startswith("/") else f"/{path}"


def parsed(value: str) -> list[tuple[str, dict[str, str]]]:
    """The challenges of a header WWW-Authenticate (RFC 9110, 11.6.1): scheme in lower case, and its parameters."""
    found: list[tuple[str, dict[str, str]]] = []
    at = 0
    while at < len(value):
        scheme = _SCHEME.match(value, at)
        if scheme is None or not scheme[1]:
            break
        at = scheme.end()
        said: dict[str, str] = {}
        if (token := _TOKEN68.match(value, at)) and not _PARAMETER.match(value, at):
            at = token.end()
        while parameter := _PARAMETER.match(value, at):
            quoted, plain = parameter[2], parameter[3]
            said[parameter[1].lower()] = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain
            at = parameter.end()
        found.append((scheme[1].lower(), said))
    return found


def _challenge(said: dict[str, str]) -> Challenge | None:
    if "realm" not in said or "nonce" not in said:
        return None
    named = said.get("algorithm", "MD5")
    session = named.lower().endswith("-sess")
    algorithm = named[:-5] if session else named
    known = next((one for one in _HASHES if one.lower() == algorithm.lower()), None)
    offered = tuple(word.strip().lower() for word in said.get("qop", "").split(",") if word.strip())
    qop = tuple(word for word in offered if word in ("auth", "auth-int"))
    if known is None or (offered and not qop):
        return None
    return Challenge(
        said["realm"],
        said["nonce"],
        known,
        session,
        qop,
        said.get("opaque"),
        said.get("stale", "").lower() == "true",
        said.get("userhash", "").lower() == "true",
        said.get("charset", "").lower() == "utf-8",
        "algorithm" in said,
    )


def _qop(challenge: Challenge) -> str:
    """`auth` where it is offered: the body then need not be read twice."""
    return "" if not challenge.qop else "auth" if "auth" in challenge.qop else "auth-int"


def _username(challenge: Challenge, name: str, hashed: str) -> list[str]:
    if challenge.userhash:
        return [f'username="{hashed}"']
    if name.isascii():
        return [f"username={_quoted(name)}"]
    if challenge.charset_utf8:
        encoded = "".join(
            chr(byte) if chr(byte).isalnum() and byte < 128 else f"%{byte:02X}" for byte in name.encode("utf-8")
        )
        return [f"username*=UTF-8''{encoded}"]
    return [f"username={_quoted(name)}"]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _hash(algorithm: str, data: bytes) -> str:
    return _HASHES[algorithm](data, usedforsecurity=False).hexdigest()


def _body_hash(body: Iterable[BodyPart], algorithm: str, read_body: ReadBody) -> str:
    digest = _HASHES[algorithm](usedforsecurity=False)
    for part in body:
        match part:
            case Text(text):
                digest.update(text.encode("utf-8"))
            case Base64(data):
                digest.update(base64.b64decode(data))
            case Handle(handle):
                for piece in read_body(handle):
                    digest.update(piece)
    return digest.hexdigest()
