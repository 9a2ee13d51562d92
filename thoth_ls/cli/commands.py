"""The commands of `thoth` about files, each a client of a real server process."""

from thoth_ls.cli.export import export
from thoth_ls.cli.info import info
from thoth_ls.cli.show import open_file
from thoth_ls.lsp.client import RequestFailed

__all__ = ["RequestFailed", "export", "info", "open_file"]
