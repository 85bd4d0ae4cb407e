"""What is stored: SQLAlchemy 2, one file per noun. Holds state and its own moves; knows no web and no gateway."""
