"""The laws of this room are checked on machines that are shared: how long one example takes says nothing."""

from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
