/** Whom a step calls when it fires: the holders of its roles at that moment, or the owner of the story. */
import { rosterRoles, type RosterRole } from '../../../shared/incidents/ladder.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { calledFor, type Called, type RosterBook } from './roster.ts';
import type { EscalationStep } from './steps.ts';

export interface Whom extends Called {
  /** True where the owner should be called and nobody on the roster who can be reached has that name. */
  readonly ownerUnknown: boolean;
}

type Step = Pick<EscalationStep, 'name' | 'generation' | 'roles' | 'when' | 'state'>;

/** Place of a step on the ladder; −1 for what is no rung. */
const rungOf = ({ name }: Pick<Step, 'name'>): number => (name.startsWith('ladder:') ? Number(name.slice('ladder:'.length)) : -1);

/** The rungs of one generation from the bottom up. */
function ladderOf(steps: readonly Step[], generation: number): readonly Step[] {
  return steps.filter((step) => step.generation === generation && rungOf(step) >= 0).sort((a, b) => rungOf(a) - rungOf(b));
}

/**
 * A claim that lapsed: the story is as good as unclaimed, so the steps that the claim kept from calling call now. Where
 * all of them had called before, the last of them calls again; a ladder without such steps begins anew.
 */
function rungsAgain(ladder: readonly Step[]): readonly (readonly RosterRole[])[] {
  const unclaimed = ladder.filter(({ when }) => when === 'unclaimed');
  const first = unclaimed.find(({ state }) => state !== 'fired') ?? unclaimed.at(-1) ?? ladder[0];
  return first === undefined ? [] : ladder.slice(ladder.indexOf(first)).map(({ roles }) => roles);
}

/** `steps`: those of the incident. */
export function whomToCall(step: Step, steps: readonly Step[], owner: string | null, book: RosterBook, at: number): Whom {
  const ladder = ladderOf(steps, step.generation);
  const called = (rungs: readonly (readonly RosterRole[])[]): Called => calledFor(book, rungs, rosterRoles, at);
  if (step.when !== 'idle') {
    const rung = rungOf(step);
    const later = rung < 0 ? [] : ladder.filter((other) => rungOf(other) > rung);
    return { ...called([step.roles, ...later.map(({ roles }) => roles)]), ownerUnknown: false };
  }
  const person = owner === null ? undefined : book.named(owner);
  const reachable = person !== undefined && person.contacts.length > 0;
  if (step.name === 'nudge') {
    if (reachable) return { people: [person], roles: [], nobodyFor: [], ownerUnknown: false };
    return { ...called(ladder.map(({ roles }) => roles)), ownerUnknown: true };
  }
  const again = called(rungsAgain(ladder));
  return { ...again, people: withPerson(again.people, reachable ? person : undefined), ownerUnknown: !reachable };
}

function withPerson(people: readonly RosterPerson[], person: RosterPerson | undefined): readonly RosterPerson[] {
  return person === undefined || people.includes(person) ? people : [person, ...people];
}

const roleNames: Readonly<Record<RosterRole, string>> = { duty: '值班', backup: '备岗', lead: '组长', director: '总监' };
const named = (roles: readonly RosterRole[]): string => roles.map((role) => roleNames[role]).join('、');

/** Why these people are called and not those the step names, in the words of a message; null where they are. */
export function whyCalled({ roles, nobodyFor, ownerUnknown, people }: Whom): string | null {
  const reasons = [
    ...(ownerUnknown ? ['负责人不在排班名单中或没有联系方式'] : []),
    ...(nobodyFor.length > 0 ? [`${named(nobodyFor)}无人可通知`] : []),
  ];
  if (reasons.length === 0) return null;
  const instead = people.length === 0 ? '' : `，直接通知${named(roles)}`;
  return `${reasons.join('，')}${instead}`;
}
