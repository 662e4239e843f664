"""What readers are shown, shared by the web pages, the API and the command line. Read-only.

Each module answers one kind of question with typed records; none of them makes markup. What a
document's state forbids is left out here, so that no face can show it.
"""
