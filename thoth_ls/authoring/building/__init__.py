"""From a plugin's folder to a component: `build` in `building.py`."""
