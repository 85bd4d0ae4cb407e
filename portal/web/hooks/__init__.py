"""What other programs tell us: signed, kept, answered at once; the worker acts on it later. No person comes here."""
