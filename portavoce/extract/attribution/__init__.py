"""Who is said to have said what: cues, the contents that go with them, and the learned choice among both."""
