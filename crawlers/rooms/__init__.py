"""Reading rooms: public pages of released records, each a declaration in YAML on one spider.

A room is described by `crawlers.rooms.room`, read from YAML by `declaring`; `sheets` reads its
pages. Nothing here asks the network: the spider does (`crawlers.spiders.reading_room`).
"""
