/**
 * The stand-up: who promised what by when, and what waits for another department. Every command is one transaction with a
 * line that says who, what and when; the same commandId gets the same answer [C2].
 */
import type {
  ItemCommand,
  ItemDetail,
  ItemDocument,
  PromiseCommand,
  PromiseDetail,
  PromiseDocument,
  StandupDay,
  StandupMinutes,
} from '../../../shared/standup/types.ts';
import type { NodesOf } from '../../domain/nodes/nodes.ts';
import { duesIn, morningOf, openDuesBefore, openDuesFrom, tallyOf, type Morning } from '../../domain/standup/dues.ts';
import { decideItem, raiseItem } from '../../domain/standup/items.ts';
import type { MinutesLanguage } from '../../domain/standup/minutes-words.ts';
import { minutesText } from '../../domain/standup/minutes.ts';
import { decidePromise, enterPromise } from '../../domain/standup/promises.ts';
import type { StandupRefusal } from '../../domain/standup/refusal.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { answeredOnce, type CommandOutcome } from '../incidents/command-answers.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import type { StoreTx } from '../ports/transaction.ts';

export interface StandupService {
  /** @param day YYYY-MM-DD; null = today */
  day(day: string | null): Promise<StandupDay | Refusal>;
  /** @param language of its text */
  minutes(day: string | null, language: MinutesLanguage): Promise<StandupMinutes | Refusal>;
  promise(id: string): Promise<PromiseDetail | Refusal>;
  item(id: string): Promise<ItemDetail | Refusal>;
  /** `receivedAt`: server time the request arrived, here and below. */
  addPromise(document: PromiseDocument, receivedAt: number): Promise<PromiseDetail | Refusal>;
  addItem(document: ItemDocument, receivedAt: number): Promise<ItemDetail | Refusal>;
  commandPromise(id: string, command: PromiseCommand, receivedAt: number): Promise<PromiseDetail | Refusal>;
  commandItem(id: string, command: ItemCommand, receivedAt: number): Promise<ItemDetail | Refusal>;
}

export interface StandupServiceParts {
  readonly reads: Pick<
    StoreReads,
    'policies' | 'standupPromises' | 'standupItems' | 'standupPromise' | 'standupItem' | 'standupSaid' | 'standupNames'
  >;
  readonly commit: Commit;
  readonly calendar: Calendar;
  readonly nodesOf: NodesOf;
  readonly clock: ClockPort;
}

/** What a team can talk through. The lists of a meeting are read whole, so they are bounded where they are written. */
const MOST_OPEN = { promises: 500, items: 200 };

type Acted = Omit<CommandOutcome, 'subject'>;

export function createStandupService(parts: StandupServiceParts): StandupService {
  const { reads, commit, calendar, nodesOf, clock } = parts;

  async function morning(day: string | null): Promise<Morning | Refusal> {
    const number = day === null ? calendar.dayOf(clock.now()) : calendar.parseDay(day);
    if (number === undefined) return refuse(400, 'bad_day', 'a day is written as 2026-11-23', { path: 'day' });
    const { holidays } = await reads.policies();
    const nodes = nodesOf(holidays);
    return morningOf(number, (each) => nodes.previousWorkday(each), calendar);
  }

  /** Runs work that changes a promise or an item once for each commandId. */
  function once(commandId: string, subject: string, at: number, work: (tx: StoreTx) => Promise<Acted>): Promise<CommandOutcome> {
    return commit((tx, touch) =>
      answeredOnce(tx, { commandId, subject, at }, async () => {
        const acted = await work(tx);
        if (acted.refusal === null) touch('standup');
        return acted;
      }),
    );
  }

  async function promiseAfter({ incidentId: id, refusal }: CommandOutcome): Promise<PromiseDetail | Refusal> {
    const present = id === null ? undefined : await reads.standupPromise(id);
    if (refusal !== null) return refusalWith(refusal, present);
    if (present === undefined) throw new Error(`promise ${id} was changed and cannot be read`);
    return present;
  }
  async function itemAfter({ incidentId: id, refusal }: CommandOutcome): Promise<ItemDetail | Refusal> {
    const present = id === null ? undefined : await reads.standupItem(id);
    if (refusal !== null) return refusalWith(refusal, present);
    if (present === undefined) throw new Error(`item ${id} was changed and cannot be read`);
    return present;
  }

  return {
    async day(asked) {
      const found = await morning(asked);
      if (isRefusal(found)) return found;
      const { day, since, before, today } = found;
      const now = clock.now();
      const [promises, items, names] = await Promise.all([
        reads.standupPromises({ from: before.from, to: today.to }),
        reads.standupItems({ closedSince: today.from }),
        reads.standupNames(),
      ]);
      const [then, due] = [duesIn(promises, before, calendar, now), duesIn(promises, today, calendar, now)];
      return {
        day: calendar.formatDay(day),
        timeZone: calendar.timeZone,
        since: calendar.formatDay(since),
        before: { tally: tallyOf(then), rows: then },
        carried: openDuesBefore(promises, before.from, calendar, now),
        today: { tally: tallyOf(due), rows: due },
        later: openDuesFrom(promises, today.to, calendar, now),
        items: items.toSorted((a, b) => (a.state === b.state ? a.since - b.since : a.state === 'open' ? -1 : 1)),
        ...names,
      };
    },

    async minutes(asked, language) {
      const found = await morning(asked);
      if (isRefusal(found)) return found;
      const { day, since, before, today } = found;
      const now = clock.now();
      const [promises, items, said] = await Promise.all([
        reads.standupPromises({ from: before.from, to: today.to }),
        reads.standupItems({ closedSince: today.from }),
        reads.standupSaid(today),
      ]);
      const then = duesIn(promises, before, calendar, now);
      const byId = new Map([
        ...promises.map(({ id, what, who }) => [id, { title: what, who }] as const),
        ...items.map(({ id, matter, department }) => [id, { title: matter, who: department }] as const),
      ]);
      const facts = {
        day: calendar.formatDay(day),
        timeZone: calendar.timeZone,
        since: calendar.formatDay(since),
        before: { tally: tallyOf(then), rows: then },
        owed: openDuesFrom(promises, 0, calendar, now),
        items,
        said: said.map((line) => ({ ...line, ...(byId.get(line.id) ?? { title: line.id, who: line.actor }) })),
      };
      return { ...facts, text: minutesText(facts, calendar, now, language) };
    },

    promise: async (id) => (await reads.standupPromise(id)) ?? unknown('promise', id),
    item: async (id) => (await reads.standupItem(id)) ?? unknown('item', id),

    async addPromise(document, receivedAt) {
      const subject = `promise ${document.who ?? ''} ${document.what ?? ''}`;
      const outcome = await once(document.commandId, subject, receivedAt, async (tx) => {
        if ((await tx.openStandup()).promises >= MOST_OPEN.promises) return tooMany('promises');
        const entered = enterPromise('', document, receivedAt, calendar);
        if ('refused' in entered) return refused(null, entered);
        const id = `p-${await tx.takeStandupNumber()}`;
        await tx.putStandupPromise({ ...entered.promise, id }, entered.line);
        return { incidentId: id, refusal: null };
      });
      return promiseAfter(outcome);
    },

    async addItem(document, receivedAt) {
      const subject = `item ${document.department ?? ''} ${document.matter ?? ''}`;
      const outcome = await once(document.commandId, subject, receivedAt, async (tx) => {
        if ((await tx.openStandup()).items >= MOST_OPEN.items) return tooMany('items');
        const raised = raiseItem('', document, receivedAt);
        if ('refused' in raised) return refused(null, raised);
        const id = `i-${await tx.takeStandupNumber()}`;
        await tx.putStandupItem({ ...raised.item, id }, raised.line);
        return { incidentId: id, refusal: null };
      });
      return itemAfter(outcome);
    },

    async commandPromise(id, command, receivedAt) {
      const outcome = await once(command.commandId, `${command.type} ${id}`, receivedAt, async (tx) => {
        const promise = await tx.standupPromise(id);
        if (!promise) return { incidentId: null, refusal: unknown('promise', id) };
        const decided = decidePromise(promise, command, receivedAt, calendar);
        if ('refused' in decided) return refused(id, decided);
        await tx.putStandupPromise(decided.promise, decided.line);
        return { incidentId: id, refusal: null };
      });
      return promiseAfter(outcome);
    },

    async commandItem(id, command, receivedAt) {
      const outcome = await once(command.commandId, `${command.type} ${id}`, receivedAt, async (tx) => {
        const item = await tx.standupItem(id);
        if (!item) return { incidentId: null, refusal: unknown('item', id) };
        const decided = decideItem(item, command, receivedAt);
        if ('refused' in decided) return refused(id, decided);
        await tx.putStandupItem(decided.item, decided.line);
        return { incidentId: id, refusal: null };
      });
      return itemAfter(outcome);
    },
  };
}

const unknown = (thing: string, id: string): Refusal => refuse(404, `unknown_${thing}`, `There is no ${thing} ${id}.`);

function refused(id: string | null, { status, code, detail, path }: StandupRefusal): Acted {
  return { incidentId: id, refusal: { status, code, detail, ...(path !== undefined && { path }) } };
}

function refusalWith({ status, code, detail, path }: NonNullable<CommandOutcome['refusal']>, present: unknown): Refusal {
  return refuse(status, code, detail, { ...(path !== undefined && { path }), ...(present !== undefined && { present }) });
}

function tooMany(what: keyof typeof MOST_OPEN): Acted {
  const detail = `${MOST_OPEN[what]} ${what} are open: answer or close some of them first.`;
  return { incidentId: null, refusal: { status: 409, code: 'too_many_open', detail } };
}
