/**
 * The whole line on real parts: an order posted over HTTP, one produced to a real Kafka and
 * a negative mention, each seen in a real browser on the real server's wall. The time from
 * sending to the painted figure is printed; `npm run bench` measures it against its limit.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventDefinitions } from '../../shared/events/registry.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startKafka, type KafkaBroker } from '../helpers/kafka-broker.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { describeWithKafka } from '../helpers/with-kafka.ts';

describeWithKafka('from an event to a painted pixel', () => {
  let broker: KafkaBroker;
  let room: WarRoom;
  let browser: Browser;
  let producer: Producer;
  let wall: Page;

  beforeAll(async () => {
    // `npm test` builds what the server ships before any suite runs.
    if (!existsSync(path.join(projectRoot, 'dist/client/index.html')))
      throw new Error('the client is not built: run `npm test`, or `npm start` once');
    broker = await startKafka();
    const kafka = new Kafka({ clientId: 'glass', brokers: broker.brokers, logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const names = [...new Set(eventDefinitions.map((d) => `marketing.${d.topic}`))];
    await admin.createTopics({ waitForLeaders: true, topics: names.map((topic) => ({ topic, numPartitions: 1, replicationFactor: 1 })) });
    await admin.disconnect();
    producer = kafka.producer();
    await producer.connect();
    room = await warRoom({ env: { KAFKA_BROKERS: broker.brokers.join() } });
    await room.start();
    await room.send('PUT', '/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, owner: '测试', reason: '上墙' });
    await eventually('the source runs', async () => ((await fetch(`${room.url}/readyz`)).ok ? true : undefined), 120_000);
    browser = await openChromium();
    wall = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await wall.goto(`${room.url}/wall/overview`);
    // A workspace without a fact shows its first steps in place of a headline.
    await wall.waitForSelector('.wall[data-ready]');
  });
  afterAll(async () => {
    await browser?.close();
    await producer?.disconnect();
    await room?.dispose();
    await broker?.stop();
  });

  /** Runs `send`, then waits for the headline to read `text`; ms from before sending to the painted figure. */
  async function shownWithin(text: string, send: () => Promise<unknown>): Promise<number> {
    const before = performance.now();
    const sent = send();
    await wall.waitForFunction((wanted) => document.querySelector('.headline')?.textContent === wanted, text, {
      timeout: 60_000,
      polling: 'raf',
    });
    const ms = performance.now() - before;
    await sent;
    return ms;
  }

  it('shows an order posted over HTTP', async () => {
    const ms = await shownWithin('¥1,234', () =>
      room.send('POST', '/api/events', order('http-1', 123_400), 'application/cloudevents+json'),
    );
    process.stdout.write(`HTTP order to glass: ${ms.toFixed(0)} ms, the roll of the figure included\n`);
  });

  it('shows an order produced to Kafka', async () => {
    const ms = await shownWithin('¥5,555', () =>
      producer.send({ topic: 'marketing.sales', messages: [{ key: 'kafka-1', value: JSON.stringify(order('kafka-1', 432_100)) }] }),
    );
    process.stdout.write(`Kafka order to glass: ${ms.toFixed(0)} ms, the roll of the figure included\n`);
  });

  it('shows a negative mention in the clock strip, counting down from two hours', async () => {
    const time = new Date().toISOString();
    const data = {
      mentionId: 'm-1',
      version: 1,
      platform: '微博',
      brand: '山澜',
      title: 'X5 漏水',
      storyId: 'S-X5',
      text: '台面全湿',
      label: 'negative',
      detectedAt: time,
    };
    const event = { specversion: '1.0', id: 'e-m-1', source: '/test/monitor', type: 'sentiment.mention', time, subject: 'm-1', data };
    await room.send('POST', '/api/events', event, 'application/cloudevents+json');
    await wall.waitForSelector('[data-incident]', { timeout: 60_000 });
    expect(await wall.textContent('[data-incident] .cell-title')).toBe('X5 漏水');
    // The clock and the server time it was counted from stand on the same page: no clock of the test takes part.
    const reading = () =>
      wall.evaluate(() => ({
        left: document.querySelector('[data-incident] .cell-clock')?.textContent ?? '',
        time: document.querySelector('.wall-clock')?.textContent ?? '',
      }));
    const before = await reading();
    const first = seconds(before.left);
    expect(first).toBeGreaterThan(7_200 - 120);
    // A page knows server time from heartbeats; its first one may have waited while the page loaded.
    expect(first).toBeLessThanOrEqual(7_200 + 3);
    await wall.waitForFunction((time) => document.querySelector('.wall-clock')?.textContent !== time, before.time);
    const after = await reading();
    const day = 86_400;
    const passed = (seconds(after.time) - seconds(before.time) + day) % day;
    expect(passed).toBeGreaterThan(0);
    expect(first - seconds(after.left)).toBe(passed);
  });
});

const seconds = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

function order(orderId: string, amount: number): object {
  return {
    specversion: '1.0',
    id: `e-${orderId}`,
    source: '/test/shop',
    type: 'sales.order.paid',
    time: new Date().toISOString(),
    subject: orderId,
    data: {
      orderId,
      version: 1,
      buyerId: 'B-1',
      channel: '天猫',
      region: '华东',
      lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
    },
  };
}
