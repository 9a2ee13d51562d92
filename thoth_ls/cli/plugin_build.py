"""`thoth plugin build`: from sources to something that can be used, and a verdict."""

from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from thoth_ls.authoring.building.building import build
from thoth_ls.authoring.building.kit import installed_kit
from thoth_ls.cli.plugin_problem import forget_problem
from thoth_ls.cli.plugin_validate import validate_folder
from thoth_ls.cli.progress import Progress
from thoth_ls.cli.table import printable
from thoth_ls.errors import BuildFailed
from thoth_ls.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from thoth_ls.authoring.building.building import Built
    from thoth_ls.authoring.building.kit import Kit


def holds_plugin(folder: Path) -> bool:
    """Whether there is a manifest in it; where not, that has been printed."""
    if (folder / "plugin.toml").is_file():
        return True
    print(f"thoth: {printable(str(folder))} holds no plugin.toml: name the folder of a plugin", file=sys.stderr)
    return False


def authors_kit() -> Kit:
    """What plugins are built and tested with; raises BuildFailed where this installation has none."""
    return installed_kit(Paths.standard().cache / "authoring")


async def build_folder(folder: Path) -> int:
    """Builds the plugin in `folder` into it and judges it; returns 0 when it can be used, 1 when it cannot."""
    if not await make(folder):
        return 1
    return await validate_folder(folder, as_json=False)


async def make(folder: Path) -> bool:
    """Builds it unless it is current; False, with the reason printed, where it cannot be built."""
    if is_theme(folder):
        return True  # is no program
    try:
        made = await built(folder)
    except BuildFailed as error:
        print(f"thoth: {printable_lines(str(error))}", file=sys.stderr)
        return False
    said = f"built in {made.seconds:.1f} s" if made.fresh else "is current"
    print(f"{printable(str(made.folder / 'plugin.wasm'))} {said}")
    return True


async def built(folder: Path) -> Built:
    """What comes of building it, or is there already; raises BuildFailed."""
    folder = folder.absolute()
    with steps() as tell:
        try:
            made = await asyncio.to_thread(build, folder, folder, authors_kit(), tell=tell)
        except OSError as error:
            raise BuildFailed(f"{folder} cannot be built: {error}") from error
    forget_problem(folder)  # which a `thoth plugin dev` that was killed has left
    return made


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Shows what is being done, until the block ends."""
    progress = Progress()
    try:
        yield lambda step: progress.show(printable(step))
    finally:
        progress.clear()


def is_theme(folder: Path) -> bool:
    """Whether it is a theme without a program."""
    return (folder / "theme.json").is_file() and not (folder / "src").is_dir()


def printable_lines(text: str) -> str:
    """As it may be shown on a terminal, with its line breaks: what tools say is laid out."""
    return "\n".join(printable(line) for line in text.splitlines())
