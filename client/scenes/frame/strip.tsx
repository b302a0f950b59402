/** The running clocks, nearest deadline first. They count by server time and show urgency by colour, shape and word together. */
import type { ReactNode } from 'react';
import type { SceneView } from '../../../shared/screens/scenes.ts';
import type { StripCell, StripGroup } from '../../../shared/wire/views/strip.ts';
import { clockText } from '../../format/duration.ts';
import { textWidth } from '../../format/text-width.ts';
import { hourMinute } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Words } from '../../i18n/use-words.ts';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { urgencyAt } from '../../state/urgency.ts';
import type { Urgency } from '../../state/urgency.ts';
import { Block, GradeMark, Octagon, Ring, Triangle } from '../../ui/shapes.tsx';
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
  if (urgency === 'breached') return <Block hollow={hollow} />;
  return urgency === 'soon' ? <Triangle hollow={hollow} /> : <Octagon hollow={hollow} />;
}

function urgencyWord(cell: StripCell, urgency: Urgency, estimated: boolean, { t }: Words): string {
  // The severity takes the room of the explanation.
  const short = estimated || cell.grade !== null;
  const words = {
    breached: t('strip.breached'),
    fire: short ? t('strip.estimatedFire') : t('strip.fire'),
    soon: short ? t('strip.estimatedSoon') : t('strip.soon'),
    calm: t('strip.calm'),
  };
  const parts = urgency === 'breached' ? [] : [words[urgency]];
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
    <p className={`figure cell-clock ${left >= LONG_MS ? 'long' : ''}`} role="timer">
      {clockText(left)}
    </p>
  );
}

/** A deadline that is over does not run any more: the word stands where the clock stood, and below it how late it is. */
function Lateness({ dueAt, word }: { readonly dueAt: number; readonly word: string }): ReactNode {
  const { t, exactAge } = useWords();
  const late = useScreen((screen) => Math.max(0, screen.now - dueAt));
  return (
    <>
      <p className="cell-over">{t('strip.breached')}</p>
      <p className="cell-word late" role="timer">
        {t('strip.late', { age: exactAge(late) })}
        {word && ` · ${word}`}
      </p>
    </>
  );
}

/** The severity as shape, colour and word. */
function Grade({ grade }: { readonly grade: NonNullable<StripCell['grade']> }): ReactNode {
  const { t } = useWords();
  return (
    <span className="cell-grade">
      <GradeMark grade={grade} />
      {t(`severity.grade.${grade}`)}
    </span>
  );
}

/** A story that was opened again, and a drill, are told from others in words. */
function marksOf({ drill, round, earlierBreached }: StripCell, { t }: Words): string {
  const marks = drill ? [t('strip.drill')] : [];
  if (round > 1) marks.push(t('strip.round', { round }), ...(earlierBreached ? [t('strip.earlierBreached')] : []));
  return marks.join(' · ');
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
  const word = urgencyWord(cell, urgency, estimated, words);
  const owner = ownerLine(cell, stoppedAt, words);
  const marks = marksOf(cell, words);
  const grade = cell.grade !== null && <Grade grade={cell.grade} />;
  // A cell has three lines: what fills the third one is told in front of the owner where a tail takes it.
  const lines = tail && marks ? [`${marks} · ${owner}`, tail] : [owner, tail || marks].filter(Boolean);
  return (
    <li className={`cell ${urgency} ${estimated ? 'estimated' : ''}`} data-incident={cell.incidentId}>
      <Shape urgency={urgency} hollow={estimated} />
      <div className="cell-time">
        {urgency === 'breached' ? (
          <Lateness dueAt={cell.dueAt} word={word} />
        ) : (
          <>
            <Countdown dueAt={cell.dueAt} />
            <p className="cell-word">
              {grade}
              {word}
            </p>
          </>
        )}
      </div>
      <div className="cell-story">
        <p className={`cell-title ${long ? 'long' : ''} ${lines.length > 1 ? '' : 'two'}`} title={isolated(cell.title)}>
          <OutsideText>{cell.title}</OutsideText>
        </p>
        {lines.map((line, i) => (
          <p key={line} className={i === 0 ? 'cell-owner' : 'cell-tail'} title={line}>
            {i === 0 && urgency === 'breached' && grade}
            {line}
          </p>
        ))}
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

const urgencies = ['breached', 'fire', 'soon', 'calm'] as const;

/** How many stories have no cell, by urgency: a line for each that has any. */
function Left({ left }: { readonly left: StripGroup['left'] }): ReactNode {
  const { t } = useWords();
  const told = urgencies.filter((urgency) => left[urgency] > 0);
  if (told.length === 0) return null;
  return (
    <li className="strip-left">
      {told.map((urgency) => (
        <p key={urgency} className={urgency}>
          {t(`strip.left.${urgency}`)} <strong className="figure">{left[urgency]}</strong>
        </p>
      ))}
    </li>
  );
}

export function Strip({ view }: { readonly view: SceneView }): ReactNode {
  const { t } = useWords();
  const { cells, left, pendingHistory } = useGroup(view, 'strip');
  if (cells.length === 0) {
    return (
      <ol className="strip">
        <Quiet pending={pendingHistory} />
      </ol>
    );
  }
  const free = cells.length < PLACES;
  const tail = pendingHistory > 0 && !free ? t('strip.pending', { count: pendingHistory }) : '';
  const crowded = urgencies.some((urgency) => left[urgency] > 0);
  return (
    <ol className={`strip ${crowded ? 'crowded' : ''}`}>
      {cells.map((cell, i) => (
        <Cell key={`${cell.incidentId}:${cell.clock}`} cell={cell} tail={i === cells.length - 1 ? tail : ''} />
      ))}
      {free && pendingHistory > 0 && (
        <li className="cell">
          <Ring />
          <Pending pending={pendingHistory} />
        </li>
      )}
      <Left left={left} />
    </ol>
  );
}
