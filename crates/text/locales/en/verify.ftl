# Checking a receipt: the page, and `redress receipt verify`. A tilde stands for a no-break space.
verify-link = Check a receipt
verify-title = Check a receipt
verify-lead = A receipt is a file that proves that your complaint was recorded, and when. This page says whether the file is genuine and whole.
verify-file = Receipt file
verify-file-hint = Its name ends in { $ending }; you downloaded it from the page that confirmed your complaint, or from the tracking page.
verify-drop = You can drop the file here. It is checked inside your browser and sent nowhere.
verify-sent = Your browser does not run the check itself, so the file is sent to our server, checked there, and not kept.
verify-send = Check
verify-missing = Choose a receipt file

verify-valid = The receipt is valid
verify-valid-lead = { $origin } has signed that this was recorded. The signature is right and the file is whole.
verify-reference = Reference
verify-received = Received, says whoever recorded it
verify-recorded = Recorded
verify-late = A late entry: it was recorded long after it is said to have been received. For the time before, there is only the word of whoever received it.
verify-place = Place in the log
verify-place-of = entry { $index }, counted from 0; the log had { $size } entries when it was signed
verify-witnesses = Witnesses
verify-witness = { $name }, saw it { $time }
verify-no-witness = none that we know
verify-said = Recorded words
verify-said-closed = The words are not in the file: they were erased or kept back. The rest of the receipt is still right.

verify-proves = What a receipt proves
verify-proves-exact = Exactly this, to the letter, was recorded.
verify-proves-bound = Whoever keeps the log has signed it, so they cannot deny having received it, nor change it later without being found out.
verify-not = What a receipt does not prove
verify-not-true = That what was recorded is true.
verify-not-time = Without a witness: that the time of recording is right, or that everybody is shown the same log.
verify-not-missing = No receipt means not received: what was never recorded leaves no trace.

verify-refused = The receipt is not accepted
verify-code = Reason
verify-no-other-file = This is not a receipt file. Choose the one whose name ends in { $ending }; a screenshot or a print cannot be checked here.
verify-no-resaved = A program changed the file when it was saved or forwarded, so it can no longer be checked. Take the original again.
verify-no-cut = A part of the file was lost, mostly the end. Take the original again.
verify-no-opening = The file does not say what it is a receipt for: that part is missing. Take the original again.
verify-no-damaged = The file is damaged or was changed: a line is not of its form. Take the original again.
verify-no-foreign = None of the keys used here is that of the log named in the file. It may be a receipt of somebody else: check it on their page.
verify-no-forged = The signature or the chain of proof does not fit. The file was changed, or is false.
verify-no-content = What the file shows is not what was recorded. The file was changed or put together from others.
verify-no-words = The words in the file are not those that were recorded. The file was changed or put together from others.
verify-no-key = Without a key nobody can say whether this receipt is genuine: the file carries no key, and anybody can make a file of the right form. It can be read and does not contradict itself. Whoever keeps the log publishes the key on the policy page and on letters.
verify-claims = Names in the file, not verified:

verify-keys = The keys by which this page checks
verify-keys-text = This page is ours. If you would rather not rely on us, copy the key and check the file with another program; the form of the file is public.
verify-keys-none = There is no key here yet.
