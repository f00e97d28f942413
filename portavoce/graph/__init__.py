"""Many articles: records into one graph, graphs into one another, and questions to them."""
