/** How often the intake of a single mention waits for the store: each message is felt by whoever waits for the story. */
import { afterEach, expect, test } from 'vitest';
import { incidentRig, type Published, type Rig } from './incident-rig.ts';

let rig: Rig;
afterEach(() => rig.close());

/** Messages of one publication beyond those of the rig itself: its policies, its fact and the commit. */
async function messagesOf(...events: Published[]): Promise<number> {
  const before = rig.store.messages;
  await rig.publish(...events);
  return rig.store.messages - before - 3;
}

const named = (id: string, text: string): Published => ({ id, data: { storyId: 'S1', text } });
const lonely = (id: string, text: string): Published => ({ id, data: { text } });
const leak = '咖啡机用到第三周开始漏水，台面全湿';
const noise = '磨豆机的声音大得吓人，邻居来敲门了';

test('a mention that opens the story it names waits once', async () => {
  rig = await incidentRig();
  expect(await messagesOf(named('a', leak))).toBe(1);
});

test('a mention that joins the story it names waits twice, once for what is like it', async () => {
  rig = await incidentRig();
  await rig.publish(named('a', leak));
  expect(await messagesOf(named('b', noise))).toBe(1);
  expect(await messagesOf(named('c', leak))).toBe(2);
});

test('a mention without a name waits once more for the story it turned out to belong to', async () => {
  rig = await incidentRig();
  await rig.publish(named('a', leak));
  expect(await messagesOf(lonely('b', leak))).toBe(3);
});
