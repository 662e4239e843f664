"""The sample archive: composed awards for the stand-in, and drawn papers in the style of releases.

Nothing here is a record of any agency. Award numbers hold ZZZZ, identifiers of vendors begin with
ZZZ, offices and addresses are invented, nobody is named, and every drawn page says so in its foot.
The one public fact is an order of ICE for Clearview AI, marked as reported by 404 Media. `awards`
turns the YAML rows into a world of the stand-in; `papers` draws PDFs. Must not import the archive,
the reader or the page: it is only what they are shown.
"""
