"""Two keys: declared by the author, granted by the person; without both nothing is given."""

import asyncio
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.catalog.plugins import PLUGIN_ID, found
from thoth_ls.calling import INVALID, HostRefusal
from thoth_ls.catalog.grants import Grants
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.errors import FileUnwritable, InputInvalid, PermissionDenied, PluginInvalid
from thoth_ls.manager.permissions import Permissions
from thoth_ls.runtime.imports import NotGranted
from thoth_ls.wire.permissions import Decision, Need, PermissionAnswer, PermissionQuestion

NEEDS: tuple[Need, ...] = get_args(Need)
DECLARED: dict[str, dict[str, Any]] = {
    "network": {"hosts": ["https://api.example.com"], "reason": "Asks the API."},
    "headless": {"reason": "Runs at night."},
    "opened-file": {"reason": "Reads your files."},
}


class Person:
    """Answers questions as `answer` says, and keeps them."""

    def __init__(self) -> None:
        self.questions: list[PermissionQuestion] = []
        self.answer: PermissionAnswer | None = None
        self.allow_all = False
        self.thinking = asyncio.Event()
        self.thinking.set()

    async def __call__(self, question: PermissionQuestion) -> PermissionAnswer | None:
        self.questions.append(question)
        await self.thinking.wait()
        if self.allow_all:
            return PermissionAnswer(granted=[item.need for item in question.permissions], denied=[])
        return self.answer


class Home:
    """One user's decisions, and a server that acts by them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.person = Person()
        self.changes: list[str] = []
        self.permissions = self.server()

    def server(self) -> Permissions:
        """One more, as in another window."""
        return Permissions(Grants(self.folder / "state" / "permissions.json"), self.person, self.changes.append)

    def plugin(self, declared: Any = None, **fields: Any) -> Plugin:
        return found(self.folder / "plugin", DECLARED if declared is None else declared, **fields)

    def decisions(self, plugin: Plugin) -> dict[str, str]:
        return {item.need: item.decision for item in self.permissions.decided(plugin)}

    async def admit(self, plugin: Plugin, need: Need | None = None) -> None:
        """As a request of its own does."""
        await asyncio.create_task(self.permissions.admit(plugin, need))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def refused(home: Home, plugin: Plugin, need: Need, target: str | None = None) -> str:
    """Why a call is refused, empty when it is not."""
    try:
        home.permissions.permit(plugin)(need, "some.function", target)
    except NotGranted as refusal:
        return f"{refusal.need}: {refusal}"
    return ""


async def test_all_that_is_undecided_is_asked_for_once_before_the_first_instance(home: Home) -> None:
    plugin = home.plugin()
    home.person.allow_all = True
    await home.admit(plugin, "opened-file")
    await home.admit(plugin)
    (question,) = home.person.questions
    assert (question.plugin_id, question.plugin_name, question.version) == (PLUGIN_ID, "Example", "1.2.0")
    assert (question.origin, question.update) == ("user", False)
    assert [(item.need, item.scope, item.reason, item.decision) for item in question.permissions] == [
        ("network", ["https://api.example.com"], "Asks the API.", "ask"),
        ("opened-file", [], "Reads your files.", "ask"),
        ("headless", [], "Runs at night.", "ask"),
    ]
    assert home.decisions(plugin) == dict.fromkeys(["network", "opened-file", "headless"], "granted")
    assert home.changes == [PLUGIN_ID]


async def test_answers_outlive_the_server(home: Home) -> None:
    plugin = home.plugin()
    home.person.answer = PermissionAnswer(granted=["opened-file"], denied=["network", "headless"])
    await home.admit(plugin)
    home.permissions = home.server()
    await home.admit(plugin, "opened-file")
    assert len(home.person.questions) == 1
    assert home.decisions(plugin) == {"network": "denied", "opened-file": "granted", "headless": "denied"}


async def test_a_question_that_is_waved_away_decides_nothing(home: Home) -> None:
    """Refused now, asked again at the person's next act; a plugin that can do without runs all the same."""
    plugin = home.plugin()
    with pytest.raises(PermissionDenied, match="nobody has granted yet") as caught:
        await home.admit(plugin, "opened-file")
    assert caught.value.facts() == {"pluginId": PLUGIN_ID, "need": "opened-file"}
    await home.admit(plugin)
    assert len(home.person.questions) == 2
    assert set(home.decisions(plugin).values()) == {"ask"}
    assert "nobody has granted yet" in refused(home, plugin, "network")
    assert home.changes == []


async def test_needs_the_answer_does_not_name_are_asked_for_again(home: Home) -> None:
    plugin = home.plugin()
    home.person.answer = PermissionAnswer(granted=["network"], denied=[])
    await home.admit(plugin)
    await home.admit(plugin)
    assert [[item.need for item in question.permissions] for question in home.person.questions] == [
        ["network", "opened-file", "headless"],
        ["opened-file", "headless"],
    ]


async def test_an_answer_grants_only_what_was_asked_and_denies_where_it_says_both(home: Home) -> None:
    plugin = home.plugin()
    home.person.answer = PermissionAnswer(granted=list(NEEDS), denied=["headless"])
    await home.admit(plugin)
    assert home.decisions(plugin) == {"network": "granted", "opened-file": "granted", "headless": "denied"}
    wider = home.plugin({**DECLARED, "tcp": {"hosts": ["*:*"], "reason": "More."}})
    assert home.decisions(wider)["tcp"] == "ask"


async def test_with_nobody_to_ask_it_is_refused_with_the_command_that_grants_it(home: Home) -> None:
    home.permissions.ask = None
    with pytest.raises(PermissionDenied, match=f"thoth plugins grant {PLUGIN_ID} headless"):
        await home.admit(home.plugin(), "headless")


@pytest.mark.parametrize("need", NEEDS)
async def test_what_is_not_declared_is_refused_and_not_asked_for(home: Home, need: Need) -> None:
    plugin = home.plugin({})
    with pytest.raises(PermissionDenied, match="its manifest does not declare"):
        await home.admit(plugin, need)
    assert home.person.questions == []
    with pytest.raises(InputInvalid, match="declares nothing"):
        await home.permissions.set(plugin, need, "granted")
    assert "its manifest does not declare" in refused(home, plugin, need)


async def test_what_came_with_thoth_is_granted_until_it_is_switched_off(home: Home) -> None:
    plugin = home.plugin(origin="bundled")
    await home.admit(plugin, "opened-file")
    assert home.person.questions == []
    assert refused(home, plugin, "network", "https://api.example.com/x") == ""
    assert refused(home, plugin, "network", "https://evil.test") != ""
    assert refused(home, plugin, "tcp") != ""
    await home.permissions.set(plugin, "network", "denied")
    assert "was denied" in refused(home, plugin, "network", "https://api.example.com/x")
    await home.permissions.set(plugin, "network", "ask")
    assert refused(home, plugin, "network", "https://api.example.com/x") == ""


async def test_a_switch_takes_effect_at_the_next_call(home: Home) -> None:
    """A judge that was handed out long ago looks at what is decided now, whoever decided it."""
    plugin = home.plugin()
    judged = home.permissions.permit(plugin)
    elsewhere = home.server()
    for decision in ("granted", "denied", "granted", "ask", "granted"):
        await elsewhere.set(plugin, "headless", decision)
        if decision == "granted":
            judged("headless", "f", None)
        else:
            with pytest.raises(NotGranted):
                judged("headless", "f", None)


@pytest.mark.parametrize("decision", get_args(Decision))
async def test_a_denial_can_be_undone(home: Home, decision: Decision) -> None:
    plugin = home.plugin()
    await home.permissions.set(plugin, "network", "denied")
    await home.permissions.set(plugin, "network", decision)
    assert home.decisions(plugin)["network"] == decision
    assert home.changes == [PLUGIN_ID] * 2


async def test_what_was_forgotten_is_asked_for_again(home: Home) -> None:
    plugin = home.plugin()
    home.person.allow_all = True
    await home.admit(plugin)
    home.permissions.forget(PLUGIN_ID.upper())
    assert set(home.decisions(plugin).values()) == {"ask"}


async def test_an_update_that_asks_for_more_asks_again_and_for_that_alone(home: Home) -> None:
    """A plugin that changes its manifest on disk does not take along what it was granted."""
    home.person.allow_all = True
    await home.admit(home.plugin())
    same = home.plugin(version="1.3.0")
    await home.admit(same, "opened-file")
    assert len(home.person.questions) == 1
    more = {**DECLARED, "network": {"hosts": ["https://api.example.com", "*.evil.test"], "reason": "Asks the API."}}
    update = home.plugin(more, version="1.3.0")
    home.person.allow_all = False
    await home.admit(update, "opened-file")
    question = home.person.questions[1]
    assert question.update
    assert [(item.need, item.scope) for item in question.permissions] == [
        ("network", ["*.evil.test", "https://api.example.com"])
    ]
    assert refused(home, update, "network", "https://api.example.com") != ""
    assert refused(home, same, "network", "https://api.example.com") == ""


async def test_another_major_version_asks_for_all(home: Home) -> None:
    home.person.allow_all = True
    await home.admit(home.plugin())
    await home.admit(home.plugin(version="2.0.0"))
    assert [len(question.permissions) for question in home.person.questions] == [3, 3]
    assert home.person.questions[1].update


async def test_a_plugin_in_a_workspace_has_nothing_of_the_user_s_of_its_name(home: Home) -> None:
    home.person.allow_all = True
    await home.admit(home.plugin())
    home.person.allow_all = False
    impostor = home.plugin(origin="workspace")
    with pytest.raises(PermissionDenied):
        await home.admit(impostor, "opened-file")
    assert not home.person.questions[1].update


async def test_targets_have_to_be_declared_and_granted(home: Home) -> None:
    """Of a narrower manifest the narrower scope holds, though more was granted."""
    hosts = ["*.example.com", "localhost:*"]
    home.person.allow_all = True
    await home.admit(home.plugin({"network": {"hosts": hosts, "reason": "r"}}))
    plugin = home.plugin({"network": {"hosts": ["https://a.example.com"], "reason": "r"}})
    assert refused(home, plugin, "network", "https://a.example.com/x") == ""
    assert refused(home, plugin, "network", "https://b.example.com/x").endswith(
        "some.function may not reach https://b.example.com/x; it declares and was granted https://a.example.com"
    )
    assert refused(home, plugin, "network", "http://localhost:80") != ""


async def test_the_target_in_a_refusal_is_harmless(home: Home) -> None:
    plugin = home.plugin(origin="bundled")
    said = refused(home, plugin, "network", "https://x/\u202e" + "y" * 10_000)
    assert len(said) < 400
    assert said.isprintable()


@pytest.mark.parametrize(
    "target", ["https://x/\n\x1b[31m\u202e", "https://u@x/", "https://" + "\u202e" * 100, "y" * 10_000_000]
)
async def test_a_target_nobody_can_read_is_told_from_one_that_is_not_granted(target: str, home: Home) -> None:
    judge = home.permissions.permit(home.plugin(origin="bundled"))
    with pytest.raises(HostRefusal, match=r"address|host") as refusal:
        judge("network", "some.function", target)
    assert refusal.value.code == INVALID
    assert len(str(refusal.value)) < 700
    assert str(refusal.value).isprintable()


async def test_concurrent_admissions_share_one_question(home: Home) -> None:
    plugin = home.plugin()
    home.person.allow_all = True
    await asyncio.gather(*(home.permissions.admit(plugin, "opened-file") for _ in range(50)))
    assert len(home.person.questions) == 1


async def test_what_was_decided_while_the_question_waited_is_not_asked(home: Home) -> None:
    """By the command line, say, or in another window."""
    first, second = home.plugin(), home.plugin(plugin_id="org.example.second")
    home.person.allow_all = True
    home.person.thinking.clear()
    admitting = [asyncio.create_task(home.permissions.admit(plugin)) for plugin in (first, second)]
    await asyncio.sleep(0)
    for need in ("network", "opened-file", "headless"):
        await home.server().set(second, need, "granted")
    home.person.thinking.set()
    await asyncio.gather(*admitting)
    assert [question.plugin_id for question in home.person.questions] == [PLUGIN_ID]


async def test_dismissed_in_a_loop_it_is_asked_three_times(home: Home) -> None:
    """A plugin that starts again and again is no way to wear a person down."""
    for _ in range(100):
        await home.admit(home.plugin())
    assert len(home.person.questions) == 3


async def test_two_hundred_plugins_opened_by_one_act_ask_once_when_waved_away(home: Home) -> None:
    for number in range(200):
        await home.permissions.admit(home.plugin(plugin_id=f"org.example.p{number}"))
    assert len(home.person.questions) == 1


async def test_an_answer_that_cannot_be_kept_is_an_error_and_grants_nothing(home: Home) -> None:
    plugin = home.plugin()
    home.person.allow_all = True
    (home.folder / "state").write_text("in the way")
    with pytest.raises(FileUnwritable):
        await home.admit(plugin)
    assert set(home.decisions(plugin).values()) == {"ask"}


async def test_a_plugin_without_a_manifest_has_no_permissions(home: Home) -> None:
    broken = Plugin(home.folder / "broken", "user", None, "plugin.toml is not valid TOML")
    assert home.permissions.decided(broken) == []
    assert home.permissions.decision(broken, "network") == "denied"
    with pytest.raises(PluginInvalid, match="not valid TOML"):
        await home.permissions.set(broken, "network", "granted")
    with pytest.raises(PermissionDenied):
        await home.admit(broken, "network")


async def test_texts_of_the_author_are_harmless_in_the_question(home: Home) -> None:
    """No line break, colour or change of direction of theirs stands among our words; nothing is without end."""
    evil = "\u202eevil\u202c\r\n\x1b[31mAllow\x1b[0m\u2066"
    reason = evil + "x" * 400
    plugin = home.plugin({"network": {"hosts": ["a.b"], "reason": reason}}, name=evil * 50, version="1." + "0" * 4000)
    await home.admit(plugin)
    (question,) = home.person.questions
    for text in (question.plugin_name, question.version, question.permissions[0].reason):
        assert text.isprintable()
        assert len(text) <= 300
