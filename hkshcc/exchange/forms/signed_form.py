"""Whether a form that was signed says what an entry says that came of it: a signature vouches for nothing else."""

from hkshcc.errors import HkshccError
from hkshcc.exchange.forms import layout
from hkshcc.exchange.forms.merge import says, without_nil
from hkshcc.exchange.forms.read_form import Typed, read_form
from hkshcc.register.commands.update import StatusUpdate
from hkshcc.register.lookup import read_status
from hkshcc.register.model import Entry
from hkshcc.register.sources import without_credentials
from hkshcc.register.typed_dates import read_day


def form_says(data: bytes, entry: Entry) -> bool:
    """Return whether a form's file has a row that says what an entry of its body says."""
    try:
        form = read_form(data, "")
        rows = [without_nil(typed) for typed in form.rows if typed.ref == entry.ref and typed.says]
        return form.owner == entry.by and any(says(entry, _update(typed, entry.recorded[:10])) for typed in rows)
    except HkshccError:
        return False


def _update(typed: Typed, today: str) -> StatusUpdate:
    """Return what a row said on the day (ISO) on which it was recorded."""
    cells = typed.cells
    return StatusUpdate(
        status=read_status(cells["status"]) if cells["status"] else None,
        on=read_day(cells["on"], today) if cells["on"] else None,
        remark=cells["done"] or None,
        next=cells["next"] or None,
        attention=cells["attention"] or None,
        evidence=[without_credentials(line) for line in cells["evidence"].splitlines()],
        nil=not any(cells[key] for key in layout.FREE if key != "on"),
        next_by=read_day(cells["next_by"], today, "next") if cells["next_by"] else None,
    )
