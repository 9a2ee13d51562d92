"""What helps those who write plugins while they write."""
