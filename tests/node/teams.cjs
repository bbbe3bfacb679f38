// SPDX-License-Identifier: MIT
// Microsoft's own judge of the tokens a bot is called with, and tokens to judge.
// In:  {"do": "make", "app", "service", "now"}
// Out: {"keys": KEYS, "tokens": {NAME: TOKEN}}: a set of keys, and tokens right and wrong.
// In:  {"do": "judge", "metadata", "app", "service", "channel", "tokens"}
// Out: {NAME: true or false}: whether botframework-connector lets it in.
'use strict';
const crypto = require('crypto');
const { question, answer } = require('./browser.cjs');

const part = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  .toString('base64url');

function pair() {
  return crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function rs256(key, kid, claims, header = {}) {
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid, ...header })}.${part(claims)}`;
  return `${text}.${crypto.sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

function make({ app, service, now }) {
  const good = pair();
  const unendorsed = pair();
  const stranger = pair();
  const shown = (keys, kid, endorsements) =>
    ({ ...keys.publicKey.export({ format: 'jwk' }), use: 'sig', kid, endorsements });
  const claims = { iss: 'https://api.botframework.com', aud: app, serviceurl: service,
    nbf: now - 60, exp: now + 3600 };
  const of = (changes) => rs256(good.privateKey, 'good', { ...claims, ...changes });
  const bare = (alg) => `${part({ alg, typ: 'JWT', kid: 'good' })}.${part(claims)}`;
  const pem = good.publicKey.export({ type: 'spki', format: 'pem' });
  const shared = (secret) => `${bare('HS256')}.${crypto.createHmac('sha256', secret)
    .update(bare('HS256')).digest('base64url')}`;
  const tokens = {
    'right': of({}),
    'ended within the tolerance': of({ exp: now - 280 }),
    'begins within the tolerance': of({ nbf: now + 280 }),
    'ended': of({ exp: now - 320 }),
    'not begun': of({ nbf: now + 320 }),
    'another audience': of({ aud: 'somebody-else' }),
    'another issuer': of({ iss: 'https://sts.example.org/' }),
    'another service address': of({ serviceurl: `${service}x` }),
    'service address without its last slash': of({ serviceurl: service.replace(/\/$/, '') }),
    'no service address': of({ serviceurl: undefined }),
    'another key': rs256(stranger.privateKey, 'good', claims),
    'unknown key': rs256(stranger.privateKey, 'unknown', claims),
    'key of another channel': rs256(unendorsed.privateKey, 'unendorsed', claims),
    'algorithm none': `${bare('none')}.`,
    'public key as shared secret': shared(pem),
    'changed': `${of({}).slice(0, -8)}AAAAAAAA`,
    'no end': of({ exp: undefined }),
  };
  return { keys: [shown(good, 'good', ['msteams']), shown(unendorsed, 'unendorsed', ['skype'])],
    tokens };
}

async function judge({ metadata, app, service, channel, tokens }) {
  const { ChannelValidation, SimpleCredentialProvider } = require('botframework-connector');
  ChannelValidation.OpenIdMetadataEndpoint = metadata;
  const credentials = new SimpleCredentialProvider(app, '');
  const verdicts = {};
  for (const [name, token] of Object.entries(tokens)) {
    try {
      const identity = await ChannelValidation.authenticateChannelTokenWithServiceUrl(
        `Bearer ${token}`, credentials, service, channel);
      verdicts[name] = identity.isAuthenticated;
    } catch (error) {
      verdicts[name] = false;
    }
  }
  return verdicts;
}

(async () => {
  const asked = await question();
  // The library talks on standard error when it refuses a token.
  console.error = () => {};
  console.log = () => {};
  answer(asked.do === 'make' ? make(asked) : await judge(asked));
})();
