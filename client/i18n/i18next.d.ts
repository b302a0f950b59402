/** Makes a key that is in no catalogue a type error. */
import 'i18next';
import type { Catalogue } from './catalogue.ts';
import type { DeskCatalogue } from './desk/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Catalogue; desk: DeskCatalogue };
  }
}
