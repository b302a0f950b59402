/** Starts i18next with both catalogues in the bundle. No catalogue is fetched, so a page always has its words. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { chosenLanguage, isLanguage, languageOf } from './language.ts';
import type { Language } from './language.ts';
import { zhCN } from './zh-cn.ts';

const REMEMBERED = 'warroom.language';

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    // The browser may forbid storage; the page then uses the default language.
    return null;
  }
}

/** True if a person chose the language, in the address or with the switch, now or on an earlier visit. */
let chosen = false;

/** An address that names another language would bring it back at the next load of the page, which on a television is nobody's wish. */
function forgetAddress(language: Language): void {
  const address = new URL(window.location.href);
  const asked = address.searchParams.get('lang');
  if (asked === null || asked === language) return;
  address.searchParams.delete('lang');
  window.history.replaceState(window.history.state, '', address);
}

export function setLanguage(language: Language): void {
  chosen = true;
  try {
    localStorage.setItem(REMEMBERED, language);
    forgetAddress(language);
  } catch {
    // Without storage the choice is not remembered, but the page is switched all the same.
  }
  void i18next.changeLanguage(language);
}

/** Switches to the language of the workspace unless a person chose another one. */
export function preferLanguage(locale: string): void {
  const language = languageOf(locale);
  if (!chosen && language !== null && language !== i18next.language) void i18next.changeLanguage(language);
}

function dressPage(language: string): void {
  document.documentElement.lang = language;
  document.title = i18next.t('product');
}

export async function startLanguage(search: string): Promise<void> {
  const asked = new URLSearchParams(search).get('lang');
  const kept = remembered();
  const language = chosenLanguage(asked, kept);
  chosen = isLanguage(asked) || isLanguage(kept);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  if (isLanguage(asked)) setLanguage(asked);
  dressPage(i18next.language);
  i18next.on('languageChanged', dressPage);
}
