import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideCorrection } from '../../../../server/domain/incidents/correct-clocks.ts';
import { decideFiring } from '../../../../server/domain/incidents/decide-firing.ts';
import { decideOpening } from '../../../../server/domain/incidents/decide-mentions.ts';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';
import { behindStore, readClock, type ClockState } from '../../../../server/domain/incidents/clock-steps.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const START = 1_795_409_096_000;
const LOOK = 10 * second;
const sla = { responseMs: 2 * hour, disposalMs: 24 * hour };

/** A server on a machine whose clock is `wrong` ms ahead of real time. */
class Server {
  real = START;
  wrong = 0;
  boot = 1;
  readonly opened = new Map<string, number>();
  incidents = new Map<string, Incident>();
  overturned = 0;
  state: ClockState | null = null;
  #booted = START - hour;

  look(): void {
    const wall = this.real + this.wrong;
    const found = readClock(this.state, { wall, elapsed: this.real - this.#booted, boot: String(this.boot) });
    // As it comes back from a store.
    this.state = JSON.parse(JSON.stringify(found.state)) as ClockState;
    for (const [id, incident] of this.incidents) {
      let now = incident;
      if (found.correction) {
        const events = decideCorrection(now, found.correction, { now: wall, stepMs: found.step ?? 0 });
        this.overturned += events.filter(({ action }) => action === 'breach_overturned').length;
        now = events.reduce<Incident>(evolve, now);
      }
      if ((now.clocks[0]?.dueAt ?? Infinity) <= found.trusted) now = decideFiring(now, 'response', 1, wall).reduce<Incident>(evolve, now);
      this.incidents.set(id, now);
    }
  }
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= LOOK) {
      this.real += Math.min(left, LOOK);
      this.look();
    }
  }
  set(wrong: number): void {
    this.wrong = wrong;
    this.look();
  }
  down(ms: number): void {
    this.real += ms;
  }
  reboot(ms: number): void {
    this.real += ms;
    this.#booted = this.real;
    this.boot++;
  }
  open(): string {
    const id = `i${this.opened.size}`;
    const now = this.real + this.wrong;
    const mention = {
      key: id,
      brand: 'b',
      storyId: id,
      title: 't',
      platform: 'p',
      reach: 0,
      publishedAt: now,
      detectedAt: now,
      receivedAt: now,
      classifiedAt: now,
      dutyAt: now,
    };
    const context = { now, sla, id, storyKey: id, number: this.opened.size };
    this.incidents.set(id, decideOpening([mention], context).reduce<Incident | undefined>(evolve, undefined) as Incident);
    this.opened.set(id, this.real);
    return id;
  }
  clock(id: string) {
    const clock = this.incidents.get(id)?.clocks[0];
    if (!clock) throw new Error('no clock');
    return clock;
  }
}

describe('[T8] steps of our own clock', () => {
  it('once the clock is right, every deadline is where elapsed time puts it, over any steps and restarts', () => {
    process.stdout.write(`clock-steps: seed ${SEED}\n`);
    const act = fc.oneof(
      fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: second, max: 3 * hour }) }),
      fc.record({ do: fc.constant('down' as const), ms: fc.integer({ min: second, max: 3 * hour }) }),
      fc.record({ do: fc.constant('open' as const), ms: fc.constant(0) }),
      fc.record({ do: fc.constant('set' as const), ms: fc.integer({ min: -6, max: 6 }).map((n) => n * 20 * minute) }),
      fc.record({ do: fc.constant('set' as const), ms: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(act, { minLength: 3, maxLength: 14 }), (acts) => {
        const server = new Server();
        server.look();
        server.pass(minute);
        for (const { do: what, ms } of acts) {
          if (what === 'open') server.open();
          else if (what === 'set') server.set(ms);
          else server[what](ms);
          server.look();
        }
        server.set(0);
        server.pass(6 * minute);
        for (const [id, real] of server.opened) {
          const due = real + sla.responseMs;
          expect(server.clock(id), id).toMatchObject({ dueAt: due, state: server.real >= due ? 'fired' : 'armed' });
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('[IC14] set back by what it was ahead from the first reading: what was opened meanwhile is due two hours after it was', () => {
    const server = new Server();
    server.set(47 * minute);
    const id = server.open();
    server.pass(5 * minute);
    server.set(0);
    expect(server.clock(id)).toMatchObject({ startedAt: START, dueAt: START + 2 * hour });
  });

  it('a start hours ahead: breaches wait five minutes, and are overturned when the clock is set right, also by a restart', () => {
    const server = new Server();
    server.look();
    const id = server.open();
    server.down(minute);
    server.wrong = 3 * hour;
    server.pass(4 * minute);
    expect(server.clock(id).state).toBe('armed');
    server.pass(2 * minute);
    expect(server.clock(id).state).toBe('fired');
    server.down(minute);
    server.wrong = 0;
    server.pass(minute);
    expect(server.clock(id)).toMatchObject({ state: 'armed', dueAt: START + 2 * hour });
    expect(server.overturned).toBe(1);
    server.pass(2 * hour);
    expect(server.clock(id)).toMatchObject({ state: 'fired', firedAt: expect.closeTo(START + 2 * hour, -5) as number });
    expect(server.overturned).toBe(1);
  });

  it('waiting for a second opinion goes on over a restart, and does not start over', () => {
    const server = new Server();
    server.look();
    const id = server.open();
    server.set(3 * hour);
    server.pass(4 * minute);
    server.down(30 * second);
    server.pass(20 * second);
    expect(server.clock(id).state).toBe('armed');
    server.pass(minute);
    expect(server.clock(id).state).toBe('fired');
  });

  it('[IC15] a breach that was earned stays one, its stamp moved with the clock', () => {
    const server = new Server();
    server.look();
    const id = server.open();
    server.pass(hour);
    server.set(5 * hour);
    server.pass(2 * hour);
    const { firedAt } = server.clock(id);
    server.set(0);
    expect(server.overturned).toBe(1);
    server.pass(second);
    expect(server.clock(id)).toMatchObject({ state: 'fired', dueAt: START + 2 * hour });
    expect(firedAt).toBeGreaterThan(START + 5 * hour);
  });

  it('an uptime that started over under the same name is another boot', () => {
    const first = readClock(null, { wall: START, elapsed: 9 * hour, boot: 'b' });
    const next = readClock(first.state, { wall: START + minute, elapsed: second, boot: 'b' });
    expect(next).toMatchObject({ trusted: START + minute, step: null, correction: null });
  });

  it('an unknown boot proves nothing: what is overdue fires at once; [IC16] a wall behind our own rows is said', () => {
    const server = new Server();
    server.look();
    const id = server.open();
    server.reboot(3 * hour);
    server.look();
    expect(server.clock(id).state).toBe('fired');
    server.reboot(minute);
    server.wrong = -80 * minute;
    server.look();
    expect(behindStore(server.state as ClockState)).toBe(79 * minute);
    const later = server.open();
    const real = server.real;
    server.pass(10 * minute);
    server.set(0);
    expect(behindStore(server.state as ClockState)).toBe(0);
    expect(server.clock(later)).toMatchObject({ dueAt: real + 2 * hour });
  });
});
