"""Variables that are made anew each time: `{{$uuid}}`, `{{$timestamp}}` and the like."""

import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

_UNITS: Final[Mapping[str, timedelta]] = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
MOST_CHARACTERS: Final = 4096


class BadArguments(ValueError):
    """What follows the name is not what it takes; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Dynamic:
    """Where time and chance come from, so that tests may say."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    below: Callable[[int], int] = secrets.randbelow


def names() -> dict[str, str]:
    """What there is, and what each gives, for completion."""
    return {f"${name}": said for name, (_, said) in _MAKERS.items()}


def make(name: str, arguments: str, source: Dynamic) -> str | None:
    """The value of `$name`; None where there is no such variable. Raises BadArguments."""
    maker = _MAKERS.get(name.removeprefix("$"))
    return None if maker is None else maker[0](arguments.strip(), source)


def _uuid(arguments: str, source: Dynamic) -> str:
    _none(arguments)
    return str(uuid.UUID(int=source.below(1 << 128), version=4))


def _timestamp(arguments: str, source: Dynamic) -> str:
    return str(int(_moment(arguments, source).timestamp()))


def _milliseconds(arguments: str, source: Dynamic) -> str:
    return str(int(_moment(arguments, source).timestamp() * 1000))


def _iso(arguments: str, source: Dynamic) -> str:
    return _moment(arguments, source).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _datetime(arguments: str, source: Dynamic) -> str:
    """`iso8601`, `rfc1123` or a quoted strftime format, and an offset: `{{$datetime "%Y-%m-%d" -1 d}}`."""
    form, rest = arguments, ""
    if arguments[:1] in ("'", '"'):
        form, end, rest = arguments[1:].partition(arguments[0])
        if not end:
            raise BadArguments("the format has no closing quote")
        moment = _moment(rest.strip(), source)
        try:
            return moment.strftime(form)
        except ValueError:
            raise BadArguments(f"{form!r} is no format like %Y-%m-%d") from None
    form, _, rest = arguments.partition(" ")
    moment = _moment(rest.strip(), source)
    if form in ("", "iso8601"):
        return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    if form == "rfc1123":
        return format_datetime(moment, usegmt=True)
    raise BadArguments('it takes iso8601, rfc1123 or a format in quotes like "%Y-%m-%d"')


def _random_int(arguments: str, source: Dynamic) -> str:
    words = arguments.split() or ["0", "1000"]
    try:
        low, high = (int(word) for word in words)
    except ValueError:
        raise BadArguments("it takes two whole numbers, the smallest and the largest: {{$randomInt 1 6}}") from None
    if high < low or high - low > 1 << 64:
        raise BadArguments("its second number has to be at least the first")
    return str(low + source.below(high - low + 1))


def _random_hex(arguments: str, source: Dynamic) -> str:
    return "".join("0123456789abcdef"[source.below(16)] for _ in range(_count(arguments)))


def _random_text(arguments: str, source: Dynamic) -> str:
    return "".join(_LETTERS[source.below(len(_LETTERS))] for _ in range(_count(arguments)))


def _count(arguments: str) -> int:
    if not arguments:
        return 16
    if not (arguments.isascii() and arguments.isdigit() and 0 < len(arguments) < 6):
        raise BadArguments("it takes how many characters: {{$randomHex 16}}")
    if int(arguments) > MOST_CHARACTERS:
        raise BadArguments(f"it makes {MOST_CHARACTERS} characters at most")
    return int(arguments)


def _moment(arguments: str, source: Dynamic) -> datetime:
    """Now, or as far from now as `-3 h` says."""
    words = arguments.split()
    if not words:
        return source.now()
    try:
        amount, unit = words
        return source.now() + int(amount) * _UNITS[unit]
    except (ValueError, KeyError):
        raise BadArguments(f"it takes a distance from now like -3 h ({', '.join(_UNITS)})") from None
    except OverflowError:
        raise BadArguments("that is too far from now") from None


def _none(arguments: str) -> None:
    if arguments:
        raise BadArguments("it takes nothing more")


_MAKERS: Final[Mapping[str, tuple[Callable[[str, Dynamic], str], str]]] = {
    "uuid": (_uuid, "a random UUID"),
    "guid": (_uuid, "a random UUID"),
    "timestamp": (_timestamp, "seconds since 1970; {{$timestamp -1 d}} for a day ago"),
    "timestampMs": (_milliseconds, "milliseconds since 1970"),
    "isoTimestamp": (_iso, "the time in UTC, like 2026-01-31T12:00:00.000Z"),
    "datetime": (_datetime, "the time in UTC as iso8601, rfc1123 or in a format in quotes, and a distance from now"),
    "randomInt": (_random_int, "a whole number from 0 to 1000, or between the two given"),
    "randomHex": (_random_hex, "16 random hexadecimal digits, or as many as given"),
    "randomText": (_random_text, "16 random letters and digits, or as many as given"),
}
