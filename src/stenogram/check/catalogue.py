"""Every kind of finding: its code, what it means, why it matters, how to mend it.

``stenogram explain CODE`` prints an entry; ``docs/findings.md`` lists them all, and a test
keeps the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from stenogram.errors import ProjectError
from stenogram.findings import Finding, Place, Severity

_LONGEST = 1_000
"""Characters of a message; what it quotes may be as long as a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One kind of finding."""

    title: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR


def finding(
    code: str, message: str, place: Place, *, fix: str = "", source: Place | None = None
) -> Finding:
    """A finding of a known kind; ``fix`` is for where one better than the usual is known."""
    entry = CATALOGUE[code]
    return Finding(
        code=code,
        message=message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…",
        place=place,
        fix=fix or entry.fix,
        severity=entry.severity,
        source=source,
    )


def explanation(code: str) -> str:
    """An entry of the catalogue as text.

    Raises ``ProjectError`` for a code that does not exist, naming those that do.
    """
    entry = CATALOGUE.get(code.upper())
    if entry is None:
        raise ProjectError(f'There is no code "{code}"; the codes are: {", ".join(CATALOGUE)}')
    return "\n".join(
        [
            f"{code.upper()} ({entry.severity}): {entry.title}",
            "",
            f"Why it matters: {entry.why}",
            f"What to do: {entry.fix}",
        ]
    )


CATALOGUE: Mapping[str, Entry] = {
    # X: the file as XML
    "X01": Entry(
        title="The file is not well-formed XML",
        why="No program can read it before this is mended; nothing else can be checked.",
        fix="Open the file at the line named; most often a tag is not closed or an & stands alone.",
    ),
    "X02": Entry(
        title="The file declares a document type (DOCTYPE)",
        why="A DOCTYPE can pull in other files and change the text; an edition must not depend "
        "on it.",
        fix="Delete the DOCTYPE; write characters instead of the entities that it declared.",
    ),
    "X03": Entry(
        title="The file uses an entity of its own",
        why="Only &amp; &lt; &gt; &quot; and &apos; mean the same to every program.",
        fix="Write the character itself; the file is UTF-8.",
    ),
    "X04": Entry(
        title="The file asks for another file to be included (XInclude)",
        why="stenogram never reads a file because a document says so: what is included would "
        "not be in the edition's history.",
        fix="Put the words into the document, or delete the xi:include.",
        severity=Severity.WARNING,
    ),
    # S: the schema
    "S01": Entry(
        title="An element stands where the schema does not allow it",
        why="Editions and other people's programs rely on a fixed structure.",
        fix="Move, rename or remove the element; docs/encoding.md shows where each belongs.",
    ),
    "S02": Entry(
        title="Something is missing inside an element",
        why="The schema asks for it because editions need it.",
        fix="Add what is missing.",
    ),
    "S03": Entry(
        title="An attribute has a value that the schema does not allow",
        why="A value outside the list is not understood by any edition.",
        fix="Take one of the values allowed, or write it in the form named.",
    ),
    "S04": Entry(
        title="An attribute is not allowed here",
        why="What it says would be lost: no edition looks for it.",
        fix="Remove it, or correct its name.",
    ),
    "S05": Entry(
        title="Words stand where only elements may",
        why="Words outside a line have no number and cannot be cited.",
        fix='Put the words into a line: <seg type="line">.',
    ),
    "S06": Entry(
        title="A required attribute is missing",
        why="The schema asks for it because editions need it.",
        fix="Add the attribute.",
    ),
    "S09": Entry(
        title="The document does not follow the schema",
        why="Editions and other people's programs rely on a fixed structure.",
        fix="Compare the place with a similar one that is right.",
    ),
    # I: identifiers
    "I01": Entry(
        title="An id is used twice",
        why="A citation must lead to one place.",
        fix="Give the later element an id of its own.",
    ),
    "I02": Entry(
        title="Two ids differ only in capitals or in how letters are composed",
        why="File systems and people take them for the same.",
        fix="Rename one of them.",
    ),
    "I03": Entry(
        title="The document's id is not its file name",
        why="DOC#L0123 is the citation and DOC.html#L0123 its address: both use the same name.",
        fix="Make TEI/@xml:id and the file name equal.",
    ),
    "I04": Entry(
        title="Two documents have the same id",
        why="A citation must lead to one document.",
        fix="Rename one of the documents.",
    ),
    # P: pointers
    "P01": Entry(
        title="A pointer leads to nothing",
        why="Readers would follow a link into the void.",
        fix="Correct the id after the #, or add the element that it means.",
    ),
    "P02": Entry(
        title="A pointer leads to the wrong kind of thing",
        why="A speech must be credited to a person or a group, not to a place.",
        fix="Point to an element of the right kind.",
    ),
    "P03": Entry(
        title="A link has an address that is not safe",
        why="Addresses such as javascript: can harm readers; editions leave them out.",
        fix="Use http, https, mailto, a relative address or #id.",
    ),
    "P04": Entry(
        title="A link of a chain is not returned",
        why="next and prev must name each other, or the passage falls apart.",
        fix="Give the other element the matching next or prev.",
    ),
    # L: lines
    "L01": Entry(
        title="Words of the record stand in no line",
        why="Every word must have a number by which it can be cited.",
        fix='Put the words into a line: <seg type="line" xml:id="L…" n="…">.',
    ),
    "L02": Entry(
        title="A line stands inside a line",
        why="Then a word would have two numbers.",
        fix="Close the outer line before the inner one begins.",
    ),
    "L03": Entry(
        title="The id and the number of a line do not agree",
        why="People cite the number, machines the id: both must mean the same line.",
        fix='For xml:id="L0123" write n="123".',
    ),
    "L04": Entry(
        title="A line has no words",
        why="Nobody can cite what is not there.",
        fix='Delete it; after publication leave <anchor xml:id="L…" type="withdrawn"/>.',
    ),
    # R: who is responsible
    "R01": Entry(
        title="It is not said that the translator or the transcriber marked this",
        why="Square brackets come from whoever translated the record or typed it; readers must be "
        "able to trust that.",
        fix='Add resp="#translator", or resp="#transcriber" where nobody translated it; our own '
        "corrections belong into choice.",
    ),
    "R02": Entry(
        title="It is not said that we added this",
        why="Readers must be able to tell the source's words from ours.",
        fix='Add resp="#encoder".',
    ),
    # T: turns
    "T01": Entry(
        title="A turn has neither a label nor a link to the turn that it continues",
        why="Nobody can see why it is credited to this speaker.",
        fix='Add the label as speaker, or prev="#T…" with next="#T…" on the other turn.',
    ),
    # H: the header
    "H01": Entry(
        title="The header counts wrongly",
        why="The extent is quoted in catalogues.",
        fix="Correct the number in extent/measure.",
        severity=Severity.WARNING,
    ),
    # F: fidelity to the received file
    "F01": Entry(
        title="A source line reads differently in the TEI",
        why="The source view must give every character of the received file.",
        fix="Compare the two; keep the typed words in sic and put corrections into corr.",
    ),
    "F02": Entry(
        title="A source line is missing from the TEI",
        why="Nothing of the received file may be lost.",
        fix='Add its words and <lb edRef="#src" n="…"/> where they begin.',
    ),
    "F03": Entry(
        title="The TEI has a source line that the received file does not have",
        why="Line numbers of the source must lead back to it.",
        fix="Correct the number in lb/@n; it counts all lines of the file, empty ones too.",
    ),
    "F04": Entry(
        title="The received file cannot be compared",
        why="Without it nobody can tell whether words are missing.",
        fix="Put the file into tei/sources/ and name it in the header: "
        '<bibl xml:id="src"> with <idno type="file">sources/…</idno>.',
    ),
    "F05": Entry(
        title="The received file is not the one that was imported",
        why="A file as received must never change.",
        fix="Fetch the original file again; its checksum is in the header.",
    ),
    "F06": Entry(
        title="The document names no received file",
        why="It was perhaps not imported from a transcript; fidelity is then not checked.",
        fix='Nothing, or name the file in <bibl xml:id="src"> with <idno type="file">.',
        severity=Severity.NOTE,
    ),
}
