/** The words of desk pages. Importing this file adds their catalogue to the one that every page has. */
import i18next from 'i18next';
import { useWords, type Words } from '../use-words.ts';
import type { Key, Translate } from '../keys.ts';
import { translator } from '../translator.ts';
import { deskEn, type DeskCatalogue } from './en.ts';
import { deskZhCN } from './zh-cn.ts';

function addDeskWords(): void {
  i18next.addResourceBundle('zh-CN', 'desk', deskZhCN);
  i18next.addResourceBundle('en', 'desk', deskEn);
}
// A page has started its language before it loads a desk; a test may load a desk first, or start the language anew, which drops these words.
if (i18next.isInitialized) addDeskWords();
i18next.on('initialized', addDeskWords);

/** Groups of the catalogue that hold a word for each code of the server. */
type CodedGroup =
  'reason' | 'state' | 'dimension' | 'cause' | 'entity' | 'auditAction' | 'role' | 'polarity' | 'clockState' | 'campaignPhase';

export interface DeskWords extends Omit<Words, 't'> {
  readonly t: Translate<Key<DeskCatalogue>>;
  /** The words for a code of the server; a code without words is shown as it is, so that it is still visible. */
  readonly coded: (group: CodedGroup, code: string) => string;
}

/** Made once for each language, as those of every page are. */
const made = new WeakMap<Words, DeskWords>();

export function useDeskWords(): DeskWords {
  const words = useWords();
  const before = made.get(words);
  if (before !== undefined) return before;
  const { language } = words;
  const desk: DeskWords = {
    ...words,
    t: translator(language, 'desk'),
    coded: (group, code) => {
      const found: unknown = i18next.getResource(language, 'desk', `${group}.${code}`);
      return typeof found === 'string' ? found : code;
    },
  };
  made.set(words, desk);
  return desk;
}
