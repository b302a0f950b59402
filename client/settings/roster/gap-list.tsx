/** The hours of the next two weeks with nobody on duty, and contacts that reach nobody, by the roster in force. */
import type { ReactNode } from 'react';
import type { RosterGapsAnswer } from '../../../shared/incidents/roster-gaps.ts';
import { Answered } from '../../desk-kit/states.tsx';
import { useAsked } from '../../desk-kit/use-asked.ts';
import { isolated } from '../../format/outside.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useRosterWords } from './roster-words.ts';

const DAYS = 14;
const SHOWN = 30;

export function GapList({ version }: { readonly version: number }): ReactNode {
  const { t } = useDeskWords();
  const { span } = useRosterWords([]);
  const asked = useAsked<Pick<RosterGapsAnswer, 'gaps' | 'contacts'>>(`/api/roster/gaps?days=${String(DAYS)}`, {
    version: String(version),
  });
  return (
    <Answered asked={asked} rows={2}>
      {({ gaps, contacts }) =>
        gaps.length + contacts.length === 0 ? (
          <p className="save-outcome">{t('alerts.roster.noGaps', { days: DAYS })}</p>
        ) : (
          <ul className="gap-list">
            {contacts.slice(0, SHOWN).map(({ person, name, channel, off, unreadable }) => (
              <li key={`${person} ${channel}`} className="start-state missing">
                {t(`alerts.roster.${unreadable ? 'unreadableContact' : off ? 'offContact' : 'lostContact'}`, {
                  name: isolated(name),
                  channel: isolated(channel),
                })}
              </li>
            ))}
            {contacts.length > SHOWN && <li>{t('settings.moreChanges', { count: contacts.length - SHOWN })}</li>}
            {gaps.slice(0, SHOWN).map(({ role, from, to }) => (
              <li key={`${role} ${String(from)}`} className="start-state missing">
                {t(`alerts.role.${role}`)} {span(from, to)}
              </li>
            ))}
            {gaps.length > SHOWN && <li>{t('settings.moreChanges', { count: gaps.length - SHOWN })}</li>}
          </ul>
        )
      }
    </Answered>
  );
}
