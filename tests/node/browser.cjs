// SPDX-License-Identifier: MIT
// Debian's Chromium, headless, as the tests drive it. Nothing is asked of the network: every name
// that is not on loopback is refused.
'use strict';
const puppeteer = require('puppeteer-core');

async function open() {
  return puppeteer.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

// The rules of WCAG 2.2 AA that axe can judge; of a page of ours its advice as well, which a mail or
// a card inside somebody else's page cannot follow.
async function violations(page, whole) {
  await page.evaluate(require('axe-core').source);
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  if (whole) rules.push('best-practice');
  const result = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), rules);
  return result.violations.map((each) =>
    `${each.id}: ${each.help} (${each.nodes.map((node) => node.html).slice(0, 3).join(' | ')})`);
}

async function question() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function answer(value) {
  process.stdout.write(JSON.stringify(value));
}

module.exports = { open, violations, question, answer };
