"""Generated tests are the same on every run and on every machine, however busy it is."""

from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")
