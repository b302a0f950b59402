/**
 * The yardstick, as a process of its own: a kafkajs consumer that does nothing but
 * JSON.parse. Prints one JSON line: events, ms from the first batch to the last, CPU µs.
 * Arguments: brokers, topic, count.
 */
import { Kafka, logLevel } from 'kafkajs';

const [brokers = '', topic = '', countText = '0'] = process.argv.slice(2);
const count = Number(countText);
// A broker just started refuses the first joins for a while; the clock starts with the first batch.
const retry = { initialRetryTime: 300, maxRetryTime: 2_000, retries: 20 };
const kafka = new Kafka({ clientId: 'bare-loop', brokers: brokers.split(','), logLevel: logLevel.NOTHING, retry });
const consumer = kafka.consumer({
  groupId: `bare-${String(process.pid)}-${String(Date.now())}`,
  maxBytesPerPartition: 1_048_576,
  maxWaitTimeInMs: 300,
});

let seen = 0;
let checksum = 0;
let startedAt = 0;
let cpuAtStart = process.cpuUsage();

await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await new Promise<void>((resolve, reject) => {
  consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
  consumer
    .run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: ({ batch, resolveOffset }) => {
        if (startedAt === 0) {
          startedAt = performance.now();
          cpuAtStart = process.cpuUsage();
        }
        for (const message of batch.messages) {
          const event = JSON.parse(String(message.value)) as { data: { lines: { amount: number }[] } };
          for (const line of event.data.lines) checksum += line.amount;
          seen += 1;
        }
        resolveOffset(batch.lastOffset());
        if (seen >= count) resolve();
        return Promise.resolve();
      },
    })
    .catch(reject);
});
const ms = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuAtStart);
process.stdout.write(`${JSON.stringify({ events: seen, ms, cpuUs: cpu.user + cpu.system, checksum })}\n`);
process.exit(0);
