"""An Atom feed (RFC 4287) of what changed: an item an entry, under an id that is the entry's for good."""

import re
from collections.abc import Sequence
from html import escape
from uuid import UUID, uuid5

from hkshcc.language import _
from hkshcc.register.vocabulary import CONFERENCE
from hkshcc.reports.news import MOST, Item, number_of
from hkshcc.reports.page import ReportContext
from hkshcc.text import inert

# Nobody owns a name here that a tag could be made of, so ids are names within this space (RFC 9562).
_SPACE = UUID("6f0f0a4e-3c0d-5c53-9d4e-2f7f3b8f4f0a")
# Characters that no XML may hold, not even escaped; those that act are made inert before.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(context: ReportContext, items: Sequence[Item], lang: str, name: str, pages: str) -> bytes:
    """Return the feed in a language, which holds already: the newest items first.

    ``name`` is the feed's own file, ``pages`` the folder of that language's pages; both from where the feed stands, as
    are all its links but the ids. The feed was updated when its newest entry was recorded.
    """
    shown = items[:MOST]
    updated = shown[0].entry.recorded if shown else f"{context.as_of}T00:00:00+08:00"
    title = _("{what}: {why}", what=CONFERENCE[lang], why=_("what changed"))
    subtitle = _("; ").join([number_of(items), *context.lines()])
    author = _("Register of the {conference}", conference=CONFERENCE[lang])
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
        f"<title>{_text(title)}</title>",
        f"<subtitle>{_text(subtitle)}</subtitle>",
        f"<id>{name_of(f'feed:{lang}')}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_text(author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{_text(name)}"/>',
        f'<link rel="alternate" type="text/html" hreflang="{lang}" href="{_text(pages)}index.html"/>',
    ]
    return "\n".join([*head, *(_entry(item, lang, pages) for item in shown), "</feed>", ""]).encode()


def name_of(name: str) -> str:
    """Return the id (an IRI) of what has that name here; it is the same for good."""
    return f"urn:uuid:{uuid5(_SPACE, name.encode('utf-8', 'backslashreplace').decode())}"


def _entry(item: Item, lang: str, pages: str) -> str:
    entry, measure = item.entry, item.measure
    page = f"{pages}m/{measure.ref}.html" if measure else f"{pages}index.html"
    summary = _("; ").join(item.details)
    lines = [
        "<entry>",
        f"<title>{_text(item.title(lang))}</title>",
        f"<id>{name_of(f'entry:{lang}:{entry.id}')}</id>",
        f"<updated>{entry.recorded}</updated>",
        f'<link rel="alternate" type="text/html" hreflang="{lang}" href="{_text(page)}"/>',
        *(f'<category term="{kind}"/>' for kind in item.kinds),
        f"<summary>{_text(summary)}</summary>",
        "</entry>",
    ]
    return "\n".join(lines)


def _text(said: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", inert(said)))
