"""One stage, run once in a process of its own: ``python -m benchmarks.stages NAME FOLDER``.

Prints one JSON object: the seconds that the stage took and the peak memory of the process.
"""

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.check.schema import Schema
from stenogram.config import Config, ImportConfig, TextConfig
from stenogram.editions.body import body
from stenogram.editions.document import Settings, document
from stenogram.editions.html import write as write_html
from stenogram.editions.text import plain_text
from stenogram.errors import StenogramError
from stenogram.sources import read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.tei.read import reading_events
from stenogram.tei.views import View
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.recognition import recognise

ROOT = Path(__file__).resolve().parents[1]
Stage = Callable[[bytes, bytes], object]


def import_text(text: bytes, _: bytes) -> bytes:
    """Received file to TEI."""
    source = read_source("bench.txt", text)
    transcript = recognise(source, ImportConfig(), Decisions())
    facts = HeaderFacts(
        document="bench", language="en", source_name="bench.txt", source_sha256=source.sha256
    )
    return encode(transcript, facts)


def import_and_compare(text: bytes, _: bytes) -> object:
    """All that an import does, and the comparison with the received file; nothing if refused."""
    try:
        tei = load(import_text(text, b""), "bench")
        return compare(tei, read_source("bench.txt", text))
    except StenogramError:
        return None


def check_schema(_: bytes, tei: bytes) -> object:
    """The schema, loading it included."""
    return Schema().breaches(load(tei, "bench"))


def check_rules(_: bytes, tei: bytes) -> object:
    """The rules that no schema can say."""
    return list(breaches(load(tei, "bench"), "bench"))


def check_fidelity(text: bytes, tei: bytes) -> object:
    """The comparison with the received file."""
    return compare(load(tei, "bench"), read_source("bench.txt", text))


def html_body(_: bytes, tei: bytes) -> object:
    """TEI to the body of a web page."""
    return "".join(body(reading_events(load(tei, "bench").root)).html)


def html_edition(_: bytes, tei: bytes) -> object:
    """TEI to every file of the web edition."""
    settings = Settings(config=Config(), transforms=(ROOT / "transforms",), schema=ROOT / "schema")
    return write_html([document(load(tei, "bench"))], settings)


def text_edition(_: bytes, tei: bytes) -> object:
    """TEI to plain text, reading profile."""
    return plain_text(document(load(tei, "bench")), View.READING, TextConfig())


def parse(_: bytes, tei: bytes) -> object:
    """``lxml.etree.parse`` alone: what every other stage is compared with."""
    return etree.parse(io.BytesIO(tei), etree.XMLParser(collect_ids=False))


STAGES: dict[str, Stage] = {
    "parse": parse,
    "import": import_text,
    "import, compare": import_and_compare,
    "check: schema": check_schema,
    "check: rules": check_rules,
    "check: fidelity": check_fidelity,
    "html body": html_body,
    "html edition": html_edition,
    "text": text_edition,
}


def main() -> None:
    """Run the stage that the command line names, once."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    text, tei = (folder / "bench.txt").read_bytes(), (folder / "bench.xml").read_bytes()
    stage = STAGES[name]
    begin = time.perf_counter()
    kept = stage(text, tei)
    seconds = time.perf_counter() - begin
    del kept
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main()
