"""Open files: paging, searching, following changes. Knows neither LSP nor WebAssembly."""
