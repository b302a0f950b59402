/** Copies a text, such as a figure with its basis, and says that it did. */
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';

/** The clipboard of the browser exists only on secure pages, and an office may use plain http; a selection can be copied there too. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}

const SAID_MS = 2_000;

export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }): ReactNode {
  const { t } = useDeskWords();
  const [said, setSaid] = useState<'copied' | 'copyFailed' | null>(null);
  const copy = async (): Promise<void> => {
    setSaid((await copyText(text)) ? 'copied' : 'copyFailed');
    window.setTimeout(() => setSaid(null), SAID_MS);
  };
  return (
    <Button size="small" onClick={() => void copy()} title={text}>
      <span aria-live="polite">{said === null ? (label ?? t('kit.copy')) : t(`kit.${said}`)}</span>
    </Button>
  );
}
