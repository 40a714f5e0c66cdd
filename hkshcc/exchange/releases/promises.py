"""What a paragraph promises, apart from what it tells beside: a quotation, a signing, what has been done."""

from hkshcc.exchange.releases.page_text import bare
from hkshcc.exchange.releases.sentences import outside, quotations, sentences
from hkshcc.exchange.releases.signing import is_signing, promises_more
from hkshcc.exchange.releases.wording import A_QUOTATION, aside, begins_a_promise, is_forward, looks_back
from hkshcc.language import N_

A_SIGNING = N_("a signing")
PROGRESS = "progress"  # is never shown


def beside(text: str) -> str | None:
    """Return what a paragraph tells beside a promise, or in place of one; None where it is all one thing.

    What is returned is marked and not yet translated.
    """
    if what := aside(bare(text)):
        return what
    said = [bare(sentence) for sentence in sentences(text)]
    if any(is_signing(sentence) for sentence in said):
        return A_SIGNING
    if len(said) > 1 and aside(said[0]) and promised(text):
        return aside(said[0])
    return PROGRESS if len(said) > 1 and looks_back(said[0]) else None


def promised(text: str) -> str | None:
    """Return a paragraph from the first sentence on that promises something itself, None where none does."""
    parts = sentences(text)
    at = next((at for at, part in enumerate(parts) if _promises(bare(part))), None)
    return None if at is None else text[text.index(parts[at]) :]


def at_its_promise(text: str) -> str:
    """Return a paragraph from where its promise begins, if something else stands beside it; else the whole."""
    return (promised(text) or text) if beside(text) else text


def _promises(sentence: str) -> bool:
    if is_signing(sentence):
        return promises_more(sentence)
    what = aside(sentence)
    if what == A_QUOTATION:
        # «We like kites», she said, and the two sides will build them.
        spans = quotations(sentence)
        return bool(spans) and is_forward(sentence[spans[-1][1] :])
    if what or looks_back(sentence):
        return False
    return is_forward(outside(sentence)) or bool(begins_a_promise(sentence))
