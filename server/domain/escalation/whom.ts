/** Whom a step calls when it fires: the holders of its roles at that moment, or the owner of the story. */
import type { WhyPart } from '../../../shared/incidents/alert.ts';
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
  const reachable = person !== undefined && book.reaches(person);
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

/** Why these people are called and not those the step names; nothing where they are. */
export function whyCalled({ roles, nobodyFor, ownerUnknown, people }: Whom): readonly WhyPart[] {
  const reasons: WhyPart[] = [
    ...(ownerUnknown ? [{ code: 'owner_unknown' } as const] : []),
    ...(nobodyFor.length > 0 ? [{ code: 'nobody_for', roles: nobodyFor } as const] : []),
  ];
  return reasons.length === 0 || people.length === 0 ? reasons : [...reasons, { code: 'instead', roles }];
}
