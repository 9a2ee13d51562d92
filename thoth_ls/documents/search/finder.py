"""Finds texts and regular expressions in names and values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import regex

from thoth_ls.documents.folding import alternatives
from thoth_ls.documents.search.guests import Needle
from thoth_ls.documents.search.jsonpath import REGEX_SECONDS, TooSlow
from thoth_ls.documents.search.literals import fold, literals
from thoth_ls.errors import QueryInvalid

Place = tuple[int, int]
NEAR = 200
"""Places are told as far as so many characters behind the first: no preview shows more."""


class Finder:
    """Finds what was asked for in single texts."""

    needles: tuple[Needle, ...] = ()
    """One of them is in every hit; where there are none, nothing is known of the hits."""
    certain = False
    """Whether a text that holds one of the needles is a hit in any case."""

    def places(self, text: str) -> list[Place] | None:
        """Where it is found, the first place and those near it; None where it is not. May raise TooSlow.

        A place of no length (`^$` in an empty text) is a hit with nothing to be marked.
        """
        found = False
        places: list[Place] = []
        for start, end in self._matches(text):
            found = True
            if places and start > places[0][0] + NEAR:
                break
            if end > start:
                places.append((start, end))
        return places if found else None

    def _matches(self, text: str) -> Iterator[Place]:
        raise NotImplementedError


class TextFinder(Finder):
    """Finds a text, whatever its case unless that matters."""

    def __init__(self, text: str, *, match_case: bool, whole_word: bool) -> None:
        folded = None if match_case else alternatives(text)
        self.needles = (Needle(text, folded),)
        self.certain = not whole_word
        body = re.escape(text)
        if folded is not None:
            body = "".join(f"(?:{'|'.join(map(re.escape, item))})" for item in folded)
        self._pattern = re.compile(rf"(?<!\w)(?:{body})(?!\w)" if whole_word else body)

    def _matches(self, text: str) -> Iterator[Place]:
        return (match.span() for match in self._pattern.finditer(text))


class RegexFinder(Finder):
    """Finds a regular expression; without whole words a match may be anything, even nothing."""

    def __init__(self, pattern: str, *, match_case: bool, whole_word: bool) -> None:
        compiled = _compiled(pattern, match_case)
        ignores_case = bool(compiled.flags & regex.IGNORECASE)
        known = literals(pattern) or ()
        self.needles = tuple(Needle(text, fold(text) if ignores_case else None) for text in known)
        if whole_word:
            end = "\n" if compiled.flags & regex.VERBOSE else ""  # what may stand behind a comment
            compiled = _compiled(rf"(?<!\w)(?:{pattern}{end})(?!\w)", match_case)
        self._pattern = compiled

    def _matches(self, text: str) -> Iterator[Place]:
        matches = self._pattern.finditer(text, timeout=REGEX_SECONDS, concurrent=True)
        try:
            yield from (match.span() for match in matches)
        except TimeoutError:
            raise TooSlow from None


def _compiled(pattern: str, match_case: bool) -> Any:
    try:
        return regex.compile(pattern, regex.VERSION0 | (0 if match_case else regex.IGNORECASE))
    except regex.error as error:
        place = f" at character {error.pos + 1}" if error.pos is not None else ""
        raise QueryInvalid(f"This is no regular expression: {error.msg}{place}.") from None
    except (RecursionError, MemoryError, OverflowError):
        raise QueryInvalid("This regular expression is too long or nested too deeply.") from None
