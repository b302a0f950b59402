/** One mention of a story, with those that say the same folded into it. */
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { IncidentDetail, IncidentMention } from '../../shared/incidents/types.ts';
import { dayOf, hourMinute } from '../format/instant.ts';
import { isolated, withoutPiles } from '../format/outside.ts';
import { fullCount, scaled } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { OutsideLink, OutsideText } from '../ui/outside-text.tsx';
import { fetchMention } from './api.ts';
import { hits, mentionKey, type MentionGroup } from './fold-mentions.ts';

/** Text from outside with what was searched for marked. */
function Marked({ text, search }: { readonly text: string; readonly search: string }): ReactNode {
  if (search.trim() === '') return <OutsideText>{text}</OutsideText>;
  return <bdi>{hits(withoutPiles(text), search).map(({ words, hit }, i) => (hit ? <mark key={i}>{words}</mark> : words))}</bdi>;
}

export interface MentionRowProps {
  readonly group: MentionGroup;
  readonly detail: IncidentDetail;
  readonly search: string;
  /** Present while mentions are being marked to be split off. */
  readonly marking: { readonly marked: ReadonlySet<string>; readonly mark: (keys: readonly string[], on: boolean) => void } | null;
}

export function MentionRow({ group, detail, search, marking }: MentionRowProps): ReactNode {
  const { t, coded, scale } = useDeskWords();
  const moment = useMoment();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const [whole, setWhole] = useState<(IncidentMention & { readonly sha256?: string }) | null>(null);
  const [unfolded, setUnfolded] = useState(false);
  const { first, same } = group;
  const mention = whole ?? first;
  const readWhole = async (): Promise<void> => {
    const answer = await fetchMention(detail.id, first);
    if (answer.outcome === 'ok') setWhole(answer.value);
  };
  // A title that only repeats the title of the story is left out.
  const title = mention.title === detail.title ? null : mention.title;
  const reach = mention.reach === null ? null : scaled(mention.reach, scale);
  const at = mention.publishedAt;
  const keys = [first, ...same].map(mentionKey);
  return (
    <li className={`mention ${mention.deleted ? 'deleted' : ''}`}>
      {marking && (
        <Checkbox
          checked={keys.every((key) => marking.marked.has(key))}
          aria-label={t('pr.markMention')}
          onChange={({ target }) => marking.mark(keys, target.checked)}
        />
      )}
      <time dateTime={new Date(at).toISOString()} title={moment(at)}>
        {dayOf(at, timeZone) === today ? hourMinute(at, timeZone) : dayOf(at, timeZone).slice(5)}
      </time>
      <strong className="mention-platform">
        <OutsideText>{mention.platform}</OutsideText>
      </strong>
      <div className="mention-words">
        {title !== null && (
          <p className="mention-title">
            <Marked text={title} search={search} />
          </p>
        )}
        <p className="mention-text">
          <Marked text={mention.text} search={search} />
        </p>
        <p className="mention-meta">
          {[mention.author && isolated(mention.author), mention.deleted && t('pr.deleted')].filter(Boolean).join(' · ')}{' '}
          <OutsideLink url={mention.url}>{t('pr.openLink')}</OutsideLink>{' '}
          {whole === null ? (
            <button type="button" className="text-button" onClick={() => void readWhole()}>
              {t('pr.original')}
            </button>
          ) : (
            whole.sha256 !== undefined && (
              <span className="hash" title={whole.sha256}>
                {t('pr.originalHash', { hash: whole.sha256.slice(0, 16), time: moment(at) })}
              </span>
            )
          )}
          {same.length > 0 && (
            <Button size="small" type="link" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
              {t('pr.sameWords', { figure: fullCount(same.length) })}
            </Button>
          )}
        </p>
        {unfolded && (
          <ul className="same-mentions">
            {same.map((one) => (
              <li key={mentionKey(one)}>
                {hourMinute(one.publishedAt, timeZone)} {one.author && isolated(one.author)}{' '}
                <OutsideLink url={one.url}>{t('pr.openLink')}</OutsideLink>
              </li>
            ))}
          </ul>
        )}
      </div>
      <span
        className="mention-reach figure"
        title={mention.reach === null ? t('pr.reach') : `${t('pr.reach')} ${fullCount(mention.reach)}`}
      >
        {reach && `${reach.figure}${reach.unit}`}
      </span>
      <span className={`polarity ${mention.polarity}`}>{coded('polarity', mention.polarity)}</span>
    </li>
  );
}
