/** All keys of the desk, opened by `?`. */
import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { shortcuts } from './keys.ts';

export function KeyHelp({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useDeskWords();
  return (
    <Modal open title={t('pr.keys')} footer={null} onCancel={onClose}>
      <dl className="key-list">
        {shortcuts.map(({ key, act }) => (
          <div key={key}>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{t(`pr.key.${act}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>{t('pr.sendKey')}</kbd>
          </dt>
          <dd>{t('pr.key.send')}</dd>
        </div>
      </dl>
    </Modal>
  );
}
