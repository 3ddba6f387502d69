"""These modules need PyTorch, which is no dependency of the project."""

collect_ignore = ["network.py", "train.py"]
