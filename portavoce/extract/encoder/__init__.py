"""The encoder pipeline: words in pieces, one forward pass a window, every layer of analysis decoded from it."""
