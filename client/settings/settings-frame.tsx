/** The frame of the settings: the page's title and the way to the other pages. */
import type { ReactNode } from 'react';
import { DeskPage } from '../desk-kit/desk-page.tsx';
import { PageTitle } from '../desk-kit/page-title.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import './alerts.css';
import './settings.css';

const pages = [
  { id: 'start', path: '/settings' },
  { id: 'brands', path: '/settings/brands' },
  { id: 'targets', path: '/settings/targets' },
  { id: 'rules', path: '/settings/rules' },
  { id: 'channels', path: '/settings/channels' },
  { id: 'roster', path: '/settings/roster' },
  { id: 'ladder', path: '/settings/ladder' },
  { id: 'severity', path: '/settings/severity' },
  { id: 'words', path: '/settings/words' },
  { id: 'wall', path: '/settings/wall' },
  { id: 'screens', path: '/settings/screens' },
] as const;
export type SettingsPageId = (typeof pages)[number]['id'];

function Framed({ page, children }: { readonly page: SettingsPageId; readonly children: ReactNode }): ReactNode {
  const { t } = useDeskWords();
  return (
    <>
      <PageTitle title={t('settings.title')}>
        <nav aria-label={t('settings.navLabel')} className="settings-nav">
          {pages.map(({ id, path }) => (
            <a key={id} href={path} aria-current={id === page ? 'page' : undefined}>
              {t(`settings.nav.${id}`)}
            </a>
          ))}
        </nav>
      </PageTitle>
      {children}
    </>
  );
}

export function SettingsFrame({ page, children }: { readonly page: SettingsPageId; readonly children: ReactNode }): ReactNode {
  return (
    <DeskPage section="settings">
      <Framed page={page}>{children}</Framed>
    </DeskPage>
  );
}
