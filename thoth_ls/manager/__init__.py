"""The life of plugins: which are enabled, what they are given, what they may do. Runs nothing before it is needed."""
