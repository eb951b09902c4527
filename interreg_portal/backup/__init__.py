"""
A backup is one file with everything that a portal can't make anew: the rows of its database, in a form that every
database understands, and its uploads. `manifest.json` in it says what there is, with SHA-256.
"""
