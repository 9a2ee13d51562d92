"""Each feature is one module with one `register`; the order of start is in `thoth_ls.lsp.app`."""
