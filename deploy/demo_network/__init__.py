"""A whole Hansa network on one machine, driven from outside as people and scripts would: by the programs alone."""
