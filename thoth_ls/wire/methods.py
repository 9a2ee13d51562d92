"""The one table of Thoth's own messages, read by the server, the TypeScript generator, the docs test and the tests."""

from dataclasses import dataclass
from typing import Literal

from thoth_ls.wire import commands as c
from thoth_ls.wire import datasets as ds
from thoth_ls.wire import dialogs as dlg
from thoth_ls.wire import documents as d
from thoth_ls.wire import exports as e
from thoth_ls.wire import info, permissions, picks, records, searches, trees, views
from thoth_ls.wire import network as n
from thoth_ls.wire import panels as pan
from thoth_ls.wire import plugin_settings as ps
from thoth_ls.wire import plugins as p
from thoth_ls.wire import secrets as sec
from thoth_ls.wire import server as s
from thoth_ls.wire import themes as th
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
PLUGINS = Rpc("thoth/plugin/list", Empty, p.PluginList)
PLUGIN_DETAILS = Rpc("thoth/plugin/details", p.PluginRef, p.PluginDetails)
ENABLE_PLUGIN = Rpc("thoth/plugin/setEnabled", p.EnablePluginParams, p.PluginInfo)
RELOAD_PLUGIN = Rpc("thoth/plugin/reload", p.PluginRef, p.PluginInfo)
UNINSTALL_PLUGIN = Rpc("thoth/plugin/uninstall", p.UninstallPluginParams, Empty)
PLUGIN_SETTINGS = Rpc("thoth/plugin/settings", p.PluginRef, ps.PluginSettingsResult)
SET_PLUGIN_SETTING = Rpc("thoth/plugin/setSetting", ps.SetPluginSettingParams, ps.PluginSettingsResult)
PLUGIN_SETTINGS_EVENT = Rpc("thoth/plugin/settingsEvent", ps.PluginSettingsEventParams, ps.PluginSettingsEventResult)
SET_PERMISSION = Rpc("thoth/permission/set", permissions.SetPermissionParams, p.PluginInfo)
COMMANDS = Rpc("thoth/command/list", c.ListCommandsParams, c.CommandList)
RUN_COMMAND = Rpc("thoth/command/run", c.RunCommandParams, c.RunCommandResult)
EXPORTERS = Rpc("thoth/exporter/list", e.ListExportersParams, e.ExporterList)
EXPORT = Rpc("thoth/document/export", e.ExportParams, e.ExportResult)
RENDERERS = Rpc("thoth/renderer/list", Empty, e.RendererList)
RENDER_TABLE = Rpc("thoth/document/renderTable", e.RenderTableParams, e.RenderTableResult)

DID_PROGRESS = Rpc("thoth/document/didProgress", d.DidProgress, to="client")
DID_FIND = Rpc("thoth/document/didFind", d.DidFind, to="client")
DID_SEARCH = Rpc("thoth/document/didSearch", searches.DidSearch, to="client")
DID_CHANGE = Rpc("thoth/document/didChange", d.DidChange, to="client")
DID_FAIL = Rpc("thoth/document/didFail", d.DidFail, to="client")
DID_LOG = Rpc("thoth/plugin/didLog", p.DidLog, to="client")
DID_CHANGE_PLUGINS = Rpc("thoth/plugin/didChange", p.DidChangePlugins, to="client")
ASK_PERMISSION = Rpc(
    "thoth/permission/request", permissions.PermissionQuestion, permissions.PermissionAnswer, to="client"
)
NETWORK_GRANTS = Rpc("thoth/network/grants", Empty, n.NetworkGrants)
SET_NETWORK_GRANT = Rpc("thoth/network/setGrant", n.SetNetworkGrantParams, n.NetworkGrants)
NETWORK_ACTIVITY = Rpc("thoth/network/activity", n.NetworkActivityParams, n.NetworkActivities)
ASK_CONSENT = Rpc("thoth/consent/request", n.ConsentQuestion, n.ConsentAnswer, to="client")
DID_NETWORK_ACTIVITY = Rpc("thoth/network/didActivity", n.DidNetworkActivity, to="client")
DID_CHANGE_NETWORK_GRANTS = Rpc("thoth/network/didChangeGrants", n.DidChangeNetworkGrants, to="client")
READ_SECRET = Rpc("thoth/secret/read", sec.SecretRef, sec.SecretValue, to="client")
STORE_SECRET = Rpc("thoth/secret/store", sec.StoreSecretParams, Empty, to="client")
FORGET_SECRETS = Rpc("thoth/secret/forgetAll", sec.SecretOwner, Empty, to="client")
FILE_DIALOG = Rpc("thoth/dialog/file", dlg.FileDialogParams, dlg.FileDialogResult, to="client")
SHOW_FILE = Rpc("thoth/document/show", dlg.ShowFileParams, Empty, to="client")
PANELS = Rpc("thoth/panel/list", Empty, pan.PanelList)
OPEN_PANEL = Rpc("thoth/panel/open", pan.OpenPanelParams, pan.PanelOpened)
PANEL_EVENT = Rpc("thoth/panel/event", pan.PanelEventParams, pan.PanelEventResult)
PANEL_STATE = Rpc("thoth/panel/state", pan.PanelRef, pan.PanelState)
FOCUS_PANEL = Rpc("thoth/panel/focus", pan.FocusPanelParams, Empty)
STOP_PANEL = Rpc("thoth/panel/stop", pan.PanelRef, Empty)
RESTART_PANEL = Rpc("thoth/panel/restart", pan.PanelRef, pan.PanelView)
CLOSE_PANEL = Rpc("thoth/panel/close", pan.PanelRef, Empty)
PANEL_DATA = Rpc("thoth/panel/data", pan.PanelDataParams, pan.PanelData)
PANEL_BYTES = Rpc("thoth/panel/bytes", pan.PanelBytesParams, pan.PanelBytes)
DATASETS = Rpc("thoth/dataset/list", Empty, ds.DatasetList)
OPEN_DATASET = Rpc("thoth/dataset/open", ds.OpenDatasetParams, pan.PanelData)
DID_RENDER_PANEL = Rpc("thoth/panel/didRender", pan.DidRenderPanel, to="client")
DID_FAIL_PANEL = Rpc("thoth/panel/didFail", pan.DidFailPanel, to="client")
DID_WORK_PANEL = Rpc("thoth/panel/didWork", pan.DidWorkPanel, to="client")
DID_CLOSE_PANEL = Rpc("thoth/panel/didClose", pan.DidClosePanel, to="client")
SHOW_PANEL = Rpc("thoth/panel/show", pan.ShowPanelParams, Empty, to="client")
DID_SIGNAL = Rpc("thoth/signal/didChange", pan.DidSignal, to="client")
DID_CHANGE_DATASETS = Rpc("thoth/dataset/didChange", ds.DidChangeDatasets, to="client")
THEMES = Rpc("thoth/theme/list", th.ThemesParams, th.ThemeList)
RESOLVE_THEME = Rpc("thoth/theme/resolve", th.ResolveThemeParams, th.ResolvedTheme)
READ_VSCODE_THEME = Rpc("thoth/theme/readVsCode", th.ReadVsCodeThemeParams, th.VsCodeThemeRead)
INSTALL_THEME = Rpc("thoth/theme/install", th.InstallThemeParams, th.InstallThemeResult)
DID_CHANGE_THEMES = Rpc("thoth/theme/didChange", th.DidChangeThemes, to="client")

METHODS: dict[str, Rpc] = {
    rpc.method: rpc
    for rpc in (
        *(OPEN, REOPEN, PAGE, PICK, CELL, PROBLEMS, INFO, FIND, CLOSE, SERVER_INFO, PING, PLUGINS),
        *(CHILDREN, VALUE, VALUE_TEXT, LOCATE, RECORDS, SEARCH, RENDER, FILE_TEXT, LOADERS),
        *(PLUGIN_DETAILS, ENABLE_PLUGIN, RELOAD_PLUGIN, UNINSTALL_PLUGIN, SET_PERMISSION, ASK_PERMISSION),
        *(PLUGIN_SETTINGS, SET_PLUGIN_SETTING, PLUGIN_SETTINGS_EVENT, DID_CHANGE_PLUGINS),
        *(COMMANDS, RUN_COMMAND, EXPORTERS, EXPORT, RENDERERS, RENDER_TABLE),
        *(NETWORK_GRANTS, SET_NETWORK_GRANT, NETWORK_ACTIVITY, ASK_CONSENT),
        *(DID_NETWORK_ACTIVITY, DID_CHANGE_NETWORK_GRANTS),
        *(READ_SECRET, STORE_SECRET, FORGET_SECRETS, FILE_DIALOG, SHOW_FILE),
        *(
            PANELS,
            OPEN_PANEL,
            PANEL_EVENT,
            PANEL_STATE,
            FOCUS_PANEL,
            STOP_PANEL,
            RESTART_PANEL,
            CLOSE_PANEL,
            PANEL_DATA,
            PANEL_BYTES,
        ),
        *(DATASETS, OPEN_DATASET, SHOW_PANEL, DID_SIGNAL, DID_CHANGE_DATASETS),
        *(DID_RENDER_PANEL, DID_FAIL_PANEL, DID_WORK_PANEL, DID_CLOSE_PANEL),
        *(THEMES, RESOLVE_THEME, READ_VSCODE_THEME, INSTALL_THEME, DID_CHANGE_THEMES),
        *(DID_PROGRESS, DID_FIND, DID_SEARCH, DID_CHANGE, DID_FAIL, DID_LOG),
    )
}
"""Every message by its method name."""
