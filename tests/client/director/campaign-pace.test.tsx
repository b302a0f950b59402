import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Pace } from '../../../client/director/campaign-pace.tsx';
import type { CampaignWords } from '../../../client/director/campaign-words.ts';
import { campaignRows } from '../../helpers/campaigns-fixture.ts';

const written = (value: number | null): string => String(value);
const words: CampaignWords = { money: written, fullMoney: written, roi: written, share: written, part: written, factor: written };

it.each([
  [1.4, '▲1.4'],
  [1, '1'],
  [0.14, '▼0.14'],
])('a pace of %f points where the spend is, as on the wall: %s', (pacing, shown) => {
  const [row] = campaignRows;
  if (!row) throw new Error('the fixture holds no campaign');
  expect(renderToStaticMarkup(<Pace row={{ ...row, pacing }} words={words} />)).toContain(`pace">${shown}</span>`);
});
