"""Document files for spiders: fetched, looked at before they are believed, and deposited.

A spider says which file it wants, gets back what came of it, and gives that to the writer with the
batch in which it stands; nothing else has to be done:

    wanted = Wanted(address=link, released=Released(agency_code="7012", title="…"))
    paper = await bring(self, wanted)
    yield Batch(captured=(), cursor=self.cursor(), papers=(paper,))

The spider is an `AskingSpider` with `folder` and `most_bytes` besides (`papers_given` gives both).
Bytes go onto the disk under way and after a cut go on; a page of HTML, or whatever else is no PDF,
is kept as a capture and refused with its reason; the same bytes at another address are a second
release, others at the same address a new version; ETag and Last-Modified of the last time are asked
with. A file that is gone (404, 410), or whose address the batch names in `gone`, gets its day. What
robots rules keep from us is left alone and counted. `Written.papers` counts all that, by `COUNTED`.
"""
