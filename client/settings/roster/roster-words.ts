/** How shifts and people are written, and what the headings of a file mean, in both languages. */
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { dayOf, hourMinute } from '../../format/instant.ts';
import { deskEn } from '../../i18n/desk/en.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { deskZhCN } from '../../i18n/desk/zh-cn.ts';
import { useWorkspace } from '../../state/screen-context.tsx';
import type { Change } from '../changes.ts';
import type { ReadShift } from './on-duty.ts';
import { plainWord, shiftFields, type ShiftField } from './read-shifts.ts';
import { rosterChanges, type RosterDraft } from './roster-draft.ts';

export const rosterRoles = ['duty', 'backup', 'lead', 'director'] as const satisfies readonly RosterRole[];

const catalogues = [deskZhCN, deskEn];
const headings = new Map<string, ShiftField>(
  shiftFields.flatMap((field) =>
    [field, ...catalogues.map(({ alerts }) => alerts.roster.column[field])].map((name) => [plainWord(name), field] as const),
  ),
);
const roles = new Map<string, RosterRole>(
  rosterRoles.flatMap((role) =>
    [role, ...catalogues.map(({ alerts }) => alerts.role[role])].map((name) => [plainWord(name), role] as const),
  ),
);
export const shiftHeading = (text: string): ShiftField | undefined => headings.get(plainWord(text));
export const roleNamed = (text: string): RosterRole | undefined => roles.get(plainWord(text));

export function useRosterWords(people: readonly RosterPerson[]): {
  readonly shift: (shift: ReadShift) => string;
  readonly person: (person: RosterPerson) => string;
  readonly name: (id: string) => string;
  readonly span: (from: number, to: number) => string;
  readonly changes: (before: RosterDraft, after: RosterDraft) => readonly Change[];
} {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const name = (id: string): string => names.get(id) ?? id;
  const span = (from: number, to: number): string => {
    const [first, last] = [dayOf(from, timeZone), dayOf(to, timeZone)];
    return `${first} ${hourMinute(from, timeZone)}–${first === last ? '' : `${last} `}${hourMinute(to, timeZone)}`;
  };
  const shift = ({ role, person, from, to }: ReadShift): string => `${t(`alerts.role.${role}`)} ${name(person)} ${span(from, to)}`;
  const person = ({ name: called, roles: may, contacts }: RosterPerson): string =>
    [
      called,
      may.map((role) => t(`alerts.role.${role}`)).join(t('alerts.list')) || t('alerts.roster.noRole'),
      contacts.map(({ channel, address }) => (address === undefined ? channel : `${channel} ${address}`)).join(t('alerts.list')) ||
        t('alerts.roster.noContact'),
    ].join(' · ');
  return {
    shift,
    person,
    name,
    span,
    changes(before, after) {
      const found = rosterChanges(before, after);
      return [
        ...found.peopleAdded.map((one): Change => ({ kind: 'added', what: person(one) })),
        ...found.peopleRemoved.map((one): Change => ({ kind: 'removed', what: person(one) })),
        ...found.peopleChanged.map((one): Change => ({
          kind: 'changed',
          what: one.after.id,
          before: person(one.before),
          after: person(one.after),
        })),
        ...found.added.map((one): Change => ({ kind: 'added', what: shift(one) })),
        ...found.removed.map((one): Change => ({ kind: 'removed', what: shift(one) })),
      ];
    },
  };
}
