"""The one table of Thoth's own messages, read by the server, the TypeScript generator, the docs test and the tests."""

from dataclasses import dataclass
from typing import Literal

from thoth_ls.wire import documents as d
from thoth_ls.wire import info, picks, records, searches, trees, views
from thoth_ls.wire import server as s
from thoth_ls.wire.base import Empty, Wire
from thoth_ls.wire.version import PROTOCOL_VERSION

__all__ = ["METHODS", "PROTOCOL_VERSION", "Rpc"]


@dataclass(frozen=True, slots=True)
class Rpc:
    """One message: its method, the type of its params and, for a request, of its result."""

    method: str
    params: type[Wire]
    result: type[Wire] | None = None
    """None for a notification."""
    to: Literal["server", "client"] = "server"


OPEN = Rpc("thoth/document/open", d.OpenDocumentParams, d.OpenDocumentResult)
REOPEN = Rpc("thoth/document/reopenWith", d.ReopenParams, d.OpenDocumentResult)
PAGE = Rpc("thoth/document/page", d.PageParams, d.Page)
PICK = Rpc("thoth/document/pick", picks.PickParams, picks.PickResult)
CELL = Rpc("thoth/document/cell", d.CellParams, d.CellText)
PROBLEMS = Rpc("thoth/document/problems", d.ProblemsParams, d.ProblemsResult)
INFO = Rpc("thoth/document/info", info.InfoParams, info.InfoResult)
FIND = Rpc("thoth/document/find", d.FindParams, d.FindResult)
CHILDREN = Rpc("thoth/document/children", trees.ChildrenParams, trees.ChildrenResult)
VALUE = Rpc("thoth/document/value", trees.ValueParams, trees.ValueResult)
VALUE_TEXT = Rpc("thoth/document/valueText", trees.ValueTextParams, d.CellText)
LOCATE = Rpc("thoth/document/locate", trees.LocateParams, trees.LocateResult)
RECORDS = Rpc("thoth/document/records", records.RecordsParams, records.RecordsResult)
SEARCH = Rpc("thoth/document/search", searches.SearchParams, searches.SearchResult)
RENDER = Rpc("thoth/document/render", views.RenderParams, views.RenderResult)
FILE_TEXT = Rpc("thoth/document/fileText", views.FileTextParams, views.FileText)
LOADERS = Rpc("thoth/document/loaders", views.LoadersParams, views.LoadersResult)
CLOSE = Rpc("thoth/document/close", d.CloseParams, Empty)
SERVER_INFO = Rpc("thoth/server/info", Empty, s.ServerInfo)
PING = Rpc("thoth/server/ping", Empty, Empty)
PLUGINS = Rpc("thoth/plugin/list", Empty, s.PluginList)

DID_PROGRESS = Rpc("thoth/document/didProgress", d.DidProgress, to="client")
DID_FIND = Rpc("thoth/document/didFind", d.DidFind, to="client")
DID_SEARCH = Rpc("thoth/document/didSearch", searches.DidSearch, to="client")
DID_CHANGE = Rpc("thoth/document/didChange", d.DidChange, to="client")
DID_FAIL = Rpc("thoth/document/didFail", d.DidFail, to="client")
DID_LOG = Rpc("thoth/plugin/didLog", s.DidLog, to="client")

METHODS: dict[str, Rpc] = {
    rpc.method: rpc
    for rpc in (
        *(OPEN, REOPEN, PAGE, PICK, CELL, PROBLEMS, INFO, FIND, CLOSE, SERVER_INFO, PING, PLUGINS),
        *(CHILDREN, VALUE, VALUE_TEXT, LOCATE, RECORDS, SEARCH, RENDER, FILE_TEXT, LOADERS),
        *(DID_PROGRESS, DID_FIND, DID_SEARCH, DID_CHANGE, DID_FAIL, DID_LOG),
    )
}
"""Every message by its method name."""
