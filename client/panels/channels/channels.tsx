/** Sales by channel: bars from zero, the plan up to now as a tick, the difference beside the bar. */
import type { CSSProperties, ReactNode } from 'react';
import type { ChannelRow } from '../../../shared/wire/views/overview.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup, useGroupIfThere } from '../../state/screen-context.tsx';
import { channelKey } from '../../state/attention.ts';
import { useMarked } from '../../state/use-attention.ts';
import { useMoney } from '../../ui/money.tsx';
import { NumberLink } from '../../ui/number-link.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './channels.css';

/**
 * A plan spread evenly over the day is due by night as by day, so that in the morning every channel is far behind it. Beside
 * channels whose hours are known, nothing is held against it; where all are spread so, the panel says it.
 */
const allEven = (rows: readonly ChannelRow[]): boolean => rows.every(({ planToNow, curve }) => planToNow === null || curve === 'even');

export function ChannelsNote(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const rows = useGroup('overview', 'channels');
  if (rows.length === 0) return null;
  const step = money.shared(rows.map((row) => row.net ?? 0));
  const planned = rows.some((row) => row.planToNow !== null);
  if (!planned) return step && <p className="panel-note">{t('channels.unitNoPlan', { unit: step.word })}</p>;
  const even = allEven(rows);
  const note = step
    ? t(even ? 'channels.unitEven' : 'channels.unit', { unit: step.word })
    : t(even ? 'channels.unitPlainEven' : 'channels.unitPlain');
  return <p className="panel-note">{note}</p>;
}

interface RowProps {
  readonly row: ChannelRow;
  /** Its plan is spread evenly, unlike that of another channel. */
  readonly apart: boolean;
  /** The amounts at the two ends of the track. */
  readonly least: number;
  readonly full: number;
  readonly step: ReturnType<ReturnType<typeof useMoney>['shared']>;
}

function ChannelLine({ row, apart, least, full, step }: RowProps): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const marked = useMarked()(channelKey(row));
  // The day is that of the headline, which may come later than the channels; until then there is no link.
  const day = useGroupIfThere('overview', 'today')?.day;
  const name = row.others > 0 ? t('channels.rest', { count: row.others }) : (row.channel ?? t('channels.unattributed'));
  // Nothing is said of a plan before there is enough to say it.
  const gap = apart || row.planToNow === null || row.net === null || row.pace === null ? null : row.net - row.planToNow;
  const share = (value: number) => `${Math.min(100, Math.max(0, (value / (full - least)) * 100))}%`;
  const net = row.net ?? full;
  const style = {
    '--zero': share(-least),
    '--from': share(Math.min(0, net) - least),
    '--done': share(Math.abs(net)),
    '--plan': share((row.planToNow ?? 0) - least),
  } as CSSProperties;
  return (
    <li className={`channel ${marked ? 'marked' : ''}`}>
      <span className="channel-name" title={isolated(name)}>
        <OutsideText>{name}</OutsideText>
      </span>
      <span className="channel-track" style={style} aria-hidden="true">
        <span className={`done ${net < 0 ? 'below' : ''}`} />
        {least < 0 && <span className="zero" />}
        {row.planToNow !== null && !apart && <span className="tick" />}
      </span>
      <span className="figure channel-net" title={row.net === null ? t('number.overflow') : money.full(row.net)}>
        {row.net === null ? (
          t('number.none')
        ) : row.others > 0 || day === undefined ? (
          money.inShared(row.net, step)
        ) : (
          <NumberLink cell={{ kpi: 'net_sales', period: day, where: [`channel:${row.channel ?? ''}`] }}>
            {money.inShared(row.net, step)}
          </NumberLink>
        )}
      </span>
      <span className="figure channel-gap" title={gap === null ? undefined : money.full(gap)}>
        {marked && <Peak down />}
        {gap !== null ? money.signedInShared(gap, step) : apart && t('channels.even')}
      </span>
    </li>
  );
}

export function ChannelsBody(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const rows = useGroup('overview', 'channels');
  if (rows.length === 0) return <EmptyNote title={t('channels.empty')} hint={t('channels.emptyHint')} />;
  const even = allEven(rows);
  const apart = ({ planToNow, curve }: ChannelRow): boolean => planToNow !== null && curve === 'even' && !even;
  const full = Math.max(1, ...rows.flatMap((row) => [row.net ?? 0, apart(row) ? 0 : (row.planToNow ?? 0)]));
  const least = Math.min(0, ...rows.map((row) => row.net ?? 0));
  const step = money.shared(rows.map((row) => row.net ?? 0));
  return (
    <ol className="channels">
      {rows.map((row) => (
        <ChannelLine key={channelKey(row)} row={row} apart={apart(row)} least={least} full={full} step={step} />
      ))}
    </ol>
  );
}
