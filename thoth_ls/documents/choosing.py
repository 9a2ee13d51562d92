"""What is said about the choice of a plugin: why one is offered, why another was taken, why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from thoth_ls.documents.source import Candidate, Candidates, Loader
from thoth_ls.errors import NoLoader, PluginError, PluginRefused, ThothError
from thoth_ls.wire.documents import Problem
from thoth_ls.wire.views import LoaderChoice, LoadersResult

SHOWN_EXTENSIONS = 8
"""Of a plugin, in a sentence."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A loader that could not open the file, and why."""

    candidate: Candidate
    error: PluginError


def without_content(candidates: Candidates) -> Candidates:
    """The candidates for an empty file: there is nothing in it to judge by."""
    named = [item for item in candidates.items if item.match in ("setting", "name")]
    rest = [replace(item, match="other") for item in candidates.items if item not in named]
    return replace(candidates, items=[*named, *rest])


def tried(candidates: Candidates, options: Mapping[str, str]) -> list[Candidate]:
    """The loaders to try, one after another. Options are meant for the first one, which has to understand them."""
    items = [item for item in candidates.items if item.match != "other"]
    return items[:1] if options else items


def offer(items: Sequence[Candidate], extension: str) -> LoadersResult:
    """The loaders as a person is shown them."""
    choices = [
        LoaderChoice(
            plugin_id=item.loader.plugin_id,
            name=item.loader.plugin_name,
            description=item.loader.description,
            match=item.match,
            reason=reason(item, extension),
            default=number == 0 and item.match != "other",
        )
        for number, item in enumerate(items)
    ]
    return LoadersResult(loaders=choices, extension=extension)


def reason(candidate: Candidate, extension: str) -> str:
    """Why a loader is offered, as a sentence."""
    match candidate.match:
        case "setting":
            return f"The setting thoth.files.loaders names it for files ending in .{extension}."
        case "name":
            return f"Opens files ending in .{extension}."
        case "content":
            return "The content of the file is of its kind."
        case "other":
            return f"Made for {kinds(candidate.loader)}; choose it where the name of the file is misleading."


def kinds(loader: Loader) -> str:
    """The files a loader is made for: `files ending in .csv, .tsv`."""
    shown = ", ".join(f".{extension}" for extension in loader.extensions[:SHOWN_EXTENSIONS])
    more = len(loader.extensions) > SHOWN_EXTENSIONS
    return (
        f"files ending in {shown}{' and others' if more else ''}" if shown else "files that it knows by their content"
    )


def notes_on(opened: Candidate, candidates: Candidates, failures: Sequence[Failure]) -> list[str]:
    """What a person should know about the choice of the loader that opened the file."""
    name = opened.loader.plugin_name
    notes = [*candidates.notes]
    replaced = [failure for failure in failures if failure.candidate.match != "content"]
    for failure in replaced:
        failed = failure.candidate.loader.plugin_name
        notes.append(f"{failed} could not open the file, so that {name} shows it. {sentence(failure.error)}")
    if opened.match == "content" and candidates.extension and not replaced:
        notes.append(f"The file's name does not say so, but its content is what {name} opens.")
    return notes


def no_loader(file_name: str, candidates: Candidates, failures: Sequence[Failure] = ()) -> NoLoader:
    """Nothing opens the file: what could be opened, and what those said that looked into it."""
    known = sorted({extension for item in candidates.items for extension in item.loader.extensions})
    can = f"files ending in {', '.join(known)} can be opened" if known else "no plugin opens files"
    if candidates.switched_off:
        names = " and ".join(candidates.switched_off)
        can = f"{names} would, but may not run; switch it on in the view Plugins, or with thoth plugins enable"
    said = "".join(f" {sentence(failure.error)}" for failure in failures)
    return NoLoader(f"no plugin opens {file_name}: {can}.{said}" if said else f"no plugin opens {file_name}: {can}")


def gave_up(
    file_name: str, candidates: Candidates, failures: Sequence[Failure], options: Mapping[str, str]
) -> ThothError:
    """The error of the loader that should have opened the file, or that there is none."""
    if not failures or failures[0].candidate.match == "content":
        return no_loader(file_name, candidates, failures)
    error = failures[0].error
    if isinstance(error, PluginRefused) and not options:
        said = sentence(error).removeprefix(f"plugin {error.plugin_id}: ")
        advice = "If its name is misleading, open it with another plugin (Open With), or as text."
        return PluginRefused(error.plugin_id, f"{said} {advice}", error.code)
    return error


def not_sound(loader: Loader, problems: Sequence[Problem]) -> PluginRefused:
    """A file that a plugin reads, though nothing but its content speaks for that, and not everything in it."""
    if not problems:
        return PluginRefused(loader.plugin_id, "there are no records in it")
    said = f"line {problems[0].line + 1} is not well formed: {problems[0].message.rstrip('.')}"
    return PluginRefused(loader.plugin_id, f"{said}. Choose the plugin (Open With) to open the file all the same")


def sentence(error: PluginError) -> str:
    """The error's text with a stop at its end."""
    return f"{str(error).rstrip('. ')}."
