/** `/settings/words`: the literal words by which topics and strong language are recognised. */
import { Form, Input } from 'antd';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { topicFinder } from '../../shared/incidents/topic-finder.ts';
import { namedTopics } from '../../shared/incidents/topics.ts';
import type { WordsPolicy } from '../../shared/incidents/words-policy.ts';
import { Section } from '../desk-kit/page-title.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { BackTest } from './back-test.tsx';
import { listChanges } from './changes.ts';
import { PolicyForm } from './policy-form.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { pastedWords } from './pasted-words.ts';

/** Tells what a sentence would be taken for by the lists as they stand in the form. */
function TryText({ words }: { readonly words: WordsPolicy }): ReactNode {
  const { t } = useDeskWords();
  const { t: say } = useWords();
  const [text, setText] = useState(t('alerts.severity.exampleText'));
  const key = JSON.stringify(words);
  // The lists are made anew on every change of any field; only another content makes another finder.
  // oxlint-disable-next-line react/exhaustive-deps -- `key` stands for `words`
  const finder = useMemo(() => topicFinder(words), [key]);
  const { topics, strongWords } = finder.judge(text);
  return (
    <section className="live-example" aria-label={t('alerts.words.try')}>
      <h3>{t('alerts.words.try')}</h3>
      <label>
        {t('alerts.severity.text')}
        <Input.TextArea value={text} rows={3} maxLength={2_000} onChange={(event) => setText(event.target.value)} />
      </label>
      <p role="status">
        {t('alerts.words.found', {
          topics: topics.map((topic) => say(`severity.topic.${topic}`)).join(t('alerts.list')),
          strong: strongWords.length === 0 ? t('kit.none') : strongWords.join(t('alerts.list')),
        })}
      </p>
    </section>
  );
}

function WordsForm(): ReactNode {
  const { t } = useDeskWords();
  const { t: say } = useWords();
  const lists = [
    ...namedTopics.map((topic) => ({ name: topic, label: say(`severity.topic.${topic}`) })),
    { name: 'strong' as const, label: t('alerts.words.strong') },
  ];
  const wordsOf = (value: WordsPolicy, name: (typeof lists)[number]['name']): readonly string[] =>
    name === 'strong' ? value.strong : value.topics[name];
  return (
    <Section title={t('alerts.words.title')} note={t('alerts.words.note')}>
      <PolicyForm<WordsPolicy>
        name="words"
        toForm={(value) => Object.fromEntries(lists.map(({ name }) => [name, wordsOf(value, name).join('\n')]))}
        toValue={(form) => {
          const list = (name: string): string[] => {
            const text = form[name];
            return [...pastedWords(typeof text === 'string' ? text : '')];
          };
          const [safety, quality, service, price, delivery] = namedTopics.map(list);
          return {
            topics: { safety: safety ?? [], quality: quality ?? [], service: service ?? [], price: price ?? [], delivery: delivery ?? [] },
            strong: list('strong'),
          };
        }}
        changes={(before, after) =>
          lists.flatMap(({ name, label }) => listChanges(wordsOf(before, name), wordsOf(after, name), (word) => `${label} ${word}`))
        }
        fieldOf={(path) => /^value\.(?:topics\.)?(\w+)/u.exec(path)?.[1]}
        beside={(draft) => <TryText words={draft} />}
        tried={(value) => <BackTest name="words" value={value} />}
      >
        <div className="rule-fields">
          {lists.map(({ name, label }) => (
            <Form.Item key={name} name={name} label={label} extra={<WordCount name={name} />}>
              <Input.TextArea rows={8} spellCheck={false} />
            </Form.Item>
          ))}
        </div>
      </PolicyForm>
    </Section>
  );
}

function WordCount({ name }: { readonly name: string }): ReactNode {
  const { t } = useDeskWords();
  const text: unknown = Form.useWatch(name);
  return t('alerts.words.count', { count: pastedWords(typeof text === 'string' ? text : '').length });
}

export function WordsPage(): ReactNode {
  return (
    <SettingsFrame page="words">
      <WordsForm />
    </SettingsFrame>
  );
}
