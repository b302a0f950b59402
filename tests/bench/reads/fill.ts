/** Sends one part of the month to Kafka, and all of it to the bare table. */
import type { Producer } from 'kafkajs';
import type { Bare } from './bare.ts';
import { tellMonth, type MonthOptions, type Part } from './month.ts';

/** A broker takes a megabyte a batch of one partition. */
const BATCH = 2_000;
const PARTITIONS = 4;

export interface Topics {
  readonly sales: string;
  readonly mentions: string;
}

/** Resolves to the number of events of each part, once all rows are in the bare table. */
export async function fillBare(bare: Bare, month: MonthOptions): Promise<Readonly<Record<Part, number>>> {
  const events = { 1: 0, 2: 0 };
  tellMonth(month, { send: ({ part }) => (events[part] += 1), row: bare.row, mention: bare.mention });
  await bare.finish();
  return events;
}

/** Tells the month again, so that its events need not be kept, and sends those of one part. */
export async function sendPart(producer: Producer, topics: Topics, month: MonthOptions, part: Part): Promise<void> {
  const batches: { topic: string; messages: { key: string; value: Buffer; partition: number }[] }[] = [];
  const open = { sales: batch(topics.sales), mentions: batch(topics.mentions) };
  let n = 0;
  tellMonth(month, {
    send(sent) {
      if (sent.part !== part) return;
      const into = open[sent.topic];
      const partition = sent.topic === 'sales' ? n++ % PARTITIONS : 0;
      into.messages.push({ key: sent.key, value: Buffer.from(JSON.stringify(sent.event)), partition });
      if (into.messages.length < BATCH) return;
      batches.push(into);
      open[sent.topic] = batch(into.topic);
    },
    row: () => undefined,
    mention: () => undefined,
  });
  for (const { topic, messages } of [...batches, open.sales, open.mentions]) {
    if (messages.length > 0) await producer.send({ topic, acks: 1, messages });
  }
}

function batch(topic: string): { topic: string; messages: { key: string; value: Buffer; partition: number }[] } {
  return { topic, messages: [] };
}
