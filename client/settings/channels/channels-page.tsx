/** `/settings/channels`: where alerts go. Addresses and secrets are written here and never shown. */
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ChannelList, ChannelView } from '../../../shared/incidents/channels.ts';
import { Section } from '../../desk-kit/page-title.tsx';
import { Answered, Empty, useFaultWords } from '../../desk-kit/states.tsx';
import { useAsked } from '../../desk-kit/use-asked.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../../state/screen-context.tsx';
import { ask } from '../../wire/ask.ts';
import { ChangeList } from '../change-list.tsx';
import type { Change } from '../changes.ts';
import { SaveOutcome } from '../save-outcome.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { BrowserPush } from './browser-push.tsx';
import { ChannelCard } from './channel-card.tsx';
import { changesOf, documentOf, draftOf, kinds, newDraft, type ChannelChange, type ChannelDraft, type ChannelKind } from './draft.ts';

const MOST_CHANNELS = 50;
interface Fault {
  readonly index: number;
  readonly field: string;
  readonly words: string;
}

/** `channels[2].url` → 2 and `url`. */
function placeOf(path: string | undefined): { readonly index: number; readonly field: string } | undefined {
  const found = /^channels\[(\d+)\](?:\.(\w+))?/u.exec(path ?? '');
  return found ? { index: Number(found[1]), field: found[2] ?? '' } : undefined;
}

function useChangeWords(): (change: ChannelChange) => Change {
  const { t } = useDeskWords();
  return ({ id, what }) => {
    if (what === 'added' || what === 'removed') return { kind: what, what: t('alerts.channels.one', { id }) };
    const [before, after] = [t(`alerts.channels.was.${what}`), t(`alerts.channels.becomes.${what}`)];
    return { kind: 'changed', what: t('alerts.channels.one', { id }), before, after };
  };
}

function Editor({ stored, again }: { readonly stored: readonly ChannelView[]; readonly again: () => void }): ReactNode {
  const { t } = useDeskWords();
  const faultWords = useFaultWords();
  const changeWords = useChangeWords();
  const [drafts, setDrafts] = useState<readonly ChannelDraft[]>(() => stored.map(draftOf));
  const [kind, setKind] = useState<ChannelKind>('wecom');
  const [step, setStep] = useState<'form' | 'preview' | 'saved'>('form');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const changes = changesOf(stored, drafts);
  const changed = new Set(changes.map(({ id }) => id));

  const edit = (next: readonly ChannelDraft[]): void => {
    setDrafts(next);
    setStep('form');
    setFault(null);
    setRefused(null);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    const answer = await ask<ChannelList>('/api/channels', { method: 'PUT', body: { channels: drafts.map(documentOf) } });
    setBusy(false);
    if (answer.outcome === 'ok') {
      setDrafts(answer.value.channels.map(draftOf));
      setStep('saved');
      setRefused(null);
      again();
      return;
    }
    const words = faultWords(answer);
    const place = answer.outcome === 'unreachable' ? undefined : placeOf(answer.problem.path);
    setFault(place ? { ...place, words } : null);
    setRefused(words);
    setStep('form');
  };

  return (
    <>
      {drafts.length === 0 && <Empty title={t('alerts.channels.empty')} hint={t('alerts.channels.emptyHint')} />}
      <div className="channel-cards">
        {drafts.map((draft, index) => (
          <ChannelCard
            // oxlint-disable-next-line react/no-array-index-key -- the id of a new channel is typed in the card itself
            key={draft.stored?.id ?? `new ${String(index)}`}
            draft={draft}
            changed={changed.has(draft.id)}
            fault={fault?.index === index ? fault : null}
            onChange={(next) => edit(drafts.map((one, at) => (at === index ? next : one)))}
            onRemove={() => edit(drafts.filter((_, at) => at !== index))}
          />
        ))}
      </div>
      <div className="import-line">
        <Select
          className="search-field"
          aria-label={t('alerts.channels.kindLabel')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`alerts.channels.kind.${value}`) }))}
          onChange={setKind}
        />
        <Button
          disabled={drafts.length >= MOST_CHANNELS}
          onClick={() =>
            edit([
              ...drafts,
              newDraft(
                kind,
                drafts.map(({ id }) => id),
              ),
            ])
          }
        >
          {t('alerts.channels.add')}
        </Button>
      </div>
      {step === 'preview' && <ChangeList changes={changes.map(changeWords)} />}
      <div className="save-actions">
        {step === 'preview' ? (
          <>
            <Button type="primary" loading={busy} onClick={() => void save()}>
              {t('settings.save')}
            </Button>
            <Button onClick={() => setStep('form')}>{t('settings.back')}</Button>
          </>
        ) : (
          <Button type="primary" onClick={() => setStep('preview')}>
            {t('settings.preview')}
          </Button>
        )}
      </div>
      <SaveOutcome saved={step === 'saved'} refused={refused} />
    </>
  );
}

function Channels(): ReactNode {
  const { t } = useDeskWords();
  const { demo } = useWorkspace();
  const asked = useAsked<ChannelList>('/api/channels');
  return (
    <>
      <Section title={t('alerts.channels.title')} note={t(demo ? 'alerts.channels.demo' : 'alerts.channels.note')}>
        <Answered asked={asked} rows={6}>
          {({ channels }) => <Editor stored={channels} again={asked.again} />}
        </Answered>
      </Section>
      <Section title={t('alerts.channels.push.title')} note={t('alerts.channels.push.note')}>
        <BrowserPush />
      </Section>
    </>
  );
}

export function ChannelsPage(): ReactNode {
  return (
    <SettingsFrame page="channels">
      <Channels />
    </SettingsFrame>
  );
}
