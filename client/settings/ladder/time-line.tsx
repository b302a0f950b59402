/** One story as an example: if it began now, which step would come when, and whom it would call by the roster in force. */
import type { ReactNode } from 'react';
import type { Ladder } from '../../../shared/incidents/ladder.ts';
import type { Roster } from '../../../shared/incidents/roster.ts';
import { useAsked } from '../../desk-kit/use-asked.ts';
import { hourMinute } from '../../format/instant.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { holdersAt, readShifts } from '../roster/on-duty.ts';
import { MINUTE_MS, useStepWords } from './step-words.ts';

interface Line {
  readonly key: string;
  readonly afterMs: number;
  readonly title: string;
  readonly who: readonly string[];
  /** Roles that nobody who can be reached holds then. */
  readonly nobody: string;
  readonly deadline: boolean;
}

export function TimeLine({ ladder }: { readonly ladder: Ladder }): ReactNode {
  const { t } = useDeskWords();
  const words = useStepWords();
  const { timeZone } = useWorkspace();
  const began = useScreen((screen) => Math.floor(screen.now / MINUTE_MS) * MINUTE_MS);
  const roster = useAsked<{ readonly value: Roster }>('/api/policies/roster').value?.value;
  const sla = useAsked<{ readonly value: { readonly responseMs: number } }>('/api/policies/sla').value?.value;
  // A workspace without a roster calls nobody, which is said once.
  const called = roster !== undefined && roster.people.length > 0;
  const shifts = readShifts(roster?.shifts ?? []);

  const lines: Line[] = ladder.steps.map(({ afterMs, when, to }, i) => {
    const found = to.map((role) => ({ role, people: holdersAt(shifts, roster?.people ?? [], role, began + afterMs) }));
    return {
      key: `step ${String(i)}`,
      afterMs,
      title: t(`alerts.ladder.condition.${when}`),
      who: found.flatMap(({ role, people }) => people.map(({ name }) => `${t(`alerts.role.${role}`)} ${name}`)),
      nobody: words.roles(found.filter(({ people }) => !people.some(({ contacts }) => contacts.length > 0)).map(({ role }) => role)),
      deadline: false,
    };
  });
  if (sla)
    lines.push({ key: 'deadline', afterMs: sla.responseMs, title: t('alerts.ladder.deadline'), who: [], nobody: '', deadline: true });
  lines.sort((a, b) => a.afterMs - b.afterMs || Number(a.deadline) - Number(b.deadline));
  return (
    <section className="time-line" aria-label={t('alerts.ladder.example')}>
      <h3>{t('alerts.ladder.example')}</h3>
      <p className="page-note">{t(roster && !called ? 'alerts.ladder.noRoster' : 'alerts.ladder.exampleNote')}</p>
      <ol>
        {lines.map(({ key, afterMs, title, who, nobody, deadline }) => (
          <li key={key} className={deadline ? 'deadline' : ''}>
            <time className="figure">{hourMinute(began + afterMs, timeZone)}</time>
            <span className="time-line-after">{words.after(afterMs)}</span>
            <span>{title}</span>
            {who.length > 0 && (
              <strong>
                <bdi>{who.join(t('alerts.list'))}</bdi>
              </strong>
            )}
            {nobody !== '' && called && <span className="start-state missing">{t('alerts.ladder.nobody', { roles: nobody })}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
