"""The archive for inspection (归档迎检): folders that a person finds things in, and the lists that say what is there.

`binder` puts the sheets together, `manifest` seals them and checks them again; how they reach a disk is the
counter's work.
"""
