"""Commands about the archive itself: asking it, its state, its index, what readers may see."""
