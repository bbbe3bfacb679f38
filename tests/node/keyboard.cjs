// SPDX-License-Identifier: MIT
// Acts on a page with the keyboard alone.
// In:  {"url", "choice": text of a choice's label, "text": what is written}
// Out: {"status", "title", "text"} of the page it leads to.
'use strict';
const { open, question, answer } = require('./browser.cjs');

const mostKeys = 60;

async function at(page) {
  return page.evaluate(() => {
    const here = document.activeElement;
    const label = here.labels && here.labels[0] ? here.labels[0].textContent.trim() : '';
    return { tag: here.tagName, type: here.type || '', label, checked: here.checked === true };
  });
}

async function pressUntil(page, key, found) {
  for (let i = 0; i < mostKeys; i += 1) {
    await page.keyboard.press(key);
    const here = await at(page);
    if (found(here)) return;
  }
  throw new Error(`${key} never gets there`);
}

(async () => {
  const { url, choice, text } = await question();
  const browser = await open();
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'load' });
  await pressUntil(page, 'Tab', (here) => here.type === 'radio');
  await page.keyboard.press('Space');
  const first = await at(page);
  if (!first.label.startsWith(choice)) {
    await pressUntil(page, 'ArrowDown', (here) => here.label.startsWith(choice));
  }
  await pressUntil(page, 'Tab', (here) => here.tag === 'TEXTAREA');
  await page.keyboard.type(text);
  await pressUntil(page, 'Tab', (here) => here.type === 'submit');
  const [response] = await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  answer({
    status: response.status(),
    title: await page.title(),
    text: await page.evaluate(() => document.body.innerText),
  });
  await browser.close();
})();
