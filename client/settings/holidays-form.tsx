/** The form of the policy `holidays`: the days off and the make-up workdays of whole years, as lines that are pasted. */
import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import type { HolidaysPolicy } from '../../shared/kpi/holidays.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { listChanges } from './changes.ts';
import { holidaysOf, yearLines } from './holiday-lines.ts';
import { PolicyForm } from './policy-form.tsx';

export function HolidaysForm(): ReactNode {
  const { t } = useDeskWords();
  const days = (policy: HolidaysPolicy): readonly string[] =>
    yearLines(policy).flatMap(({ year, off, work }) => [
      ...off
        .split('\n')
        .filter(Boolean)
        .map((line) => t('settings.holidays.offDay', { year, line })),
      ...work
        .split('\n')
        .filter(Boolean)
        .map((line) => t('settings.holidays.workDay', { year, line })),
    ]);
  return (
    <PolicyForm<HolidaysPolicy>
      name="holidays"
      toForm={(policy) => ({ years: yearLines(policy) })}
      toValue={(form) => holidaysOf(Array.isArray(form['years']) ? form['years'] : [])}
      changes={(before, after) => listChanges(days(before), days(after), (day) => day)}
    >
      <Form.List name="years">
        {(fields, { add, remove }) => (
          <div className="step-rows">
            {fields.map(({ key, name }) => (
              <div key={key} className="year-row">
                <Form.Item
                  name={[name, 'year']}
                  label={t('settings.holidays.year')}
                  rules={[{ required: true, pattern: /^\d{4}$/u, message: t('settings.holidays.yearWrong') }]}
                >
                  <Input maxLength={4} />
                </Form.Item>
                <Form.Item name={[name, 'off']} label={t('settings.holidays.off')} extra={t('settings.holidays.offHint')}>
                  <Input.TextArea rows={7} spellCheck={false} />
                </Form.Item>
                <Form.Item name={[name, 'work']} label={t('settings.holidays.work')}>
                  <Input.TextArea rows={7} spellCheck={false} />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t('alerts.remove')}</Button>
              </div>
            ))}
            <Button onClick={() => add({ year: '', off: '', work: '' })}>{t('settings.holidays.add')}</Button>
          </div>
        )}
      </Form.List>
    </PolicyForm>
  );
}
