/** The hours of the next two weeks with nobody on duty, by the roster in force. */
import type { ReactNode } from 'react';
import type { RosterGap } from '../../../shared/incidents/roster.ts';
import { Answered } from '../../desk-kit/states.tsx';
import { useAsked } from '../../desk-kit/use-asked.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useRosterWords } from './roster-words.ts';

const DAYS = 14;
const SHOWN = 30;

export function GapList({ version }: { readonly version: number }): ReactNode {
  const { t } = useDeskWords();
  const { span } = useRosterWords([]);
  const asked = useAsked<{ readonly gaps: readonly RosterGap[] }>(`/api/roster/gaps?days=${String(DAYS)}`, { version: String(version) });
  return (
    <Answered asked={asked} rows={2}>
      {({ gaps }) =>
        gaps.length === 0 ? (
          <p className="save-outcome">{t('alerts.roster.noGaps', { days: DAYS })}</p>
        ) : (
          <ul className="gap-list">
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
