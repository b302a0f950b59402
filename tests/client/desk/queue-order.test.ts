import { describe, expect, it } from 'vitest';
import { foldedAudit } from '../../../client/desk/audit-words.ts';
import { emptyDraft, joined } from '../../../client/desk/drafts.ts';
import { judgeEvidence } from '../../../client/desk/evidence.tsx';
import { foldEqual, hits } from '../../../client/desk/fold-mentions.ts';
import { countsOf, inOrder, keepingOrder, moreUrgent, passes, queueFilters } from '../../../client/desk/queue-order.ts';
import { takenBy } from '../../../client/desk/story-fields.ts';
import { movedAddress, storyOf } from '../../../client/desk/use-story-address.ts';
import type { AuditLine, IncidentView } from '../../../shared/incidents/types.ts';
import { grades } from '../../../shared/incidents/grades.ts';
import { keptRows } from '../../../client/state/same-value.ts';
import { seededRandom } from '../../helpers/random.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { incidentDetail, incidentsFixture } from '../../helpers/incidents-fixture.ts';

const [model] = incidentsFixture.open.incidents;
if (!model) throw new Error('the fixture has no open story');
const story = (
  id: string,
  minutesLeft: number,
  grade: IncidentView['severity']['grade'],
  rest: Partial<IncidentView> = {},
): IncidentView => ({
  ...model,
  id,
  owner: null,
  status: 'open',
  severity: { ...model.severity, grade },
  clocks: model.clocks.map((clock) => ({ ...clock, dueAt: fixtureNow + minutesLeft * 60_000 })),
  ...rest,
});

/** How many pass each filter, asked of each story. */
const countedAnew = (stories: readonly IncidentView[], me: string, now: number) =>
  Object.fromEntries(queueFilters.map((filter) => [filter, stories.filter((one) => passes(one, filter, me, now)).length]));

describe('the queue', () => {
  const late = story('late', -2, 'blue');
  const soonRed = story('soonRed', 50, 'red');
  const soonBlue = story('soonBlue', 20, 'blue');
  const calm = story('calm', 90, 'red', { owner: '林悦', status: 'claimed' });
  const queue = inOrder([calm, soonBlue, late, soonRed], fixtureNow);

  it('goes by steps of the time left, then by severity, then by the time itself', () => {
    expect(queue.map(({ id }) => id)).toEqual(['late', 'soonRed', 'soonBlue', 'calm']);
  });
  it('is the same until a story passes a step, another story comes, or one changes', () => {
    const order = keepingOrder();
    const stories = [calm, soonBlue, late, soonRed];
    const first = order(stories, fixtureNow);
    expect(first.queue.map(({ id }) => id)).toEqual(['late', 'soonRed', 'soonBlue', 'calm']);
    expect(order(stories, fixtureNow + 5_000)).toBe(first);
    for (const minutes of [6, 21, 35, 51, 200]) {
      const now = fixtureNow + minutes * 60_000;
      expect(order(stories, now).queue).toEqual(inOrder(stories, now));
      expect(countsOf(order(stories, now), '')).toEqual(countedAnew(stories, '', now));
    }
    const more = [...stories, story('new', 1, 'red')];
    expect(order(more, fixtureNow).queue).toEqual(inOrder(more, fixtureNow));
  });
  it('is what putting everything in order anew would give, whatever changes and however time passes', () => {
    const seed = 20_261_130;
    const random = seededRandom(seed);
    const order = keepingOrder();
    const made = (id: string) =>
      story(id, random.below(240) - 60, grades[random.below(grades.length)] ?? 'blue', { drill: random.below(9) === 0 });
    let stories: readonly IncidentView[] = Array.from({ length: 60 }, (_, i) => made(`i-${String(i)}`));
    let now = fixtureNow;
    for (let turn = 0; turn < 400; turn += 1) {
      if (random.below(3) > 0) now += random.below(120) * 1_000;
      stories = stories.flatMap((one) => {
        const die = random.below(40);
        return die === 0 ? [] : die === 1 ? [made(one.id)] : [one];
      });
      if (random.below(2) === 0) stories = [...stories, made(`n-${String(turn)}`)];
      const ordered = order(stories, now);
      expect(
        ordered.queue.map(({ id }) => id),
        `seed ${String(seed)}, turn ${String(turn)}`,
      ).toEqual(inOrder(stories, now).map(({ id }) => id));
      expect(countsOf(ordered, '')).toEqual(countedAnew(stories, '', now));
    }
  });
  it('is so too where a few of many change at a time, which are put between the others', () => {
    const seed = 20_261_201;
    const random = seededRandom(seed);
    const order = keepingOrder();
    const people = [null, '林悦', '周航'];
    const made = (id: string) => {
      const one = story(id, random.below(9_000) + 60, grades[random.below(grades.length)] ?? 'blue', {
        ...{ drill: random.below(9) === 0, owner: people[random.below(3)] ?? null },
      });
      const answered = { state: 'met', stoppedAt: fixtureNow } as const;
      return random.below(20) > 0 ? one : { ...one, clocks: one.clocks.map((clock) => ({ ...clock, ...answered })) };
    };
    let stories: readonly IncidentView[] = Array.from({ length: 500 }, (_, i) => made(`i-${String(i)}`));
    order(stories, fixtureNow);
    let now = fixtureNow;
    for (let turn = 0; turn < 200; turn += 1) {
      // Deadlines lie up to six days ahead: a few of them come nearer by a step at a time, now and then together with a change.
      now += random.below(3) * random.below(60) * 60_000;
      const at = random.below(stories.length);
      const [one, other] = [stories[at], stories[random.below(stories.length)]];
      if (one === undefined || other === undefined) throw new Error('no story');
      const without = stories.filter((each) => each !== one);
      // A story changes, goes, comes, or moves to another place of the answer.
      stories = [stories.with(at, made(one.id)), without, [made(`n-${String(turn)}`), ...stories], [one, ...without]][turn % 4] ?? [];
      const ordered = order(stories, now);
      const where = `seed ${String(seed)}, turn ${String(turn)}`;
      expect(ordered.queue, where).toEqual(inOrder(stories, now));
      for (const each of [...stories, one]) expect(ordered.storyOf(each.id), where).toBe(stories.find(({ id }) => id === each.id));
      expect(countsOf(ordered, '林悦'), where).toEqual(countedAnew(stories, '林悦', now));
      const answered = ordered.queue.filter((each) => takenBy(each) !== null);
      expect(ordered.answered, where).toEqual(answered);
      expect(answered.length, where).toBeGreaterThan(0);
    }
  });
  it('moves one story among many that came or changed and passes a step before all others', () => {
    const many = Array.from({ length: 100 }, (_, i) => story(`calm-${String(i)}`, 600 + i, 'red'));
    for (const [what, stories] of [
      ['came', [...many, story('near', 61, 'blue')]],
      ['changed', many.with(40, story('calm-40', 61, 'blue'))],
    ] as const) {
      const order = keepingOrder();
      order(many, fixtureNow);
      order(stories, fixtureNow);
      const now = fixtureNow + 2 * 60_000;
      expect(order(stories, now).queue[0]?.clocks[0]?.dueAt, what).toBe(fixtureNow + 61 * 60_000);
      expect(order(stories, now).queue, what).toEqual(inOrder(stories, now));
      // Once it is gone, the step of the next one holds.
      expect(order(many, now + 1_000).queue, what).toEqual(inOrder(many, now + 1_000));
      expect(order(many, fixtureNow + 541 * 60_000).queue, what).toEqual(inOrder(many, fixtureNow + 541 * 60_000));
    }
  });
  it('is the same object where a page came anew that says the same', () => {
    const order = keepingOrder();
    const first = order([calm, late], fixtureNow);
    const anew: readonly IncidentView[] = structuredClone([late, calm]);
    expect(
      order(
        keptRows([calm, late], anew, ({ id }) => id),
        fixtureNow,
      ),
    ).toBe(first);
  });
  it('counts what each filter holds', () => {
    expect(countsOf(keepingOrder()(queue, fixtureNow), '林悦')).toEqual({ all: 4, mine: 1, unclaimed: 3, breached: 1, drills: 0 });
  });
  it('offers only what is more urgent by a whole step, and never a drill', () => {
    const among = (...stories: readonly IncidentView[]) => keepingOrder()(stories, fixtureNow);
    expect(moreUrgent(among(...queue), 'soonBlue', fixtureNow)?.id).toBe('late');
    expect(moreUrgent(among(soonRed, soonBlue), 'soonBlue', fixtureNow)).toBeNull();
    expect(moreUrgent(among(story('drill', -2, 'red', { drill: true }), calm), 'calm', fixtureNow)).toBeNull();
    expect(moreUrgent(among(...queue), 'gone', fixtureNow)).toBeNull();
    expect(moreUrgent(among(...queue), null, fixtureNow)).toBeNull();
  });
});

describe('the audit', () => {
  const line = (seq: number, actor: string, action: string, detail: AuditLine['detail'] = {}): AuditLine => ({
    seq,
    at: seq,
    actor,
    action,
    detail,
  });
  it('shows what people did, and runs of mentions as one line', () => {
    const lines = [
      line(1, 'system', 'opened'),
      ...Array.from({ length: 10 }, (_, i) => line(2 + i, 'system', 'mention_added', { count: 3 })),
      line(12, '林悦', 'claimed'),
      line(13, 'system', 'mention_added', { count: 1 }),
    ];
    expect(foldedAudit(lines, true).map(({ line: { action } }) => action)).toEqual(['claimed', 'opened']);
    expect(foldedAudit(lines, false).map(({ line: { seq }, lines: folded, mentions }) => [seq, folded, mentions])).toEqual([
      [13, 1, 1],
      [12, 1, 1],
      [11, 10, 30],
      [1, 1, 1],
    ]);
  });
});

describe('mentions', () => {
  it('with the same words are one, and what was searched for is marked', () => {
    const [first] = incidentDetail('i-17')?.mentions ?? [];
    if (!first) throw new Error('the fixture has no mention');
    const same = Array.from({ length: 263 }, (_, i) => ({ ...first, mentionId: `M-${i}` }));
    expect(foldEqual(same).map(({ same: others }) => others.length)).toEqual([262]);
    expect(hits('X5 漏水了，又漏水', '漏水').map(({ words, hit }) => [words, hit])).toEqual([
      ['X5 ', false],
      ['漏水', true],
      ['了，又', false],
      ['漏水', true],
    ]);
  });
});

describe('evidence and drafts', () => {
  it.each(['htps:/weibo', 'www.weibo.com', 'weibo.com/1', 'javascript:alert(1)'])('“%s” is no link', (typed) => {
    expect(judgeEvidence(typed)).toEqual({ ok: false, why: 'notALink' });
  });
  it('words stay words, links stay links', () => {
    expect(judgeEvidence('已电话致歉')).toMatchObject({ ok: true, evidence: { kind: 'text' } });
    expect(judgeEvidence(' https://weibo.com/1 ')).toMatchObject({ ok: true, evidence: { kind: 'link', value: 'https://weibo.com/1' } });
  });
  it('the later draft wins, but never over what is being written', () => {
    const here = { text: '这里', links: [], at: 5 };
    const there = { text: '那里', links: [], at: 9 };
    expect(joined(here, there, false)).toBe('there');
    expect(joined(here, there, true)).toBe('offer');
    expect(joined(here, { ...there, at: 3 }, false)).toBe('here');
    expect(joined(emptyDraft, null, false)).toBe('here');
  });
});

describe('addresses', () => {
  it('of the older form lead to the page of the story', () => {
    expect(movedAddress('http://x/incidents?lang=en&incident=i-17')).toBe('/incidents/i-17?lang=en');
    expect(movedAddress('http://x/incidents/i-1')).toBeNull();
    expect(storyOf('/incidents/i%20a')).toBe('i a');
    expect(storyOf('/incidents')).toBeNull();
  });
});
