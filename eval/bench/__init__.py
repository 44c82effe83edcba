"""The benchmark: every figure the project promises, each measured in a process of its own."""
