/** Who is called next for a story, and when nobody is on the roster. */
import { rosterRoles, type Ladder, type RosterRole } from '../../../../shared/incidents/ladder.ts';
import type { ContactFault } from '../../../../shared/incidents/roster-gaps.ts';
import type { RosterGap, RosterPerson } from '../../../../shared/incidents/roster.ts';
import type { Heartbeat } from '../../../../shared/wire/protocol.ts';
import type { IncidentView } from '../../../../shared/incidents/types.ts';
import { lostContacts } from '../../../domain/escalation/contact-channels.ts';
import { rememberedBook } from '../../../domain/escalation/remembered-book.ts';
import { GAP_AHEAD_MS } from '../../../domain/escalation/coming-gaps.ts';
import { rolesOf, type RosterBook } from '../../../domain/escalation/roster.ts';
import { whomToCall } from '../../../domain/escalation/whom.ts';
import { escalationStepOf, rosterReader } from '../escalation-row.ts';
import { readChannels } from './channels.ts';
import { effectiveRoster, policiesInForce } from '../settings.ts';
import type { CallToCome, OnDuty } from '../../../pipeline/ports/reads.ts';
import { textOrNullIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

const rosterOf = rosterReader();
const bookOf = rememberedBook();

/** The roster in force at `now`, and the channels there are. */
export function readRosterBook(reader: Reader, now: number): RosterBook {
  return bookOf(rosterOf(reader.rows(effectiveRoster).get(now)), readChannels(reader));
}

export function readNextCall(reader: Reader, { id, owner }: Pick<IncidentView, 'id' | 'owner'>, book: RosterBook): IncidentView['next'] {
  const steps = reader.rows('select * from escalation_steps where incident_id = ? order by due_at, name').all(id).map(escalationStepOf);
  const next = steps.find(({ state }) => state === 'armed');
  if (next === undefined) return null;
  const { roles, people } = whomToCall(next, steps, owner, book, next.dueAt);
  return { at: next.dueAt, roles, people: people.map(({ name }) => name) };
}

export function readCallsToCome(
  reader: Reader,
  id: string,
  limit: number,
  now: number,
): { readonly calls: readonly CallToCome[]; readonly total: number } {
  const incident = reader.rows('select owner from incidents where id = ?').get(id);
  if (!incident) return { calls: [], total: 0 };
  const owner = textOrNullIn(incident, 'owner');
  const book = readRosterBook(reader, now);
  const steps = reader.rows('select * from escalation_steps where incident_id = ? order by due_at, name').all(id).map(escalationStepOf);
  const armed = steps.filter(({ state }) => state === 'armed');
  const calls = armed.slice(0, limit).map((step) => {
    const { roles, people } = whomToCall(step, steps, owner, book, step.dueAt);
    const held = (person: RosterPerson) => roles.filter((role) => book.holders(role, step.dueAt).includes(person));
    return {
      ...{ at: step.dueAt, roles },
      people: people.map((person) => ({ name: person.name, reachable: book.reaches(person), roles: held(person) })),
    };
  });
  return { calls, total: armed.length };
}

export function readOnDuty(reader: Reader, at: number): OnDuty {
  const book = readRosterBook(reader, at);
  return { set: !book.empty, roles: rosterRoles.map((role) => ({ role, people: book.holders(role, at).map(({ name }) => name) })) };
}

export function readRosterGaps(
  reader: Reader,
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
): { readonly roles: readonly RosterRole[]; readonly gaps: readonly RosterGap[]; readonly contacts: readonly ContactFault[] } {
  const roles = rolesCalled(policiesInForce(reader.rows, now).ladder);
  const book = readRosterBook(reader, now);
  const { people } = rosterOf(reader.rows(effectiveRoster).get(now));
  const contacts = lostContacts(people, readChannels(reader));
  return { roles, gaps: roles.flatMap((role) => book.gaps(role, from, to)), contacts };
}

export function readNextRosterGap(reader: Reader, now: number): Heartbeat['rosterGap'] {
  const book = readRosterBook(reader, now);
  if (book.empty) return null;
  const [first] = policiesInForce(reader.rows, now).ladder.steps;
  const gaps = book.uncovered(first?.to ?? [], now, now + GAP_AHEAD_MS);
  return gaps[0] === undefined ? null : { ...gaps[0], more: gaps.length - 1 };
}

const rolesCalled = ({ steps }: Ladder): readonly RosterRole[] => rolesOf(steps);
