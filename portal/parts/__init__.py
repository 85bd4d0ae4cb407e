"""What a part is: offers, package classes, mounting.

Pure. Knows no board and no price list of ours.
"""
