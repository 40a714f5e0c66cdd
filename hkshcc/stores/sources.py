"""The table of known sources, which ships beside the register: it is read when evidence is recorded, and only then."""

import json
from collections.abc import Mapping

from hkshcc.register.sources import Source
from hkshcc.stores.seed import SOURCES, text_of


def known_sources() -> Mapping[str, Source]:
    """Return the known sources, by their host or domain."""
    return {host: Source(**source) for host, source in json.loads(text_of(SOURCES))["hosts"].items()}
