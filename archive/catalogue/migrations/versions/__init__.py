"""One module for each revision; a revision that was published is never edited."""
