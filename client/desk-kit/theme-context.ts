/** The theme of the page, for what is painted on a canvas and must be painted again when the theme changes. */
import { createContext, useContext } from 'react';
import type { Theme } from './use-theme.ts';

export const ThemeContext = createContext<Theme>('light');
export const useCurrentTheme = (): Theme => useContext(ThemeContext);
