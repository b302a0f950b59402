/** An example mention and the last stories, judged by the rule in the form and by the one in force, with the function the server judges by. */
import { Checkbox, Input, InputNumber } from 'antd';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { severityOf, type SeverityInput } from '../../../shared/incidents/severity-of.ts';
import type { SeverityPolicy } from '../../../shared/incidents/severity-policy.ts';
import type { SeverityView } from '../../../shared/incidents/severity.ts';
import { topicFinder } from '../../../shared/incidents/topic-finder.ts';
import { topics, type Topic } from '../../../shared/incidents/topics.ts';
import type { IncidentView } from '../../../shared/incidents/types.ts';
import type { WordsPolicy } from '../../../shared/incidents/words-policy.ts';
import { useAsked } from '../../desk-kit/use-asked.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { GradeWord, Judged } from './judged.tsx';
import { useStoryTitle } from '../../ui/story-title.tsx';

const LAST_STORIES = 8;

/** A field that is being typed in may be empty: nothing is judged by such a rule. */
export function isWhole(value: unknown): boolean {
  if (value === null || value === undefined || Number.isNaN(value)) return false;
  return typeof value !== 'object' || Object.values(value).every(isWhole);
}

/** What is known of a stored story; of scales the step it reached is known, which is the least it had. */
function inputOf({ platforms, reach }: IncidentView, { parts }: SeverityView): SeverityInput {
  const basis = (part: SeverityView['parts'][number]['part']): Readonly<Record<string, unknown>> =>
    parts.find((one) => one.part === part)?.basis ?? {};
  const from = (part: 'speed' | 'strength'): number => Number(basis(part)['from'] ?? 0);
  const topic: Topic = topics.find((one) => one === basis('topic')['topic']) ?? 'other';
  return {
    reach: reach ?? 0,
    busiestHour: from('speed'),
    inSpike: basis('speed')['spike'] !== undefined,
    platforms,
    topics: [topic],
    strength: from('strength'),
    strongWords: [],
  };
}

function LastStories({ draft }: { readonly draft: SeverityPolicy }): ReactNode {
  const storyTitle = useStoryTitle();
  const { t } = useDeskWords();
  const stories = useAsked<{ readonly incidents: readonly (IncidentView & { readonly severity?: SeverityView })[] }>(
    `/api/incidents?limit=${String(LAST_STORIES)}`,
  ).value?.incidents;
  if (!stories || stories.length === 0) return null;
  return (
    <>
      <h3>{t('alerts.severity.lastStories')}</h3>
      <ul className="last-stories">
        {stories.flatMap((story) =>
          story.severity === undefined
            ? []
            : [
                <li key={story.id}>
                  <a href={`/incidents?incident=${encodeURIComponent(story.id)}`}>
                    <bdi>
                      {story.code} {storyTitle(story.title)}
                    </bdi>
                  </a>
                  <span>
                    <GradeWord grade={story.severity.computed} /> →{' '}
                    <GradeWord grade={severityOf(inputOf(story, story.severity), draft).grade} />
                  </span>
                </li>,
              ],
        )}
      </ul>
    </>
  );
}

export function SeverityExample({ draft, inForce }: { readonly draft: SeverityPolicy; readonly inForce: SeverityPolicy }): ReactNode {
  const { t } = useDeskWords();
  const words = useAsked<{ readonly value: WordsPolicy }>('/api/policies/words').value?.value;
  const [text, setText] = useState(t('alerts.severity.exampleText'));
  const [platform, setPlatform] = useState(inForce.source.platforms[0]?.platform ?? '');
  const [reach, setReach] = useState(60_000);
  const [busiestHour, setBusiestHour] = useState(12);
  const [inSpike, setInSpike] = useState(false);
  const finder = useMemo(() => (words ? topicFinder(words) : null), [words]);
  const judgement = finder?.judge(text) ?? { topics: ['other' as const], strongWords: [] };
  const input: SeverityInput = {
    reach,
    busiestHour,
    inSpike,
    platforms: [platform.trim()],
    topics: judgement.topics,
    strength: judgement.strongWords.length,
    strongWords: judgement.strongWords,
  };
  const whole = isWhole(draft);
  return (
    <section className="live-example" aria-label={t('alerts.severity.example')}>
      <h3>{t('alerts.severity.example')}</h3>
      <label>
        {t('alerts.severity.text')}
        <Input.TextArea value={text} rows={3} maxLength={2_000} onChange={(event) => setText(event.target.value)} />
      </label>
      <div className="example-fields">
        <label>
          {t('alerts.severity.platform')}
          <Input value={platform} maxLength={80} onChange={(event) => setPlatform(event.target.value)} />
        </label>
        <label>
          {t('alerts.severity.reach')}
          <InputNumber className="wide" min={0} value={reach} onChange={(value) => setReach(value ?? 0)} />
        </label>
        <label>
          {t('alerts.severity.busiestHour')}
          <InputNumber className="wide" min={0} value={busiestHour} onChange={(value) => setBusiestHour(value ?? 0)} />
        </label>
        <Checkbox className="example-check" checked={inSpike} onChange={(event) => setInSpike(event.target.checked)}>
          {t('alerts.severity.inSpike')}
        </Checkbox>
      </div>
      <div className="example-result" role="status">
        <Judged name={t('alerts.backTest.inForce')} severity={severityOf(input, inForce)} />
        {whole ? (
          <Judged name={t('alerts.severity.asWritten')} severity={severityOf(input, draft)} />
        ) : (
          <p className="page-note">{t('alerts.severity.notWhole')}</p>
        )}
      </div>
      {whole && <LastStories draft={draft} />}
    </section>
  );
}
