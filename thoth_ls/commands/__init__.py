"""Commands of plugins: what they say they take, what they are given, what comes back."""
