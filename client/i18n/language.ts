/** Which language a page speaks. Pure. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(value: string | null): value is Language {
  return (languages as readonly (string | null)[]).includes(value);
}

/** Asked for in the address, else remembered, else Chinese. */
export function chosenLanguage(asked: string | null, remembered: string | null): Language {
  if (isLanguage(asked)) return asked;
  return isLanguage(remembered) ? remembered : 'zh-CN';
}
