import { isInvisible } from '../../../shared/text/excerpt.ts';

/** Why something said in the stand-up does not stand. */
export interface StandupRefusal {
  readonly refused: true;
  readonly status: 409 | 422;
  readonly code:
    'incomplete' | 'bad_due' | 'due_passed' | 'already_answered' | 'not_answered' | 'already_closed' | 'not_closed' | 'version_mismatch';
  /** One sentence for people; names whoever was first. */
  readonly detail: string;
  readonly path?: string;
}

export function refuse(status: StandupRefusal['status'], code: StandupRefusal['code'], detail: string, path?: string): StandupRefusal {
  return { refused: true, status, code, detail, ...(path !== undefined && { path }) };
}

/** A command that saw another version than the one that stands. */
export function versionMismatch(thing: string, version: number, seen: number): StandupRefusal {
  return refuse(409, 'version_mismatch', `The ${thing} has changed: it is at version ${version}, the command saw ${seen}.`);
}

/** Refuses what lacks a part, also to the eye, and names every part that is missing [SU1]. */
export function incomplete(thing: string, parts: readonly (readonly [name: string, value: unknown])[]): StandupRefusal | null {
  const missing = parts
    .filter(([, value]) => value === undefined || (typeof value === 'string' && isInvisible(value)))
    .map(([name]) => name);
  const [first] = missing;
  if (first === undefined) return null;
  const all = parts.map(([name]) => name).join(', ');
  return refuse(422, 'incomplete', `${thing} needs ${all}; missing: ${missing.join(', ')}.`, first);
}
