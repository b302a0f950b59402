/**
 * The running clocks, nearest deadline first. They count by server time and show urgency by colour, shape and word together.
 * In 舆情 the first of them stands above, enlarged: its place says how many are open.
 */
import type { ReactNode } from 'react';
import type { SceneView } from '../../../shared/screens/scenes.ts';
import type { StripGroup } from '../../../shared/wire/views/strip.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { todayWords } from '../../ui/clock-words.ts';
import { Ring } from '../../ui/shapes.tsx';
import { StoryCell } from './strip-cell.tsx';
import { Beside, leftOf, Pending, PraiseCell, Quiet, usePraise } from './strip-side.tsx';
import './strip.css';

/** The number of cells of the strip; the server sends no more. */
const PLACES = 3;

/** Beside the large block: how many are open, and how today's were answered. */
function Open({ strip }: { readonly strip: StripGroup }): ReactNode {
  const words = useWords();
  return (
    <li className="strip-place">
      <div className="cell">
        <p className="figure cell-clock">{strip.cells.length + leftOf(strip.left)}</p>
        <div className="cell-story">
          <p className="cell-title">{words.t('strip.open')}</p>
          <p className="cell-owner" title={todayWords(strip.today, words)}>
            {todayWords(strip.today, words)}
          </p>
        </div>
      </div>
    </li>
  );
}

export function Strip({ view }: { readonly view: SceneView }): ReactNode {
  const { t } = useWords();
  const strip = useGroup(view, 'strip');
  const praise = usePraise(strip.praise);
  const { cells, left, pendingHistory } = strip;
  if (cells.length === 0) {
    return (
      <ol className="strip">
        <Quiet strip={strip} praise={praise} />
      </ol>
    );
  }
  const enlarged = view === 'sentiment';
  const free = PLACES - cells.length;
  const places = free - (praise ? 1 : 0);
  const tail = pendingHistory > 0 && places <= 0 ? t('strip.pending', { count: pendingHistory }) : '';
  const beside = leftOf(left) > 0 || (praise !== null && free === 0);
  return (
    <ol className={`strip ${beside ? 'crowded' : ''}`}>
      {enlarged && <Open strip={strip} />}
      {cells.slice(enlarged ? 1 : 0).map((cell, place) => (
        <StoryCell key={`${cell.incidentId}:${cell.clock}`} cell={cell} place={place + 1} tail={cell === cells.at(-1) ? tail : ''} />
      ))}
      {praise && free > 0 && <PraiseCell praise={praise} />}
      {places > 0 && pendingHistory > 0 && (
        <li className="strip-place">
          <div className="cell">
            <Ring />
            <Pending pending={pendingHistory} />
          </div>
        </li>
      )}
      <Beside left={left} praise={free === 0 ? praise : null} />
    </ol>
  );
}
