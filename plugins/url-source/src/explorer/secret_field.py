"""A field for what must not be read over somebody's shoulder, nor found in a file."""

from explorer import glyphs, notices
from rest import templates
from thoth_plugin import ui
from thoth_plugin.nodes import Node


def secret_field(widget: str, label: str, value: str) -> Node:
    """Tells `change` under `widget`, and `click` under `replace-…` where a stored secret is to be taken away.

    What is stored is never handed to the page.
    """
    if is_stored(value):
        return ui.column(
            ui.text(label, variant="label"),
            ui.row(
                ui.icon(glyphs.LOCK, color="success"),
                ui.text("Kept in the key store", variant="body-muted"),
                ui.button(f"replace-{widget}", "Replace", button_type="Text", button_size="Small"),
                gap=8,
            ),
            gap=4,
        )
    plain = not value or templates.is_only_variables(value)
    return ui.column(
        ui.input(widget, label=label, value=value, password=True, mono=True),
        None if plain else notices.hint("Goes to the key store when the request is saved, and into no file."),
        gap=4,
    )


def is_stored(value: str) -> bool:
    """Whether a text is the name of a secret in secure storage, and nothing else."""
    pieces = list(templates.scan(value))
    return len(pieces) == 1 and isinstance(pieces[0], templates.Token) and pieces[0].name == "$secret"
