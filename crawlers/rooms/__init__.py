"""Reading rooms: public pages of released records, each a declaration in YAML on one spider.

A room is described by `crawlers.rooms.room`, read from YAML by `declaring`; `sheets` reads its
pages, `naming` says what is known of a file. `paging` asks for pages, `running` runs a crawl of the
spider, `crawlers.spiders.reading_room`.
"""
