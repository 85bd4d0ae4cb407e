"""What a board is, as values: design, artwork arrays, geometry, measures, pictures.

Pure. Knows no files, no prices, no database; may be asked by every room.
"""
