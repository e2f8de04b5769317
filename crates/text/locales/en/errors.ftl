# Wrong fields and error pages of the public pages. A tilde stands for a no-break space.
errors-prefix = Error:
errors-title =
    { $n ->
        [one] { $n }~thing to look at again
       *[other] { $n }~things to look at again
    }
errors-kept = Everything you typed is still here, uploaded files too.
errors-kept-words = Everything you typed is still here.

error-text-missing = Tell us what happened: we do not know it yet
error-text-too-long = Your account has { $n }~characters; shorten it to { $max }~characters or send the rest as a file
error-too-long = This has { $n }~characters; shorten it to { $max }~characters
error-contact-missing = Give us one way to reach you: a telephone number or an e-mail address
error-phone = The telephone number “{ $value }” is not complete or correct; check each digit
error-email = The e-mail address “{ $value }” is not correct; a correct one looks like name@example.com
error-reply-needs-phone = To be answered by { $channel } we need a telephone number
error-reply-needs-email = To be answered by e-mail we need an e-mail address
error-reply-needs-place = To be answered by letter we need an address
error-choice = “{ $value }” is not in the list; choose again
error-when = We cannot read the time “{ $value }”; choose a day and a time
error-when-future = The time “{ $value }” is still to come; choose again
error-characters = This holds characters that cannot be used; delete them and type again
error-files-max = Keep { $max }~files at most
error-file-too-large = The file “{ $name }” is too large; up to { $size } each
error-file-empty = The file “{ $name }” is empty; choose it again
error-file-disk-full = The file “{ $name }” could not be stored: the server is out of space; choose it again in a few minutes
error-file-megapixels = The picture “{ $name }” has more than { $max }~megapixels; take it again in the ordinary mode, or make it smaller
error-file-too-many = The file “{ $name }” was not taken: too many came from here; send the words now and add files after an hour
error-file-no-room = The file “{ $name }” was not taken: the room for files is full; the words can be sent without it
error-file-kind = The file “{ $name }” is a program or of a kind we do not take; send photos, videos or PDF
error-disagreement-missing = Tell us what is not satisfactory
error-message-missing = Write a message or choose a file
error-rating-missing = Choose a mark from very dissatisfied to very satisfied
error-link = This link opens no file; paste the whole link again
error-link-reference = This is a reference; use the tracking link
error-file-gone = An uploaded file is no longer here; choose it again
error-other = This cannot be used; check it again
error-expired = The page was open for too long; send it again

field-error-no-contact = one way to reach the person is needed: telephone, e-mail or address
field-error-unknown-category = there is no category “{ $category }”
field-error-too-early = this time lies too far back; check the year
field-error-in-future = this time is still to come
field-error-staff-only = only staff may state this
field-error-unknown-office = there is no office “{ $office }”
field-error-unknown-file = there is no such file; upload it again
field-error-unknown-department = there is no department “{ $department }”
field-error-ends-before-it-begins = it ends before it begins
field-error-cannot-be-on-duty = this person does not handle complaints and cannot be on duty
field-error-longer-than-a-month = one turn lasts 31~days at most
field-error-longer-than-a-year = one delegation lasts 366~days at most
field-error-cannot-stand-in = this person does not handle complaints and cannot stand in for the General Director
field-error-not-the-director = this person is not the General Director
field-error-not-a-cursor = this page position cannot be read
field-error-password-short = the password needs at least { $min }~characters
field-error-password-common = this password is too easy to guess

problem-400-title = The form arrived damaged
problem-400-happened = What you sent was damaged on its way to us. This submission was not stored.
problem-400-cure = Go back and send again. If it still fails, call us and we will write it down for you.
problem-404-title = There is no such page
problem-404-happened = The address may be incomplete, or the page is not for the person opening it.
problem-404-cure = If you are looking for your complaint, open the tracking link you were given.
problem-409-title = This cannot be done
problem-409-cure = Nothing was changed. Open the page again to see how things stand.
problem-413-title = The files are too large
problem-413-happened = One submission takes up to { $files }~files of { $size } each.
problem-413-cure = Go back, send the words first and add photos later on the tracking page.
problem-429-title = Too many submissions in one minute
problem-429-happened = Many requests came from the same network. The last one was not stored.
problem-429-cure = Go back and send again after { $seconds }~seconds. What you typed is still on that page.
problem-500-title = Something failed on our side
problem-500-happened = It is our system, not you. Every complaint that has a reference is safe.
problem-500-cure = Go back and send again. Sending twice makes only one file.
problem-503-title = We cannot take this just now
problem-503-happened = We do not know yet whether your last request was stored.
problem-503-cure = Go back and send exactly the same again. If it was stored, you will see that same receipt.
problem-rule = Rule: { $rule }
problem-incident = Number to quote on the telephone: { $incident }
problem-call = Call { $phone }
problem-home = To the policy page
