/** Warm-up, burst and review of a campaign on one axis of days, with today on it. */
import type { ReactNode } from 'react';
import type { CampaignRow } from '../../shared/kpi/campaigns.ts';
import { dayOf } from '../format/instant.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const WIDTH = 120;
const HEIGHT = 14;
/** Days before and after today that the axis shows. */
const BEFORE = 30;
const AFTER = 30;

const shapes = { warmup: 'span-warmup', burst: 'span-burst', review: 'span-review' } as const;

export function PhaseBar({ phases, phase }: Pick<CampaignRow, 'phases' | 'phase'>): ReactNode {
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  if (phases === null) return null;
  const first = dayNumber(today) - BEFORE;
  const at = (day: number): number => Math.min(WIDTH, Math.max(0, ((day - first) / (BEFORE + AFTER)) * WIDTH));
  const spans = (['warmup', 'burst', 'review'] as const).map((name) => ({
    name,
    from: at(dayNumber(phases[name].from)),
    to: at(dayNumber(phases[name].to) + 1),
  }));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {spans.map(({ name, from, to }) => (
        <rect
          key={name}
          className={`${shapes[name]} ${name === phase ? 'now' : ''}`}
          x={from}
          width={Math.max(0, to - from)}
          y={name === 'review' ? 5 : 2}
          height={name === 'review' ? 4 : 10}
        />
      ))}
      <line className="phase-today" x1={at(dayNumber(today) + 0.5)} x2={at(dayNumber(today) + 0.5)} y1={0} y2={HEIGHT} />
    </svg>
  );
}
