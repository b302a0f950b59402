/** K8 and K9 from events. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EventData } from '../../../../shared/events/registry.ts';
import { event } from '../../../helpers/line.ts';
import { openKpiLine, type KpiLine } from '../../../helpers/kpi-line.ts';

let line: KpiLine;
afterEach(() => line.close());

const lead = (leadId: string, time: string, more: Partial<EventData<'lead.created'>> = {}, source = '/crm') =>
  event('lead.created', time, { leadId, version: 1, channel: '抖音', touch: 'paid', reachable: true, ...more }, source);
const signed = (leadId: string, time: string) => event('lead.signed', time, { leadId, version: 1, customerId: `K ${leadId}`, value: 1 });

describe('[K8] [R8] valid leads', () => {
  const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T10:00:00+08:00`;

  it('can be reached, lie in the area and repeat no lead of their contact', async () => {
    line = await openKpiLine('2026-11-23T14:00:00+08:00');
    await line.ingest([
      lead('L1', day(1), { contactHash: 'H', region: '华东' }),
      lead('L2', day(2), { contactHash: 'H', channel: '官网' }),
      lead('L3', day(3), { reachable: false, contactHash: 'J' }),
      lead('L4', day(4), { inArea: false }),
      lead('L5', day(5), { contactHash: 'J', campaignId: 'C' }),
      lead('L6', day(6), { inArea: true }),
      lead('L6', day(6), { inArea: true }, '/ads'),
      lead('old', '2026-08-03T10:00:00+08:00', { contactHash: 'M' }),
      lead('L7', '2026-11-01T10:00:00+08:00', { contactHash: 'M' }),
      lead('L8', '2026-11-02T10:00:00+08:00', { contactHash: 'N' }),
      lead('older', '2026-08-04T09:59:59+08:00', { contactHash: 'N' }),
    ]);
    expect((await line.whole({ kpi: 'leads' })).value).toBe(8);
    // L1, L6 and L8; L5 comes after an unreachable lead of its contact, L7 after one of 90 days before to the second.
    expect(await line.whole({ kpi: 'valid_leads' })).toMatchObject({ value: 3, sample: 8, unit: 'count', ruleVersion: 1 });
    expect((await line.ask({ kpi: 'valid_leads', by: 'channel' })).map(({ dimension, value }) => [dimension?.channel, value])).toEqual([
      ['官网', 0],
      ['抖音', 3],
    ]);
    expect((await line.ask({ kpi: 'valid_leads', where: [{ dim: 'region', value: '华东' }] })).map(({ value }) => value)).toEqual([1]);
    await line.setReadings({ leadMustBeInArea: false, leadDuplicateDays: 89 });
    expect(await line.whole({ kpi: 'valid_leads' })).toMatchObject({ value: 5, ruleVersion: 2 });
    await line.setReadings({ leadMustBeReachable: false, leadMustBeInArea: false, leadDuplicateDays: 0 });
    expect((await line.whole({ kpi: 'valid_leads' })).value).toBe(8);
  });

  it('[R21] a lead learnt later makes the next one of its contact a duplicate from then on', async () => {
    line = await openKpiLine('2026-11-23T14:00:00+08:00');
    await line.ingest([lead('L2', day(9), { contactHash: 'H' })]);
    line.at('2026-11-23T15:00:00+08:00');
    await line.ingest([lead('L1', day(8), { contactHash: 'H', channel: '官网' })]);
    const channels = async (question: { knownAt?: string; asOf?: string }) =>
      (await line.ask({ kpi: 'valid_leads', by: 'channel', ...question })).map(({ dimension, value }) => [dimension?.channel, value]);
    expect(await channels({})).toEqual([
      ['官网', 1],
      ['抖音', 0],
    ]);
    expect(await channels({ knownAt: '2026-11-23T14:30:00+08:00' })).toEqual([['抖音', 1]]);
    expect(await channels({ asOf: '2026-11-08T23:00:00+08:00' })).toEqual([['官网', 1]]);
  });
});

describe('[K9] [R9] lead conversion', () => {
  it('of 400 valid leads 52 signed in time: 13 %, whatever signed late, before or of an earlier month', async () => {
    line = await openKpiLine('2027-02-01T00:00:00+08:00');
    const leads = Array.from({ length: 400 }, (_, i) => lead(`L${i}`, '2026-11-10T00:00:00+08:00'));
    const signings = Array.from({ length: 52 }, (_, i) =>
      signed(`L${i}`, i === 0 ? '2026-12-10T00:00:00+08:00' : '2026-11-20T00:00:00+08:00'),
    );
    await line.ingest([
      ...leads,
      ...signings,
      lead('invalid', '2026-11-10T00:00:00+08:00', { reachable: false }),
      signed('invalid', '2026-11-11T00:00:00+08:00'),
      signed('L100', '2026-12-10T00:00:01+08:00'),
      signed('L101', '2026-11-09T23:59:59+08:00'),
      ...Array.from({ length: 8 }, (_, i) => lead(`O${i}`, '2026-10-20T00:00:00+08:00')),
      ...Array.from({ length: 8 }, (_, i) => signed(`O${i}`, '2026-11-05T00:00:00+08:00')),
    ]);
    expect(await line.whole({ kpi: 'lead_conversion' })).toMatchObject({ value: 0.13, numerator: 52, denominator: 400, maturity: 1 });
  });

  it('is provisional while a part of the cohort is younger than N days, by the reading in force', async () => {
    line = await openKpiLine('2026-11-23T14:00:00+08:00');
    await line.ingest([
      lead('L1', '2026-11-01T08:00:00+08:00'),
      lead('L2', '2026-11-03T08:00:00+08:00'),
      lead('L3', '2026-11-20T08:00:00+08:00'),
      lead('L4', '2026-11-21T08:00:00+08:00', { reachable: false }),
      signed('L1', '2026-11-15T08:00:00+08:00'),
    ]);
    expect(await line.whole({ kpi: 'lead_conversion' })).toMatchObject({ numerator: 1, denominator: 3, maturity: 0 });
    await line.setReadings({ conversionDays: 14 });
    expect(await line.whole({ kpi: 'lead_conversion' })).toMatchObject({ numerator: 1, denominator: 3, maturity: 2 / 3 });
    expect(await line.whole({ kpi: 'lead_conversion', asOf: '2026-11-15T07:59:59+08:00' })).toMatchObject({ numerator: 0, maturity: 0 });
    await line.setReadings({ conversionDays: 13 });
    expect(await line.whole({ kpi: 'lead_conversion' })).toMatchObject({ numerator: 0, denominator: 3 });
  });
});
