"""How long each step takes: ``make bench``, or ``python -m benchmarks.run``."""
