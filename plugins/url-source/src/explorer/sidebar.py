"""The view in the side bar: collections in folders, with search, and what was sent last."""

from typing import Final

from explorer import environments_dialog, glyphs, notices
from explorer.history_list import history_items
from explorer.request_bar import METHOD_COLORS
from explorer.sidebar_acts import SidebarActs
from rest.collections import Folder
from rest.model import Request
from thoth_plugin import ui
from thoth_plugin.nodes import Node

RECENT: Final = 30


class Sidebar(SidebarActs):
    """Part of the panel, for the instance in the side bar."""

    def render_sidebar(self) -> Node:
        """What it shows."""
        self.in_sidebar = True
        return ui.column(
            ui.sidebar_header(
                "Collections",
                actions=[
                    ui.action(id="sidebar-new", icon=glyphs.NEW_FILE, tooltip="New Request"),
                    ui.action(id="sidebar-folder", icon=glyphs.NEW_FOLDER, tooltip="New Folder"),
                    ui.action(id="sidebar-curl", icon=glyphs.IMPORT, tooltip="Import cURL"),
                ],
            ),
            ui.input(
                "sidebar-search",
                value=self.words,
                placeholder="Search requests",
                aria_label="Search Requests",
                icon=glyphs.SEARCH,
                size="Small",
            ),
            notices.problem(self.library.problem) if self.library.problem else None,
            self._name_field("New folder") if self.renaming == "new-folder" else None,
            *self._tree(),
            ui.separator(margin_top=8, margin_bottom=4),
            environments_dialog.choice(self.library, "sidebar-environments"),
            ui.group("Recent", self._recent()),
            gap=4,
        )

    def _tree(self) -> list[Node | None]:
        found = self.library.found(self.words)
        if not self.library.root.items:
            return [
                notices.hint("No requests yet."),
                ui.row(ui.button("sidebar-new", "New Request", icon=glyphs.ADD, color="Primary", button_size="Small")),
            ]
        if not found.items:
            return [notices.hint(f"Nothing is called “{self.words}”.")]
        return [node for item in found.items for node in self._lines(item, 0)]

    def _lines(self, item: Folder | Request, depth: int) -> list[Node | None]:
        if isinstance(item, Folder):
            is_open = bool(self.words) or item.id in self.open_folders
            lines = [self._folder_line(item, depth, is_open), *self._actions(item, depth)]
            if is_open:
                lines += [line for one in item.items for line in self._lines(one, depth + 1)]
                if not item.items:
                    lines.append(ui.row(ui.spacer(16 * (depth + 1) + 8), notices.hint("Empty")))
            return lines
        return [self._request_line(item, depth), *self._actions(item, depth)]

    def _folder_line(self, folder: Folder, depth: int, is_open: bool) -> Node:
        if self.renaming == folder.id:
            return self._name_field("Folder")
        return ui.data_row(
            folder.name,
            folder.id,
            id="sidebar-item",
            key=folder.id,
            indent=depth,
            caret=is_open,
            leading_icon=ui.Part(glyph=glyphs.FOLDER_OPEN if is_open else glyphs.FOLDER),
            trailing=str(len(folder.items)),
            action_icon=glyphs.MORE,
            action_tooltip=f"Actions for {folder.name}",
            truncate=True,
            selected=folder.id == self.chosen,
        )

    def _request_line(self, request: Request, depth: int) -> Node:
        if self.renaming == request.id:
            return self._name_field("Request")
        method = "WS" if request.protocol == "websocket" else request.method
        return ui.data_row(
            request.title,
            request.id,
            id="sidebar-item",
            key=request.id,
            indent=depth + 1,
            leading_icon=ui.Part(
                glyph=glyphs.PLUG if request.protocol == "websocket" else glyphs.GLOBE,
                color=METHOD_COLORS.get(method, "muted"),
            ),
            chip=method,
            action_icon=glyphs.MORE,
            action_tooltip=f"Actions for {request.title}",
            truncate=True,
            selected=request.id == self.chosen,
        )

    def _actions(self, item: Folder | Request, depth: int) -> list[Node | None]:
        if item.id != self.chosen:
            return []
        if self.deleting == item.id:
            what = "the folder and all in it" if isinstance(item, Folder) else "the request"
            return [
                ui.column(
                    ui.text(f"Delete {what}?", variant="caption"),
                    ui.row(
                        ui.button("sidebar-delete-yes", "Delete", color="Danger", button_size="Small"),
                        ui.button("sidebar-delete-no", "Keep", button_type="Text", button_size="Small"),
                        gap=6,
                    ),
                    padding=4,
                )
            ]
        folder = isinstance(item, Folder)
        return [
            ui.row(
                ui.spacer(16 * (depth + 1)),
                ui.icon_button("sidebar-open", glyphs.OPEN, tooltip="Open") if not folder else None,
                ui.icon_button("sidebar-add", glyphs.NEW_FILE, tooltip="New Request Here") if folder else None,
                ui.icon_button("sidebar-rename", glyphs.EDIT, tooltip="Rename"),
                ui.icon_button("sidebar-duplicate", glyphs.DUPLICATE, tooltip="Duplicate"),
                ui.icon_button("sidebar-up", glyphs.UP, tooltip="Move Up"),
                ui.icon_button("sidebar-down", glyphs.DOWN, tooltip="Move Down"),
                self._destinations(item),
                ui.icon_button("sidebar-delete", glyphs.TRASH, tooltip="Delete"),
                gap=2,
            )
        ]

    def _destinations(self, item: Folder | Request) -> Node | None:
        places = [
            ("", "Move To…"),
            ("/", "Top"),
            *((one.id, path) for path, one in self.library.folders() if one.id != item.id),
        ]
        if len(places) == 2:
            return None
        return ui.select("sidebar-move", label="Move To", options=places, size="Small", width=92)

    def _name_field(self, label: str) -> Node:
        return ui.row(
            ui.input(
                "sidebar-name",
                value=self.written_name,
                placeholder=label,
                aria_label=f"Name of the {label}",
                grow=True,
                size="Small",
            ),
            ui.icon_button("sidebar-name-keep", glyphs.CHECK, tooltip="Keep the Name"),
            ui.icon_button("sidebar-name-drop", glyphs.CLOSE, tooltip="Leave It"),
            gap=4,
        )

    def _recent(self) -> Node:
        entries = self.library.history[:RECENT]
        return ui.column(
            ui.list(
                "sidebar-history",
                history_items(entries),
                empty_label="Nothing was sent yet.",
                compact=True,
                show_separators=False,
                style="flush",
            ),
            ui.button("history-clear", "Clear History", button_type="Text", button_size="Small", icon=glyphs.CLEAR)
            if entries
            else None,
            gap=4,
        )
