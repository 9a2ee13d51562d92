"""The dialog in which environments are edited: what `{{name}}` stands for."""

from copy import deepcopy

import thoth_plugin as thoth
from explorer import glyphs, notices, rows
from explorer.library import Library, new_id
from explorer.workbench import Workbench
from rest.environments import Environment, Variable, key_of
from thoth_plugin import ui
from thoth_plugin.nodes import Node

NAME = "environments"


class EnvironmentsDialog(Workbench):
    """Part of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.drafts: list[Environment] = []
        """What is being edited; kept by Save."""
        self.draft = 0
        """Which of them is shown."""
        self.typed_secrets: dict[tuple[str, str], str] = {}
        """Values of secret variables that were typed: by ids of environment and variable."""
        self.stored_secrets: frozenset[str] = frozenset()
        """Keys of secret variables that have a value in the key store."""

    def environment_choice(self) -> Node:
        """Which environment is active, and the way into the dialog."""
        return choice(self.library, "environments")

    def environments_dialog(self) -> Node:
        """The dialog."""
        shown = self.drafts[self.draft] if self.draft < len(self.drafts) else None
        return ui.modal(
            NAME,
            "Environments",
            ui.split(
                ui.column(
                    ui.list(
                        "environment-list",
                        [
                            ui.item(one.name or "(no name)", key=one.id, selected=at == self.draft)
                            for at, one in enumerate(self.drafts)
                        ],
                        empty_label="None yet.",
                        compact=True,
                    ),
                    ui.button(
                        "environment-add", "Add Environment", icon=glyphs.ADD, button_type="Soft", button_size="Small"
                    ),
                    gap=8,
                ),
                self._editor(shown)
                if shown is not None
                else notices.hint("Add an environment, for instance one for each server."),
                widths=[0.3, 0.7],
                gap=16,
                separator=True,
            ),
            subtitle="{{name}} in a request stands for the value in the environment that is active.",
            open=True,
            close_id="environments-close",
            width=820,
            footer=[
                ui.button("environments-close", "Cancel", button_type="Text"),
                ui.button("environments-save", "Save", color="Primary", icon=glyphs.SAVE),
            ],
        )

    def _editor(self, shown: Environment) -> Node:
        return ui.column(
            ui.row(
                ui.input("environment-name", label="Name", value=shown.name, grow=True),
                ui.icon_button("environment-duplicate", glyphs.DUPLICATE, tooltip="Duplicate Environment"),
                ui.icon_button("environment-delete", glyphs.TRASH, tooltip="Delete Environment"),
                gap=6,
            ),
            *(self._variable_line(at, shown, one) for at, one in enumerate(shown.variables)),
            ui.row(ui.button("variable-add", "Add Variable", icon=glyphs.ADD, button_type="Soft", button_size="Small")),
            notices.hint(
                "Secret values are kept in the key store and in no file. Values may hold variables: https://{{host}}/v2."
            ),
            gap=8,
        )

    def _variable_line(self, at: int, shown: Environment, variable: Variable) -> Node:
        typed = self.typed_secrets.get((shown.id, variable.id))
        stored = variable.secret and typed is None and key_of(shown, variable) in self.stored_secrets
        if stored:
            value = ui.row(
                ui.icon(glyphs.LOCK, color="success"),
                notices.hint("Kept in the key store"),
                ui.button(f"variable-{at}-replace", "Replace", button_type="Text", button_size="Small"),
                gap=6,
            )
        else:
            value = ui.input(
                f"variable-{at}-value",
                value=(typed or "") if variable.secret else variable.value,
                placeholder="Value",
                aria_label=f"Value of {variable.name or f'Variable {at + 1}'}",
                password=variable.secret,
                mono=True,
                grow=True,
            )
        return ui.row(
            ui.toggle(f"variable-{at}-enabled", enabled=variable.enabled, hover_text="Use This Variable"),
            ui.input(
                f"variable-{at}-name",
                value=variable.name,
                placeholder="Name",
                aria_label=f"Name of Variable {at + 1}",
                mono=True,
                desired_width=160,
            ),
            value,
            ui.checkbox(f"variable-{at}-secret", "Secret", checked=variable.secret),
            ui.icon_button(f"variable-{at}-remove", glyphs.TRASH, tooltip="Remove Variable"),
            key=variable.id,
            gap=6,
        )

    def open_environments(self) -> None:
        """Begins to edit what is kept."""
        self.drafts = deepcopy(self.library.environments)
        ids = [one.id for one in self.drafts]
        self.draft = ids.index(self.library.active) if self.library.active in ids else 0
        self.typed_secrets = {}
        self.stored_secrets = frozenset(
            key_of(one, variable)
            for one in self.drafts
            for variable in one.variables
            if variable.secret and self.library.has_secret(one, variable)
        )
        self.dialog = NAME

    @thoth.on("environment", "change")
    def environment_chosen(self, value: str) -> None:
        """Another one is active, in all tabs."""
        self.library.activate(value)
        self.edited()

    @thoth.on("environments", "click")
    def environments_wanted(self) -> None:
        """Opens the dialog."""
        self.open_environments()

    @thoth.on("environments-close", "click")
    def environments_left(self) -> None:
        """Without keeping anything."""
        self.dialog, self.drafts, self.typed_secrets = "", [], {}

    @thoth.on("environments-save", "click")
    def environments_kept(self) -> None:
        """Keeps all of them."""
        self.library.set_environments(self.drafts, self.typed_secrets)
        self.environments_left()
        self.edited()

    @thoth.on("environment-list", "click")
    def environment_shown(self, value: int) -> None:
        """Another one is edited."""
        self.draft = value

    @thoth.on("environment-name", "change")
    def environment_named(self, value: str) -> None:
        """Of the one that is shown."""
        if self.draft < len(self.drafts):
            self.drafts[self.draft].name = value

    @thoth.on("environment-add", "click")
    def environment_added(self) -> None:
        """One more."""
        self.drafts.append(Environment(id=new_id(), name=f"Environment {len(self.drafts) + 1}"))
        self.draft = len(self.drafts) - 1

    @thoth.on("environment-duplicate", "click")
    def environment_duplicated(self) -> None:
        """Once more; secrets have to be typed again."""
        if self.draft < len(self.drafts):
            copy = deepcopy(self.drafts[self.draft])
            copy.id, copy.name = new_id(), f"{copy.name} copy"
            for variable in copy.variables:
                variable.id = new_id()
            self.drafts.insert(self.draft + 1, copy)
            self.draft += 1

    @thoth.on("environment-delete", "click")
    def environment_deleted(self) -> None:
        """Takes it out; it is gone once that is saved."""
        if self.draft < len(self.drafts):
            del self.drafts[self.draft]
            self.draft = max(0, self.draft - 1)

    @thoth.on("variable-add", "click")
    def variable_added(self) -> None:
        """One more."""
        if self.draft < len(self.drafts):
            self.drafts[self.draft].variables.append(Variable(id=new_id()))

    @thoth.on("variable-*", "change", "click")
    def variable_changed(self, event: thoth.Event) -> None:
        """A field of one, or its buttons."""
        if self.draft >= len(self.drafts):
            return
        shown = self.drafts[self.draft]
        touched = rows.touched(event, shown.variables)
        if touched is None:
            return
        _, variable, field = touched
        key = (shown.id, variable.id)
        if field == "remove":
            shown.variables.remove(variable)
        elif field == "replace":
            self.typed_secrets[key] = ""
        elif field == "name":
            variable.name = event.value
        elif field == "enabled":
            variable.enabled = event.json() is True
        elif field == "secret":
            self._turn(shown, variable, event.json() is True)
        elif field == "value" and variable.secret:
            self.typed_secrets[key] = event.value
        elif field == "value":
            variable.value = event.value

    def _turn(self, shown: Environment, variable: Variable, secret: bool) -> None:
        """Makes a value a secret: what was typed goes along. The other way it does not: what is secret stays so."""
        key = (shown.id, variable.id)
        if secret and not variable.secret:
            self.typed_secrets[key] = variable.value
            variable.value = ""
        elif variable.secret:
            self.typed_secrets.pop(key, None)
        variable.secret = secret


def choice(library: Library, edit: str) -> Node:
    """Which environment is active, and a button of the id `edit` that leads to where they are edited."""
    options = [("", "No Environment"), *((one.id, one.name) for one in library.environments)]
    return ui.row(
        ui.select(
            "environment",
            label="Environment",
            value=library.active,
            options=options,
            icon=glyphs.ENVIRONMENT,
            size="Small",
        ),
        ui.icon_button(edit, glyphs.EDIT, tooltip="Edit Environments"),
        gap=4,
    )
