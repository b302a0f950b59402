/** The minutes of the day: to be copied into a chat, or printed; below them who said what when. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { StandupMinutes } from '../../shared/standup/types.ts';
import { CopyButton } from '../desk-kit/copy-button.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { hourMinute } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { OutsideText } from '../ui/outside-text.tsx';

export function Minutes({ version }: { readonly version: string }): ReactNode {
  const { t, language } = useDeskWords();
  const asked = useAsked<StandupMinutes>(`/api/standup/minutes?lang=${language}`, { version });
  const text = asked.value?.text ?? '';
  return (
    <Section
      id="minutes"
      title={t('meeting.minutes')}
      note={t('meeting.minutesNote')}
      actions={
        <>
          <CopyButton text={text} label={t('meeting.copy')} />
          <Button size="small" onClick={() => window.print()}>
            {t('meeting.print')}
          </Button>
        </>
      }
    >
      <Answered asked={asked} rows={6}>
        {({ said, timeZone, text: whole }) => (
          <>
            <pre className="minutes-text" tabIndex={0}>
              {whole}
            </pre>
            {said.length > 0 && (
              <details className="minutes-said">
                <summary>{t('meeting.history')}</summary>
                <ol>
                  {said.map((line) => (
                    <li key={line.seq}>
                      <time dateTime={new Date(line.at).toISOString()}>{hourMinute(line.at, timeZone)}</time> {line.actor}{' '}
                      {t(`meeting.said.${line.action}`)}: {line.who} · <OutsideText>{line.title}</OutsideText>
                    </li>
                  ))}
                </ol>
              </details>
            )}
          </>
        )}
      </Answered>
    </Section>
  );
}
