/** Lets this browser be told: it asks for permission, subscribes, and hands the subscription to the server. */
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useActor } from '../../desk-kit/actor.ts';
import { useFaultWords } from '../../desk-kit/states.tsx';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { ask } from '../../wire/ask.ts';

type State = { readonly at: 'idle' | 'asking' | 'done' | 'denied' | 'unable' } | { readonly at: 'failed'; readonly why: string };

/** The bytes of a key in Base64url. */
export function keyBytes(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const canPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

export function BrowserPush(): ReactNode {
  const { t } = useDeskWords();
  const faultWords = useFaultWords();
  const [actor, setActor] = useActor();
  const [person, setPerson] = useState(actor);
  const [state, setState] = useState<State>({ at: canPush() ? 'idle' : 'unable' });

  const subscribe = async (): Promise<void> => {
    setState({ at: 'asking' });
    try {
      if ((await Notification.requestPermission()) !== 'granted') {
        setState({ at: 'denied' });
        return;
      }
      const key = await ask<{ readonly publicKey: string }>('/api/push/key');
      if (key.outcome !== 'ok') {
        setState({ at: 'failed', why: faultWords(key) });
        return;
      }
      await navigator.serviceWorker.register('/service-worker.js');
      const worker = await navigator.serviceWorker.ready;
      const subscription = await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: keyBytes(key.value.publicKey),
      });
      const { endpoint, keys } = subscription.toJSON();
      const kept = await ask('/api/push/subscriptions', { body: { person: person.trim(), subscription: { endpoint, keys } } });
      if (kept.outcome === 'ok') {
        setActor(person.trim());
        setState({ at: 'done' });
      } else setState({ at: 'failed', why: faultWords(kept) });
    } catch (error) {
      setState({ at: 'failed', why: error instanceof Error ? error.message : '' });
    }
  };

  if (state.at === 'unable') return <p className="page-note">{t('alerts.channels.push.unable')}</p>;
  return (
    <div className="import-line">
      <Input
        className="search-field"
        aria-label={t('alerts.channels.push.person')}
        placeholder={t('alerts.channels.push.person')}
        value={person}
        maxLength={80}
        onChange={(event) => setPerson(event.target.value)}
      />
      <Button loading={state.at === 'asking'} disabled={person.trim() === ''} onClick={() => void subscribe()}>
        {t('alerts.channels.push.subscribe')}
      </Button>
      {state.at === 'done' && (
        <p className="save-outcome" role="status">
          {t('alerts.channels.push.done')}
        </p>
      )}
      {state.at === 'denied' && (
        <p className="save-failed" role="alert">
          {t('alerts.channels.push.denied')}
        </p>
      )}
      {state.at === 'failed' && (
        <p className="save-failed" role="alert">
          {t('alerts.channels.push.failed', { why: state.why })}
        </p>
      )}
    </div>
  );
}
