"""What to watch for: surveillance technologies, who sells them, and the agencies that buy.

The three YAML files say where each fact comes from. Nothing here knows the catalogue.
"""
