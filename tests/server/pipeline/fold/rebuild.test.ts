import { expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { rebuildMentions } from '../../../../server/pipeline/fold/rebuild.ts';
import type { CellAddition } from '../../../helpers/recount/cells.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { cellsOfRows } from '../../../helpers/recount/cells-of-rows.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';

const cells = (rows: readonly LedgerRow[]): string[] =>
  cellsOfRows(rows, createCalendar('Asia/Shanghai'))
    .map(({ family, bucket, dims, measures }: CellAddition) => JSON.stringify([family, bucket, dims, measures]))
    .sort();

const polarity = (rig: IngestRig, threshold: number): Promise<void> =>
  rig.store.write((tx) => tx.putPolicy('polarity', { value: { threshold }, owner: 't', reason: 't', effectiveFrom: 0, setAt: 0 }));

it('a mention rebuilt under a new threshold counts as if it had always been folded under it', async () => {
  const events = generateEvents({ seed: 3, count: 1_500, until: NOW, ids: 400 });
  const [changed, always] = [createIngestRig(), createIngestRig()];
  await changed.feed(events);
  const before = changed.store.dump();
  await polarity(changed, 0.5);
  const calendar = createCalendar('Asia/Shanghai');
  const rule: LedgerRow[] = [];
  await changed.store.write((tx) =>
    rebuildMentions(
      tx,
      async (rows) => void rule.push(...rows),
      { calendar, workspaceSince: 0, at: NOW, threshold: 0.5, thresholdBefore: 0.3 },
      async () => undefined,
    ),
  );
  expect(new Set(rule.map(({ cause }) => cause))).toEqual(new Set(['rule']));
  await polarity(always, 0.5);
  await always.feed(events);
  expect(changed.store.dump()).toEqual(always.store.dump());
  expect(changed.store.dump()).not.toEqual(before);
  expect(cells([...changed.ledger, ...rule])).toEqual(cells(always.ledger));
});
