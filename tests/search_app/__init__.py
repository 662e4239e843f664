"""The pages, their JSON twins, and what they are shown."""
