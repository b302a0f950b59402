/** One open story in the queue: its clock, its severity, its name and who has it. */
import { memo } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { fullCount } from '../format/scale.ts';
import { isolated } from '../format/outside.ts';
import { useDeskWords, type DeskWords } from '../i18n/desk/use-desk-words.ts';
import { nextClock } from './next-clock.ts';
import { RunningClock, UrgencyShape, useUrgency, useUrgencyWord } from './running-clock.tsx';
import { SeverityMark } from './severity.tsx';
import { lateBefore, roundOf, type Story } from './story-fields.ts';
import { storyPath } from './use-story-address.ts';
import { StoryTitle } from '../ui/story-title.tsx';

export function statusLine(story: Story, me: string, t: DeskWords['t']): string {
  const mine = me !== '' && story.owner === me;
  if (story.status === 'claimed') return mine ? t('pr.claimedByMe') : t('pr.claimedBy', { owner: isolated(story.owner ?? '') });
  if (story.status === 'responded') {
    const by = story.respondedBy ?? story.owner;
    return by === null ? t('pr.status.responded') : t('pr.respondedBy', { owner: isolated(by) });
  }
  return t(`pr.status.${story.status}`);
}

/** A plain click opens the story in this page; any other click is the browser's. */
export function ownClick(event: MouseEvent, run: () => void): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  run();
}

interface QueueRowProps {
  readonly story: Story;
  readonly chosen: boolean;
  readonly me: string;
  readonly onChoose: (id: string) => void;
}

function Row({ story, chosen, me, onChoose }: QueueRowProps): ReactNode {
  const { t } = useDeskWords();
  const word = useUrgencyWord();
  const clock = nextClock(story);
  const urgency = useUrgency(clock);
  const platforms = story.platforms.slice(0, 2).map(isolated).join(' / ');
  const details = [
    story.platformCount > 2 ? t('pr.platformsMore', { platforms, count: story.platformCount }) : platforms,
    t('pr.mentionsCount', { count: fullCount(story.mentionCount) }),
    statusLine(story, me, t),
  ];
  return (
    <a
      className={`queue-row ${urgency}`}
      href={storyPath(story.id)}
      aria-current={chosen ? 'true' : undefined}
      data-incident={story.id}
      onClick={(event) => ownClick(event, () => onChoose(story.id))}
    >
      <span className="queue-clock">
        <UrgencyShape urgency={urgency} />
        {clock && <RunningClock clock={clock} className="queue-time" />}
        <span className="queue-word">
          {[clock?.name === 'disposal' ? t('pr.clock.disposal') : '', urgency === 'breached' && clock ? '' : word(urgency)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <SeverityMark story={story} />
      </span>
      <span className="queue-title" title={isolated(story.title)}>
        {story.drill && <span className="drill-mark">{t('pr.drill')}</span>}
        <StoryTitle>{story.title}</StoryTitle>
      </span>
      <span className="queue-detail">
        {roundOf(story) > 1 && <strong>{t(lateBefore(story) ? 'pr.roundLate' : 'pr.round', { count: roundOf(story) })} · </strong>}
        {details.filter(Boolean).join(' · ')}
      </span>
    </a>
  );
}

export const QueueRow = memo(Row);
