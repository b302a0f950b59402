/** What both sides of the fan-out bench send: the same text, a patch of three groups as it goes out each time an order comes in. */
import type { Patch } from '../../../shared/wire/protocol.ts';
import { usualDay } from '../../helpers/overview-fixture.ts';

export const EPOCH = 'bench';

export const patchAt = (revision: number): Patch<'overview'> => ({
  ...{ view: 'overview', epoch: EPOCH, revision, from: revision - 1, oldestAt: 1_764_000_000_000, sentAt: 1_764_000_000_000 },
  groups: { today: { ...usualDay.today, orders: revision }, hours: usualDay.hours, channels: usualDay.channels },
});

/** The text of a frame: engine.io's 4, socket.io's 2, the name of the event and the patch. */
export const frameOf = (patch: Patch): string => `42${JSON.stringify(['patch', patch])}`;

/** Asked of the process that sends. */
export type Asked = { readonly send: number; readonly perSecond: number } | { readonly report: true };

/** Told by the process that sends. */
export type Told =
  | { readonly port: number }
  /** The last message has been handed over. */
  | { readonly sent: number }
  /** Processor time since the sending was asked for, µs, and resident memory, MB. */
  | { readonly cpuUs: number; readonly residentMb: number };
