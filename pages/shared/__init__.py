"""What the pages share: texts, the state behind the address, widgets, caches and the components."""
