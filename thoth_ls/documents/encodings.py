"""Names of text encodings: which there are, what people call them, and who decodes them."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from encodings.aliases import aliases

from thoth_ls.documents.uris import shorten
from thoth_ls.errors import UnknownEncoding
from thoth_ls.wire.documents import Choice, OpenOption

KEY = "encoding"
LABEL = "Encoding"

_NOT_FOR_FILES = frozenset({"idna", "punycode", "undefined", "mbcs", "oem"})
"""Codecs that turn bytes into text but are no encoding of files, or mean another one on each machine."""

_COMMON = (
    ("utf-8", "utf-8", "UTF-8"),
    ("utf-16-le", "utf-16le", "UTF-16 LE"),
    ("utf-16-be", "utf-16be", "UTF-16 BE"),
    ("utf-16", "utf-16", "UTF-16 (by its mark)"),
    ("utf-32", "utf-32", "UTF-32 (by its mark)"),
    ("cp1252", "windows-1252", "Western (Windows 1252)"),
    ("iso8859-1", "iso-8859-1", "Western (ISO 8859-1, Latin-1)"),
    ("iso8859-15", "iso-8859-15", "Western (ISO 8859-15)"),
    ("mac-roman", "mac-roman", "Western (Mac Roman)"),
    ("cp437", "cp437", "DOS (CP 437)"),
    ("cp850", "cp850", "Western European DOS (CP 850)"),
    ("cp1250", "windows-1250", "Central European (Windows 1250)"),
    ("iso8859-2", "iso-8859-2", "Central European (ISO 8859-2)"),
    ("cp852", "cp852", "Central European DOS (CP 852)"),
    ("cp1257", "windows-1257", "Baltic (Windows 1257)"),
    ("iso8859-13", "iso-8859-13", "Baltic (ISO 8859-13)"),
    ("cp1251", "windows-1251", "Cyrillic (Windows 1251)"),
    ("iso8859-5", "iso-8859-5", "Cyrillic (ISO 8859-5)"),
    ("koi8-r", "koi8-r", "Cyrillic (KOI8-R)"),
    ("koi8-u", "koi8-u", "Cyrillic (KOI8-U)"),
    ("cp866", "cp866", "Cyrillic DOS (CP 866)"),
    ("cp1253", "windows-1253", "Greek (Windows 1253)"),
    ("iso8859-7", "iso-8859-7", "Greek (ISO 8859-7)"),
    ("cp1254", "windows-1254", "Turkish (Windows 1254)"),
    ("iso8859-9", "iso-8859-9", "Turkish (ISO 8859-9)"),
    ("cp1255", "windows-1255", "Hebrew (Windows 1255)"),
    ("iso8859-8", "iso-8859-8", "Hebrew (ISO 8859-8)"),
    ("cp1256", "windows-1256", "Arabic (Windows 1256)"),
    ("iso8859-6", "iso-8859-6", "Arabic (ISO 8859-6)"),
    ("cp1258", "windows-1258", "Vietnamese (Windows 1258)"),
    ("tis-620", "tis-620", "Thai (TIS-620)"),
    ("iso8859-10", "iso-8859-10", "Nordic (ISO 8859-10)"),
    ("iso8859-16", "iso-8859-16", "Romanian (ISO 8859-16)"),
    ("gb18030", "gb18030", "Simplified Chinese (GB 18030)"),
    ("gbk", "gbk", "Simplified Chinese (GBK)"),
    ("big5", "big5", "Traditional Chinese (Big5)"),
    ("big5hkscs", "big5-hkscs", "Traditional Chinese (Big5-HKSCS)"),
    ("shift_jis", "shift_jis", "Japanese (Shift JIS)"),
    ("cp932", "cp932", "Japanese (Windows 932)"),
    ("euc_jp", "euc-jp", "Japanese (EUC-JP)"),
    ("iso2022_jp", "iso-2022-jp", "Japanese (ISO-2022-JP)"),
    ("euc_kr", "euc-kr", "Korean (EUC-KR)"),
    ("cp949", "cp949", "Korean (Windows 949)"),
    ("cp037", "cp037", "EBCDIC US (CP 037)"),
    ("cp500", "cp500", "EBCDIC international (CP 500)"),
    ("ascii", "ascii", "ASCII"),
)
"""Python's name, the name most programs know, and the label, in the order they are offered.

Python's name is written out since looking forty codecs up loads forty modules."""


def codec_name(name: str) -> str:
    """Python's own name of a text encoding, one for all its aliases; raises UnknownEncoding with near names."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError, ImportError):
        raise UnknownEncoding(f"There is no encoding named {shorten(name)!r}.{_near(name)}") from None
    # Python marks codecs that do not turn bytes into text (base64, rot13, zlib …) in this private attribute only.
    if not getattr(found, "_is_text_encoding", True) or found.name in _NOT_FOR_FILES:
        raise UnknownEncoding(f"{shorten(name)!r} is not an encoding of text files.{_near(name)}")
    if found.incrementaldecoder is None:
        raise UnknownEncoding(f"The encoding {shorten(name)!r} cannot be read piece by piece.{_near(name)}")
    return found.name


def _near(name: str) -> str:
    import difflib

    offered = [value for _, value, _ in _COMMON] + [alias.replace("_", "-") for alias in aliases]
    wanted = name.strip().lower().replace("_", "-")[:60]
    near = [item for item in difflib.get_close_matches(wanted, offered, 12, 0.6) if _is_text(item)][:3]
    return f" Did you mean {' or '.join(near)}?" if near else " Choose one of the list, for instance utf-8."


def _is_text(name: str) -> bool:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError, ImportError):
        return False
    return bool(getattr(found, "_is_text_encoding", True)) and found.name not in _NOT_FOR_FILES


_VALUES: Mapping[str, str] = {codec: value for codec, value, _ in _COMMON}


def common_name(codec: str) -> str:
    """The name most programs know a codec of Python's by: `windows-1252` for `cp1252`."""
    return _VALUES.get(codec, codec)


def codec_in_force(options: Sequence[OpenOption]) -> str:
    """The codec a plugin decodes its file with, by the options it says are in force: UTF-8 where it has no such."""
    value = next((option.value for option in options if option.key == KEY), "")
    return _codec_or_none(value) or "utf-8"


def offer_encodings(options: Sequence[OpenOption], in_force: str | None) -> list[OpenOption]:
    """The options with every common encoding among the choices of `encoding`.

    `in_force` is the encoding a file was transcoded from, None where the plugin decodes it itself and says which.
    Where neither is so, no text is decoded and nothing is added.
    """
    own = next((option for option in options if option.key == KEY), None)
    if own is None and in_force is None:
        return list(options)
    value = in_force if in_force is not None else own.value if own is not None else ""
    choices = list(own.choices) if own is not None else []
    have = {codec for choice in choices if (codec := _codec_or_none(choice.value)) is not None}
    choices += [Choice(value=name, label=label) for codec, name, label in _COMMON if codec not in have]
    value = _as_offered(value, choices)
    label = own.label if own is not None else LABEL
    offered = OpenOption(key=KEY, label=label, value=value, choices=choices)
    if own is None:
        return [*options, offered]
    return [offered if option is own else option for option in options]


def _as_offered(value: str, choices: list[Choice]) -> str:
    """The value as it stands among the choices; one that does not is put there."""
    codec = _codec_or_none(value)
    for choice in choices:
        if choice.value == value or (codec is not None and _codec_or_none(choice.value) == codec):
            return choice.value
    if codec is not None:
        choices.append(Choice(value=value, label=value))
    return value


def _codec_or_none(name: str) -> str | None:
    return codecs.lookup(name).name if _is_text(name) else None
