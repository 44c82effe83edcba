"""Probes: one file for each subject; a probe takes the material and gives what it read."""
