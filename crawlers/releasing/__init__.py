"""Crawls of services that tell of releases: what is asked, where a crawl is, how it runs and ends.

The spiders are `crawlers.spiders.muckrock_requests` and `.documentcloud_documents`.
"""
