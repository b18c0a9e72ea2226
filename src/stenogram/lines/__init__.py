"""Citation lines: what stands on them, how they are cited."""
