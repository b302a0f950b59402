/** Names that are written from right to left, in a real browser: what does not fit is cut at the end of the name, which is on the left. */
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import type { FixtureScene } from '../helpers/fixture-server.ts';
import { fixtureWall } from '../helpers/fixture-wall.ts';
import { openScreen, scenes } from '../helpers/screenshot.ts';

const usual = scenes['usual'] as FixtureScene;
const NAME = 'مقهى الجبل الأخضر للقهوة المختصة والمأكولات الخفيفة في المدينة القديمة';
const foreign: FixtureScene = {
  ...usual,
  overview: {
    ...usual.overview,
    campaigns: { ...usual.overview.campaigns, rows: usual.overview.campaigns.rows.map((row) => ({ ...row, name: NAME, shortName: null })) },
    channels: usual.overview.channels.map((row) => (row.channel === null ? row : { ...row, channel: NAME })),
  },
};
const rig = fixtureWall(foreign);
let page: Page;
afterEach(async () => page.close());

it.each(['.campaign-name', '.channel-name'])('the first letters of %s are seen, and the name ends in the dots', async (selector) => {
  page = await openScreen(rig.browser, `${rig.server.url}/wall/overview?lang=zh-CN`, [1920, 1080]);
  const seen = await page.$eval(selector, (element) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
    if (text === null) throw new Error('no text');
    const letter = (at: number): DOMRect => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    };
    const box = element.getBoundingClientRect();
    const inside = ({ left, right }: DOMRect): boolean => left >= box.left - 1 && right <= box.right + 1;
    return { first: inside(letter(0)), last: inside(letter((text.textContent ?? '').length - 1)) };
  });
  expect(seen).toEqual({ first: true, last: false });
});
