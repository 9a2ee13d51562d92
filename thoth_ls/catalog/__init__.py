"""Which plugins are installed, and what their manifests say; runs none of their code."""
