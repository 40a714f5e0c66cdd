"""What every test shares: properties are tried on the same examples each time, and none is hurried."""

from hypothesis import settings

settings.register_profile("hkshcc", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("hkshcc")
