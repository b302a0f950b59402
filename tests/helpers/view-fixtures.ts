/** What each view shows on the fixtures' day. A new view has its line here, then every test of pages and layouts sees it. */
import type { Views } from '../../shared/wire/views/all.ts';
import { competitorsFixture } from './competitors-fixture.ts';
import { funnelUsual } from './funnel-fixture.ts';
import { incidentsFixture } from './incidents-fixture.ts';
import { usualDay } from './overview-fixture.ts';
import { standupFixture } from './standup-fixture.ts';
import { sentimentFixture } from './sentiment-fixture.ts';
import { campaignsUsual } from './runs-fixture.ts';

export const viewFixtures: Views = {
  overview: usualDay,
  incidents: incidentsFixture,
  competitors: competitorsFixture,
  standup: standupFixture,
  sentiment: sentimentFixture,
  campaigns: campaignsUsual,
  funnel: funnelUsual,
};
