"""What is stored: SQLAlchemy 2, one file per noun. Holds state and its own moves; knows no web and no gateway.

Each file is imported here, so that the tables of all are known to the migrations.
"""

from portal.models import bookings as bookings
from portal.models import bounces as bounces
from portal.models import catalogue as catalogue
from portal.models import changes as changes
from portal.models import corrections as corrections
from portal.models import factors as factors
from portal.models import files as files
from portal.models import goods as goods
from portal.models import invoices as invoices
from portal.models import joining as joining
from portal.models import notes as notes
from portal.models import orders as orders
from portal.models import papers as papers
from portal.models import payments as payments
from portal.models import people as people
from portal.models import plans as plans
from portal.models import proposals as proposals
from portal.models import questions as questions
from portal.models import quotes as quotes
from portal.models import shop as shop
from portal.models import tax as tax
from portal.models import trials as trials
from portal.models import work as work
from portal.models.base import Base as Base
