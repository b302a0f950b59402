/** `/settings/channels`: where alerts go. Addresses and secrets are written here and never shown. */
import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ChannelList, ChannelView } from '../../../shared/incidents/channels.ts';
import { useActor } from '../../desk-kit/actor.ts';
import { Section } from '../../desk-kit/page-title.tsx';
import { Answered, Empty, useFaultWords } from '../../desk-kit/states.tsx';
import { useAsked } from '../../desk-kit/use-asked.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../../state/screen-context.tsx';
import { ask } from '../../wire/ask.ts';
import { ChangeList } from '../change-list.tsx';
import { SaveOutcome } from '../save-outcome.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { WhoFields, type Who } from '../who-fields.tsx';
import { BrowserPush } from './browser-push.tsx';
import { ChannelCard } from './channel-card.tsx';
import { useChangeWords } from './change-words.ts';
import { ChannelHistory } from './channel-history.tsx';
import { changesOf, documentOf, draftOf, kinds, newDraft, type ChannelDraft, type ChannelKind } from './draft.ts';

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

interface EditorProps {
  readonly stored: readonly ChannelView[];
  /** The version of the list that `stored` is. */
  readonly version: number;
  /** Reads the list that stands. */
  readonly again: () => void;
}

function Editor({ stored, version, again }: EditorProps): ReactNode {
  const { t } = useDeskWords();
  const faultWords = useFaultWords();
  const changeWords = useChangeWords();
  const [drafts, setDrafts] = useState<readonly ChannelDraft[]>(() => stored.map(draftOf));
  const [kind, setKind] = useState<ChannelKind>('wecom');
  const [actor, setActor] = useActor();
  const [who, setWho] = useState<Who | null>(null);
  const [saved, setSaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const changes = changesOf(stored, drafts);
  const changed = new Set(changes.map(({ id }) => id));

  const edit = (next: readonly ChannelDraft[]): void => {
    setDrafts(next);
    setWho(null);
    setSaved(false);
    setFault(null);
    setRefused(null);
  };
  const save = async ({ owner, reason }: Who): Promise<void> => {
    setBusy(true);
    const body = { channels: drafts.map(documentOf), owner: owner.trim(), reason: reason.trim(), basedOn: version };
    const answer = await ask<ChannelList>('/api/channels', { method: 'PUT', body });
    setBusy(false);
    setWho(null);
    if (answer.outcome === 'ok') {
      setDrafts(answer.value.channels.map(draftOf));
      setActor(owner.trim());
      setSaved(true);
      setRefused(null);
      again();
      return;
    }
    const words = faultWords(answer);
    const place = answer.outcome === 'unreachable' ? undefined : placeOf(answer.problem.path);
    setFault(place ? { ...place, words } : null);
    setRefused(words);
    // What somebody else has set is then what the next preview compares with.
    if (answer.outcome === 'conflict') again();
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
      <Form<Who>
        layout="vertical"
        className="settings-form"
        requiredMark={false}
        initialValues={{ owner: actor, reason: '' }}
        onValuesChange={() => setWho(null)}
        onFinish={(values) => {
          setWho(values);
          setSaved(false);
        }}
      >
        <WhoFields later={false} />
        {who !== null && <ChangeList changes={changes.map(changeWords)} />}
        <div className="save-actions">
          {who === null ? (
            <Button type="primary" htmlType="submit">
              {t('settings.preview')}
            </Button>
          ) : (
            <>
              <Button type="primary" loading={busy} onClick={() => void save(who)}>
                {t('settings.save')}
              </Button>
              <Button onClick={() => setWho(null)}>{t('settings.back')}</Button>
            </>
          )}
        </div>
      </Form>
      <SaveOutcome saved={saved} refused={refused} />
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
          {({ channels, version }) => <Editor stored={channels} version={version} again={asked.again} />}
        </Answered>
      </Section>
      <Section id="history" title={t('alerts.channels.history')} note={t('alerts.channels.historyNote')}>
        <Answered asked={asked} rows={3}>
          {({ history }) => <ChannelHistory history={history} />}
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
