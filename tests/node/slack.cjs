// SPDX-License-Identifier: MIT
// Slack's own libraries: what they let in, and how they say what we say.
// In:  {"do": "judge", "secret", "now", "requests": {NAME: {"timestamp", "signature", "body"}}}
// Out: {NAME: true or false}: whether @slack/bolt takes the request for Slack's.
// In:  {"do": "post", "api", "token", "hook", "message", "update"}
// Out: {"posted", "updated", "hooked"}: what @slack/web-api and @slack/webhook make of the answers.
'use strict';
const { isValidSlackRequest } = require('@slack/bolt');
const { WebClient, LogLevel } = require('@slack/web-api');
const { IncomingWebhook } = require('@slack/webhook');
const { question, answer } = require('./browser.cjs');

function judge({ secret, now, requests }) {
  const verdicts = {};
  for (const [name, request] of Object.entries(requests)) {
    verdicts[name] = isValidSlackRequest({
      signingSecret: secret,
      body: request.body,
      headers: {
        'x-slack-signature': request.signature,
        'x-slack-request-timestamp': Number(request.timestamp),
      },
      nowMilliseconds: now * 1000,
    });
  }
  return verdicts;
}

async function post({ api, token, hook, message, update }) {
  const client = new WebClient(token, { slackApiUrl: api, logLevel: LogLevel.ERROR });
  const posted = await client.chat.postMessage(message);
  const updated = await client.chat.update(update);
  const { channel, ...words } = message;
  const hooked = await new IncomingWebhook(hook).send(words);
  return { posted: posted.ok, updated: updated.ok, hooked: hooked.text };
}

question().then(async (asked) => answer(await (asked.do === 'judge' ? judge : post)(asked)));
