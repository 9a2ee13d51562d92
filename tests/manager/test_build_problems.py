"""What `thoth plugin dev` cannot build is told in the editor, and what is open goes on."""

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
