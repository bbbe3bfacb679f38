// SPDX-License-Identifier: MIT
// Looks at pages as somebody with a keyboard, a screen reader or large letters would.
// In:  {"pages": [{"url", "authorization"?}], "pictures": FOLDER}
// Out: for each page what axe finds, what the Tab key cannot reach or leaves without a visible
//      focus, and the widths at which one has to scroll sideways.
'use strict';
const path = require('path');
const { open, violations, question, answer } = require('./browser.cjs');

// 1280 pixels at 200 % and at 400 % (WCAG 1.4.4 and 1.4.10), and a telephone.
const widths = [640, 390, 320];

function reachable() {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
  const asked = all.filter((each) => each.type !== 'hidden' && !each.disabled &&
    each.offsetParent !== null && each.tabIndex >= 0);
  // Of a group of radio buttons one is reached by Tab, the others by the arrows.
  const groups = new Set();
  return asked.filter((each) => {
    if (each.type !== 'radio') return true;
    const first = !groups.has(each.name);
    groups.add(each.name);
    return first;
  }).length;
}

function focused() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  // A frame scrolls while the focus is in it; a ring around it is the browser's affair.
  const visible = ringed || style.boxShadow !== 'none' || at.tagName === 'IFRAME';
  const box = at.getBoundingClientRect();
  return { what: at.outerHTML.slice(0, 80), visible, y: box.top + window.scrollY };
}

async function walk(page) {
  const wanted = await page.evaluate(reachable);
  const seen = [];
  for (let i = 0; i < wanted; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(focused);
    if (!at) break;
    seen.push(at);
  }
  const problems = seen.filter((each) => !each.visible).map((each) => `no focus seen: ${each.what}`);
  if (seen.length < wanted) problems.push(`the Tab key reaches ${seen.length} of ${wanted}`);
  for (let i = 1; i < seen.length; i += 1) {
    if (seen[i].y < seen[i - 1].y - 40) problems.push(`out of order: ${seen[i].what}`);
  }
  return problems;
}

async function sideways(page, url) {
  const found = [];
  for (const width of widths) {
    await page.setViewport({ width, height: 900 });
    await page.goto(url, { waitUntil: 'load' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) found.push(`${wide} pixels wide at ${width}`);
  }
  return found;
}

async function look(browser, { url, authorization }, picture) {
  const page = await browser.newPage();
  if (authorization) await page.setExtraHTTPHeaders({ authorization });
  await page.setViewport({ width: 1280, height: 900 });
  const response = await page.goto(url, { waitUntil: 'load' });
  await page.setBypassCSP(true);
  await page.goto(url, { waitUntil: 'load' });
  const seen = {
    url, status: response.status(), axe: await violations(page, url.startsWith('http')), keyboard: await walk(page),
    sideways: await sideways(page, url),
  };
  await page.screenshot({ path: picture, fullPage: true });
  await page.close();
  return seen;
}

(async () => {
  const { pages, pictures } = await question();
  const browser = await open();
  const seen = [];
  for (const [i, page] of pages.entries()) {
    seen.push(await look(browser, page, path.join(pictures, `page-${i + 1}.png`)));
  }
  await browser.close();
  answer(seen);
})();
