/** What the headings of an imported file mean, in both languages and as the fields of the API. */
import { deskEn } from '../i18n/desk/en.ts';
import { deskZhCN } from '../i18n/desk/zh-cn.ts';
import { kpiDimensions } from '../../shared/kpi/types.ts';
import { fields, type Field } from './read-targets.ts';

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s_]+/gu, '')
    .toLocaleLowerCase();

const meanings = new Map<string, Field>([...fields.map((field): [string, Field] => [plain(field), field]), ['effectivefrom', 'since']]);
for (const { settings, dimension } of [deskZhCN, deskEn]) {
  const { targets } = settings;
  meanings
    .set(plain(targets.kpi), 'kpi')
    .set(plain(targets.period), 'period')
    .set(plain(targets.value), 'value')
    .set(plain(targets.since), 'since')
    .set(plain(settings.owner), 'owner')
    .set(plain(settings.reason), 'reason');
  for (const dim of kpiDimensions) meanings.set(plain(dimension[dim]), dim);
}

export const headingOf = (text: string): Field | undefined => meanings.get(plain(text));
