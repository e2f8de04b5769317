# Closed vocabularies of the process. A tilde stands for a no-break space.
lang-vi = Tiếng Việt
lang-en = English
lang-lo = ພາສາລາວ

kind-complaint = Complaint
kind-feedback = Feedback

about-product = Product
about-service = Service
about-both = Both product and service
about-unsure = Not sure

severity-low = Minor
severity-medium = Moderate
severity-high = Serious
severity-critical = Danger to people

channel-phone = Telephone
channel-zalo = Zalo
channel-viber = Viber
channel-office = Office
channel-web = Web form
channel-letter = Letter
channel-email = E-mail
channel-sms = Text message
channel-visit = In person

as-person = A person
as-organisation = An organisation or company
as-representative = A representative

relation-owner = Owner
relation-user = User
relation-resident = Resident
relation-former = Former owner or user
relation-other = Other

role-care = Customer Care
role-department = Verifying department
role-director = General Director
role-admin = Administrator
role-auditor = Auditor

state-received = Received
state-handed-over = Handed over
state-verifying = Being verified
state-deciding = Awaiting a decision
state-responding = Result being sent
state-answered = Result available
state-closed = Closed
state-archived = Archived

promise-running = In time
promise-soon = At risk
promise-late = Overdue
promise-kept = Kept
promise-missed = Missed
promise-paused = Paused
promise-ended = Ended with the file
pause-waiting-for-complainant = Waiting for the complainant
pause-waiting-for-others = Waiting for somebody outside
pause-force-majeure = Force majeure
# The same, as the complainant is told
pause-told-waiting-for-complainant = Waiting for you
pause-told-waiting-for-others = Waiting for somebody outside
pause-told-force-majeure = Force majeure

step-receive = Receive
step-verify = Verify
step-decide = Decide
step-respond = Respond
step-close = Close
