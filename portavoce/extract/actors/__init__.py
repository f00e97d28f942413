"""Who is who in one article: the names, the phrases around nouns, and the actors that they stand for."""
