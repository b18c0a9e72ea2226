"""How XML is parsed that anybody may have written: no network, no DTD, no entities, with limits."""

from lxml import etree


def safe_parser(*, elements_only: bool = False) -> etree.XMLParser:
    """A parser for one document, with libxml2's limits in force.

    ``elements_only`` leaves out comments and processing instructions.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        collect_ids=False,
        recover=False,
        remove_comments=elements_only,
        remove_pis=elements_only,
    )
