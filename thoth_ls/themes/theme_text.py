"""`theme.json`: one object whose keys are names of variants and whose values are colours by token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from thoth_ls.themes.colors import TEXT_RATIO, contrast, parse
from thoth_ls.themes.tokens import TOKENS, defaults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.themes.tokens import Palette

MOST_VARIANTS: Final = 256
MOST_BYTES: Final = 4 << 20
_SETTINGS: Final = frozenset({"name", "dark_mode"})
PAIRS: Final = (
    *(("fg", behind) for behind in ("bg", "bg_panel", "bg_sunken", "surface")),
    *((text, "bg") for text in ("fg_muted", "syntax_key", "syntax_string", "syntax_number", "syntax_bool")),
    *((text, "bg") for text in ("syntax_punctuation", "success", "warning", "error", "info")),
    ("sidebar_header", "bg_panel"),
)
"""Texts and what they are read upon."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One theme of a file."""

    key: str
    """Its name in the file and in the catalog."""
    dark: bool
    palette: Palette
    """Every token; those the file leaves out are the defaults of the same darkness."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a file that its author should read."""

    variant: str
    """Empty where it is about the whole file."""
    token: str
    """Empty where it is about the whole variant."""
    message: str
    wrong: bool
    """Whether it is a mistake; else it is worth a thought."""

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"variant “{self.variant}”" if self.variant else "", self.token) if part)
        return f"{where}: {self.message}" if where else self.message


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """What can be used of a file, and what is to be said of it."""

    variants: Sequence[Variant]
    remarks: Sequence[Remark]


def read(raw: bytes | str, darkness: Mapping[str, bool] | None) -> ThemeFile:
    """The variants in a file; `darkness` is what the manifest's catalog says of each, None where there is no manifest.

    Never raises: what cannot be used is left out, and remarked upon.
    """
    if len(raw) > MOST_BYTES:
        return ThemeFile([], [_whole(f"it has more than {MOST_BYTES >> 20} MiB")])
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return ThemeFile([], [_whole(f"it is not valid JSON: {error}")])
    if not isinstance(found, dict):
        return ThemeFile([], [_whole("expected one object whose keys are names of variants")])
    variants, remarks = [], []
    for key, value in list(found.items())[:MOST_VARIANTS]:
        if not isinstance(value, dict):
            remarks.append(Remark(key, "", "expected an object of colors by token", wrong=True))
            continue
        variant, said = read_variant(key, value, (darkness or {}).get(key))
        variants.append(variant)
        remarks += said
    if len(found) > MOST_VARIANTS:
        remarks.append(_whole(f"it has {len(found):,} variants, and {MOST_VARIANTS} are read"))
    if darkness is not None:
        remarks += _compared(found, darkness)
    return ThemeFile(variants, remarks)


def _compared(found: Mapping[str, object], catalog: Mapping[str, bool]) -> list[Remark]:
    """What the file and the manifest's catalog have each without the other."""
    missing = "plugin.toml names it in its catalog, and it is not here"
    unnamed = "it is not in the catalog in plugin.toml"
    return [
        *(Remark(key, "", missing, wrong=True) for key in catalog if key not in found),
        *(Remark(key, "", unnamed, wrong=True) for key in found if key not in catalog),
    ]


def read_variant(key: str, given: Mapping[str, object], dark: bool | None = None) -> tuple[Variant, list[Remark]]:
    """One variant from its tokens; wrong and missing ones are the defaults of the same darkness."""
    remarks: list[Remark] = []
    mode = given.get("dark_mode")
    if mode is not None and not isinstance(mode, bool):
        remarks.append(Remark(key, "dark_mode", "expected true or false", wrong=True))
        mode = None
    if mode is not None and dark is not None and mode != dark:
        remarks.append(Remark(key, "dark_mode", "the catalog in plugin.toml says otherwise, and counts", wrong=True))
    is_dark = dark if dark is not None else mode if mode is not None else _looks_dark(given.get("bg"))
    palette = dict(defaults(dark=is_dark))
    for token, value in given.items():
        if token in _SETTINGS:
            continue
        if token not in TOKENS:
            remarks.append(Remark(key, token, "there is no such token; it is left out", wrong=False))
            continue
        try:
            palette[token] = parse(value if isinstance(value, str) else "")
        except ValueError:
            said = f"{str(value)[:40]!r} is no color: write #rrggbb or #rrggbbaa"
            remarks.append(Remark(key, token, said, wrong=True))
    missing = [token for token in TOKENS if token not in given]
    if missing:
        said = f"{len(missing)} tokens are missing, and are those of the {'dark' if is_dark else 'light'} default"
        remarks.append(
            Remark(key, "", f"{said}: {', '.join(missing[:5])}{'…' if len(missing) > 5 else ''}", wrong=False)
        )
    return Variant(key, is_dark, palette), remarks


def hard_to_read(variant: Variant) -> list[Remark]:
    """Texts with less contrast to their background than WCAG 2.2 (1.4.3) asks for: no mistakes, a matter of taste."""
    remarks = []
    bg = variant.palette["bg"]
    for text, behind in PAIRS:
        back = variant.palette[behind].over(bg)
        ratio = contrast(variant.palette[text].over(back), back)
        if ratio < TEXT_RATIO:
            said = f"has a contrast of {ratio:.1f} on {behind}; from {TEXT_RATIO} on, text is read well"
            remarks.append(Remark(variant.key, text, said, wrong=False))
    return remarks


def _looks_dark(value: object) -> bool:
    try:
        color = parse(value if isinstance(value, str) else "")
    except ValueError:
        return True
    return contrast(color, parse("#ffffff")) > contrast(color, parse("#000000"))


def _whole(message: str) -> Remark:
    return Remark("", "", message, wrong=True)
