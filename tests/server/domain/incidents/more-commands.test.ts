import { describe, expect, it } from 'vitest';
import { incidentCommand } from '../../../../shared/incidents/types.ts';
import { actions, after, clockOf, given, hour, opened, T0, when } from './story-spec.ts';

const claim = (actor: string) => ({ type: 'claim', actor }) as const;
const respond = (actor: string) => ({ type: 'respond', actor, text: '我们已联系用户' }) as const;
const link = { kind: 'link', value: 'https://example.com/answer' } as const;

describe('[IC19] who has a story and who answered it', () => {
  it('names both when a second person answers', () => {
    const answered = after(after(given(opened()), claim('苏晴'), T0 + 1), respond('周屿'), T0 + 2);
    expect(answered).toMatchObject({ owner: '苏晴', respondedBy: '周屿' });
    expect(when(answered, respond('林悦'), T0 + 3)).toMatchObject({ code: 'already_answered', detail: '周屿 has already answered.' });
  });

  it('hands over at every stage; an open story is claimed by it', () => {
    const handed = after(given(opened()), { type: 'hand_over', actor: '苏晴', to: '周屿' }, T0 + 1);
    expect(handed).toMatchObject({ status: 'claimed', owner: '周屿' });
    expect(actions(when(handed, { type: 'hand_over', actor: '苏晴', to: '周屿' }, T0 + 2))).toEqual(['refused already_claimed']);
    const answered = after(handed, respond('周屿'), T0 + 2);
    expect(after(answered, { type: 'hand_over', actor: '周屿', to: '林悦' }, T0 + 3)).toMatchObject({ status: 'responded', owner: '林悦' });
  });

  it('takes notes at every stage', () => {
    const open = given(opened());
    expect(after(open, { type: 'note', actor: '林悦', text: '在等检测' }, T0 + 1)).toEqual({
      ...open,
      version: 2,
      hops: { ...open.hops, routedAt: T0 + 1 },
    });
    const closed = after(open, { type: 'false_alarm', actor: '林悦', reason: '讽刺' }, T0 + 1);
    expect(actions(when(closed, { type: 'note', actor: '林悦', text: '补记' }, T0 + 2))).toEqual(['noted']);
  });

  it('evidence is added to an answer and to nothing else', () => {
    const add = { type: 'evidence' as const, actor: '林悦', evidence: [link] };
    expect(actions(when(given(opened()), add, T0 + 1))).toEqual(['refused answer_first']);
    const answered = after(given(opened()), { ...respond('林悦'), evidence: [{ kind: 'text', value: '置顶评论' }] }, T0 + 1);
    const resolved = after(answered, { type: 'resolve', actor: '林悦' }, T0 + 2);
    expect(after(resolved, add, T0 + 3).evidence).toEqual([{ kind: 'text', value: '置顶评论' }, link]);
  });

  it.each([
    ['words', { text: '已联系' }, true],
    ['a link', { evidence: [link] }, true],
    ['nothing', {}, false],
    ['blanks', { text: '  ' }, false],
    ['words that say they are a link', { text: '在', evidence: [{ kind: 'link', value: 'not a url' }] }, false],
    ['a link that is no page', { text: '在', evidence: [{ kind: 'link', value: 'ftp://example.com' }] }, false],
    ['a link that hides its host', { text: '在', evidence: [{ kind: 'link', value: 'https://weibo.com@example.com/' }] }, false],
    ['evidence in words', { evidence: [{ kind: 'text', value: '电话回访' }] }, true],
  ])('an answer of %s', (_name, given, right) => {
    const command = { commandId: 'c', expectedVersion: 1, actor: '林悦', type: 'respond', ...given };
    expect(incidentCommand.safeParse(command).success).toBe(right);
  });

  it('a grade set by a person stands with its reason, and never below the floor of the topic', () => {
    const floor = { topic: 'safety', grade: 'orange' } as const;
    const grave = {
      ...given(opened()),
      severity: { grade: 'orange', computed: 'orange', score: 3, parts: [], floor, override: null },
    } as const;
    expect(actions(when(grave, { type: 'severity', actor: '林悦', grade: 'yellow', reason: '小事' }, T0 + 1))).toEqual([
      'refused below_floor',
    ]);
    expect(after(grave, { type: 'severity', actor: '林悦', grade: 'red', reason: '有人受伤' }, T0 + 1).severity).toMatchObject({
      grade: 'red',
      override: { by: '林悦', reason: '有人受伤', at: T0 + 1, computed: 'orange', score: 3 },
    });
  });
});

describe('[IC20] a pause of the disposal clock', () => {
  const pause = (secondActor = '陈放') => ({ type: 'pause', actor: '林悦', reason: '送检', secondActor }) as const;
  const day = 24 * hour;

  it('moves the deadline of disposal by the cap, and of the response not at all', () => {
    const paused = after(given(opened()), pause(), T0 + hour);
    expect(clockOf(paused, 'disposal')).toMatchObject({ state: 'armed', dueAt: T0 + 2 * day, pausedMs: day });
    expect(clockOf(paused, 'response').dueAt).toBe(T0 + 2 * hour);
    expect(paused.pause).toEqual({ since: T0 + hour, until: T0 + hour + day, reason: '送检', by: '林悦', secondBy: '陈放' });
  });

  it('costs what it lasted: ended early, the deadline comes back', () => {
    const paused = after(given(opened()), pause(), T0 + hour);
    const resumed = after(paused, { type: 'resume', actor: '林悦' }, T0 + 4 * hour);
    expect(clockOf(resumed, 'disposal')).toMatchObject({ dueAt: T0 + day + 3 * hour, pausedMs: 3 * hour });
    expect(resumed.pause).toBeNull();
    // Twenty-one hours are left of what a round may be paused.
    const again = after(resumed, pause(), T0 + 5 * hour);
    expect(again.pause?.until).toBe(T0 + 26 * hour);
    const over = after(again, { type: 'resume', actor: '林悦' }, T0 + 30 * hour);
    expect(clockOf(over, 'disposal')).toMatchObject({ dueAt: T0 + 2 * day, pausedMs: day });
    expect(actions(when(over, pause(), T0 + 31 * hour))).toEqual(['refused pause_used_up']);
  });

  it('needs a second person, a running clock, and no pause that runs', () => {
    for (const same of ['林悦', ' 林悦 ', '林悦\u200b']) {
      expect(when(given(opened()), pause(same), T0 + 1)).toMatchObject({ code: 'same_person', status: 422 });
    }
    expect(actions(when(given(opened()), pause(), T0 + day + 1))).toEqual(['refused not_running']);
    const paused = after(given(opened()), pause(), T0 + hour);
    expect(when(paused, { ...pause('周屿'), actor: '苏晴' }, T0 + hour)).toMatchObject({
      code: 'already_paused',
      detail: '林悦 has paused it already.',
    });
    expect(actions(when(given(opened()), { type: 'resume', actor: '林悦' }, T0 + 1))).toEqual(['refused not_paused']);
  });

  it('ends with the story, and what is resolved while it runs is in time', () => {
    const paused = after(after(given(opened()), respond('林悦'), T0 + 1), pause(), T0 + 23 * hour);
    const resolve = { type: 'resolve', actor: '林悦' } as const;
    expect(actions(when(paused, resolve, T0 + 40 * hour))).toEqual(['resumed', 'resolved']);
    expect(clockOf(after(paused, resolve, T0 + 40 * hour), 'disposal')).toMatchObject({ state: 'met', dueAt: T0 + 41 * hour });
    const lifted = after(paused, { type: 'false_alarm', actor: '林悦', reason: '讽刺' }, T0 + 24 * hour);
    expect(lifted.pause).toBeNull();
    expect(clockOf(lifted, 'disposal').state).toBe('void');
  });
});

describe('[IC23] stations on the way to a person', () => {
  it('somebody who acts has the story; the first time stays', () => {
    const claimed = after(given(opened()), claim('林悦'), T0 + 5);
    expect(claimed.hops.routedAt).toBe(T0 + 5);
    expect(after(claimed, respond('周屿'), T0 + 9).hops.routedAt).toBe(T0 + 5);
    expect(given(opened(), { action: 'routed', at: T0 + 3, actor: 'system', detail: { to: '林悦' } }).hops.routedAt).toBe(T0 + 3);
  });
});
