"""What the fake host does with parts of a plugin that are no panel: files, exports, drawings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thoth_plugin.json_text import dumps
from thoth_plugin.testing.tables import OpenedFile, given
from thoth_plugin.testing.tree import Tree

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_plugin.instance import Instance
    from thoth_plugin.testing.tables import Records


class FakeTables:
    """Part of `FakeHost`; each act has an instance of its own, as in the editor. All raise PluginError."""

    def instance(self) -> Instance:
        """An instance that has no panel yet."""
        raise NotImplementedError

    def open_file(self, path: str | Path) -> OpenedFile:
        """Has the plugin's loader read a file to its end."""
        instance = self.instance()
        with instance.entered():
            texts = instance.get_records(0, instance.open_file(str(path)))
            records = [json.loads(text) for text in texts]
            first = records[0] if records and isinstance(records[0], dict) else {}
            columns = instance.guarded("naming the columns", instance.headings) or [*first]
            drawn = [*map(instance.render_record, texts)] if instance.loader.draws_records() else []
            return OpenedFile(columns, records, [Tree(json.loads(tree)) for tree in drawn])

    def export(self, records: Records, **options: str) -> bytes:
        """The file that the plugin's exporter makes of records, with options by their keys."""
        table, instance = given(records), self.instance()
        with instance.entered():
            known = {option.key for option in instance.exporter.options()}
            assert known.issuperset(options), f"the exporter has the options {sorted(known)}, not all of {[*options]}"
            rows = table.objects if instance.exporter.feed == "records" else table.rows
            pieces = [instance.export_begin(dumps(table.columns), [*options.items()])]
            pieces += [instance.export_write(dumps(rows))] if rows else []
            pieces.append(instance.export_finish())
        return b"".join(piece.encode() if isinstance(piece, str) else bytes(piece) for piece in pieces)

    def render(self, records: Records) -> Tree:
        """What the plugin's renderer draws of records."""
        table, instance = given(records), self.instance()
        with instance.entered():
            return Tree(json.loads(instance.render_table(dumps({"columns": table.names, "rows": table.texts}))))
