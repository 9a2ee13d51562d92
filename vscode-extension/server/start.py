"""Starts Thoth's server from given folders: python -I start.py FOLDER ... -- ARGUMENT ...

Run with -I, Python looks neither in the current folder, which can be anybody's workspace, nor where the environment
points. The folders given here come before the interpreter's own packages, so its versions of ours do not matter.
`start.py -- --probe {"3.12": ["FOLDER", ...], ...}` says in one line of JSON whether the server could run here, given
the folders for each version of Python ("*": any other that is new enough).
"""

import sys


def probe(choices):
    """What the extension wants to know before it starts the server; must run on any Python 3, even an old one."""
    import json

    version = "%d.%d" % sys.version_info[:2]
    choices = json.loads(choices)
    folders = choices.get(version, choices.get("*"))
    problem = None
    if sys.version_info < (3, 11) or folders is None:
        problem = "Python " + version
    else:
        try:
            sys.path[:0] = folders
            for name in ("pydantic_core", "zstandard"):  # the compiled packages that fit one version of Python only
                __import__(name)
        except Exception as error:  # whatever is wrong with this Python, the extension asks the next one
            problem = "Python %s: %s: %s" % (version, type(error).__name__, error)
    print(json.dumps({"version": version, "folders": folders, "problem": problem}))


def main():
    """Runs the server, or probes."""
    split = sys.argv.index("--")
    folders, arguments = sys.argv[1:split], sys.argv[split + 1 :]
    if arguments[:1] == ["--probe"]:
        probe(arguments[1])
        return
    import runpy

    sys.path[:0] = folders
    sys.argv = ["thoth-ls", *arguments]
    runpy.run_module("thoth_ls", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
