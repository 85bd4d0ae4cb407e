"""Boardwright: the quoting and order portal of an electronics assembler. Each room's docstring says what it is for."""
