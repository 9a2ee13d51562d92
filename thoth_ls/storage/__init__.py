"""Files that outlive the process: written at once or not at all, and locked between processes."""
