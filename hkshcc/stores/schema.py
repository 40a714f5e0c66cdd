"""What the file of a store says it is, and the error for one that is none."""

FORMAT = "hkshcc register"
SCHEMA = 2


class UnsoundError(Exception):
    """The bytes are no register; the message completes «the store PATH …»."""
