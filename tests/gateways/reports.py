"""Reports as mail servers write them of a letter that they could not deliver."""

POSTFIX = """\
From: MAILER-DAEMON@mx.lakeside.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounces+Zk3nFm2kZ0u0xqF1a7Qp9wYtRb4LsD6c@lakeside.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4XyZ.1"
Message-Id: <20261123081500.4XyZ@mx.lakeside.example>

--4XyZ.1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--4XyZ.1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.lakeside.example
X-Postfix-Queue-ID: 4XyZ
Arrival-Date: Mon, 23 Nov 2026 08:15:00 +0000 (UTC)

Final-Recipient: rfc822; Anna@Volta.example
Original-Recipient: rfc822;Anna@volta.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.volta.example
Diagnostic-Code: smtp; 550 5.1.1 <Anna@Volta.example>: Recipient address
    rejected: User unknown in virtual mailbox table

--4XyZ.1
Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: <Zk3nFm2kZ0u0xqF1a7Qp9wYtRb4LsD6c@boardwright>
Subject: Your quote
From: Lakeside <portal@lakeside.example>
To: anna@volta.example

Here it is.

--4XyZ.1--
"""
LATE = POSTFIX.replace("Action: failed", "Action: delayed").replace("Status: 5.1.1", "Status: 4.4.1")
FULL = POSTFIX.replace("Status: 5.1.1", "Status: 4.2.2")
# Exchange returns only the headers of the letter, and its reports come to the plain address.
EXCHANGE = (
    POSTFIX.replace("bounces+Zk3nFm2kZ0u0xqF1a7Qp9wYtRb4LsD6c@", "portal@")
    .replace("Content-Type: message/rfc822", "Content-Type: text/rfc822-headers")
    .replace("\nHere it is.\n", "")
)
# Some return nothing of the letter at all: its own return address is all that names it.
BARE = POSTFIX[: POSTFIX.index("--4XyZ.1\nContent-Description: Undelivered")] + "--4XyZ.1--\n"
TWO = POSTFIX.replace(
    "\n--4XyZ.1\nContent-Description: Undelivered",
    "\nFinal-Recipient: rfc822; bea@volta.example\nAction: delayed\nStatus: 4.4.7\n\n"
    "--4XyZ.1\nContent-Description: Undelivered",
)
ABSENT = "From: anna@volta.example\nTo: portal@lakeside.example\nSubject: Out of office\n\nI am away until Monday.\n"
NAME = "<Zk3nFm2kZ0u0xqF1a7Qp9wYtRb4LsD6c@boardwright>"
