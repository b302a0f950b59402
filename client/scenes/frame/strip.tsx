/** The running clocks, nearest deadline first. They count by server time and show urgency by colour, shape and word together. */
import type { ReactNode } from 'react';
import type { SceneView } from '../../../shared/screens/scenes.ts';
import type { StripCell } from '../../../shared/wire/views/strip.ts';
import { clockText } from '../../format/duration.ts';
import { textWidth } from '../../format/text-width.ts';
import { hourMinute } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Words } from '../../i18n/use-words.ts';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { urgencyAt } from '../../state/urgency.ts';
import type { Urgency } from '../../state/urgency.ts';
import { Octagon, Ring, Triangle } from '../../ui/shapes.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './strip.css';

/** The number of cells of the strip; the server sends no more. */
const PLACES = 3;
/** A clock of ten hours or more has eight characters. */
const LONG_MS = 36_000_000;
/** About this many Chinese characters fit on one line at full size. */
const TITLE_LIMIT = 7;

function Shape({ urgency, hollow }: { readonly urgency: Urgency; readonly hollow: boolean }): ReactNode {
  if (urgency === 'calm') return <Ring />;
  return urgency === 'soon' ? <Triangle hollow={hollow} /> : <Octagon hollow={hollow} />;
}

function urgencyWord(cell: StripCell, urgency: Urgency, estimated: boolean, { t }: Words): string {
  const words = {
    breached: t('strip.breached'),
    fire: estimated ? t('strip.estimatedFire') : t('strip.fire'),
    soon: estimated ? t('strip.estimatedSoon') : t('strip.soon'),
    calm: t('strip.calm'),
  };
  const parts = [words[urgency]];
  if (cell.clock === 'disposal') parts.unshift(t('strip.disposal'));
  if (estimated) parts.push(t('strip.estimated'));
  return parts.join(' · ');
}

/** What people have done with the incident; without a connection this is known only up to `stoppedAt`. */
function ownerLine(cell: StripCell, stoppedAt: string | null, { t }: Words): string {
  const owner = isolated(cell.owner ?? '');
  if (stoppedAt !== null) {
    const time = stoppedAt;
    if (cell.status === 'responded') return t('strip.stoppedResponded', { time });
    return cell.owner === null ? t('strip.stoppedUnclaimed', { time }) : t('strip.stoppedClaimed', { time, owner });
  }
  if (cell.status === 'responded') return owner ? t('strip.responded', { owner }) : t('strip.respondedNobody');
  return cell.owner === null ? t('strip.unclaimed') : t('strip.claimed', { owner });
}

function Countdown({ dueAt }: { readonly dueAt: number }): ReactNode {
  const left = useScreen((screen) => dueAt - screen.now);
  return (
    <p className={`figure cell-clock ${Math.abs(left) >= LONG_MS ? 'long' : ''}`} role="timer">
      {left <= 0 && '+'}
      {clockText(left)}
    </p>
  );
}

function Cell({ cell, tail }: { readonly cell: StripCell; readonly tail: string }): ReactNode {
  const words = useWords();
  const { timeZone } = useWorkspace();
  const urgency = useScreen((screen) => urgencyAt(cell, screen.now));
  const estimated = useScreen((screen) => screen.phase === 'grey');
  const stoppedAt = useScreen((screen) =>
    screen.phase === 'grey' && screen.heartbeatAt !== null ? hourMinute(screen.heartbeatAt, timeZone) : null,
  );
  const long = textWidth(cell.title) > TITLE_LIMIT;
  return (
    <li className={`cell ${urgency} ${estimated ? 'estimated' : ''}`} data-incident={cell.incidentId}>
      <Shape urgency={urgency} hollow={estimated} />
      <div className="cell-time">
        <Countdown dueAt={cell.dueAt} />
        <p className="cell-word">{urgencyWord(cell, urgency, estimated, words)}</p>
      </div>
      <div className="cell-story">
        <p className={`cell-title ${long ? 'long' : ''} ${tail ? '' : 'two'}`} title={isolated(cell.title)}>
          <OutsideText>{cell.title}</OutsideText>
        </p>
        <p className="cell-owner" title={ownerLine(cell, stoppedAt, words)}>
          {ownerLine(cell, stoppedAt, words)}
        </p>
        {tail && (
          <p className="cell-tail" title={tail}>
            {tail}
          </p>
        )}
      </div>
    </li>
  );
}

function Quiet({ pending }: { readonly pending: number }): ReactNode {
  const { t } = useWords();
  return (
    <li className="cell quiet">
      <Ring />
      <div className="cell-story">
        <p className="cell-title">{t('strip.empty')}</p>
        <p className="cell-owner">{t('strip.emptyHint')}</p>
      </div>
      {pending > 0 && <Pending pending={pending} />}
    </li>
  );
}

function Pending({ pending }: { readonly pending: number }): ReactNode {
  const { t } = useWords();
  return (
    <div className="cell-story pending">
      <p className="cell-title">{t('strip.pending', { count: pending })}</p>
      <p className="cell-owner">{t('strip.pendingHint')}</p>
    </div>
  );
}

export function Strip({ view }: { readonly view: SceneView }): ReactNode {
  const { t } = useWords();
  const { cells, more, pendingHistory } = useGroup(view, 'strip');
  if (cells.length === 0) {
    return (
      <ol className="strip">
        <Quiet pending={pendingHistory} />
      </ol>
    );
  }
  const free = cells.length < PLACES;
  const counts = [
    ...(more > 0 ? [t('strip.more', { count: more })] : []),
    ...(pendingHistory > 0 && !free ? [t('strip.pending', { count: pendingHistory })] : []),
  ];
  return (
    <ol className="strip">
      {cells.map((cell, i) => (
        <Cell key={`${cell.incidentId}:${cell.clock}`} cell={cell} tail={i === cells.length - 1 ? counts.join(' · ') : ''} />
      ))}
      {free && pendingHistory > 0 && (
        <li className="cell">
          <Ring />
          <Pending pending={pendingHistory} />
        </li>
      )}
    </ol>
  );
}
