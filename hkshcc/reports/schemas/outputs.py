"""What each command prints for programs: the shape of the whole, key by key, by the output's name."""

from collections.abc import Mapping

from hkshcc.reports.schemas.described import Described
from hkshcc.reports.schemas.exchange import EXCHANGE
from hkshcc.reports.schemas.following import FOLLOWING
from hkshcc.reports.schemas.measures import MEASURES
from hkshcc.reports.schemas.reference_data import REFERENCE_DATA

OUTPUTS: Mapping[str, Described] = {**MEASURES, **FOLLOWING, **REFERENCE_DATA, **EXCHANGE}
