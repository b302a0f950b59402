/** The acts that need words or a choice, each asked for in a dialog that begins empty: what stands in the audit cannot be changed. */
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWords } from '../i18n/use-words.ts';
import type { CommandDraft } from './act.ts';
import { EvidenceField, evidenceOf } from './evidence.tsx';
import { grades, type Grade } from '../../shared/incidents/grades.ts';
import type { Story } from './story-fields.ts';
import { NameField } from './who.tsx';
import { useStoryTitle } from '../ui/story-title.tsx';

export const dialogActs = ['hand_over', 'merge', 'split', 'note', 'pause', 'severity', 'false_alarm', 'reopen', 'evidence'] as const;
export type DialogAct = (typeof dialogActs)[number];

export interface ActDialogProps {
  readonly act: DialogAct;
  readonly story: Story;
  readonly actor: string;
  readonly people: readonly string[];
  /** Other open stories, to merge with. */
  readonly others: readonly Story[];
  /** Mentions that were marked, by key, to be split off. */
  readonly marked: readonly string[];
  readonly busy: boolean;
  readonly onCommand: (draft: CommandDraft) => Promise<boolean>;
  readonly onClose: () => void;
}

interface Fields {
  readonly text: string;
  readonly to: string;
  readonly into: string | null;
  readonly grade: Grade | null;
  readonly links: readonly string[];
}
const noFields: Fields = { text: '', to: '', into: null, grade: null, links: [] };

/** The command of a filled-in dialog; null while something is missing. */
export function commandOf(act: DialogAct, fields: Fields, marked: readonly string[]): CommandDraft | null {
  const text = fields.text.trim();
  const to = fields.to.trim();
  switch (act) {
    case 'hand_over':
      return to === '' ? null : { type: 'hand_over', to };
    case 'merge':
      return fields.into === null ? null : { type: 'merge', into: fields.into };
    case 'split':
      return marked.length === 0 ? null : { type: 'split', mentions: [...marked] };
    case 'note':
      return text === '' ? null : { type: 'note', text };
    case 'pause':
      return text === '' || to === '' ? null : { type: 'pause', reason: text, secondActor: to };
    case 'severity':
      return text === '' || fields.grade === null ? null : { type: 'severity', grade: fields.grade, reason: text };
    case 'evidence': {
      const evidence = evidenceOf(fields.links);
      return evidence.length === 0 ? null : { type: 'evidence', evidence: [...evidence] };
    }
    default:
      return text === '' ? null : { type: act, reason: text };
  }
}

export function ActDialog({ act, story, actor, people, others, marked, busy, onCommand, onClose }: ActDialogProps): ReactNode {
  const { t } = useDeskWords();
  const storyTitle = useStoryTitle();
  const words = useWords();
  const [fields, setFields] = useState(noFields);
  const set = (part: Partial<Fields>): void => setFields((before) => ({ ...before, ...part }));
  const command = commandOf(act, fields, marked);
  const send = async (): Promise<void> => {
    if (command !== null && (await onCommand(command))) onClose();
  };
  const reasoned = act !== 'hand_over' && act !== 'merge' && act !== 'split' && act !== 'evidence';
  const without = people.filter((name) => name !== actor);
  return (
    <Modal
      open
      title={t(`pr.dialogTitle.${act}`)}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('pr.cancel')}
        </Button>,
        <Button key="send" type="primary" loading={busy} disabled={command === null} onClick={() => void send()}>
          {t(`pr.dialogSend.${act}`)}
        </Button>,
      ]}
      destroyOnHidden
    >
      <form
        className="act-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className="small">{t(`pr.dialogHint.${act}`, { title: isolated(storyTitle(story.title)), count: marked.length })}</p>
        {(act === 'hand_over' || act === 'pause') && (
          <>
            <label htmlFor="act-to">{t(act === 'pause' ? 'pr.secondPerson' : 'pr.handTo')}</label>
            <NameField
              id="act-to"
              actor={fields.to}
              people={without}
              onActor={(to) => set({ to })}
              label={t(act === 'pause' ? 'pr.secondPerson' : 'pr.handTo')}
            />
          </>
        )}
        {act === 'merge' && (
          <Select
            id="act-into"
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('pr.mergeInto')}
            placeholder={t('pr.mergeInto')}
            value={fields.into}
            options={others.map((one) => ({ value: one.id, label: `${one.code} ${storyTitle(one.title)}` }))}
            onChange={(into: string | null) => set({ into })}
          />
        )}
        {act === 'severity' && (
          <Select
            id="act-grade"
            aria-label={words.t('severity.title')}
            placeholder={words.t('severity.title')}
            value={fields.grade}
            options={grades.map((grade) => ({ value: grade, label: words.t(`severity.grade.${grade}`) }))}
            onChange={(grade: Grade | null) => set({ grade })}
          />
        )}
        {act === 'evidence' && <EvidenceField values={fields.links} onChange={(links) => set({ links })} />}
        {reasoned && (
          <>
            <label htmlFor="act-text">{t(`pr.dialogAsk.${act}`)}</label>
            <Input.TextArea
              id="act-text"
              autoFocus
              rows={3}
              maxLength={20_000}
              value={fields.text}
              onChange={({ target }) => set({ text: target.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                void send();
              }}
            />
          </>
        )}
      </form>
    </Modal>
  );
}
