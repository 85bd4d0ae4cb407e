"""Flask: one blueprint per noun for customers, sales/ and floor/ for staff, api/ for scripts.

A route looks up, checks the form, calls one verb, answers.
"""
