import { describe, expect, it } from 'vitest';
import { waitUntilFolded, type Consumed } from '../../../../server/commands/import/consumption.ts';
import type { Readiness } from '../../../../server/pipeline/services/services.ts';

const consumed = (applied: number, duplicate = 0): Consumed => ({
  ...{ applied, duplicate, older: 0, quarantined: 0, skipped: 0, tombstone: 0 },
});
/** Gives these answers in turn, and the last one again and again. */
function server(...answers: readonly { lag: number | null; consumed: Consumed }[]) {
  let at = 0;
  return {
    asked: () => at,
    readiness: async () => {
      const answer = answers[Math.min(at++, answers.length - 1)] as (typeof answers)[number];
      return { ...answer, reasons: [] } as unknown as Readiness;
    },
  };
}
/** Time that passes only while the wait sleeps. */
function polling() {
  let time = 0;
  return {
    ...{ pollMs: 10, quietMs: 100 },
    now: () => time,
    wait: async (ms: number) => void (time += ms),
  };
}

describe('waiting until an import is folded', () => {
  it('does not take a source that has not yet heard of the newest records for one that has read them', async () => {
    const kafka = server(
      { lag: 0, consumed: consumed(10) },
      { lag: 0, consumed: consumed(54) },
      { lag: 40, consumed: consumed(60) },
      { lag: 0, consumed: consumed(108, 2) },
    );
    const waited = await waitUntilFolded(kafka, { before: consumed(10), taken: 100 }, () => {}, polling());
    expect(waited).toMatchObject({ folded: { applied: 98, duplicate: 2 } });
    expect(kafka.asked()).toBe(4);
  });

  it('takes nothing waiting and nothing moving for the end: a server started anew counts from zero', async () => {
    const anew = server({ lag: 0, consumed: consumed(30) });
    expect(await waitUntilFolded(anew, { before: consumed(0), taken: 100 }, () => {}, polling())).toMatchObject({
      folded: { applied: 30 },
    });
    expect(anew.asked()).toBeGreaterThan(10);
  });

  it('is done at once where nothing was taken', async () => {
    const idle = server({ lag: 0, consumed: consumed(7) });
    expect(await waitUntilFolded(idle, { before: consumed(7), taken: 0 }, () => {}, polling())).toMatchObject({ folded: { applied: 0 } });
    expect(idle.asked()).toBe(1);
  });
});
