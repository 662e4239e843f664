"""Steps from one shape of the catalogue to the next; `archive.catalogue.shape` runs them."""
