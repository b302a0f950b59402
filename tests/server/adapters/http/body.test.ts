/** What a sender may hold of this process [I13]: bodies that never end, dribbles of bytes, answers nobody reads. */
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../helpers/war-room.ts';
import { BATCH, LINES, order, orders, postEvents, problemOf, raw, results, type Rig, startRig } from './rig.ts';

const KB = 1_024;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

interface Sender {
  readonly socket: Socket;
  answer(): string;
}
/** Sends a head and as much of the body as given, and keeps the connection. */
async function begin(rig: Rig, length: number | null, sent: string, headers = ''): Promise<Sender> {
  const socket = connect(rig.port, '127.0.0.1');
  sockets.push(socket);
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('utf8')));
  socket.on('error', () => undefined);
  const size = length === null ? 'transfer-encoding: chunked' : `content-length: ${length}`;
  socket.write(`POST /api/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${BATCH}\r\n${headers}${size}\r\n\r\n${sent}`);
  return { socket, answer: () => answer };
}
const answered = (sender: Sender, status: number) =>
  eventually(`answer ${status}`, async () => (sender.answer().includes(`HTTP/1.1 ${status} `) ? true : undefined), 20_000);
const padded = (text: string, bytes: number) => text + ' '.repeat(bytes - Buffer.byteLength(text));
/** A batch of one order, padded to a size in bytes. */
const batch = (id: string, size: number) => padded(`[${JSON.stringify(order(id))}]`, size);
/** The room is seen through what a large body is answered, since nothing shows it. */
const takes = (rig: Rig, size: number, id: string) => postEvents(rig, batch(id, size), BATCH);

describe('[I13] bytes in flight', () => {
  const limits = { bodies: { all: 900 * KB, perAddress: 900 * KB }, smallBodies: { all: 200 * KB, perAddress: 200 * KB } };

  it('beyond the bound large bodies are refused at once, small ones taken, and all of them once the room is free', async () => {
    const rig = await startRig({}, limits);
    const unfinished = [await begin(rig, 400 * KB, '[  '), await begin(rig, 400 * KB, '[')];
    await eventually('the room is taken', async () => ((await takes(rig, 300 * KB, 'probe')).status === 429 ? true : undefined), 20_000);
    const refused = await takes(rig, 200 * KB, 'large');
    expect(problemOf(refused)).toMatchObject({ status: 429, code: 'overloaded' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(results(await takes(rig, 64 * KB, 'small'))[0]?.outcome).toBe('accepted');
    expect(results(await postEvents(rig, JSON.stringify(order('one'))))[0]?.outcome).toBe('accepted');

    unfinished[0]?.socket.write(padded(`${JSON.stringify(order('late'))}]`, 400 * KB - 3));
    await answered(unfinished[0] as Sender, 202);
    unfinished[1]?.socket.destroy();
    await eventually('the room is free', async () => ((await takes(rig, 900 * KB, 'free')).status === 202 ? true : undefined), 20_000);
    expect((await orders(rig)) - 1).toBeGreaterThanOrEqual(3);
    expect(rig.bugs).toEqual([]);
  });

  it('a refused body still coming is read away for a while, then its connection ends', async () => {
    const rig = await startRig({}, { bodies: { all: 1, perAddress: 1 }, lingerMs: 100 });
    const sender = await begin(rig, 500 * KB, 'x');
    await answered(sender, 429);
    sender.socket.write('y'.repeat(100 * KB));
    await eventually('the connection is closed', async () => (sender.socket.closed ? true : undefined), 20_000);
  });

  it('one address has its share and no more; behind a proxy the one the proxy names', async () => {
    const rig = await startRig({ publicUrl: 'https://warroom.example.com' }, { bodies: { all: 1_000 * KB, perAddress: 500 * KB } });
    const post = (from: string) =>
      raw(rig, 'POST', '/api/events', { 'content-type': BATCH, 'x-forwarded-for': `198.51.100.1, ${from}` }, batch(from, 200 * KB));
    await begin(rig, 450 * KB, '[', 'x-forwarded-for: 198.51.100.7, 203.0.113.9\r\n');
    await eventually('its share is taken', async () => ((await post('203.0.113.9')).status === 429 ? true : undefined), 20_000);
    expect((await post('203.0.113.10')).status).toBe(202);
  });

  it('a chunked body is counted as it grows, and small pieces make the same body', async () => {
    const rig = await startRig({}, { bodies: { all: 1_100 * KB, perAddress: 1_100 * KB } });
    const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
    const whole = batch('dribble', 70 * KB);
    const first = await begin(rig, null, '');
    for (let at = 0; at < whole.length; at += 7_001) first.socket.write(chunk(whole.slice(at, at + 7_001)));
    first.socket.write('0\r\n\r\n');
    await answered(first, 202);
    expect(first.answer()).toContain('"outcome":"accepted"');

    await begin(rig, 800 * KB, '[');
    await eventually('the room is taken', async () => ((await takes(rig, 400 * KB, 'probe')).status === 429 ? true : undefined), 20_000);
    const second = await begin(rig, null, chunk(' '.repeat(60 * KB)));
    second.socket.write(chunk(' '.repeat(10 * KB)));
    await answered(second, 429);
    const small = await begin(rig, null, `${chunk('[')}${chunk(']')}0\r\n\r\n`);
    await answered(small, 202);
  });

  it('a body that stops coming is given up, and its room with it', async () => {
    const rig = await startRig({}, { ...limits, bodyIdleMs: 100 });
    const sender = await begin(rig, 900 * KB, '[');
    await answered(sender, 408);
    await eventually('the room is free', async () => ((await takes(rig, 900 * KB, 'after')).status === 202 ? true : undefined), 20_000);
  });

  it('the room comes back however a body ends', async () => {
    const rig = await startRig({}, { bodies: { all: 1_048_576, perAddress: 1_048_576 } });
    const full = (type: string, body: string, headers: Record<string, string> = {}) =>
      postEvents(rig, body.padEnd(1_000_000, ' '), type, headers);
    for (let round = 0; round < 3; round++) {
      expect((await full(BATCH, 'nope')).status).toBe(400);
      expect((await full(LINES, '{')).status).toBe(202);
      expect((await full('text/plain', '')).status).toBe(415);
      expect((await full(BATCH, '[]', { 'content-encoding': 'gzip' })).status).toBe(415);
      expect((await postEvents(rig, ' '.repeat(1_048_577), BATCH)).status).toBe(413);
      (await begin(rig, 1_000_000, '[')).socket.destroy();
    }
    await eventually('the room is free', async () => ((await full(BATCH, '[]')).status === 202 ? true : undefined), 20_000);
  });
});

describe('[I13] requests and answers in flight', () => {
  it('beyond the bound of requests 429, but whether the server is well is always answered', async () => {
    const rig = await startRig({}, { requests: 2 });
    const gate = Promise.withResolvers<void>();
    const { kpis } = rig.services;
    let waiting = 0;
    rig.replace({
      kpis: {
        async query(query) {
          waiting++;
          await gate.promise;
          return kpis.query(query);
        },
      },
    });
    const path = '/api/kpis?grain=day&period=2026-11-23';
    const slow = [raw(rig, 'GET', path), raw(rig, 'GET', path)];
    await eventually('both are worked on', async () => (waiting === 2 ? true : undefined), 20_000);
    expect(problemOf(await raw(rig, 'GET', '/api/targets'))).toMatchObject({ status: 429, code: 'overloaded' });
    expect(problemOf(await postEvents(rig, JSON.stringify(order('a')))).status).toBe(429);
    expect((await raw(rig, 'GET', '/healthz')).status).toBe(200);
    expect((await raw(rig, 'GET', '/readyz')).status).toBe(200);
    gate.resolve();
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await raw(rig, 'GET', '/api/targets')).status).toBe(200);
  });

  /** Asks for a large answer again and again and reads nothing. */
  function stalledReader(rig: Rig): { socket: Socket; ask(times: number): void } {
    const socket = connect(rig.port, '127.0.0.1').pause();
    socket.on('error', () => undefined);
    sockets.push(socket);
    return {
      socket,
      ask(times) {
        for (let i = 0; i < times; i++) socket.write('GET /openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n');
      },
    };
  }

  it('answers nobody reads are bounded', async () => {
    const size = Buffer.byteLength((await raw(await startRig(), 'GET', '/openapi.json')).body);
    const rig = await startRig({}, { answers: size + 1, answerIdleMs: 600_000 });
    const reader = stalledReader(rig);
    // Asked until the buffers of the system are full, so that one of the answers stays here.
    const isTaken = async () => {
      reader.ask(50);
      return (await raw(rig, 'GET', '/openapi.json')).status === 429 ? true : undefined;
    };
    await eventually('the room for answers is taken', isTaken, 60_000);
    expect((await raw(rig, 'GET', '/api/targets')).status).toBe(200);
    reader.socket.destroy();
    await eventually('it is free again', async () => ((await raw(rig, 'GET', '/openapi.json')).status === 200 ? true : undefined), 60_000);
  });

  it('who reads nothing of an answer is cut off', async () => {
    const rig = await startRig({}, { answerIdleMs: 300 });
    const reader = stalledReader(rig);
    const cut = new Promise((resolve) => rig.http.server.once('connection', (socket: Socket) => socket.once('close', resolve)));
    reader.ask(400);
    await cut;
  });
});
