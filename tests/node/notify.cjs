// SPDX-License-Identifier: MIT
// What the official client of GOV.UK Notify sends, for comparison with what we send. Reads
// {key, sms: [template, number, options], email: [template, address, options]} and prints
// {sms: {path, authorization, body}, email: {...}}.
'use strict';
const http = require('node:http');
const { NotifyClient } = require('notifications-node-client');

const question = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const seen = [];
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (part) => { body += part; });
  request.on('end', () => {
    seen.push({
      path: request.url,
      authorization: request.headers.authorization,
      body: JSON.parse(body),
    });
    response.writeHead(201, { 'Content-Type': 'application/json' });
    response.end('{"id":"740e5834-3a29-46b4-9a6f-16142fde533a"}');
  });
});

server.listen(0, '127.0.0.1', async () => {
  const client = new NotifyClient(`http://127.0.0.1:${server.address().port}`, question.key);
  await client.sendSms(...question.sms);
  await client.sendEmail(...question.email);
  process.stdout.write(JSON.stringify({ sms: seen[0], email: seen[1] }));
  server.close();
});
