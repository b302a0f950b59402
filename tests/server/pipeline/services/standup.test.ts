import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal, type Refusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import type { Touched } from '../../../../server/pipeline/ports/transaction.ts';
import { createStandupService, type StandupService } from '../../../../server/pipeline/services/standup.ts';
import { standupDay, standupMinutes, type PromiseDocument } from '../../../../shared/standup/types.ts';
import { openLine, type Line } from '../../../helpers/line.ts';
import { nodesOf } from '../../../helpers/nodes.ts';

let line: Line;
let standup: StandupService;
let touched: Touched[];
let number = 0;
const at = (time: string): number => Date.parse(`${time}:00+08:00`);
const id = (): string => `c-${++number}`;

function ok<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer;
}
function no<T>(answer: T | Refusal): Refusal {
  if (!isRefusal(answer)) throw new Error('nothing was refused');
  return answer;
}
const promised = (who: string, what: string, day: string, time: string): PromiseDocument => ({
  ...{ commandId: id(), actor: '周屿', who, what, due: { day, time } },
});
/** On Thursday: three promises of Friday, one of Saturday, one of Monday; on Friday one of them was moved. */
async function week() {
  const thursday = at('2026-11-19T09:10');
  const add = async (who: string, what: string, day: string, time: string) =>
    ok(await standup.addPromise(promised(who, what, day, time), thursday)).promise;
  const list = {
    kept: await add('林悦', '差评回访单', '2026-11-20', '10:00'),
    missed: await add('陈放', '达人报价单', '2026-11-20', '18:00'),
    moved: await add('罗衡', '退款口径', '2026-11-20', '20:00'),
    open: await add('何晚', '周报', '2026-11-21', '12:00'),
    today: await add('苏晴', 'ROI 分析', '2026-11-23', '23:30'),
  };
  const by = { actor: '林悦', expectedVersion: 1 };
  ok(await standup.commandPromise(list.kept.id, { ...by, commandId: id(), type: 'keep' }, at('2026-11-20T09:50')));
  ok(await standup.commandPromise(list.missed.id, { ...by, commandId: id(), type: 'miss', reason: '等报价' }, at('2026-11-20T19:00')));
  const due = { day: '2026-11-25', time: '18:00' };
  ok(await standup.commandPromise(list.moved.id, { ...by, commandId: id(), type: 'move', reason: '等财务', due }, at('2026-11-20T17:00')));
  return list;
}

beforeEach(async () => {
  line = await openLine({ now: '2026-11-23T09:00:00+08:00' });
  touched = [];
  const commit = createCommit(line.store, line.clock, (parts) => touched.push(...parts));
  standup = createStandupService({ reads: line.store.reads, commit, calendar: line.calendar, nodesOf, clock: line.clock });
});
afterEach(() => line.close());

describe('the day of a stand-up', () => {
  it('[SU5] on a Monday shows what fell due since Friday, what is due today, and what comes later', async () => {
    await week();
    const day = ok(await standup.day(null));
    expect(standupDay.parse(JSON.parse(JSON.stringify(day)))).toEqual(day);
    expect(day).toMatchObject({ day: '2026-11-23', since: '2026-11-20', timeZone: 'Asia/Shanghai' });
    expect(day.before.tally).toEqual({ due: 4, kept: 1, missed: 1, moved: 1, open: 1 });
    expect(day.before.rows.map(({ who, state }) => [who, state])).toEqual([
      ['林悦', 'kept'],
      ['陈放', 'missed'],
      ['罗衡', 'moved'],
      ['何晚', 'open'],
    ]);
    expect(day.today.rows).toMatchObject([{ who: '苏晴', state: 'open', carried: 0 }]);
    expect(day.later).toMatchObject([{ who: '罗衡', dueAt: at('2026-11-25T18:00') }]);
    expect([...day.people].sort()).toEqual(['何晚', '林悦', '罗衡', '苏晴', '陈放'].sort());
  });

  it('[SU6] an open promise is carried to the next morning by itself, and to the one after', async () => {
    const { open, today } = await week();
    line.at('2026-11-25T09:00:00+08:00');
    const wednesday = ok(await standup.day(null));
    expect(wednesday.carried).toMatchObject([
      { id: open.id, carried: 4 },
      { id: today.id, carried: 2 },
    ]);
    ok(await standup.commandPromise(open.id, { commandId: id(), actor: '何晚', expectedVersion: 1, type: 'keep' }, line.clock.now()));
    expect(ok(await standup.day(null)).carried.map((row) => row.id)).toEqual([today.id]);
  });

  it('a day that is none is refused', async () => {
    expect(no(await standup.day('2026-02-30'))).toMatchObject({ status: 400, code: 'bad_day', path: 'day' });
  });
});

describe('commands', () => {
  it('[C2] the same commandId gets the same answer and is done once; for another thing it is refused', async () => {
    const document = promised('林悦', '差评回访单', '2026-11-23', '10:00');
    const first = ok(await standup.addPromise(document, line.clock.now()));
    // The same command again, after its date: what it did stands.
    expect(ok(await standup.addPromise(document, at('2026-11-24T09:00')))).toEqual(first);
    expect(ok(await standup.day(null)).today.rows).toHaveLength(1);
    expect(no(await standup.addPromise({ ...document, what: '别的事' }, line.clock.now()))).toMatchObject({
      status: 422,
      code: 'command_id_reused',
    });
  });

  it('[C2] an old version is a conflict with the present state; of two answers the first stands', async () => {
    const { promise } = ok(await standup.addPromise(promised('林悦', '差评回访单', '2026-11-23', '10:00'), line.clock.now()));
    const keep = { commandId: id(), actor: '林悦', expectedVersion: 1, type: 'keep' } as const;
    ok(await standup.commandPromise(promise.id, keep, line.clock.now()));
    const late = no(await standup.commandPromise(promise.id, { ...keep, commandId: id(), type: 'miss' }, line.clock.now()));
    expect(late).toMatchObject({ status: 409, code: 'already_answered', detail: expect.stringContaining('林悦') });
    expect(late.present).toMatchObject({ promise: { state: 'kept', version: 2 } });
    expect(ok(await standup.commandPromise(promise.id, keep, line.clock.now())).promise.version).toBe(2);
  });

  it('[SU1] an incomplete promise or item is refused, nothing is stored and no screen is told', async () => {
    expect(no(await standup.addPromise({ commandId: id(), actor: '周屿', what: '回访' }, line.clock.now()))).toMatchObject({
      ...{ status: 422, code: 'incomplete', path: 'who', detail: expect.stringContaining('missing: who, due') },
    });
    expect(no(await standup.addItem({ commandId: id(), actor: '周屿', matter: '图' }, line.clock.now())).code).toBe('incomplete');
    expect(await line.store.reads.standupSeq()).toBe(0);
    expect(touched).toEqual([]);
  });

  it('[SU3] who said what when can be read; each change tells the screens', async () => {
    const { missed } = await week();
    const { audit } = ok(await standup.promise(missed.id));
    expect(audit).toMatchObject([
      { actor: '周屿', action: 'promised', at: at('2026-11-19T09:10') },
      { actor: '林悦', action: 'missed', at: at('2026-11-20T19:00'), detail: { reason: '等报价' } },
    ]);
    expect(touched).toHaveLength(8);
    expect(new Set(touched)).toEqual(new Set(['standup']));
    expect(no(await standup.promise('p-999'))).toMatchObject({ status: 404, code: 'unknown_promise' });
    expect(
      no(await standup.commandItem('i-9', { commandId: id(), actor: 'a', expectedVersion: 1, type: 'close', note: 'n' }, 1)).status,
    ).toBe(404);
  });
});

describe('the minutes', () => {
  it('say who owes what by when, what was kept and missed, what waits and what was settled, and who said it', async () => {
    await week();
    const item = { commandId: id(), actor: '周屿', department: '设计部', matter: '主视觉', effect: '卡住预热', contact: '许诺' };
    ok(await standup.addItem(item, at('2026-11-18T10:00')));
    const { item: settled } = ok(
      await standup.addItem({ ...item, commandId: id(), department: '法务', matter: '回收条款' }, at('2026-11-20T10:00')),
    );
    ok(
      await standup.commandItem(
        settled.id,
        { commandId: id(), actor: '沈一', expectedVersion: 1, type: 'close', note: '已审完' },
        line.clock.now(),
      ),
    );
    const minutes = ok(await standup.minutes(null, 'zh-CN'));
    expect(standupMinutes.parse(JSON.parse(JSON.stringify(minutes)))).toEqual(minutes);
    expect(minutes.text).toBe(
      [
        ...['晨会纪要 2026-11-23', '', '2026-11-20 以来到期 4 件：守约 1 · 失约 1 · 改期 1 · 没说 1'],
        ...['- 失约：陈放 · 达人报价单（等报价）', '- 改期到 11-25 18:00：罗衡 · 退款口径（等财务）', '- 没说：何晚 · 周报', ''],
        ...[
          '谁 · 做什么 · 什么时候（3 件）',
          '- 何晚 · 周报 · 11-21 12:00',
          '- 苏晴 · ROI 分析 · 23:30',
          '- 罗衡 · 退款口径 · 11-25 18:00',
          '',
        ],
        ...[
          '待协调（1 项）',
          '- 设计部 · 主视觉 · 卡住预热 · 找 许诺 · 已拖 5 天',
          '',
          '今天了结（1 项）',
          '- 法务 · 回收条款：已审完',
          '',
        ],
      ].join('\n'),
    );
    expect(minutes.said).toMatchObject([{ subject: 'item', action: 'closed', actor: '沈一', title: '回收条款' }]);
    expect(ok(await standup.minutes(null, 'en')).text).toBe(
      [
        'Minutes of the stand-up, 2026-11-23',
        '',
        '4 promises fell due since 2026-11-20: 1 kept · 1 missed · 1 moved · 1 unanswered',
        ...['- missed: 陈放 · 达人报价单 (等报价)', '- moved to 11-25 18:00: 罗衡 · 退款口径 (等财务)', '- unanswered: 何晚 · 周报', ''],
        'Who · what · by when (3)',
        ...['- 何晚 · 周报 · 11-21 12:00', '- 苏晴 · ROI 分析 · 23:30', '- 罗衡 · 退款口径 · 11-25 18:00', ''],
        ...['To be coordinated (1)', '- 设计部 · 主视觉 · 卡住预热 · ask 许诺 · 5 days old', ''],
        ...['Closed today (1)', '- 法务 · 回收条款: 已审完', ''],
      ].join('\n'),
    );
  });
});
