"""A module with a blueprint for each page: it reads the address, asks, and picks a template.

What a page says is decided in `archive.shown`, how it looks in the template of the same name.
"""
