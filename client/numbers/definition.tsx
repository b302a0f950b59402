/** What the number is: its formula in words, what it was computed from, and the versions of its rule. */
import type { ReactNode } from 'react';
import type { KpiValue } from '../../shared/kpi/types.ts';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered } from '../desk-kit/states.tsx';
import { fullCount, partPercent } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { usePartWords } from './use-part-words.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

export function Definition({ value }: { readonly value: KpiValue }): ReactNode {
  const { t } = useDeskWords();
  const { asked, of, say } = useDescriptions();
  const part = usePartWords();
  const description = of(value.kpi);
  return (
    <Section title={t('numbers.definition')} note={description?.better ? t(`numbers.better.${description.better}`) : undefined}>
      <dl className="number-facts">
        <Fact name={t('numbers.formula')}>
          {description ? say(description.formula) : <Answered asked={asked}>{() => t('kit.noValue')}</Answered>}
        </Fact>
        {value.numerator !== null && <Fact name={t('numbers.numerator')}>{part(value, 'numerator', value.numerator)}</Fact>}
        {value.denominator !== null && <Fact name={t('numbers.denominator')}>{part(value, 'denominator', value.denominator)}</Fact>}
        <Fact name={t('numbers.sample')}>{fullCount(value.sample)}</Fact>
        {value.maturity !== undefined && <Fact name={t('numbers.maturity')}>{`${partPercent(value.maturity)}%`}</Fact>}
        {value.coverage !== undefined && <Fact name={t('numbers.coverage')}>{`${partPercent(value.coverage)}%`}</Fact>}
        {value.curve !== undefined && (
          <Fact name={t('numbers.plan')}>
            {t(`numbers.curve.${value.curve}`)}
            {value.nodesFrom !== undefined && ` · ${t(`numbers.nodesFrom.${value.nodesFrom}`)}`}
          </Fact>
        )}
        <Fact name={t('numbers.rule')}>
          {!description || description.history.length === 0 ? (
            t('numbers.ruleVersion', { version: value.ruleVersion })
          ) : (
            <ol className="rule-list">
              {description.history.map(({ version, from, owner, reason }) => (
                <li key={version}>
                  {version === value.ruleVersion ? (
                    <strong>{t('numbers.ruleVersion', { version })}</strong>
                  ) : (
                    <span>{t('numbers.ruleVersion', { version })}</span>
                  )}
                  <span>{from === null ? t('numbers.ruleAlways') : t('numbers.ruleSince', { time: from })}</span>
                  <span>{[owner, reason].filter((words) => words !== null).join(' · ')}</span>
                </li>
              ))}
            </ol>
          )}
        </Fact>
      </dl>
    </Section>
  );
}
