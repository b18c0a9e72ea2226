"""What pages tell programs: reference managers, search engines, harvesters."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from lxml import etree
from places import ROOT
from sites import settings

from stenogram.editions import html
from stenogram.editions.document import Document, document
from stenogram.tei.load import load

RECORD = "cpsu-1956-11-04"
COUNCIL = "council-1931-05-04"
ADDRESS = "https://example.org/records"
HOSTILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="h" xml:lang='en" x="'><teiHeader>
<fileDesc><titleStmt><title>&lt;/script&gt;&lt;!-- "x" &amp;</title>
<respStmt><resp>"&gt;</resp><name ref="javascript:hit(1)">&lt;b&gt;</name></respStmt></titleStmt>
<publicationStmt><publisher>"&gt;&lt;script&gt;</publisher><idno type="DOI">10.1/"&gt;&lt;x</idno>
<availability><licence target="javascript:hit(2) https://example.org/l">&lt;/x&gt;</licence>
</availability></publicationStmt></fileDesc></teiHeader><text><body/></text></TEI>"""


def read(data: bytes) -> Document:
    return document(load(data, "any.xml"))


def site(documents: list[Document], url: str = "") -> dict[str, bytes]:
    return dict(html.write(documents, settings(f'[edition]\ntitle = "Records"\nurl = "{url}"')))


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    files = (f"tei/{RECORD}.xml", "tests/schema/good/full.xml")
    return [read((ROOT / file).read_bytes()) for file in files]


@pytest.fixture(scope="module")
def published(documents: list[Document]) -> dict[str, bytes]:
    return site(documents, ADDRESS)


@pytest.fixture(scope="module")
def folder(documents: list[Document]) -> dict[str, bytes]:
    """The same edition without an address of its own."""
    return site(documents)


def page(files: dict[str, bytes], name: str) -> etree._Element:
    return etree.HTML(files[f"{name}.html"].decode())


def metas(files: dict[str, bytes], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page(files, name).iter("meta"):
        key = meta.get("name") or meta.get("property") or ""
        found.setdefault(key, []).append(meta.get("content", ""))
    return found


def links(files: dict[str, bytes], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in page(files, name).iter("link"):
        found.setdefault(link.get("rel", ""), []).append(link.get("href", ""))
    return found


def data(files: dict[str, bytes], name: str) -> dict[str, object]:
    (script,) = page(files, name).xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


def test_reference_managers_find_the_facts_of_the_header(published: dict[str, bytes]):
    found = metas(published, RECORD)
    wanted = {
        "citation_title": "Stenographic Record of a 4 November 1956 Meeting of Party Activists",
        "citation_publication_date": "2026/11/22",
        "citation_publisher": "The stenogram contributors",
        "citation_language": "en",
        "citation_public_url": f"{ADDRESS}/{RECORD}.html",
        "DC.date": "2026-11-22",
    }
    assert {name: found[name] for name in wanted} == {name: [v] for name, v in wanted.items()}
    assert found["DC.coverage"] == ["Moscow", "1956-11-04"]
    assert found["DC.contributor"] == [
        "Wilson Center Digital Archive",
        "the stenogram contributors",
    ]


def test_what_the_header_does_not_say_is_not_there_and_nothing_is_a_placeholder(
    folder: dict[str, bytes],
):
    for name in (RECORD, COUNCIL):
        found = metas(folder, name)
        contents = [content for key, group in found.items() if key for content in group]
        assert [c for c in contents if not c.strip() or c.casefold() == "unknown"] == []
        assert "citation_public_url" not in found
        assert "og:url" not in found
    assert "citation_author" not in metas(folder, RECORD)
    assert "canonical" not in links(folder, RECORD)
    assert "sitemap.xml" not in folder
    assert "robots.txt" not in folder


def test_a_context_object_has_the_document_for_reference_managers(published: dict[str, bytes]):
    (span,) = page(published, RECORD).xpath("//span[@class='Z3988']")
    assert parse_qs(span.get("title")) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["document"],
        "rft.title": ["Stenographic Record of a 4 November 1956 Meeting of Party Activists"],
        "rft.publisher": ["The stenogram contributors"],
        "rft.date": ["2026-11-22"],
        "rft.language": ["en"],
        "rft.coverage": ["Moscow"],
        "rft.identifier": [f"{ADDRESS}/{RECORD}.html"],
    }


def test_search_engines_find_the_meeting_and_who_was_there(published: dict[str, bytes]):
    found = data(published, RECORD)
    meeting = found["about"]
    assert isinstance(meeting, dict)
    attendees = [person["name"] for person in meeting.pop("attendee")]
    assert meeting == {
        "@type": "Event",
        "name": "Meeting of activists of the Communist Party of the Soviet Union",
        "startDate": "1956-11-04",
        "location": {"@type": "Place", "name": "Moscow"},
    }
    assert "Nikita Sergeevich Khrushchev" in attendees
    assert "Voices" not in attendees  # a group
    assert found["@id"] == found["url"] == f"{ADDRESS}/{RECORD}.html"
    assert (found["version"], found["datePublished"]) == ("0.1", "2026-11-22")


def test_an_archive_an_identifier_and_a_licence_are_told(published: dict[str, bytes]):
    found = data(published, COUNCIL)
    assert found["holdingArchive"] == {"@type": "ArchiveOrganization", "name": "County archive"}
    assert found["itemLocation"] == "C 12/4"
    assert found["license"] == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    assert found["@id"] == "https://example.org/council-1931-05-04"


def test_links_lead_to_what_belongs_to_the_page(published: dict[str, bytes]):
    found = links(published, COUNCIL)
    assert found["cite-as"] == ["https://example.org/council-1931-05-04"]
    assert found["license"] == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    assert found["author"] == ["https://example.org/staff/1", "https://example.org/"]
    for rel in ("item", "describedby", "collection", "linkset"):
        assert [href for href in found[rel] if href not in published] == []
    assert found["canonical"] == [f"{ADDRESS}/{COUNCIL}.html"]


def test_the_set_of_links_says_the_same_as_the_page(published: dict[str, bytes]):
    linkset = json.loads(published[f"{RECORD}.linkset.json"])["linkset"]
    about, *items = linkset
    assert about.pop("anchor") == f"{RECORD}.html"
    of_page = links(published, RECORD)
    assert {rel: [to["href"] for to in targets] for rel, targets in about.items()} == {
        rel: of_page[rel] for rel in about
    }
    assert [item["anchor"] for item in items] == of_page["item"]
    assert all(item["collection"][0]["href"] == f"{RECORD}.html" for item in items)


def test_an_edition_with_an_address_has_a_sitemap_that_robots_find(published: dict[str, bytes]):
    sitemap = etree.fromstring(published["sitemap.xml"])
    places = [loc.text for loc in sitemap.iter("{*}loc")]
    assert places[0] == f"{ADDRESS}/index.html"
    assert {f"{ADDRESS}/{RECORD}.html", f"{ADDRESS}/{COUNCIL}.html"} < set(places)
    missing = [p for p in places if p.removeprefix(f"{ADDRESS}/") not in published]
    assert missing == []
    assert [when.text for when in sitemap.iter("{*}lastmod")] == ["2026-11-22"]
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in published["robots.txt"].decode()


def test_the_edition_is_a_data_set_of_its_documents(published: dict[str, bytes]):
    found = data(published, "index")
    assert (found["@type"], found["name"], found["url"]) == ("Dataset", "Records", ADDRESS)
    parts = found["hasPart"]
    assert isinstance(parts, list)
    assert {part["url"] for part in parts} == {
        f"{ADDRESS}/{RECORD}.html",
        f"{ADDRESS}/{COUNCIL}.html",
    }


def test_hostile_words_of_a_header_stay_words():
    files = site([read(HOSTILE.encode())], "https://example.org/?a=1&b=2")
    found = data(files, "h")
    assert found["name"] == '</script><!-- "x" &'
    assert metas(files, "h")["citation_title"] == ['</script><!-- "x" &']
    assert b"javascript" not in files["h.html"]
    assert links(files, "h")["license"] == ["https://example.org/l"]
    assert links(files, "h")["cite-as"] == ["https://doi.org/10.1/%22%3E%3Cx"]
    etree.fromstring(files["sitemap.xml"])


def test_the_checker_for_html_finds_no_error(
    tmp_path: Path, published: dict[str, bytes], nu_errors: Callable[..., list[str]]
):
    for name in (RECORD, COUNCIL, "index"):
        (tmp_path / f"{name}.html").write_bytes(published[f"{name}.html"])
    assert nu_errors(tmp_path) == []
