"""Measures every stage on our document and on synthetic ones: ``make bench``.

Each run of a stage has a process of its own, and the stages take turns with
``lxml.etree.parse`` of the same TEI, so that the ratios hold whatever else the machine is
doing. Medians are printed; imports and start-up are not counted.

Then it imports transcripts of odd shapes, each in two or three sizes. Where time grows in
proportion to size, the growth is about 1 or less; it is 4 where time grows by the square.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.shapes import SHAPES, shaped
from benchmarks.stages import STAGES
from benchmarks.synthetic import ROOT, synthetic

_MEGABYTE = 1_000_000
_SIZES = (0, _MEGABYTE, 10 * _MEGABYTE)
_ROUNDS = 7
_SHAPED = (75_000, 300_000, 1_200_000)
_TURNS = (218_750, 875_000)
"""Characters; the larger has some 8,000 turns."""
_LONG = 1.0
"""Seconds that an import takes, from which there is no need of a still larger one."""


def main() -> None:
    """Print a table for each size of document."""
    print(f"stenogram --help: {_help_seconds():.3f} s (median of 9 runs)")
    for size in _SIZES:
        with tempfile.TemporaryDirectory() as name:
            _measure(Path(name), size)
    print(f"\nimport and comparison, by shape of the transcript\n\n{_heading()}")
    for shape in SHAPES:
        with tempfile.TemporaryDirectory() as name:
            _measure_growth(Path(name), shape, _TURNS if shape == "turns" else _SHAPED)


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
        read = len(made.text if stage.startswith("import") else made.tei) / _MEGABYTE
        print(f"{stage:16} {seconds:9.4f} {read / seconds:7.1f} {seconds / parse:8.1f} {peak:8.0f}")


def _heading() -> str:
    return f"{'shape':38} {'kB':>6} {'seconds':>8} {'growth':>7} {'peak MB':>8}"


def _measure_growth(folder: Path, shape: str, sizes: Sequence[int]) -> None:
    """Import a shape in some sizes, and print how the time that a byte takes grows."""
    (folder / "bench.xml").touch()
    seconds, before = 0.0, 0.0
    for size in sizes:
        if seconds > _LONG and size != sizes[1]:
            break
        text = shaped(shape, size)
        (folder / "bench.txt").write_bytes(text)
        found = _run("import, compare", folder)
        seconds = found["seconds"]
        growth = f"{seconds / len(text) / before:.2f}" if before else ""
        before = seconds / len(text)
        print(
            f"{shape:38} {len(text) / 1_000:6.0f} {seconds:8.2f} {growth:>7} "
            f"{found['peak'] / _MEGABYTE:8.0f}"
        )


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
