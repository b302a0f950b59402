import { describe, expect, it } from 'vitest';
import { staffCommand } from '../../../../server/domain/demo/staff.ts';
import { demoTargets } from '../../../../server/domain/demo/targets.ts';
import { demoWorld } from '../../../../server/domain/demo/world.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import type { IncidentView } from '../../../../shared/incidents/types.ts';
import { plainView } from '../../../helpers/incident-fields.ts';
import { target } from '../../../../shared/kpi/targets.ts';

const MINUTE = 60_000;
const origin = Date.parse('2026-11-23T14:35:20+08:00');
const world = demoWorld(1, origin, createCalendar('Asia/Shanghai'));

function incident(detectedAt: number, status: IncidentView['status'], storyId = 'S-1'): IncidentView {
  return {
    id: `I-${storyId}`,
    code: 'A1',
    version: 1,
    status,
    title: '水箱异味',
    brand: '山澜',
    storyId,
    openedAt: detectedAt,
    publishedAt: detectedAt - MINUTE,
    detectedAt,
    owner: null,
    mentionCount: 1,
    platforms: ['微博'],
    platformCount: 1,
    reach: 1,
    response: null,
    clocks: [],
    ...plainView(detectedAt - MINUTE, detectedAt, detectedAt),
  };
}
/** What the staff has done to a story by `minutes` after it was found. */
function byThen(detectedAt: number, minutes: number, storyId: string): IncidentView['status'] {
  let status: IncidentView['status'] = 'open';
  for (let m = 0; m <= minutes; m += 1) {
    const command = staffCommand(world, incident(detectedAt, status, storyId), detectedAt + m * MINUTE);
    if (command) status = ({ claim: 'claimed', respond: 'responded', resolve: 'resolved' } as const)[command.type as 'claim'];
  }
  return status;
}

describe('the demo’s staff', () => {
  it('claims soon, answers most stories within two hours and the others late, and settles all of them', () => {
    const later = Array.from({ length: 60 }, (_, i) => ({ at: origin + i * MINUTE, story: `S-later-${i}` }));
    expect(later.every(({ at, story }) => byThen(at, 20, story) === 'claimed')).toBe(true);
    const answered = later.filter(({ at, story }) => byThen(at, 119, story) === 'responded').length;
    expect(answered).toBeGreaterThan(40);
    expect(answered).toBeLessThan(60);
    expect(later.filter(({ at, story }) => byThen(at, 480, story) === 'resolved')).toHaveLength(later.length);
  });

  it('leaves the stories of the opening for hours to whoever watches, the youngest also to claim, and answers them where nobody did', () => {
    expect(byThen(origin - 110 * MINUTE, 300, 'S-a')).toBe('claimed');
    expect(byThen(origin - 28 * MINUTE, 300, 'S-b')).toBe('open');
    for (const story of ['S-a', 'S-b']) expect(byThen(origin - 28 * MINUTE, 720, story)).toBe('resolved');
  });
});

describe('the demo’s targets', () => {
  it('are of the running periods, and by channel add up to the whole within rounding', () => {
    const targets = demoTargets(world, origin);
    for (const t of targets) expect(target.safeParse(t).error).toBeUndefined();
    expect(targets.filter((t) => t.kpi === 'net_sales' && t.dimension === undefined).map((t) => t.period)).toEqual([
      '2026-11-23',
      '2026-11',
      '2026-Q4',
      '2026',
    ]);
    const month = targets.filter((t) => t.kpi === 'net_sales' && t.grain === 'month');
    const whole = month.find((t) => t.dimension === undefined)?.value ?? 0;
    const parts = month.filter((t) => t.dimension).reduce((sum, t) => sum + t.value, 0);
    expect(Math.abs(parts - whole)).toBeLessThan(5);
  });
});
