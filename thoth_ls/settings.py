"""Settings of the server, all under `thoth.*` in the editor; a bad value costs itself, never its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel


class _Section(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        frozen=True,
        extra="ignore",
        strict=True,
        defer_build=True,
    )


class RuntimeSettings(_Section):
    """`thoth.runtime.*`: what one plugin may use up."""

    fuel_per_call: Annotated[int, Field(ge=1_000_000, le=10**15)] = 5_000_000_000
    """Instructions, roughly, given to a plugin before each call."""
    deadline_seconds: Annotated[float, Field(ge=0.1, le=600, strict=False)] = 10.0
    """Longest time one call into a plugin may take."""
    memory_megabytes: Annotated[int, Field(ge=16, le=4096)] = 512
    """Most memory one plugin instance may have, in MiB."""
    result_megabytes: Annotated[int, Field(ge=1, le=1024)] = 64
    """Largest value a plugin may return, in MiB."""


class FilesSettings(_Section):
    """`thoth.files.*`: opening and following files."""

    auto_reload: bool = True
    """Read a file again by itself when it changes on disk."""
    spool_gigabytes: Annotated[float, Field(ge=0.1, le=10_000, strict=False)] = 50.0
    """Largest temporary file made when decompressing or transcoding, in GiB."""
    loaders: dict[str, str] = Field(default={})
    """Ids of the plugins that open files by default, by extension (lower case, without the dot)."""


class DiagnosticsSettings(_Section):
    """`thoth.diagnostics.*`: malformed records as diagnostics."""

    enabled: bool = True
    """Publish malformed records as diagnostics."""
    max_per_file: Annotated[int, Field(ge=0, le=10_000)] = 100
    """Most diagnostics published for one file."""


class PluginsSettings(_Section):
    """`thoth.plugins.*`: where plugins are, and what they may keep."""

    dev_folders: list[str] = Field(default=[])
    """Folders of plugins that are being written, each one plugin or a folder of some; changes to them are followed."""
    storage_megabytes: Annotated[int, Field(ge=1, le=1024)] = 16
    """Most that one plugin may keep between sessions, in MiB."""


class NetworkSettings(_Section):
    """`thoth.network.*`: what plugins may do on the network, whatever was granted to each."""

    enabled: bool = True
    """Let plugins use the network. Without it nothing of theirs leaves, and local servers are out of reach too."""
    blocked: list[str] = Field(default=[])
    """Hosts no plugin reaches, whatever it was granted: patterns like `*.example.com`, networks like `10.0.0.0/8`."""
    require_https: bool = False
    """Refuse plain `http:` and `ws:`, but for addresses of this machine."""
    requests_per_minute: Annotated[int, Field(ge=0, le=100_000)] = 600
    """Requests and connections of one plugin in a minute: so many at once, as many again evenly; 0 for no limit."""
    requests_per_minute_per_host: Annotated[int, Field(ge=0, le=100_000)] = 300
    """The same for each host; 0 for no limit."""
    response_megabytes: Annotated[int, Field(ge=1, le=102_400)] = 1024
    """Largest response body, in MiB, as sent and after decompression."""
    request_megabytes: Annotated[int, Field(ge=1, le=10_240)] = 256
    """Largest request body, in MiB."""
    connect_seconds: Annotated[float, Field(ge=0.1, le=300, strict=False)] = 15.0
    """Longest time for finding a host, connecting and agreeing on TLS."""
    read_seconds: Annotated[float, Field(ge=0.1, le=600, strict=False)] = 60.0
    """Longest silence of the other side."""
    total_seconds: Annotated[float, Field(ge=0.1, le=3600, strict=False)] = 300.0
    """Longest time for one request with its redirects."""
    use_proxy: bool = False
    """Send requests of plugins through the proxy of the environment (`HTTPS_PROXY`), which then finds the hosts."""


class Settings(_Section):
    """Everything the server can be told."""

    runtime: RuntimeSettings = RuntimeSettings.model_construct()
    files: FilesSettings = FilesSettings.model_construct()
    diagnostics: DiagnosticsSettings = DiagnosticsSettings.model_construct()
    plugins: PluginsSettings = PluginsSettings.model_construct()
    network: NetworkSettings = NetworkSettings.model_construct()
    workspace_trusted: bool = False
    """Whether the person trusts the open folders, so that plugins in them may be looked at; sent by the editor."""
    log_level: Literal["error", "warning", "info", "debug"] = "info"
    """How much the server writes to its log."""


def load_settings(raw: object, warn: Callable[[str], None]) -> Settings:
    """The settings in `raw` (absent, null and {} all mean the defaults); each bad value is reported and left out."""
    if raw is None:
        return Settings()
    if not isinstance(raw, Mapping):
        warn(f"Ignoring the thoth settings: expected an object, got {type(raw).__name__}.")
        return Settings()
    data = _copy(raw)
    while True:
        try:
            return Settings.model_validate(data)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                name = ".".join(str(part) for part in item["loc"])
                if _remove(data, item["loc"]):
                    warn(f"Ignoring the setting thoth.{name}: {item['msg']}. Its default is used.")


def _copy(value: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): _copy(item) if isinstance(item, Mapping) else item for key, item in value.items()}


def _remove(data: dict[str, Any], loc: tuple[int | str, ...]) -> bool:
    """Takes the value at `loc` out of `data`; true when it was there (two errors may name one value)."""
    here: Any = data
    for part in loc[:-1]:
        here = here.get(part) if isinstance(here, dict) else None
    if not isinstance(here, dict) or loc[-1] not in here:
        return False
    del here[loc[-1]]
    return True
