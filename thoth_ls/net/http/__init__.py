"""HTTP for plugins: `http-client` and `http-control`."""
