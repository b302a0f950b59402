/** Entry of every page: words first, then the page its address names. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { PageBoundary } from './app/page-boundary.tsx';
import { Page } from './app/pages.tsx';
import { startLanguage } from './i18n/setup.ts';
import './styles/fonts.ts';
import './styles/tokens.css';
import './styles/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await startLanguage(window.location.search);
createRoot(root).render(
  <StrictMode>
    <PageBoundary>
      <Page path={window.location.pathname} />
    </PageBoundary>
  </StrictMode>,
);
