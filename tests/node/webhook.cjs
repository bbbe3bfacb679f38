// SPDX-License-Identifier: MIT
// Whether the library of Standard Webhooks believes a call. Reads {secret, headers, body} and
// prints {believed, why}.
'use strict';
const { Webhook } = require('standardwebhooks');

const { secret, headers, body } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
let answer = { believed: true, why: '' };
try {
  new Webhook(secret).verify(body, headers);
} catch (error) {
  answer = { believed: false, why: String(error.message) };
}
process.stdout.write(JSON.stringify(answer));
