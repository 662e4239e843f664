"""What was withheld from a page: which places are boxes, and which printed exemptions are stamps.

Geometry proposes places (`proposals`, `outlines`), the drawn page says what they look like
(`looks`), and the words that people see decide (`boxes`, `stamps`): a dark bar with a heading in it
is no redaction, and an exemption that a letter speaks of is no stamp.
"""
