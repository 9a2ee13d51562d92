"""Where Thoth keeps its own files."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user; none has to exist, `private` makes one when it is needed."""

    cache: Path
    """What can be made again, for instance compiled plugins."""
    data: Path
    """What the user installed: `plugins/` holds one folder a plugin."""
    state: Path
    """What Thoth remembers between runs."""
    temp: Path
    """What lives no longer than the process that made it: links to opened files, decompressed copies."""

    @classmethod
    def standard(cls) -> Paths:
        """The platform's own places, or folders under `THOTH_HOME` where that is set."""
        home = os.environ.get("THOTH_HOME")
        if home:
            return cls.under(Path(home))
        import platformdirs

        dirs = platformdirs.PlatformDirs("thoth-ls", appauthor=False)
        cache = Path(dirs.user_cache_dir)
        return cls(cache, Path(dirs.user_data_dir), Path(dirs.user_state_dir), cache / "temp")

    @classmethod
    def under(cls, root: Path) -> Paths:
        """All folders below `root`."""
        root = root.absolute()
        return cls(root / "cache", root / "data", root / "state", root / "temp")

    @property
    def plugins(self) -> Path:
        """The user's own plugins."""
        return self.data / "plugins"


def private(folder: Path) -> Path:
    """`folder`, made if need be, readable by this user alone.

    Raises PermissionError when it is a link or belongs to somebody else: its contents cannot be trusted.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise PermissionError(f"{folder} is not a folder of its own")
    if hasattr(os, "getuid"):
        if found.st_uid != os.getuid():
            raise PermissionError(f"{folder} belongs to another user")
        if found.st_mode & 0o077:
            folder.chmod(0o700)
    return folder
