/** How far a story has spread: mentions by platform, and by hour before and after the answer. */
import type { ReactNode } from 'react';
import type { IncidentSpread } from '../../shared/incidents/spread.ts';
import { useAsked } from '../desk-kit/use-asked.ts';
import { hourMinute } from '../format/instant.ts';
import { isolated } from '../format/outside.ts';
import { fullCount, scaled } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { incidentPath } from './api.ts';
import { takenBy, type Story } from './story-fields.ts';

const HOUR_MS = 3_600_000;
const HEIGHT = 64;
const STEP = 14;
const PLATFORMS_SHOWN = 6;
/** A young story leaves room for the hours to come, so that its bars are bars. */
const LEAST_HOURS = 8;

export function useSpread(story: Story): IncidentSpread | null {
  return useAsked<IncidentSpread>(`${incidentPath(story.id)}/spread`, { version: String(story.mentionCount) }).value;
}

function HourBars({ spread, answeredAt }: { readonly spread: IncidentSpread; readonly answeredAt: number | null }): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const now = useScreen((screen) => Math.floor(screen.now / 60_000) * 60_000);
  const { hours } = spread;
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(1, ...hours.map(({ mentions }) => mentions));
  const width = Math.max(LEAST_HOURS, hours.length) * STEP;
  const x = (at: number): number => ((at - first.at) / HOUR_MS) * STEP;
  const marked = answeredAt === null || answeredAt < first.at ? null : Math.min(width - 1, x(answeredAt));
  const before = answeredAt === null ? null : hours.filter(({ at }) => at + HOUR_MS <= answeredAt).slice(-3);
  const since = answeredAt === null ? null : hours.filter(({ at }) => at >= answeredAt).slice(0, 3);
  const rate = (rows: typeof hours | null): string =>
    rows === null || rows.length === 0 ? '—' : fullCount(Math.round(rows.reduce((sum, { mentions }) => sum + mentions, 0) / rows.length));
  return (
    <figure className="hour-chart">
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('pr.perHour')}>
        {hours.map(({ at, mentions }) => (
          <rect
            key={at}
            className={answeredAt !== null && at >= answeredAt ? 'bar-after' : at + HOUR_MS > now ? 'bar-running' : 'bar-before'}
            x={x(at) + 1}
            width={STEP - 3}
            y={HEIGHT - (mentions / most) * (HEIGHT - 4)}
            height={(mentions / most) * (HEIGHT - 4)}
          >
            <title>{`${hourMinute(at, timeZone)} ${fullCount(mentions)}`}</title>
          </rect>
        ))}
        {marked !== null && <line className="answer-line" x1={marked} x2={marked} y1={0} y2={HEIGHT} />}
      </svg>
      <figcaption className="small chart-ends">
        <span>{hourMinute(first.at, timeZone)}</span>
        <span>
          {answeredAt === null
            ? t('pr.perHourMost', { figure: fullCount(most) })
            : t('pr.beforeAfter', { before: rate(before), after: rate(since), time: hourMinute(answeredAt, timeZone) })}
        </span>
        <span>{hourMinute(Math.min(now, last.at + HOUR_MS), timeZone)}</span>
      </figcaption>
    </figure>
  );
}

export function Spread({ story, spread }: { readonly story: Story; readonly spread: IncidentSpread | null }): ReactNode {
  const { t, scale } = useDeskWords();
  const moment = useMoment();
  if (!spread || spread.platforms.length === 0) return null;
  const most = Math.max(1, ...spread.platforms.map(({ mentions }) => mentions));
  const shown = spread.platforms.slice(0, PLATFORMS_SHOWN);
  const rest = story.mentionCount - shown.reduce((sum, { mentions }) => sum + mentions, 0);
  const reach = story.reach === null ? null : scaled(story.reach, scale);
  const answeredAt = takenBy(story)?.at ?? null;
  return (
    <section className="part">
      <header className="part-head">
        <h2>{t('pr.spread')}</h2>
        <span className="part-note" title={answeredAt === null ? '' : moment(answeredAt)}>
          {t('pr.lastQuarter', { figure: fullCount(spread.recent.mentions) })}
          {spread.recent.platform !== null &&
            ` · ${t('pr.lastQuarterMost', { platform: isolated(spread.recent.platform), figure: fullCount(spread.recent.ofPlatform) })}`}
          {reach && ` · ${t('pr.reach')} ${reach.figure}${reach.unit}`}
        </span>
      </header>
      <div className="spread-body">
        <ul className="platform-bars">
          {shown.map(({ platform, mentions }) => (
            <li key={platform}>
              <span className="platform-name" title={isolated(platform)}>
                {isolated(platform)}
              </span>
              <svg className="platform-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect width={Math.max(1, (mentions / most) * 100)} height="10" />
              </svg>
              <span className="figure">{fullCount(mentions)}</span>
            </li>
          ))}
          {rest > 0 && (
            <li>
              <span className="platform-name">{t('pr.platformsRest', { count: Math.max(0, story.platformCount - shown.length) })}</span>
              <span className="platform-bar" />
              <span className="figure">{fullCount(rest)}</span>
            </li>
          )}
        </ul>
        <HourBars spread={spread} answeredAt={answeredAt} />
      </div>
    </section>
  );
}
