"""The parts of the gallery that are no panel, in the real host: files, exports, drawings, tables made on demand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.errors import ThothError
from thoth_ls.wire.documents import OpenDocumentParams, OpenDocumentResult
from thoth_ls.wire.exports import ExportParams, RenderTableParams
from thoth_plugin.testing.real import RealHost
from thoth_plugin.testing.real_server import COMPILING_SECONDS


def opened(host: RealHost, path: Path, content: bytes) -> OpenDocumentResult:
    """A file of the gallery's, open."""
    path.write_bytes(content)
    services = host.server.services
    return host.server.call(services.documents.open(OpenDocumentParams(uri=path.as_uri())), COMPILING_SECONDS)


def exported(host: RealHost, document: OpenDocumentResult, target: Path, **options: str) -> str:
    """What the exporter wrote."""
    params = ExportParams(
        document_id=document.document_id,
        generation=document.generation,
        plugin_id=host.plugin_id,
        options=options,
        target=target.as_uri(),
    )
    host.server.call(host.server.services.exports.export(params, lambda percent, message: None))
    return target.read_text("utf-8")


def test_a_file_is_opened_by_a_loader(host: RealHost, tmp_path: Path) -> None:
    """Its records are a table."""
    document = opened(host, tmp_path / "a.gallery", "Grüße\nand more\n".encode())
    assert [column.name for column in document.columns] == ["line", "text"]
    assert [[_text(cell) for cell in row] for row in json.loads(document.first_page.rows)] == [
        ["0", "Grüße"],
        ["1", "and more"],
    ]


def test_what_a_loader_raises_is_said(host: RealHost, tmp_path: Path) -> None:
    """A sentence of its author's."""
    with pytest.raises(ThothError, match="its first line says so"):
        opened(host, tmp_path / "b.gallery", b"bad\n")


def test_a_table_is_exported_in_pieces(host: RealHost, tmp_path: Path) -> None:
    """With the options a person chose; what the exporter raises leaves no file."""
    document = opened(host, tmp_path / "c.gallery", b"x\ny\n")
    assert exported(host, document, tmp_path / "a.wiki") == "{|\n! line !! text\n|-\n| 0 || x\n|-\n| 1 || y\n|}\n"
    written = exported(host, document, tmp_path / "b.wiki", bold="true", end="count")
    assert "'''line''' !! '''text'''" in written
    assert written.endswith("|}\n2 rows\n")
    with pytest.raises(ThothError, match="ArithmeticError: the last row does not add up"):
        exported(host, document, tmp_path / "c.wiki", end="fail")
    assert not (tmp_path / "c.wiki").exists()


def test_a_table_is_drawn(host: RealHost, tmp_path: Path) -> None:
    """By a renderer."""
    document = opened(host, tmp_path / "d.gallery", b"x\n")
    params = RenderTableParams(
        document_id=document.document_id,
        generation=document.generation,
        plugin_id=host.plugin_id,
        start=0,
        count=10,
    )
    drawn = host.server.call(host.server.services.renderers.render(params))
    labels = [badge["label"] for badge in json.loads(drawn.node)["children"][0]["children"]]
    assert labels == ["0", "x"]


def test_a_table_is_made_on_demand_and_a_query_answered(host: RealHost) -> None:
    """`provide-dataset` and `data-source` of the contract."""
    panel = host.open()
    panel.click("button")
    instance = host.server.services.panels.get(panel.id).instance
    made = host.server.call(instance.call("data-producer", "provide-dataset"))
    assert made["name"] == "What was heard"
    assert made["columns"] == [{"name": "click", "type_hint": "integer"}, {"name": "heard", "type_hint": "text"}]
    assert made["rows"][0] == ["0", "click button"]
    found = host.server.call(instance.call("data-source", "query", "gallery", "select"))
    assert json.loads(found)[2] == {"row": 2, "query": "select"}
    with pytest.raises(ThothError, match="no such table"):
        host.server.call(instance.call("data-source", "query", "gallery", "fail"))
    panel.click("host-query")
    panel.until("found [{'row': 0")
    panel.close()


def test_the_page_of_settings_is_drawn(host: RealHost) -> None:
    """With what is set."""
    panel = host.open()
    instance = host.server.services.panels.get(panel.id).instance
    page = host.server.call(instance.call("plugin-settings", "render-settings"))
    assert "Every node there is" in page["node_json"]
    panel.close()


def _text(cell: Any) -> Any:
    return cell["text"] if isinstance(cell, dict) else cell
