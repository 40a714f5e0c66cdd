"""What the ``office`` extra brings in, and what to type where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from hkshcc.errors import HkshccError


@contextmanager
def requires(package: str, purpose: str) -> Iterator[None]:
    """Import a package of the extra; raises HkshccError with the pip command where it is not installed."""
    try:
        yield
    except ImportError:
        raise HkshccError(f"{purpose} needs {package}; install it with: pip install 'hkshcc[office]'") from None
