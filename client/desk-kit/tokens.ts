/** Our colours as the tokens of Ant Design. They are read from the style sheet, so that each is written only once. */
import { theme as antTheme, type ThemeConfig } from 'antd';
import type { Theme } from './use-theme.ts';

/** The custom properties of a desk in a theme. */
function deskColours(theme: Theme): (name: string) => string {
  const probe = document.createElement('div');
  probe.className = 'desk';
  probe.dataset['theme'] = theme;
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const names = ['page', 'paper', 'ink1', 'ink2', 'us', 'amber', 'amber-mark', 'amber-paper', 'fire', 'rule', 'edge', 'chosen'];
  const found = new Map(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  probe.remove();
  return (name) => found.get(name) ?? '';
}

export function themeConfig(theme: Theme): ThemeConfig {
  const colour = deskColours(theme);
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    algorithm: theme === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    hashed: false,
    cssVar: { key: 'desk-ant' },
    token: {
      colorPrimary: colour('us'),
      colorInfo: colour('us'),
      colorLink: colour('us'),
      colorError: colour('fire'),
      colorWarning: colour('amber'),
      // Made of a dark amber, the ground of a warning would be olive.
      colorWarningBg: colour('amber-paper'),
      colorWarningBorder: colour('amber-mark'),
      colorSuccess: colour('us'),
      colorText: colour('ink1'),
      colorTextHeading: colour('ink1'),
      colorTextSecondary: colour('ink2'),
      colorTextTertiary: colour('ink2'),
      colorTextQuaternary: colour('ink2'),
      colorTextDescription: colour('ink2'),
      colorTextPlaceholder: colour('ink2'),
      colorTextDisabled: colour('ink2'),
      colorTextLightSolid: colour('paper'),
      colorBgLayout: colour('page'),
      colorBgBase: colour('paper'),
      colorBgContainer: colour('paper'),
      colorBgElevated: colour('paper'),
      // Opaque: the contrast of what stands on it does not depend on what lies under it.
      colorBgContainerDisabled: colour('page'),
      colorBorder: colour('edge'),
      colorBorderSecondary: colour('rule'),
      colorSplit: colour('rule'),
      controlItemBgActive: colour('chosen'),
      borderRadius: 6,
      fontFamily: 'var(--font)',
      fontSize: 14,
      motion: !still,
      wireframe: false,
    },
    components: {
      Table: { headerBg: colour('page'), headerColor: colour('ink2'), rowHoverBg: colour('chosen'), cellPaddingBlockSM: 7 },
      Segmented: { itemSelectedBg: colour('us'), itemSelectedColor: colour('paper'), trackBg: colour('page') },
    },
  };
}

/** The nonce of this page's style sheets; the policy of the server refuses those without it. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
}
