/**
 * Steps of escalation at size [T5]: so many stories open at once, and the step that calls the backup is due for all of them
 * in the same second. Everything in one thread, so the figures are those of a machine with one slow core.
 */
import { fireDueSteps } from '../../server/pipeline/incidents/fire-steps.ts';
import type { Roster } from '../../shared/incidents/roster.ts';
import { at, incidentRig, T0 } from '../server/pipeline/incidents/incident-rig.ts';

export interface StepsReport {
  readonly lines: readonly string[];
  readonly fired: number;
  readonly seconds: number;
}

const OPENED_AT_ONCE = 500;
/** As the scanner takes them. */
const BATCH = 250;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A year of four roles in three shifts a day: what a company with people around the clock has. */
function yearOfShifts(): Roster {
  const roles = ['duty', 'backup', 'lead', 'director'] as const;
  const people = roles.flatMap((role) =>
    [0, 1, 2].map((n) => ({ id: `${role}-${n}`, name: `${role} ${n}`, roles: [role], contacts: [{ channel: 'wecom' }] })),
  );
  const shifts = Array.from({ length: 365 * 12 }, (_, i) => {
    const role = roles[i % 4] ?? 'duty';
    const turn = Math.floor(i / 4);
    const from = T0 - DAY_MS + turn * (DAY_MS / 3);
    return { role, person: `${role}-${turn % 3}`, from: at(from), to: at(from + DAY_MS / 3) };
  });
  return { people, shifts };
}

export async function benchSteps({ stories }: { readonly stories: number }): Promise<StepsReport> {
  const rig = await incidentRig();
  try {
    await rig.policy('roster', yearOfShifts());
    const opening = performance.now();
    for (let from = 0; from < stories; from += OPENED_AT_ONCE) {
      const ids = Array.from({ length: Math.min(OPENED_AT_ONCE, stories - from) }, (_, i) => `m${from + i}`);
      await rig.publish(...ids.map((id) => ({ id, data: { storyId: `s-${id}` } })));
    }
    const openedMs = performance.now() - opening;
    rig.time.pass(15 * MINUTE_MS);
    const time = { now: rig.time.now(), trusted: rig.time.now() };
    const began = performance.now();
    let fired = 0;
    for (let more = true; more;) {
      const look = await fireDueSteps(rig.committing(), time, BATCH);
      fired += look.fired.length;
      more = look.found === BATCH;
    }
    const seconds = (performance.now() - began) / 1_000;
    const lines = [
      `${stories} stories opened with their steps and first calls: ${(openedMs / stories).toFixed(2)} ms each`,
      `${fired} steps due in one second fired in ${seconds.toFixed(1)} s`,
    ];
    return { lines, fired, seconds };
  } finally {
    await rig.close();
  }
}
