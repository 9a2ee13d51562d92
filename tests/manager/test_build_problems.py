"""What `thoth plugin dev` cannot build is told in the editor, and what is open goes on."""

import os

from tests.manager.conftest import Stage, until
from tests.manager.test_hot_reload import development, reopened
from thoth_ls.catalog.development import problem_file


async def test_a_build_that_failed_is_told_with_its_place(stage: Stage) -> None:
    """The line of the compiler that says where; once it is mended the plugin is reloaded."""
    server, opened = await development(stage)
    folder = stage.folder / "work" / "diary"
    problem = problem_file(folder)
    problem.parent.mkdir()
    problem.write_text("zig failed (1):\n  src/main.zig:3:5: error: expected expression\n    const a = ;\n")
    await until(lambda: server.told.plugins and server.told.plugins[-1].message)
    assert server.told.plugins[-1].message == (
        "Diary was not built: src/main.zig:3:5: error: expected expression. What is open goes on as it was."
    )
    assert server.told.changes == []
    assert await server.row(opened) == "build-01"
    problem.unlink()
    stage.build(folder, b"build-02")
    await until(lambda: server.told.changes)
    assert await server.row(await reopened(server, opened)) == "build-02"


async def test_what_was_said_before_the_component_was_made_holds_nothing_up(stage: Stage) -> None:
    """As of a `thoth plugin dev` that was killed, after which `thoth plugin build` has made a good one."""
    server, opened = await development(stage)
    folder = stage.folder / "work" / "diary"
    problem_file(folder).parent.mkdir()
    problem_file(folder).write_text("src/main.zig:3:5: error: expected expression")
    await until(lambda: server.told.plugins and server.told.plugins[-1].message)
    long_ago = (folder / "plugin.toml").stat().st_mtime_ns - 10**9
    os.utime(problem_file(folder), ns=(long_ago, long_ago))
    stage.build(folder, b"build-02")
    await until(lambda: server.told.changes)
    assert await server.row(await reopened(server, opened)) == "build-02"
