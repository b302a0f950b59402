/** One week of the roster in the business zone: a row a role, a column a day, and the hours nobody covers. */
import { Button } from 'antd';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { dateLabel, hourMinute } from '../../format/instant.ts';
import { addDays, instantAt } from '../../format/zoned.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { uncovered, type ReadShift } from './on-duty.ts';
import { rosterRoles } from './roster-words.ts';

export interface WeekViewProps {
  readonly shifts: readonly ReadShift[];
  readonly monday: string;
  readonly name: (id: string) => string;
  readonly onRemove: (shift: ReadShift) => void;
}

export function WeekView({ shifts, monday, name, onRemove }: WeekViewProps): ReactNode {
  const { t, language } = useDeskWords();
  const { timeZone } = useWorkspace();
  const now = useScreen((screen) => Math.floor(screen.now / 3_600_000) * 3_600_000);
  const days = useMemo(
    () =>
      Array.from({ length: 7 }, (_, i) => {
        const day = addDays(monday, i);
        return { day, from: instantAt(day, '00:00', timeZone), to: instantAt(addDays(day, 1), '00:00', timeZone) };
      }),
    [monday, timeZone],
  );
  const week = useMemo(
    () => shifts.filter((shift) => shift.to > (days[0]?.from ?? 0) && shift.from < (days[6]?.to ?? 0)).toSorted((a, b) => a.from - b.from),
    [shifts, days],
  );
  // A role nobody was ever put on is not used: it has no gaps.
  const used = useMemo(() => new Set(shifts.map(({ role }) => role)), [shifts]);
  const time = (at: number, day: { readonly from: number; readonly to: number }): string =>
    at <= day.from ? '00:00' : at >= day.to ? '24:00' : hourMinute(at, timeZone);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls sideways must be reachable by keys
    <div className="week-scroll" tabIndex={0} role="region" aria-label={t('alerts.roster.week')}>
      <table className="week">
        <thead>
          <tr>
            <th scope="col">{t('alerts.roster.column.role')}</th>
            {days.map(({ day, from }) => (
              <th key={day} scope="col">
                {dateLabel(from, timeZone, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rosterRoles.map((role) => (
            <tr key={role}>
              <th scope="row">{t(`alerts.role.${role}`)}</th>
              {days.map((day) => {
                const own = week.filter((shift) => shift.role === role && shift.to > day.from && shift.from < day.to);
                const gaps = used.has(role) ? uncovered(own, Math.max(day.from, now), day.to) : [];
                return (
                  <td key={day.day}>
                    {own.map((shift) => (
                      <p key={`${shift.person} ${String(shift.from)}`} className="shift">
                        <span className="figure">
                          {time(shift.from, day)}–{time(shift.to, day)}
                        </span>{' '}
                        <bdi>{name(shift.person)}</bdi>
                        <Button
                          size="small"
                          type="text"
                          aria-label={t('alerts.roster.removeShift', { name: name(shift.person), from: time(shift.from, day) })}
                          onClick={() => onRemove(shift)}
                        >
                          ×
                        </Button>
                      </p>
                    ))}
                    {gaps.map(({ from, to }) => (
                      <p key={from} className="gap-words">
                        {t('alerts.roster.gap', { from: time(from, day), to: time(to, day) })}
                      </p>
                    ))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
