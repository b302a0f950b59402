/** The fields every setting has: who answers for it, why, and from when it holds. */
import { Checkbox, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';

export interface Who {
  readonly owner: string;
  readonly reason: string;
  /** As the browser's field for an instant gives it; empty: at once. */
  readonly since?: string;
  /** Periods that are closed take the change too, beside their closed figures. */
  readonly restate?: boolean;
}

/** The instant of a field for local time, as RFC 3339; nothing for an empty field. */
export function sinceOf(since: string | undefined): { readonly effectiveFrom?: string } {
  const at = Date.parse(since ?? '');
  return Number.isNaN(at) ? {} : { effectiveFrom: new Date(at).toISOString() };
}

/** @param later whether the setting can hold from a later moment on */
export function WhoFields({ later }: { readonly later: boolean }): ReactNode {
  const { t } = useDeskWords();
  return (
    <div className="who-fields">
      <Form.Item
        name="owner"
        label={t('settings.owner')}
        rules={[{ required: true, whitespace: true, message: t('settings.ownerMissing') }]}
      >
        <Input maxLength={80} autoComplete="name" />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('settings.reason')}
        rules={[{ required: true, whitespace: true, message: t('settings.reasonMissing') }]}
      >
        <Input maxLength={2_000} />
      </Form.Item>
      {later && (
        <Form.Item name="since" label={t('settings.effective')} extra={t('settings.effectiveHint')}>
          <Input type="datetime-local" />
        </Form.Item>
      )}
      {later && (
        <Form.Item name="restate" valuePropName="checked">
          <Checkbox>{t('settings.restate')}</Checkbox>
        </Form.Item>
      )}
    </div>
  );
}
