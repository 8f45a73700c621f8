"""A busy machine makes a test slow and never wrong: no example of hypothesis has a deadline."""

import hypothesis

hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")
