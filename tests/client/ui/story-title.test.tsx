// @vitest-environment happy-dom
/** The title that stories of scattered complaints share is worded in the language of the page; all other titles stay as they are. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { StoryTitle } from '../../../client/ui/story-title.tsx';
import { DAILY_TITLE } from '../../../shared/incidents/daily-title.ts';

it.each([
  ['zh-CN', DAILY_TITLE, '日常零星差评'],
  ['en', DAILY_TITLE, 'Scattered complaints'],
  ['en', '漏水', '漏水'],
])('in %s “%s” reads “%s”', async (language, title, shown) => {
  await startLanguage(`?lang=${language}`);
  expect(renderToStaticMarkup(<StoryTitle>{title}</StoryTitle>)).toBe(`<bdi>${shown}</bdi>`);
});
