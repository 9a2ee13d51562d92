"""Whether a server's certificate is checked: as the plugin wants it, where the person has allowed that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thoth_ls.net.model import NetworkRefused, Trust

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.model import Checked


def trusted(checked: Checked, verify: bool | None, plugin: Plugin) -> Checked:
    """The same, with certificates checked as the plugin wants; raises NetworkRefused where nobody has allowed it.

    None is as the person has decided.
    """
    if verify is None or checked.target.scheme != "https":
        return checked
    if verify:
        return replace(checked, trust=Trust()) if checked.trust.verification == "insecure" else checked
    if checked.trust.verification != "insecure":
        raise NetworkRefused(
            f"{checked.target} has to show a good certificate: nobody has decided otherwise. To go on without, choose"
            " that for it in the view Network Access, or run: thoth network allow"
            f" {plugin.id} {checked.target} --insecure"
        )
    return checked
