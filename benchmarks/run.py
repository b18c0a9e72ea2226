"""Measures every stage on our document and on synthetic ones: ``make bench``.

Each run of a stage has a process of its own, and the stages take turns with
``lxml.etree.parse`` of the same TEI, so that the ratios hold whatever else the machine is
doing. Medians are printed; imports and start-up are not counted.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.stages import STAGES
from benchmarks.synthetic import ROOT, synthetic

_MEGABYTE = 1_000_000
_SIZES = (0, _MEGABYTE, 10 * _MEGABYTE)
_ROUNDS = 7


def main() -> None:
    """Print a table for each size of document."""
    print(f"stenogram --help: {_help_seconds():.3f} s (median of 9 runs)")
    for size in _SIZES:
        with tempfile.TemporaryDirectory() as name:
            _measure(Path(name), size)


def _measure(folder: Path, size: int) -> None:
    made = synthetic(size)
    (folder / "bench.xml").write_bytes(made.tei)
    (folder / "bench.txt").write_bytes(made.text)
    what = "our document" if size == 0 else "synthetic"
    print(
        f"\n{what}: TEI {len(made.tei) / _MEGABYTE:.2f} MB, "
        f"text {len(made.text) / _MEGABYTE:.2f} MB\n"
    )
    runs: dict[str, list[dict[str, float]]] = {stage: [] for stage in STAGES}
    for _ in range(_ROUNDS):
        for stage in STAGES:
            runs[stage].append(_run(stage, folder))
    parse = median(run["seconds"] for run in runs["parse"])
    print(f"{'stage':16} {'seconds':>9} {'MB/s':>7} {'x parse':>8} {'peak MB':>8}")
    for stage, found in runs.items():
        seconds = median(run["seconds"] for run in found)
        peak = max(run["peak"] for run in found) / _MEGABYTE
        read = len(made.text if stage == "import" else made.tei) / _MEGABYTE
        print(f"{stage:16} {seconds:9.4f} {read / seconds:7.1f} {seconds / parse:8.1f} {peak:8.0f}")


def _run(stage: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.stages", stage, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _help_seconds() -> float:
    command = [str(Path(sys.executable).with_name("stenogram")), "--help"]
    timer = (
        "import subprocess, sys, time; b = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], capture_output=True, check=True); "
        "print(time.perf_counter() - b)"
    )
    runs = [
        float(
            subprocess.run(
                [sys.executable, "-c", timer, *command], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(9)
    ]
    return median(runs)


if __name__ == "__main__":
    main()
