"""What stands for variables: the nearest scope that knows a name wins, values may hold variables, secrets are noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rest import dynamic
from rest.dynamic import BadArguments, Dynamic
from rest.templates import Token, scan

SECRET: Final = "$secret"  # noqa: S105 - the word, not a secret
"""`{{$secret KEY}}`: what secure storage has under KEY."""
DEEPEST: Final = 32
MOST_CHARACTERS: Final = 16 * 1024 * 1024

ReadSecret = Callable[[str], str | None]
"""What secure storage has under a key; None where it has nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a request from being sent (`error`), or from being what it seems (`warning`)."""

    level: Literal["error", "warning"]
    where: str
    """`url`, `headers[2]`, `body` …: the part of the request it is about."""
    message: str


@dataclass(frozen=True, slots=True)
class Value:
    """Of a variable: a text, or the key of one in secure storage."""

    text: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Variables that are known together: of an environment, of a collection, of all."""

    name: str
    values: Mapping[str, Value]


def no_secrets(key: str) -> str | None:
    """For where there is no secure storage: nothing is found."""
    return None


@dataclass(frozen=True, slots=True)
class Variables:
    """All that a request may ask for, the nearest scope first."""

    scopes: Sequence[Scope] = ()
    read_secret: ReadSecret = no_secrets
    source: Dynamic = field(default_factory=Dynamic)

    def names(self) -> dict[str, str]:
        """What can be written between braces, and where it is from, for completion."""
        known = dict(dynamic.names())
        for scope in reversed(self.scopes):
            known |= dict.fromkeys(scope.values, scope.name)
        return known

    def find(self, name: str) -> tuple[Scope, Value] | None:
        """The nearest value of a name, and the scope it is in."""
        for scope in self.scopes:
            if name in scope.values:
                return scope, scope.values[name]
        return None


class _Absent(Exception):
    """A variable has no value; the message says why."""


class Expander:
    """Expands the texts of one request, and remembers what went wrong and which secrets are in it."""

    def __init__(self, variables: Variables) -> None:
        self._variables = variables
        self._left = MOST_CHARACTERS
        self._read: dict[str, str | None] = {}
        self.problems: list[Problem] = []
        self.secrets: dict[str, str] = {}
        """Values that must not be shown, by how people know them: a variable's name, or the key."""

    def expand(self, text: str, where: str, encode: Callable[[str], str] | None = None) -> str:
        """The text with values in place of variables, each written as `encode` does. What is unknown stays as it is."""
        return self._expand(text, where, encode, ())

    def problem(self, level: Literal["error", "warning"], where: str, message: str) -> None:
        """Notes one, once."""
        if (found := Problem(level, where, message)) not in self.problems:
            self.problems.append(found)

    def _expand(self, text: str, where: str, encode: Callable[[str], str] | None, within: tuple[str, ...]) -> str:
        if "{{" not in text:
            return text
        written: list[str] = []
        for piece in scan(text):
            if isinstance(piece, str):
                said = piece
            else:
                value = self._value(piece, where, within)
                said = piece.text if value is None else encode(value) if encode else value
            self._left -= len(said)
            if self._left < 0:
                self.problem("error", where, f"its variables make more than {MOST_CHARACTERS:,} characters of it")
                break
            written.append(said)
        return "".join(written)

    def _value(self, token: Token, where: str, within: tuple[str, ...]) -> str | None:
        name = self._expand(token.name, where, None, within)
        if name in within:
            self.problem("error", where, f"{{{{{name}}}}} needs itself: {' → '.join((*within, name))}")
            return None
        if len(within) >= DEEPEST:
            self.problem("error", where, f"{{{{{within[0]}}}}} needs variables more than {DEEPEST} deep")
            return None
        try:
            if name.startswith("$"):
                return self._dynamic(name, token)
            return self._named(name, where, within)
        except _Absent as absent:
            if token.default is not None:
                return self._expand(token.default, where, None, within)
            self.problem("error", where, f"{absent}")
            return None

    def _named(self, name: str, where: str, within: tuple[str, ...]) -> str:
        found = self._variables.find(name)
        if found is None:
            raise _Absent(f"{{{{{name}}}}} is not known in any environment that is active")
        scope, value = found
        if value.key is None:
            return self._expand(value.text, where, None, (*within, name))
        secret = self._secret(value.key)
        if secret is None:
            raise _Absent(f"{{{{{name}}}}} is a secret of {scope.name} that has no value yet: enter it")
        self.secrets[name] = secret
        return secret

    def _dynamic(self, name: str, token: Token) -> str:
        if name == SECRET:
            key = token.arguments.strip()
            secret = self._secret(key)
            if secret is None:
                raise _Absent(f"{{{{{SECRET} {key}}}}} has no value in secure storage: enter it again")
            self.secrets[key] = secret
            return secret
        try:
            made = dynamic.make(name, token.arguments, self._variables.source)
        except BadArguments as error:
            raise _Absent(f"{{{{{name}}}}}: {error}") from None
        if made is None:
            raise _Absent(f"{{{{{name}}}}} is no dynamic variable; there are {', '.join(dynamic.names())}")
        return made

    def _secret(self, key: str) -> str | None:
        if key not in self._read:
            self._read[key] = self._variables.read_secret(key)
        return self._read[key]
