"""Training of the name model: background texts, invented people, the fit."""
