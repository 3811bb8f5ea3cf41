"""The archive for inspection (归档迎检): folders, lists and pages, and the manifest that seals them."""
