/** Steps of escalation as rows, and the roster in force, for the transaction as for the reads. */
import type { Roster } from '../../../shared/incidents/roster.ts';
import { emptyRoster } from '../../../shared/incidents/roster.ts';
import { stepStates, stepWaits, type EscalationStep } from '../../domain/escalation/steps.ts';
import { numberIn, numberOrNullIn, textIn } from './row-values.ts';

export function escalationStepOf(row: Readonly<Record<string, unknown>>): EscalationStep {
  return {
    incidentId: textIn(row, 'incident_id'),
    generation: numberIn(row, 'generation'),
    name: textIn(row, 'name'),
    round: numberIn(row, 'round'),
    when: oneOf(stepWaits, textIn(row, 'waits_for')),
    roles: JSON.parse(textIn(row, 'roles')),
    startedAt: numberIn(row, 'started_at'),
    afterMs: numberIn(row, 'after_ms'),
    dueAt: numberIn(row, 'due_at'),
    state: oneOf(stepStates, textIn(row, 'state')),
    firedAt: numberOrNullIn(row, 'fired_at'),
    people: JSON.parse(textIn(row, 'people')),
  };
}

/** The word of the list that the text is; what we stored ourselves is one of them. */
function oneOf<W extends string>(words: readonly W[], text: string): W {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new Error(`a step of escalation says “${text}”, which this version does not know`);
  return word;
}

/** The rosters of its last row, read once: a roster is the largest policy, and the same one is asked for again and again. */
export function rosterReader(): (row: Readonly<Record<string, unknown>> | undefined) => Roster {
  let text = '';
  let roster = emptyRoster;
  return (row) => {
    if (row === undefined) return emptyRoster;
    const stored = textIn(row, 'value');
    if (stored !== text) [text, roster] = [stored, JSON.parse(stored)];
    return roster;
  };
}
