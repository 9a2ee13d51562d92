"""What is known of an open document as a whole."""

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count, DocumentRef, Progress


class InfoParams(DocumentRef):
    """Asks what is known of a document so far."""


class InfoResult(Wire):
    """How far a document has been read, and what that took."""

    progress: Progress
    problems: Count
    """Malformed records found so far."""
    index_bytes: Count | None
    """Memory that is taken by what is kept of where the records are; null where the plugin does not say."""
    seconds: float
    """From the beginning of opening the file to its end, or up to now while it is being read."""
