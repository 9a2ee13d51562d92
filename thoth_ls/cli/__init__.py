"""The command line: `thoth-ls` is the server, `thoth` asks a server for the same things an editor does."""
