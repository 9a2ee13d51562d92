"""What people see of the explorer: panels, side bar, commands. What it knows of HTTP is in `rest`."""
