"""Queries of the plugin's own data source that run while the panel goes on."""

from __future__ import annotations

import json
from typing import Any

from thoth_plugin import current
from thoth_plugin.errors import PluginError
from thoth_plugin.tasks import Pending


class QueryError(PluginError):
    """The query failed."""


class Query(Pending[Any]):
    """A query under way; `await` it for what the source's `query` returned."""

    def arrived(self, kind: str, text: str) -> None:
        """Takes in an event of the host."""
        told = json.loads(text)
        if "ok" in told:
            self.resolve(json.loads(told["ok"]))
        else:
            self.fail(QueryError(str(told["err"].get("message", ""))))


def submit(handle: str, query: str) -> Query:
    """Has the host run `query` of the plugin's data source on the connection `handle`."""
    pending = Query()
    number = current.host_call("db-runtime", "submit-query", handle, query)
    current.instance().listen(number, pending.arrived, pending)
    return pending
