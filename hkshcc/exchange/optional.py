"""What the ``office`` extra brings in, and what to type where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from hkshcc.errors import HkshccError
from hkshcc.language import _


@contextmanager
def requires(package: str, purpose: str) -> Iterator[None]:
    """Import a package of the extra for a purpose, a message to translate.

    Raises HkshccError with the pip command where the package is not installed.
    """
    try:
        yield
    except ImportError:
        raise HkshccError(
            _("{purpose} needs {package}", purpose=_(purpose), package=package),
            hint=_("install it with: {command}", command="pip install 'hkshcc[office]'"),
        ) from None
