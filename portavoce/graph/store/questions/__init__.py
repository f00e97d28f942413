"""The questions to a corpus: a module for each, and what several of them share."""
