"""The web pages and their JSON twins. Knows the archive, and neither crawlers nor readers of PDFs.

`app` puts it together, `pages` holds a module for each page, `api` their twins, `serving` runs it.
Nothing here asks the catalogue or the index itself: that is the work of `archive.shown`.
"""
