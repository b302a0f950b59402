import { expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { rebuildMentions } from '../../../../server/pipeline/fold/rebuild.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';

const polarity = (rig: IngestRig, threshold: number): Promise<void> =>
  rig.store.write((tx) => tx.putPolicy('polarity', { value: { threshold }, owner: 't', reason: 't', effectiveFrom: 0, setAt: 0 }));

it('a mention rebuilt under a new threshold counts as if it had always been folded under it', async () => {
  const events = generateEvents({ seed: 3, count: 1_500, until: NOW, ids: 400 });
  const [changed, always] = [createIngestRig(), createIngestRig()];
  await changed.feed(events);
  const before = changed.store.dump();
  await polarity(changed, 0.5);
  await changed.store.write((tx) =>
    rebuildMentions(tx, { calendar: createCalendar('Asia/Shanghai'), threshold: 0.5, thresholdBefore: 0.3 }, async () => undefined),
  );
  await polarity(always, 0.5);
  await always.feed(events);
  expect(changed.store.dump()).toEqual(always.store.dump());
  expect(changed.store.dump()).not.toEqual(before);
});
