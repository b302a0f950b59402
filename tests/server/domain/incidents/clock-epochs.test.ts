/** Whatever our own clock did: once it is right, every receipt is read as the time at which it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochsAfter, movesReceipts, type ClockEpochs } from '../../../../server/domain/incidents/clock-epochs.ts';
import { readClock, type ClockState } from '../../../../server/domain/incidents/clock-steps.ts';
import { testSeed } from '../../../helpers/seed.ts';

const SEED = testSeed('clock-epochs');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const START = 1_795_409_096_000;

/** A store on a machine whose clock is `wrong` ms ahead of real time. */
class Receiver {
  real = START;
  wrong = 0;
  moves = 0;
  epochs: ClockEpochs | null = null;
  readonly received: { readonly real: number; readonly boot: number; readonly told: number; readonly epoch: number }[] = [];
  #state: ClockState | null = null;
  #booted = START - hour;
  #boot = 1;

  look(): void {
    const reading = readClock(this.#state, { wall: this.real + this.wrong, elapsed: this.real - this.#booted, boot: String(this.#boot) });
    this.#state = reading.state;
    const after = epochsAfter(this.epochs, reading, this.received.length > 0);
    if (movesReceipts(this.epochs, after)) this.moves += 1;
    // As it comes back from a store.
    const kept: ClockEpochs = JSON.parse(JSON.stringify(after));
    this.epochs = kept;
  }
  pass(ms: number): void {
    this.real += ms;
    this.look();
  }
  set(wrong: number): void {
    this.wrong = wrong;
    this.look();
  }
  /** The process is away, and the machine goes on. */
  down(ms: number): void {
    this.real += ms;
  }
  reboot(): void {
    this.real += minute;
    this.#booted = this.real;
    this.#boot += 1;
    this.look();
  }
  receive(): void {
    const epoch = (this.epochs?.epochs.length ?? 0) - 1;
    this.received.push({ real: this.real, boot: this.#boot, told: this.real + this.wrong, epoch });
  }
  /** Real time and the time it is read as. */
  read(boot = this.#boot): [number, number][] {
    return this.received
      .filter((one) => one.boot === boot)
      .map(({ real, told, epoch }) => [real, told + (this.epochs?.epochs[epoch]?.shiftMs ?? NaN)]);
  }
}

const right = (pairs: readonly [number, number][]) => pairs.map(([real]) => [real, real]);

describe('[T8] [IC28] epochs of our own clock', () => {
  it('put every receipt of this start of the machine right, over any steps and restarts, and keep the order of receipts', () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('receive' as const), ms: fc.constant(0) }),
      fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: second, max: 3 * hour }) }),
      fc.record({ do: fc.constant('down' as const), ms: fc.integer({ min: second, max: 3 * hour }) }),
      fc.record({ do: fc.constant('set' as const), ms: fc.integer({ min: -6, max: 6 }).map((n) => n * 12 * hour) }),
      fc.record({ do: fc.constant('set' as const), ms: fc.integer({ min: -6, max: 6 }).map((n) => n * 20 * minute) }),
    );
    const property = fc.property(fc.array(act, { minLength: 3, maxLength: 25 }), fc.boolean(), (acts, startsWrong) => {
      const receiver = new Receiver();
      receiver.wrong = startsWrong ? 3 * day : 0;
      receiver.look();
      for (const { do: what, ms } of acts) {
        if (what === 'receive') {
          receiver.look();
          receiver.receive();
        } else receiver[what](ms);
      }
      receiver.set(0);
      expect(receiver.read()).toEqual(right(receiver.read()));
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });

  it.each([
    ['ahead', 3 * day],
    ['behind', -3 * day],
  ])('three days %s, set right at once or in two steps, also while the server is down', (_name, wrong) => {
    for (const steps of [[0], [wrong / 3, 0]]) {
      const receiver = new Receiver();
      receiver.look();
      receiver.receive();
      receiver.pass(hour);
      receiver.down(minute);
      receiver.set(wrong);
      for (let n = 0; n < 5; n += 1) {
        receiver.receive();
        receiver.pass(day);
      }
      for (const step of steps) {
        receiver.down(minute);
        receiver.set(step);
        receiver.receive();
      }
      expect(receiver.read()).toEqual(right(receiver.read()));
      expect(receiver.moves).toBeGreaterThan(0);
    }
  });

  it('a start of the machine begins an epoch, and what was received before it is never moved again', () => {
    const receiver = new Receiver();
    receiver.look();
    receiver.receive();
    receiver.wrong = 3 * day;
    receiver.reboot();
    receiver.receive();
    receiver.pass(hour);
    receiver.set(0);
    expect(receiver.read(1)).toEqual(right(receiver.read(1)));
    expect(receiver.read(2)).toEqual(right(receiver.read(2)));
  });

  it('what a store holds that kept no epochs is never moved, and readings without a step change nothing', () => {
    const receiver = new Receiver();
    receiver.receive();
    receiver.look();
    expect(receiver.epochs?.comparableFrom).toBe(1);
    const before = receiver.epochs;
    receiver.pass(minute);
    expect(receiver.epochs).toEqual(before);
    receiver.set(3 * day);
    receiver.set(0);
    expect(receiver.epochs?.epochs[0]?.shiftMs).toBe(0);
  });
});
