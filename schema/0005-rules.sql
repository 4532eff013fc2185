-- The first rules of engagement, so that an installation can decide from its first day.
-- Numbers are the defaults of field guide 2.12; an administrator publishes others on /admin/programme.

INSERT INTO rules (number, status, body, note, created_at, published_at) VALUES (1, 'published',
'{
 "params": {
  "protection_days": 90,
  "decision_days": 2,
  "extension_days": 30,
  "extension_max": 1,
  "extension_from_days": 30,
  "extension_by_rule": true,
  "resubmissions_max": 3,
  "closes_within_days": 540,
  "revoke_notice_days": 5,
  "require_domain": true,
  "review_same_name": true,
  "reminder_days": "30,14,7,1",
  "auto_limits": [
   {
    "currency": "EUR",
    "amount": "250000"
   },
   {
    "currency": "USD",
    "amount": "275000"
   },
   {
    "currency": "GBP",
    "amount": "215000"
   },
   {
    "currency": "CHF",
    "amount": "245000"
   },
   {
    "currency": "SEK",
    "amount": "2800000"
   },
   {
    "currency": "NOK",
    "amount": "2900000"
   },
   {
    "currency": "DKK",
    "amount": "1850000"
   },
   {
    "currency": "PLN",
    "amount": "1075000"
   },
   {
    "currency": "CZK",
    "amount": "6250000"
   },
   {
    "currency": "CAD",
    "amount": "375000"
   },
   {
    "currency": "AUD",
    "amount": "415000"
   },
   {
    "currency": "BRL",
    "amount": "1500000"
   },
   {
    "currency": "INR",
    "amount": "23000000"
   },
   {
    "currency": "JPY",
    "amount": "41000000"
   },
   {
    "currency": "SGD",
    "amount": "365000"
   }
  ]
 },
 "clauses": [
  {
   "number": "1.1",
   "key": "eligible",
   "title": "Who may register a deal",
   "text": "Any firm with an active enrolment in this programme may register deals, through any of its people whose role allows it. A firm whose enrolment is suspended keeps the protection it already has, but registers nothing new until the suspension ends."
  },
  {
   "number": "1.2",
   "key": "scope",
   "title": "What a registration covers",
   "text": "A registration covers one end customer, one product family and one sales region. The end customer is known by its registrable web domain and by its name without legal form, so that *Example GmbH*, *example.de* and *www.example.de* are one customer. The region follows from the customer''s country. Another product family or region of the same customer is open to every partner."
  },
  {
   "number": "2.1",
   "key": "first_registration",
   "title": "The first complete registration holds",
   "text": "Whoever first sends a complete registration for a customer, product family and region holds it; time counts to the microsecond and on our clock. While it is held, another registration of the same scope is answered as a duplicate. We say until when the scope is protected. We never say who holds it."
  },
  {
   "number": "2.2",
   "key": "domain",
   "title": "The customer''s web domain",
   "text": "{if require_domain}A registration is decided at once only when it names the customer''s own web domain. Without one, or with the domain of a free mail provider, the deal desk looks at it.{else}A registration without a web domain is compared by the customer''s name alone. Domains of free mail providers do not count as the customer''s own.{end}"
  },
  {
   "number": "2.3",
   "key": "same_name",
   "title": "Same name, other domain",
   "text": "{if review_same_name}When the name equals that of a protected customer in the same region and product family but the domain is another one, we cannot tell a namesake from a sister company. The deal desk decides.{else}Two customers of one name but with different web domains count as two customers.{end}"
  },
  {
   "number": "3.1",
   "key": "automatic",
   "title": "Decided at once",
   "text": "{if auto_limits}A complete registration by an active partner is approved at once when nobody holds its scope, its value is within clause 3.3 and its expected close within clause 3.4.{else}No registration is approved without a person.{end} Every decision names the clause it rests on and the version of these rules."
  },
  {
   "number": "3.2",
   "key": "review",
   "title": "Decided by the deal desk",
   "text": "What cannot be decided at once goes to the deal desk, which decides within {decision_days business day|business days} on the programme''s calendar. The clock, and who holds it, can be seen on the registration at any time."
  },
  {
   "number": "3.3",
   "key": "value",
   "title": "Value a person looks at",
   "text": "{if auto_limits}Up to {auto_limits} the rules decide alone. A higher value, or a currency not named here, goes to the deal desk, which may ask how the estimate was made.{else}The deal desk looks at registrations of any value.{end}"
  },
  {
   "number": "3.4",
   "key": "close_date",
   "title": "Expected close",
   "text": "The expected close lies at most {closes_within_days day|days} ahead. A later one goes to the deal desk: a customer should not be held for a purchase that nobody has planned yet."
  },
  {
   "number": "3.5",
   "key": "action_required",
   "title": "When something is missing",
   "text": "When the deal desk needs more, it says what and unlocks just the fields concerned. {if resubmissions_max}A registration can be sent again up to {resubmissions_max time|times}. Its place in time is kept, for as long as the answer comes before the scope is given to somebody else.{else}Registrations cannot be sent again: what is missing leads to a rejection.{end}"
  },
  {
   "number": "3.6",
   "key": "rejection",
   "title": "When a registration is turned down",
   "text": "The deal desk turns a registration down when the customer already buys this product family directly, when no sales effort can be shown, or when a clause above forbids it. The reason is given in writing. A new registration may follow once the reason has gone."
  },
  {
   "number": "4.1",
   "key": "protection",
   "title": "How long protection lasts",
   "text": "From approval a registration is protected for {protection_days day|days}, to the end of the last day in the programme''s time zone. As long as it lasts, no other partner can register the scope, and our own sales people bring the registered partner into the deal."
  },
  {
   "number": "4.2",
   "key": "extension",
   "title": "Extension",
   "text": "{if extension_max}Protection can be extended by {extension_days day|days}, up to {extension_max time|times}, from {extension_from_days day|days} before it ends until its last day. The request says what is new since the registration: a meeting, a trial, an offer. No second request can be made while one is open.{else}Protection cannot be extended.{end} {if extension_by_rule}A request that says what is new is granted at once.{else}The deal desk decides every request.{end}"
  },
  {
   "number": "4.3",
   "key": "expiry",
   "title": "When protection ends",
   "text": "{if reminder_days}We remind the partner {reminder_days} days before protection ends. {end}A registration that has neither become an order nor been extended by then expires, and its scope is free again in the same moment. Its history stays readable for the partner who made it."
  },
  {
   "number": "5.1",
   "key": "withdrawal",
   "title": "Withdrawal",
   "text": "A partner may withdraw a registration at any time before it has become an order. The scope is free at once. A withdrawn registration does not come back, but a new one may be made."
  },
  {
   "number": "5.2",
   "key": "revocation",
   "title": "Revocation",
   "text": "Protection is revoked only when the registration rests on wrong facts, when the customer has chosen another partner in writing, or when the partner''s enrolment has ended. {if revoke_notice_days}Except for wrong facts, the partner is given {revoke_notice_days business day|business days} to answer first.{else}It ends in the moment the partner is told.{end}"
  },
  {
   "number": "5.3",
   "key": "dispute",
   "title": "If you disagree",
   "text": "Whoever disagrees with a decision says so on the registration or writes to their channel manager. Protection stays as it is until the answer is given. The answer comes from somebody who did not make the first decision, and it names the clause it rests on."
  }
 ]
}',
'The first version of our rules.', '2025-01-01 00:00:00', '2025-01-01 00:00:00');
