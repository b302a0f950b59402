/** One channel: its fields by kind, what becomes of its secrets, and a test send with the provider's answer in words. */
import { Button, Input, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TestOutcome } from '../../../shared/incidents/channels.ts';
import { useFaultWords } from '../../desk-kit/states.tsx';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { ask } from '../../wire/ask.ts';
import { needs, type ChannelDraft, type SecretPlan } from './draft.ts';

/** An address or a secret: it is never shown. What is stored is kept until something else is written. */
function SecretField({
  name,
  hint,
  set,
  plan,
  text,
  onChange,
  error,
}: {
  readonly name: string;
  readonly hint: string;
  /** Whether the server has one. */
  readonly set: boolean;
  readonly plan: SecretPlan;
  readonly text: string;
  readonly onChange: (plan: SecretPlan, text: string) => void;
  readonly error: string | undefined;
}): ReactNode {
  const { t } = useDeskWords();
  return (
    <div className="secret-field">
      <span className="secret-name">{name}</span>
      {set && (
        <Segmented<SecretPlan>
          aria-label={name}
          size="small"
          value={plan}
          options={(['keep', 'replace', 'remove'] as const).map((value) => ({ value, label: t(`alerts.channels.plan.${value}`) }))}
          onChange={(next) => onChange(next, text)}
        />
      )}
      {plan === 'replace' && (
        <Input.Password
          aria-label={name}
          value={text}
          maxLength={2_000}
          autoComplete="off"
          placeholder={hint}
          status={error === undefined ? '' : 'error'}
          onChange={(event) => onChange('replace', event.target.value)}
        />
      )}
      {error !== undefined && (
        <p className="save-failed" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function TestSend({ draft, changed }: { readonly draft: ChannelDraft; readonly changed: boolean }): ReactNode {
  const { t } = useDeskWords();
  const faultWords = useFaultWords();
  const [to, setTo] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly words: string } | null>(null);
  const asksFor = draft.kind === 'email' ? 'address' : draft.kind === 'push' ? 'person' : null;
  const send = async (): Promise<void> => {
    setBusy(true);
    setSaid(null);
    const answer = await ask<TestOutcome>(`/api/channels/${encodeURIComponent(draft.id)}/test`, {
      body: asksFor === null || to.trim() === '' ? {} : { [asksFor]: to.trim() },
    });
    setBusy(false);
    if (answer.outcome !== 'ok') {
      setSaid({ ok: false, words: t('alerts.channels.testFailed', { why: faultWords(answer) }) });
      return;
    }
    const { ok, status, said: why } = answer.value;
    setSaid({
      ok,
      words: ok
        ? t('alerts.channels.testOk', { why })
        : status === null
          ? t('alerts.channels.testFailed', { why })
          : t('alerts.channels.testRefused', { status, why }),
    });
  };
  return (
    <div className="import-line">
      {asksFor !== null && (
        <Input
          className="search-field"
          aria-label={t(`alerts.channels.test.${asksFor}`)}
          placeholder={t(`alerts.channels.test.${asksFor}`)}
          value={to}
          maxLength={asksFor === 'person' ? 80 : 254}
          onChange={(event) => setTo(event.target.value)}
        />
      )}
      <Button loading={busy} disabled={draft.stored === null || changed} onClick={() => void send()}>
        {t('alerts.channels.testSend')}
      </Button>
      {(draft.stored === null || changed) && <span className="page-note">{t('alerts.channels.testAfterSave')}</span>}
      {said && (
        <p className={said.ok ? 'save-outcome' : 'save-failed'} role={said.ok ? 'status' : 'alert'}>
          {said.words}
        </p>
      )}
    </div>
  );
}

export interface ChannelCardProps {
  readonly draft: ChannelDraft;
  readonly changed: boolean;
  /** What the server says of a field of this channel; null for none. */
  readonly fault: { readonly field: string; readonly words: string } | null;
  readonly onChange: (draft: ChannelDraft) => void;
  readonly onRemove: () => void;
}

export function ChannelCard({ draft, changed, fault, onChange, onRemove }: ChannelCardProps): ReactNode {
  const { t } = useDeskWords();
  const { kind, stored, options } = draft;
  const need = needs[kind];
  const errorOf = (field: string): string | undefined => (fault?.field === field ? fault.words : undefined);
  const option = (name: string, value: string): void => onChange({ ...draft, options: { ...options, [name]: value } });
  return (
    <article className="channel-card" data-channel={draft.id} aria-label={`${t(`alerts.channels.kind.${kind}`)} ${draft.id}`}>
      <div className="channel-head">
        <h3>
          {t(`alerts.channels.kind.${kind}`)} <bdi className="page-note">{draft.id}</bdi>
        </h3>
        <label className="channel-enabled">
          <Switch checked={draft.enabled} onChange={(enabled) => onChange({ ...draft, enabled })} />
          {t(draft.enabled ? 'alerts.channels.enabled' : 'alerts.channels.disabled')}
        </label>
        <Button size="small" onClick={onRemove}>
          {t('alerts.remove')}
        </Button>
      </div>
      {stored !== null && !stored.readable && <p className="save-failed">{t('alerts.channels.unreadable')}</p>}
      {fault !== null && !['url', 'secret', 'id'].includes(fault.field) && (
        <p className="save-failed" role="alert">
          {fault.words}
        </p>
      )}
      {stored === null && (
        <label>
          {t('alerts.channels.id')}
          <Input
            value={draft.id}
            maxLength={80}
            status={errorOf('id') === undefined ? '' : 'error'}
            onChange={(event) => onChange({ ...draft, id: event.target.value })}
          />
          {errorOf('id') !== undefined && <span className="save-failed">{errorOf('id')}</span>}
        </label>
      )}
      {need.url && (
        <SecretField
          name={
            stored?.urlSet && stored.urlShown !== null
              ? t('alerts.channels.urlSet', { host: stored.urlShown })
              : t(stored?.urlSet ? 'alerts.channels.urlStored' : 'alerts.channels.url')
          }
          hint={t(`alerts.channels.urlHint.${kind === 'email' ? 'smtp' : 'https'}`)}
          set={stored?.urlSet ?? false}
          plan={draft.urlPlan}
          text={draft.url}
          error={errorOf('url')}
          onChange={(urlPlan, url) => onChange({ ...draft, urlPlan, url })}
        />
      )}
      {need.secret && (
        <SecretField
          name={t(stored?.secretSet ? 'alerts.channels.secretSet' : 'alerts.channels.secret')}
          hint={t(`alerts.channels.secretHint.${kind === 'email' ? 'password' : kind === 'webhook' ? 'whsec' : 'sign'}`)}
          set={stored?.secretSet ?? false}
          plan={draft.secretPlan}
          text={draft.secret}
          error={errorOf('secret')}
          onChange={(secretPlan, secret) => onChange({ ...draft, secretPlan, secret })}
        />
      )}
      <div className="example-fields">
        {need.options.map((name) => (
          <label key={name}>
            {t(`alerts.channels.option.${optionName(name)}`)}
            <Input value={String(options[name] ?? '')} maxLength={320} onChange={(event) => option(name, event.target.value)} />
          </label>
        ))}
        <label>
          {t('alerts.channels.language')}
          <Select
            aria-label={t('alerts.channels.language')}
            value={String(options['language'] ?? '')}
            options={[
              { value: '', label: t('alerts.channels.workspaceLanguage') },
              { value: 'zh-CN', label: t('alerts.channels.languages.zh') },
              { value: 'en', label: t('alerts.channels.languages.en') },
            ]}
            onChange={(value) => option('language', value)}
          />
        </label>
      </div>
      <TestSend draft={draft} changed={changed} />
    </article>
  );
}

const optionNames = ['keyword', 'from', 'to', 'user'] as const;
const optionName = (name: string): (typeof optionNames)[number] => optionNames.find((one) => one === name) ?? 'keyword';
