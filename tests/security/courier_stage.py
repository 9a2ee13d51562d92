"""Everything below the protocol, a person, and the fixture courier in it: attacks go through a real guest."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.courier import COURIER, Courier, install_courier
from tests.manager.conftest import Told, until
from tests.net.places import Names
from thoth_ls.paths import Paths
from thoth_ls.services import Services
from thoth_ls.settings import load_settings
from thoth_ls.wire.network import ConsentAnswer, NetworkGrant, SetNetworkGrantParams
from thoth_ls.wire.permissions import PermissionAnswer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.wire.network import Choice, ConsentQuestion, NetworkActivity
    from thoth_ls.wire.permissions import PermissionQuestion

__all__ = ["CourierStage", "Person", "courier_stage", "until"]

Network = dict[str, Any]
NO_RATE: Network = {"requestsPerMinute": 0, "requestsPerMinutePerHost": 0}


class Person:
    """Grants every need, and answers questions about the network as it was told to."""

    def __init__(self) -> None:
        self.choice: Choice | None = None
        """What is answered; None waves the question away."""
        self.seconds = 0.0
        """What an answer takes."""
        self.questions: list[ConsentQuestion] = []
        self.at_once = 0
        """Most questions that were in front of the person at a time."""
        self._open = 0

    async def permit(self, question: PermissionQuestion) -> PermissionAnswer:
        """`thoth/permission/request`."""
        return PermissionAnswer(granted=[item.need for item in question.permissions], denied=[])

    async def consent(self, question: ConsentQuestion) -> ConsentAnswer | None:
        """`thoth/consent/request`."""
        self.questions.append(question)
        self._open += 1
        self.at_once = max(self.at_once, self._open)
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self._open -= 1
        return None if self.choice is None else ConsentAnswer(choice=self.choice)


class CourierStage:
    """The services of one server, with the courier installed and every need of it granted."""

    def __init__(self, folder: Path, limits: dict[str, Any] | None, network: Network | None) -> None:
        # Beside the folders of all tests: the courier is compiled once for all of them.
        self.paths = replace(Paths.under(folder), cache=folder.parent / "compiled-courier")
        self.plugin_folder = install_courier(self.paths.plugins)
        self.told = Told()
        self.person = Person()
        self.names = Names()
        self.logged: list[str] = []
        settings = load_settings({"network": network or {}}, pytest.fail)
        self.services = Services(
            settings,
            self.paths,
            self.told,
            lambda plugin_id, level, text: self.logged.append(text),
            lambda name, begins: None,
            ask=self.person.permit,
            ask_consent=self.person.consent,
            report=self.told.reports.append,
        )
        self.services.runtime.limits = replace(self.services.runtime.limits, **(limits or {}))
        self.services.network_access.gate._resolver = self.names  # no name of these tests shall leave the machine

    @property
    def plugin(self) -> Plugin:
        """The courier as it is installed."""
        return self.services.plugins.installed(COURIER)

    async def courier(self) -> Courier:
        """An instance of it."""
        return Courier(await self.services.runtime.instance(self.plugin))

    async def allow(self, pattern: str, *, local: bool = True) -> None:
        """Decides until the server is closed."""
        params = SetNetworkGrantParams(
            plugin_id=COURIER, pattern=pattern, decision="allowed", duration="untilClosed", local=local
        )
        await self.services.network_access.set(params)

    async def forget(self, pattern: str) -> None:
        """Takes that back."""
        params = SetNetworkGrantParams(plugin_id=COURIER, pattern=pattern, decision="ask", duration="untilClosed")
        await self.services.network_access.set(params)

    def grants(self) -> list[NetworkGrant]:
        """What is decided."""
        return self.services.network_access.grants().grants

    def activity(self) -> list[NetworkActivity]:
        """What was written down."""
        return self.services.network_access.activity.entries(0, 1000).entries


@asynccontextmanager
async def courier_stage(
    folder: Path, limits: dict[str, Any] | None = None, network: Network | None = None
) -> AsyncIterator[CourierStage]:
    """A stage that is cleared afterwards."""
    made = CourierStage(folder, limits, network)
    try:
        yield made
    finally:
        await made.services.close()
