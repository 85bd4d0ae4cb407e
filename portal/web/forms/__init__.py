"""Forms check the shape of what was typed: present, a number, a length. Rules of the shop live in the services."""
