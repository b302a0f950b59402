/** The answer to a story: what was published and where. What is written is kept until it is recorded or thrown away. */
import { Alert, Button, Input, Select } from 'antd';
import { useImperativeHandle, type ReactNode, type Ref } from 'react';
import { topics } from '../../shared/incidents/topics.ts';
import { CopyButton } from '../desk-kit/copy-button.tsx';
import { useMoment } from '../desk-kit/use-moment.ts';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWords } from '../i18n/use-words.ts';
import type { CommandDraft } from './act.ts';
import { isEmpty } from './drafts.ts';
import { EvidenceField, evidenceOf } from './evidence.tsx';
import type { Story } from './story-fields.ts';
import type { DraftState } from './use-draft.ts';
import { useStoryTitle } from '../ui/story-title.tsx';

export interface AnswerFormHandle {
  readonly send: () => void;
}

export interface AnswerFormProps {
  readonly story: Story;
  readonly drafts: DraftState;
  readonly busy: boolean;
  /** Another person has the story; answering is possible all the same, but never by mistake. */
  readonly takenBy: string | null;
  readonly onCommand: (draft: CommandDraft) => Promise<boolean>;
  readonly onMissing: (what: string | null) => void;
  readonly onTakeOver: () => void;
  readonly ref: Ref<AnswerFormHandle>;
}

export function AnswerForm({ story, drafts, busy, takenBy, onCommand, onMissing, onTakeOver, ref }: AnswerFormProps): ReactNode {
  const { t } = useDeskWords();
  const words = useWords();
  const moment = useMoment();
  const { draft, write, clear, offered, take, others, fetched } = drafts;
  const send = async (): Promise<void> => {
    const text = draft.text.trim();
    const evidence = evidenceOf(draft.links);
    const link = evidence.find(({ kind }) => kind === 'link');
    if (text === '' && !link) {
      onMissing(t('pr.textMissing'));
      return;
    }
    onMissing(null);
    const done = await onCommand({ type: 'respond', ...(text !== '' && { text }), evidence: [...evidence] });
    if (done) clear();
  };
  useImperativeHandle(ref, () => ({ send: () => void send() }));
  const storyTitle = useStoryTitle();
  const choices = [...topics].sort((a, b) => Number(b === story.topic) - Number(a === story.topic));
  const fill = (topic: (typeof topics)[number]): void => {
    const text = t(`pr.template.${topic}`, { title: storyTitle(story.title) });
    write({ text: draft.text.trim() === '' ? text : `${draft.text.trimEnd()}\n${text}` });
  };
  return (
    <form
      className="answer-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void send();
      }}
    >
      {takenBy !== null && (
        <Alert
          type="warning"
          showIcon={false}
          data-act="taken-by"
          className="amber-note"
          title={t('pr.takenBy', { owner: isolated(takenBy) })}
          action={
            <Button size="small" onClick={onTakeOver}>
              {t('pr.takeOver')}
            </Button>
          }
        />
      )}
      {others.map(({ person }) => (
        <p key={person} className="writing" role="status">
          {t('pr.writing', { person: isolated(person) })}
        </p>
      ))}
      {offered && (
        <Alert
          type="info"
          showIcon={false}
          title={t('pr.draftOffered', { time: moment(offered.at) })}
          action={
            <Button size="small" onClick={take}>
              {t('pr.draftTake')}
            </Button>
          }
        />
      )}
      <div className="field-head">
        <label htmlFor="answer-text">{t('pr.answerText')}</label>
        <Select
          size="small"
          className="template-select"
          aria-label={t('pr.templates')}
          placeholder={t('pr.templates')}
          value={null}
          options={choices.map((topic) => ({ value: topic, label: words.t(`severity.topic.${topic}`) }))}
          onChange={(topic: (typeof topics)[number] | null) => {
            if (topic !== null) fill(topic);
          }}
          popupMatchSelectWidth={false}
        />
      </div>
      <Input.TextArea
        id="answer-text"
        data-key="respond"
        rows={4}
        className="answer-text"
        value={draft.text}
        maxLength={20_000}
        placeholder={t('pr.answerPlaceholder')}
        onChange={({ target }) => write({ text: target.value })}
      />
      <span className="field-label">{t('pr.evidence')}</span>
      <EvidenceField values={draft.links} onChange={(links) => write({ links })} />
      <div className="answer-send">
        <span className="small" role="status">
          {isEmpty(draft) ? t('pr.serverTimeCounts') : t(fetched ? 'pr.draftFetched' : 'pr.draftKept', { time: moment(draft.at) })}
        </span>
        <Button
          htmlType="submit"
          {...(takenBy !== null || story.status === 'open' ? {} : { type: 'primary' as const })}
          loading={busy}
          className="answer-submit"
        >
          {takenBy === null ? t('pr.respond') : t('pr.respondAnyway')} <kbd>{t('pr.sendKey')}</kbd>
        </Button>
      </div>
    </form>
  );
}

/** A draft that was not recorded because somebody else answered first: it stays to be copied. */
export function LeftDraft({ drafts }: { readonly drafts: DraftState }): ReactNode {
  const { t } = useDeskWords();
  const { draft, clear } = drafts;
  if (isEmpty(draft)) return null;
  const whole = [draft.text, ...draft.links].filter((part) => part !== '').join('\n');
  return (
    <div className="left-draft">
      <strong>{t('pr.draftLeft')}</strong>
      <p>{whole}</p>
      <div className="form-actions">
        <CopyButton text={whole} />
        <Button size="small" type="text" onClick={clear}>
          {t('pr.draftDiscard')}
        </Button>
      </div>
    </div>
  );
}
