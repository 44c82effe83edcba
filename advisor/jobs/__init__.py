"""Durable work on a batch: who takes it, who does it, and what is left when somebody dies."""
