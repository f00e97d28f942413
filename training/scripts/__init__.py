"""Scripts of the training project: convert, augment, evaluate, package."""
