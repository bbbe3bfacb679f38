// SPDX-License-Identifier: MIT
// Draws Adaptive Cards with Microsoft's renderer in a browser, as Teams would.
// In:  {"cards": {NAME: CARD}, "pictures": FOLDER}
// Out: {NAME: {"problems": [...], "axe": [...], "text", "actions": [...], "inputs": [...]}}
'use strict';
const fs = require('fs');
const path = require('path');
const { open, violations, question, answer } = require('./browser.cjs');

const script = fs.readFileSync(
  path.join(path.dirname(require.resolve('adaptivecards/package.json')), 'dist/adaptivecards.js'));

// Runs in the page. Teams shows what the card's version permits; so does this host.
function draw(card) {
  const host = new AdaptiveCards.HostConfig({
    fontFamily: 'sans-serif', supportsInteractivity: true, actions: { maxActions: 6 },
    containerStyles: { default: { foregroundColors: {
      default: { default: '#242424', subtle: '#616161' } }, backgroundColor: '#FFFFFF' } },
  });
  const made = new AdaptiveCards.AdaptiveCard();
  made.hostConfig = host;
  made.version = new AdaptiveCards.Version(1, 5);
  const context = new AdaptiveCards.SerializationContext();
  made.parse(card, context);
  const problems = made.validateProperties().validationEvents.map((each) => each.message);
  for (let i = 0; i < context.eventCount; i += 1) problems.push(context.getEventAt(i).message);
  document.querySelector('main').appendChild(made.render());
  return {
    problems,
    text: document.querySelector('main').innerText,
    actions: [...document.querySelectorAll('main button, main a')].map((each) => each.innerText),
    inputs: made.getAllInputs().map((each) => each.id),
  };
}

(async () => {
  const { cards, pictures } = await question();
  fs.mkdirSync(pictures, { recursive: true });
  const browser = await open();
  const drawn = {};
  for (const [name, card] of Object.entries(cards)) {
    const page = await browser.newPage();
    await page.setViewport({ width: 480, height: 800 });
    await page.setContent('<!doctype html><html lang="en"><title>Card</title>' +
      '<body style="background:#FFFFFF"><main></main></body></html>');
    await page.evaluate(script.toString());
    drawn[name] = await page.evaluate(draw, card);
    drawn[name].axe = await violations(page, false);
    await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
    await page.close();
  }
  await browser.close();
  answer(drawn);
})();
