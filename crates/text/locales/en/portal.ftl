# Public pages. A tilde stands for a no-break space.
layout-skip = Skip to the main content
layout-demo = This is a demonstration: all people, addresses and events are invented.
layout-danger = Is somebody trapped or in danger? Call now
layout-tagline = Complaints
layout-menu = Main menu
layout-policy = Policy
layout-new = Complain
layout-track = Track
layout-languages = Languages
layout-hotline = Hotline
layout-version = Policy in force: version~{ $version }, since { $date }
layout-made-with = Runs on Redress, open-source software.

panel-if-now = If you wrote now
promise-in-round = { $what }, round~{ $n }
panel-from-disagreement = counted from when we receive your disagreement

home-new = Make a complaint
home-no-account = No account needed.
home-track = See how far your complaint has come
home-steps = The five steps
home-lead = You always see who has the file, how far it has come and when there will be an answer.
home-channels = Tell us in any way you like
home-channel-ask = Call { $phone } for the address
home-show = Show the list

field-optional = (optional)
field-error-prefix = Error:

form-title = Make a complaint
form-lead = Tell us what happened and give us one way to reach you; that is enough. If something is missing we ask, and never send the form back.
form-what = What happened?
form-text = What happened, in your own words
form-text-hint = Where, when, who had promised what. Vietnamese, English and Lao are all fine, up to { $n }~characters.
form-danger = Somebody is trapped, hurt or in danger
form-danger-hint = If the danger is now, telephone first and do not wait for an answer here. A mark in this box puts the complaint first on the list of the people on duty and of the General Director.
form-danger-call = Call { $phone } now
form-about = What is it about?
form-about-hint = Choose “Not sure” if you are in doubt. The time limits stay the same.
form-category = Kind of problem
form-category-none = Not chosen
form-kind = This is
form-kind-hint = Complaints and feedback have the same time limits.
form-remedy = What would you like us to do
form-remedy-hint = For example: repair, replace, refund, explain.
form-thing = Where and when?
form-asset = Code of the equipment or contract number
form-asset-hint = The code is printed on the label of the equipment.
form-place = Address where it happened
form-happened = When it happened
form-files = Photos, videos, papers
form-files-hint = Up to { $files }~files of { $size } each. On a weak connection send the words first and add photos later on the tracking page.
form-files-kept = Files we already have
form-files-kept-hint = Clear the mark of any file you do not want to send.
form-who = Whom do we answer, and how?
form-name = Full name
form-phone = Telephone number
form-phone-hint = Also used for Zalo and Viber. Without a telephone leave this empty and give an e-mail address.
form-email = E-mail
form-email-hint = For the confirmation and the written result.
form-address = Postal address
form-address-hint = Needed if you want the answer by letter.
form-reply = Answer me by
form-as = I complain as
form-more = Organisation, person represented, special needs
form-organisation = Name of the organisation
form-represents = Whom do you represent
form-represents-hint = You may attach the authorisation above or send it later. The time limits run from today all the same.
form-relation = Relation to the product or service
form-needs = What do you need when dealing with us
form-needs-hint = For example: an interpreter, large print, calls in the evening only.
form-privacy-title = Your personal data
form-privacy = We use this to deal with your complaint as law and contract require. Only the people working on the file see it. The file is kept for { $years }~years after closing and then deleted. You may see your data, correct it and ask for deletion.
form-privacy-version = Notice of { $date }.
form-send = Send the complaint
form-after = Your reference and the time limits appear at once.
form-by-phone = Rather not write?
form-by-phone-text = Call us; we write it down and read it back to you before it is stored.

receipt-title = We have received your complaint
receipt-lead = Received at { $time }. You need not report it again.
receipt-danger = This complaint stands first on the list of the people on duty and of the General Director. If anybody is in danger, call the hotline now and do not wait for an answer here:
receipt-reference = Reference
receipt-spelt = For the telephone:
receipt-link = Your tracking link, please keep it
receipt-link-keep = Whoever has this link sees the file, so do not pass it on. The reference alone opens nothing.
receipt-open = Open the tracking page
receipt-next = What happens next
receipt-got = Received
receipt-with = Now with: { $who }
receipt-answer = You agree, or ask us to check again from the start
receipt-sent = What you sent

clock-by = by
clock-moved = Moved with the calendar:
clock-was-due = due by
clock-kept-after = Kept, after { $time }
clock-missed-by = Missed by { $time }
clock-how = How this limit is counted
clock-from = Counted from receipt: { $time }.
clock-day = Day
clock-nth = Count
clock-why = Reason

rail-state =
    { $state ->
        [done] (done)
        [now] (now)
       *[next] (still to come)
    }

message-you = You
message-system = Automatic notice
message-erased = These words were erased on request or by rule.

lookup-title = Track a complaint
lookup-lead = Use the tracking link you were given when we received the complaint. The reference alone opens nothing, so that nobody else can look.
lookup-link = Tracking link
lookup-link-hint = Paste the whole link, or only its last part.
lookup-open = Open the file
lookup-lost = Lost the link?
lookup-lost-text = Call us and read out the reference. After a check we send the link again by the channel you used. Telephone:

track-reference = Reference
track-round = Review { $n }, from the start
track-danger = People in danger
track-title-received = Complaint received
track-title-handed-over = Handed over for verification
track-title-verifying = Being verified
track-title-deciding = Awaiting a decision
track-title-responding = The result is on its way to you
track-title-answered = Your result is here
track-title-closed = The complaint is closed
track-title-archived = The file is archived
track-lead-received = The file waits for somebody with authority to hand it to the department responsible.
track-lead-handed-over = The department responsible has the file and will name a person to verify it.
track-lead-verifying = We are checking what happened, hearing both sides and recording evidence.
track-lead-deciding = Verification is complete. Somebody with authority is deciding.
track-lead-responding = There is a decision. We are sending it by the channel you used.
track-lead-answered = Please tell us whether you agree.
track-lead-agreed = We have recorded that you agree and will close the file. What we undertook is followed until it is done.
track-lead-objected = We have received your disagreement and passed it to the { $who }.
track-lead-closed = What we undertook is followed until it is done.
track-lead-archived = The file is sealed and kept as it is. You can still read it here.
track-result = Result { $n }
track-ground = Ground for the refusal
track-checked = What we checked
track-who-can-help = Who can help you
track-undertakings = What we will do
track-decided = Sent at { $time }. Decided by { $who }.
track-rights = Your rights
track-objection = What you said
track-waiver = Why the same people looked again
track-messages = Messages
track-no-messages = No messages yet.
track-evidence = Evidence you sent
track-promises = Our promises
track-steps = How far it has come
track-holder = Who has it now

respond-title = Do you agree?
respond-until = You may say that you disagree until { $time }.
respond-agree = I agree
respond-agree-hint = We will then close the file. What we undertook is followed until it is done.
respond-changed = If you change your mind before the file is closed, you may still say that you disagree until { $time }.
respond-disagree = I disagree
respond-again-due = If you send it now, you have the result by
respond-why = What is not satisfactory?
respond-files = More photos or papers
respond-send = Ask for a new check from the start
respond-send-to = Send it to the { $who }

respond-silence-close = After that, silence closes the file.
respond-silence-stay = If you do not answer, the file stays open.
respond-late = A later objection is still taken and goes to the { $who }.
respond-again-other = Other people check everything again from the start.
respond-again-same = We check everything again from the start.
respond-last-director = This was the last round. A disagreement goes to the { $who }.
respond-late-director = The time to disagree is over. A disagreement is still taken and goes to the { $who }.
respond-over = The time to disagree is over.
respond-last = This was the last round of this policy.
rights-law = You may still negotiate with the help of the consumer protection authority, use mediation, or go to arbitration or court.
waiver-text = Nobody else was left to look again, so the { $who } decides. This is on record.
result-upheld = Upheld
result-upheld-in-part = Upheld in part
result-not-upheld = Not upheld
result-refused = Refused
delivery-queued = being sent
delivery-sent = sent
delivery-told = told in person
delivery-failed = not delivered
file-picture = Picture { $n } of { $all }

write-title = Add a message or evidence
write-asked = What we need from you
write-text = Message
write-files = Photos, videos, papers
write-send = Send

rating-title = How do you rate round { $n }?
rating-hint = Ratings change nothing in the file and are published without names.
rating-result = The result
rating-handling = How we worked
rating-text = Remark
rating-send = Send the rating
mark-1 = Very dissatisfied
mark-2 = Dissatisfied
mark-3 = Neutral
mark-4 = Satisfied
mark-5 = Very satisfied

done-agreement = We have recorded that you agree.
done-disagreement = We have received your disagreement. Everything is checked again from the start.
done-objection = We have received your objection and passed it to those in charge.
done-message = Message sent.
done-rating = Rating recorded. Thank you.
