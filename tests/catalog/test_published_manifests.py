"""Manifests of the published contract are read as they are, and nothing in them is called a mistake."""

import pytest

from thoth_ls.catalog.manifest import check_text
from thoth_ls.wire.permissions import Need

HEAD = """
id = "com.thoth.{name}"
name = "A plugin"
version = "0.1.0"
description = "As published"
author = "Somebody"
capabilities = [{capabilities}]
"""
ANYWHERE = '[network]\nallowed_domains = ["*"]\nrequire_https = false\nrate_limit_rpm = {}\n'
MANIFESTS: dict[str, tuple[str, str, set[Need]]] = {
    "card-view": ('"renderer"', "", set()),
    "csv-export": ('"exporter"', '[exporter]\noutput_extension = "csv"\n', set()),
    "csv-loader": (
        '"file-loader", "file-viewer"',
        (
            '[[file-loader]]\nfile-type = "text/csv"\nsupported-extensions = ["csv"]\n'
            '[[file-loader]]\nfile-type = "text/tab-separated-values"\nsupported-extensions = ["tsv"]\n'
        ),
        {"opened-file"},
    ),
    "seshat": (
        '"data-source", "new-ui-component", "data-producer", "cli"',
        '[data-source]\ndisplay_name = "Database"\n' + ANYWHERE.format(6000),
        {"network", "tcp", "secure-storage", "file-dialog", "open-tabs", "headless"},
    ),
    "url-source": (
        '"data-source", "new-ui-component", "data-producer"',
        '[data-source]\ndisplay_name = "HTTP / REST"\n' + ANYWHERE.format(60),
        {"network", "tcp", "secure-storage", "file-dialog", "open-tabs"},
    ),
    "material-theme": (
        '"theme"',
        '[theme]\nfamily = "Material"\ncatalog = [["Oceanic", true], ["Lighter", false]]\n',
        set(),
    ),
}


@pytest.mark.parametrize("name", sorted(MANIFESTS))
def test_a_published_manifest_is_read_as_it_is(name: str) -> None:
    """All fields and sections it can have, and what it needs follows from what it can do."""
    capabilities, sections, needs = MANIFESTS[name]
    icon = 'icon = "\\uE28C"\nhomepage = "https://example.com"\nlocation = "/somewhere"\n'
    checked = check_text(HEAD.format(name=name, capabilities=capabilities) + icon + sections)
    assert checked.problems == ()
    assert checked.manifest is not None
    assert set(checked.manifest.needs()) == needs
    assert checked.manifest.icon == "\ue28c"
