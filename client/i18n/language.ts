/** Which language a page speaks. Pure. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(value: string | null): value is Language {
  return (languages as readonly (string | null)[]).includes(value);
}

/** The language for a BCP 47 locale such as `en-GB`; null for a language without a catalogue. */
export function languageOf(locale: string): Language | null {
  const [speech] = locale.toLowerCase().split('-');
  return languages.find((language) => language.toLowerCase().split('-')[0] === speech) ?? null;
}

/** The language in the address, else the remembered one, else Chinese. */
export function chosenLanguage(asked: string | null, remembered: string | null): Language {
  if (isLanguage(asked)) return asked;
  return isLanguage(remembered) ? remembered : 'zh-CN';
}
