/** `/settings/brands`: own brands and tracked competitors. */
import { Form, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Policies } from '../../shared/kpi/targets.ts';
import { Section } from '../desk-kit/page-title.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { listChanges } from './changes.ts';
import { PolicyForm } from './policy-form.tsx';
import { SettingsFrame } from './settings-frame.tsx';

type Brands = Policies['brands'];
const names = (value: unknown): string[] => (Array.isArray(value) ? value.map((name) => String(name).trim()) : []);

function Brands(): ReactNode {
  const { t } = useDeskWords();
  const field = (list: 'own' | 'tracked', most: number): ReactNode => (
    <Form.Item name={list} label={t(`settings.brands.${list}`)} extra={t(`settings.brands.${list}Hint`)}>
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        maxCount={most}
        placeholder={t('settings.brands.placeholder')}
        tokenSeparators={[',', '\n', '\u3001', '\uff0c']}
      />
    </Form.Item>
  );
  return (
    <Section title={t('settings.brands.title')} note={t('settings.brands.effect')}>
      <PolicyForm<Brands>
        name="brands"
        toForm={({ own, tracked }) => ({ own: [...own], tracked: [...tracked] })}
        toValue={({ own, tracked }) => ({ own: names(own), tracked: names(tracked) })}
        changes={(before, after) => [
          ...listChanges(before.own, after.own, (name) => `${t('settings.brands.own')} ${name}`),
          ...listChanges(before.tracked, after.tracked, (name) => `${t('settings.brands.tracked')} ${name}`),
        ]}
        fieldOf={(path) => /^value\.(own|tracked)\b/u.exec(path)?.[1]}
      >
        {field('own', 50)}
        {field('tracked', 5)}
      </PolicyForm>
    </Section>
  );
}

export function BrandsPage(): ReactNode {
  return (
    <SettingsFrame page="brands">
      <Brands />
    </SettingsFrame>
  );
}
