/**
 * The frame of a desk page: Ant Design with our colours, the head with its sections, and the page's own content below.
 * The content is drawn once the server has said what workspace this is.
 */
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { ViewName } from '../../shared/wire/views/all.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { ScreenProvider } from '../screen/screen-provider.tsx';
import { useScreen } from '../state/screen-context.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { DescriptionsProvider } from './descriptions.tsx';
import { DeskHead } from './desk-head.tsx';
import type { SectionId } from './sections.ts';
import { ThemeContext } from './theme-context.ts';
import { styleNonce, themeConfig } from './tokens.ts';
import { useTheme } from './use-theme.ts';
import './desk-page.css';

export interface DeskPageProps {
  readonly section: SectionId;
  /** The live view that the page listens to; a page that needs none takes the smallest. */
  readonly view?: ViewName;
  readonly children: ReactNode;
}

function Framed({ section, children }: DeskPageProps): ReactNode {
  const { t, language } = useDeskWords();
  const [theme, flip] = useTheme();
  const config = useMemo(() => themeConfig(theme), [theme]);
  const welcomed = useScreen((screen) => screen.workspace !== null);
  const grey = useScreen((screen) => screen.phase === 'grey');
  if (!welcomed) return <Waiting />;
  return (
    <ConfigProvider
      theme={config}
      csp={{ nonce: styleNonce() }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      locale={language === 'en' ? enUS : zhCN}
      virtual
    >
      <div className={`desk desk-framed ${grey ? 'old' : ''}`} data-theme={theme} data-ready="true">
        <DeskHead section={section}>
          <button type="button" className="quiet" onClick={flip}>
            {t(theme === 'dark' ? 'kit.light' : 'kit.dark')}
          </button>
        </DeskHead>
        <ThemeContext value={theme}>
          <DescriptionsProvider>
            <main className="desk-main">{children}</main>
          </DescriptionsProvider>
        </ThemeContext>
      </div>
    </ConfigProvider>
  );
}

export function DeskPage({ section, view = 'competitors', children }: DeskPageProps): ReactNode {
  const views = useMemo(() => [view], [view]);
  return (
    <ScreenProvider views={views}>
      <Framed section={section}>{children}</Framed>
    </ScreenProvider>
  );
}
