"""A transcript: what its lines are, and what the importer was not sure of."""
