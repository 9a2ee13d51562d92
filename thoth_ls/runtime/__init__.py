"""Runs plugins: WebAssembly components, each in its own sandbox. The only package that imports wasmtime."""
