"""What a record for programs says of the lines, where the format has no field for it."""

from stenogram.lines.styles.record import Record


def remark(record: Record) -> str:
    """``lines 120–121, spoken by …, typescript p. 5``; the form for machines without an address."""
    locator = record.locator
    said = []
    if locator:
        said = [
            locator.spelled,
            f"spoken by {locator.speaker}" if locator.speaker else "",
            f"typescript {locator.typescript}" if locator.typescript else "",
        ]
    return ", ".join(filter(None, [*said, "" if record.address else record.key]))
