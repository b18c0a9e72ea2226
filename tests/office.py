"""Small files of word processors, made from a few words of XML, and what is read from them."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from stenogram.sources import Annotation, Deletion, Hidden, PageBreak, TypeChange, read_source

OFFICE = "http://schemas.openxmlformats.org"
WORD = f"{OFFICE}/wordprocessingml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
SPACES = {
    "w": WORD,
    "r": RELATIONS,
    "m": f"{OFFICE}/officeDocument/2006/math",
    "mc": f"{OFFICE}/markup-compatibility/2006",
    "a": f"{OFFICE}/drawingml/2006/main",
    "c": f"{OFFICE}/drawingml/2006/chart",
    "pic": f"{OFFICE}/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODF_SPACES = {
    "office": f"{_OASIS}:office:1.0",
    "text": f"{_OASIS}:text:1.0",
    "style": f"{_OASIS}:style:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "chart": f"{_OASIS}:chart:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "math": "http://www.w3.org/1998/Math/MathML",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """A ZIP file with these members: names and their content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            how = zipfile.ZIP_STORED if name == "mimetype" else compression
            archive.writestr(info, content, how)
    return file.getvalue()


# Word


def r(words, properties=""):
    """A run: ``r("Yes", "<w:b/>")``."""
    text = f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else ""
    return f"<w:r><w:rPr>{properties}</w:rPr>{text}</w:r>"


def p(*runs, properties=""):
    """A paragraph of runs; words without tags are a run."""
    inside = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def docx_parts(*body, links=None, members=None, **parts):
    """The members of a Word document; ``parts`` are e.g. ``styles``, ``footnotes``, ``header1``.

    The id of the relationship to each part is its name.
    """
    body = "".join(one if one.startswith("<") else p(one) for one in body)
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}
    roots |= {"styles": "styles", "numbering": "numbering", "settings": "settings"}
    found = {
        "[Content_Types].xml": _types(["document", *parts]),
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml", "")]),
        "word/document.xml": _word("document", f"<w:body>{body}</w:body>"),
    }
    relations = [
        (name, name.rstrip("0123456789"), f"{name}.xml", "") for name, content in parts.items()
    ]
    relations += [(name, "hyperlink", url, "External") for name, url in (links or {}).items()]
    found["word/_rels/document.xml.rels"] = _relations(relations)
    for name, content in parts.items():
        root = roots.get(name) or {"h": "hdr", "f": "ftr"}[name[0]]
        found[f"word/{name}.xml"] = _word(root, content)
    return {**found, **(members or {})}


def docx(*body, **parts):
    """A Word document."""
    return zipped(docx_parts(*body, **parts))


def note(kind, identifier, *paragraphs, **attributes):
    """A footnote, an endnote or a comment of a Word document."""
    said = "".join(f" w:{name}={quoteattr(value)}" for name, value in attributes.items())
    inside = "".join(one if one.startswith("<") else p(one) for one in paragraphs)
    return f'<w:{kind} w:id="{identifier}"{said}>{inside}</w:{kind}>'


def refers(kind, identifier, more=""):
    """A run that refers to a note."""
    return f'<w:r><w:{kind}Reference w:id="{identifier}"{more}/></w:r>'


def _word(root, content):
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{root}{spaces}>{content}</w:{root}>'


def _types(parts):
    """What Word wants to know of each part."""
    kinds = {"header": "header", "footer": "footer", "document": "document.main"}
    said = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_KIND}.'
        f'{kinds.get(part.rstrip("0123456789"), part)}+xml"/>'
        for part in parts
    )
    return (
        f'<Types xmlns="{OFFICE}/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/>{said}</Types>'
    )


_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _relations(rows):
    inside = "".join(
        f'<Relationship Id="{identifier}" Type="{RELATIONS}/{kind}" Target={quoteattr(target)}'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for identifier, kind, target, mode in rows
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{inside}</Relationships>'


# OpenDocument


def odt_parts(*body, automatic="", styles="", masters="", page_styles="", members=None):
    """The members of an OpenDocument text; words without tags are a paragraph."""
    inside = "".join(
        one if one.startswith("<") else f"<text:p>{escape(one)}</text:p>" for one in body
    )
    return {
        "mimetype": ODT_TYPE,
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": _odf(
            "document-content",
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{inside}</office:text></office:body>",
        ),
        "styles.xml": _odf(
            "document-styles",
            f"<office:styles>{styles}</office:styles>"
            f"<office:automatic-styles>{page_styles}</office:automatic-styles>"
            f"<office:master-styles>{masters}</office:master-styles>",
        ),
        **(members or {}),
    }


def odt(*body, **parts):
    """An OpenDocument text."""
    return zipped(odt_parts(*body, **parts))


def style(name, family="text", text="", more="", **attributes):
    """A style: ``style("T1", text='fo:font-style="italic"')``."""
    said = "".join(f' style:{n.replace("_", "-")}="{value}"' for n, value in attributes.items())
    return (
        f'<style:style style:name="{name}" style:family="{family}"{said}>{more}'
        f"<style:text-properties {text}/></style:style>"
    )


def _odf(root, content):
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in ODF_SPACES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{root}{spaces}>{content}</office:{root}>'
    )


# What is read


def read(data):
    """The file, read; it is known by its content."""
    return read_source("minutes", data)


def lines(data):
    """The lines of a file with their signs, as ``marked`` writes them."""
    return [marked(line) for line in read(data).lines]


def marked(line):
    """A line with its signs in braces: ``{bold}CHAIR.{} No{-w-}t now.{footnote 1: See (2).}``."""
    shown = f"{{{line.role}}} " if line.role else ""
    done = 0
    for at, sign in line.signs:
        shown += f"{line.text[done:at]}{{{_sign(sign)}}}"
        done = at
    return shown + line.text[done:]


def _sign(sign):
    match sign:
        case TypeChange(faces, added, target):
            said = [*faces, *(["added"] if added else []), *([target] if target else [])]
            return " ".join(said)
        case Deletion(words):
            return f"-{words}-"
        case Hidden(words):
            return f"hidden: {words}"
        case PageBreak():
            return "page"
        case Annotation():
            return f"{sign.kind} {sign.sign}: {' / '.join(map(marked, sign.lines))}"
