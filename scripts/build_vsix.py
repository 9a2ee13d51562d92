"""Packs the extension with the server, its libraries and its plugins: build/thoth-<version>-<target>.vsix.

    python scripts/build_vsix.py [--bundle-only]

The libraries come from `requirements/runtime.lock`, hashes checked, as wheels for this platform. Most fit any Python
and lie in `bundled/libs`; those compiled for one minor version lie in `bundled/cp311`, `bundled/cp312` and so on, for
every version there are wheels of. `bundled/manifest.json` tells the extension which. Needs `make plugins` and `npm ci`
to have run; `--bundle-only` stops before the extension's own build.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

REPOSITORY = Path(__file__).resolve().parent.parent
EXTENSION = REPOSITORY / "vscode-extension"
BUNDLED = EXTENSION / "bundled"
BUILD = REPOSITORY / "build"
PLUGINS = BUILD / "plugins"
WHEELS = BUILD / "wheels"
LOCK = REPOSITORY / "requirements" / "runtime.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""Minor versions to serve; one without wheels is left out, but for the version this runs on."""

NOT_NEEDED = (
    *(
        "*/tests/*",
        "*/test/*",
        "*/testing/*",
        "*/__pycache__/*",
        "*.pdb",
        "*.pyi",
        "*.pyx",
        "*.c",
        "*.h",
        "*.hh",
        "*.lib",
        "*.a",
    ),
    *("*.dist-info/RECORD", "*.dist-info/WHEEL", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED"),
    *("*.dist-info/direct_url.json", "*.dist-info/top_level.txt", "*.dist-info/sboms/*", "*.data/*"),
    # zstandard's other backend, which needs a package that is not bundled; CPython takes the first one.
    *("zstandard/_cffi*", "zstandard/backend_cffi.py"),
)
"""Files of wheels that no running server reads. Licences and METADATA stay."""


@dataclass(frozen=True)
class Target:
    """What the package is for."""

    name: str
    """As the marketplace calls it."""
    wheel_platforms: tuple[str, ...]
    """Tags of the wheels that run there, the oldest systems first."""


def main() -> int:
    """Builds, and prints where the package is and how large its parts are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundle-only", action="store_true", help="fill vscode-extension/bundled and stop")
    bundle_only = parser.parse_args().bundle_only
    target = this_target()
    bundle(target)
    if not bundle_only:
        package(target)
    return 0


def this_target() -> Target:
    """The platform this runs on; wheels and machine code of plugins are made for it."""
    arm = platform.machine().lower() in ("arm64", "aarch64")
    if sys.platform == "win32":
        return Target("win32-arm64", ("win_arm64",)) if arm else Target("win32-x64", ("win_amd64",))
    if sys.platform == "darwin":
        arch, first = ("arm64", 11) if arm else ("x86_64", 11)
        tags = [f"macosx_{major}_0_{kind}" for major in range(first, 15) for kind in (arch, "universal2")]
        tags += [] if arm else [f"macosx_10_{minor}_{kind}" for minor in range(9, 17) for kind in (arch, "universal2")]
        return Target("darwin-arm64" if arm else "darwin-x64", tuple(tags))
    machine = "aarch64" if arm else "x86_64"
    if "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""):
        tags = [f"musllinux_1_{minor}_{machine}" for minor in range(1, 3)]
        return Target("alpine-arm64" if arm else "alpine-x64", tuple(tags))
    # glibc 2.28 is what VS Code itself asks for.
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(5, 29)]
    tags += [f"manylinux{year}_{machine}" for year in ("1", "2010", "2014")]
    return Target("linux-arm64" if arm else "linux-x64", tuple(tags))


def bundle(target: Target) -> None:
    """Fills `vscode-extension/bundled` anew."""
    plugins = sorted(folder for folder in PLUGINS.glob("*") if (folder / "plugin.toml").exists())
    if not plugins:
        raise SystemExit(f"There are no built plugins in {PLUGINS}: run `make plugins`.")
    shutil.rmtree(BUNDLED, ignore_errors=True)
    current = f"{sys.version_info.major}.{sys.version_info.minor}"
    own, common = split_by_version(download(current, target, LOCK.read_text(encoding="utf-8")))
    for wheel in common:
        unpack(wheel, BUNDLED / "libs")
    locked = entries_of(LOCK.read_text(encoding="utf-8"), {distribution(wheel) for wheel in own})
    versions: dict[str, str] = {}
    for version in PYTHONS:
        try:
            wheels = own if version == current else download(version, target, locked)
        except MissingWheels as missing:
            print(f"Python {version} is left out: {missing}")
            continue
        folder = f"cp{version.replace('.', '')}"
        for wheel in wheels:
            unpack(wheel, BUNDLED / folder)
        versions[version] = folder
    strip_debug_symbols()
    copy_server(BUNDLED / "libs" / "thoth_ls", plugins)
    manifest = {"target": target.name, "python": versions}
    (BUNDLED / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for part in sorted(BUNDLED.iterdir()):
        print(f"  {part.name:<14}{megabytes(part)}")


class MissingWheels(Exception):
    """There are no wheels for a version of Python."""


def download(version: str, target: Target, locked: str) -> list[Path]:
    """The wheels of the requirements in `locked`, from `build/wheels` where an earlier run put them."""
    folder = WHEELS / f"{target.name}-{version}-{hashlib.sha256(locked.encode()).hexdigest()[:12]}"
    done = folder / "complete"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        requirements = folder / "requirements.txt"
        requirements.write_text(locked, encoding="utf-8")
        tags = [option for tag in target.wheel_platforms for option in ("--platform", tag)]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--implementation", "cp", "--python-version", version, *tags]
        command += ["--require-hashes", "--dest", str(folder), "-r", str(requirements)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            reason = result.stderr.strip().splitlines()[-1:] or [f"pip ended with {result.returncode}"]
            if version == f"{sys.version_info.major}.{sys.version_info.minor}":
                raise SystemExit(f"The locked libraries could not be downloaded: {result.stderr.strip()}")
            raise MissingWheels(reason[0])
        done.touch()
    return sorted(folder.glob("*.whl"))


def split_by_version(wheels: list[Path]) -> tuple[list[Path], list[Path]]:
    """Wheels for one minor version of Python, and wheels for any."""
    own = [wheel for wheel in wheels if re.search(r"-cp3\d+-cp3\d+t?-", wheel.name)]
    return own, [wheel for wheel in wheels if wheel not in own]


def distribution(wheel: Path) -> str:
    """The name of the distribution, as the lock file spells it."""
    return wheel.name.split("-", 1)[0].replace("_", "-").lower()


def entries_of(lock: str, names: set[str]) -> str:
    """The entries of a lock file (a line and its continuations) of those distributions."""
    entries = re.split(r"(?<!\\)\n(?=\S)", lock)
    return "\n".join(entry for entry in entries if entry.split("==", 1)[0].strip().lower() in names) + "\n"


def unpack(wheel: Path, folder: Path) -> None:
    """Puts the files of a wheel that are needed at run time into `folder`."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = PurePosixPath(entry.filename)
            if entry.is_dir() or any(fnmatch(f"/{name}", f"*/{pattern}") for pattern in NOT_NEEDED):
                continue
            if name.is_absolute() or ".." in name.parts:
                raise SystemExit(f"{wheel.name} holds a path outside its folder: {name}")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(entry))


def strip_debug_symbols() -> None:
    """Takes the debug symbols out of compiled libraries where `strip` is installed: 9 of zstandard's 11 MB."""
    tool = shutil.which("strip")
    if sys.platform != "linux" or tool is None:
        return
    for library in sorted(BUNDLED.rglob("*.so")):
        subprocess.run([tool, "--strip-debug", str(library)], check=True)


def copy_server(folder: Path, plugins: list[Path]) -> None:
    """Our own package, and the built plugins inside it, where an installed wheel has them too."""
    shutil.copytree(REPOSITORY / "thoth_ls", folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "bundled"))
    for plugin in plugins:
        shutil.copytree(plugin, folder / "bundled" / "plugins" / plugin.name)


def package(target: Target) -> None:
    """Builds the extension as it is released and packs it."""
    manifest = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    out = BUILD / f"thoth-{manifest['version']}-{target.name}.vsix"
    out.unlink(missing_ok=True)
    subprocess.run(["node", "esbuild.mjs", "--release"], cwd=EXTENSION, check=True)
    tool = EXTENSION / "node_modules" / "@vscode" / "vsce" / "vsce"
    options = ["package", "--no-dependencies", "--skip-license", "--allow-missing-repository"]
    subprocess.run(
        ["node", str(tool), *options, "--target", target.name, "--out", str(out)],
        cwd=EXTENSION,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": commit_time()},
        stdout=subprocess.DEVNULL,
    )
    print(f"{out.relative_to(REPOSITORY)}  {out.stat().st_size / 1e6:.1f} MB")


def commit_time() -> str:
    """The time all files of the package are given, so that the same sources make the same package."""
    command = ["git", "log", "-1", "--format=%ct"]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return result.stdout.strip() or "1577836800"


def megabytes(path: Path) -> str:
    """The size of a file, or of all files below a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return f"{sum(file.stat().st_size for file in files) / 1e6:8.1f} MB in {len(files)} files"


if __name__ == "__main__":
    raise SystemExit(main())
