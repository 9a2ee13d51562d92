"""A resolver whose answers may change with every question, as those of an attacker do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thoth_ls.net.resolve import Resolver


class Answers:
    """By name: the lists of addresses it answers with, one after the other, the last one for good."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): list(lists) for name, lists in answers.items()}
        self.asked: Counter[str] = Counter()
        self.resolver = Resolver(self._lookup)

    def _lookup(self, host: str, port: int) -> Sequence[str]:
        lists = self._answers.get(host)
        if not lists:
            raise OSError(f"{host} is not known")
        self.asked[host] += 1
        return lists.pop(0) if len(lists) > 1 else lists[0]
