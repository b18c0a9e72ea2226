"""The elements of Akoma Ntoso that debates are made of, by what they mean for a transcript."""

DEBATES = frozenset({"debate", "debateRecord"})
TURNS = frozenset({"answer", "question", "speech"})
"""Somebody speaks: ``by`` says who."""
HEADINGS = frozenset({"crossHeading", "heading", "subheading"})
TITLES = frozenset({"docTitle", "docType"})
"""They make the paragraph in which they stand a heading."""
NUMBER = "num"
"""It stands before the words of a heading or an item, on one line with them."""
LABEL = "from"
HAPPENED = frozenset({"scene"})
REMARK = "remark"
NOTE, NOTE_CALL, META_NOTE = "authorialNote", "noteRef", "note"
PAGE_END, LINE_END = "eop", "eol"
METADATA = "meta"
CONTENTS = "toc"
APPENDED = frozenset({"attachments", "components"})
PERSON_LIKE = frozenset({"TLCOrganization", "TLCPerson", "TLCRole"})
ORGANISATION = "TLCOrganization"
SPACED = frozenset({"br", "td", "th"})
"""White space stands before them."""

INLINE = frozenset(
    """
    a abbr affectedDocument alternativeReference argument b cite code concept courtType date
    decoration def del docAuthority docCommittee docDate docIntroducer docJurisdiction docNumber
    docProponent docPurpose docStage docStatus docTitle docType docketNumber em embeddedText entity
    event fillIn i img inline ins judge lawyer legislature location marker mmod mod mref
    neutralCitation num object omissis opinion opinionOf organization outcome party person
    placeholder process quantity quotedText recordedTime ref relatedDocument remark rmod role rref
    rt ruby s session shortTitle signature span strong sub sup term time tlcTerm u vote
    """.split()
) | {PAGE_END, LINE_END, NOTE, NOTE_CALL, *SPACED}
"""They stand among the words of a paragraph; all others are paragraphs, or hold some."""
