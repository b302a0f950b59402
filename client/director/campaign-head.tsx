/** The figures above the table, of the campaigns in it: money in, money back, what that is as a return, and what is being lost. */
import { memo, type ReactNode } from 'react';
import type { CampaignList } from './campaign-order.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useCampaignWords } from './campaign-words.ts';

function Lead({
  name,
  figure,
  note,
  mark,
  second,
}: {
  readonly name: string;
  readonly figure: string;
  readonly note: string;
  readonly mark?: string;
  /** Not among the three that a phone shows. */
  readonly second?: true;
}): ReactNode {
  return (
    <div className={second ? 'lead second' : 'lead'}>
      <p className="lead-name">{name}</p>
      <p className={`lead-figure figure ${mark ?? ''}`}>{figure}</p>
      <p className="lead-note">{note}</p>
    </div>
  );
}

/** Drawn anew where a sum has changed, and not with each question on its way. */
export const CampaignHead = memo(function CampaignHead({ head }: { readonly head: CampaignList['head'] }): ReactNode {
  const { t, coded } = useDeskWords();
  const words = useCampaignWords();
  const { total, listed, flagged, attribution, quarter } = head;
  const { rule, version, sales, spend } = attribution;
  const why = (name: 'roi' | 'roas'): string | null => {
    const reason = listed.reasons[name];
    return reason === undefined ? null : coded('reason', reason);
  };
  const coverage =
    listed.coverage === null || listed.coverage >= 1 ? '' : ` · ${t('director.coverage', { value: words.part(listed.coverage) })}`;
  const mature = listed.maturity === null ? '' : ` · ${t('director.maturity', { value: words.part(listed.maturity) })}`;
  return (
    <section className="part campaign-leads" aria-label={t('director.decideFirst')}>
      <Lead name={t('director.spent')} figure={words.money(listed.spend)} note={t('director.ofAll', { value: words.money(total.spend) })} />
      <Lead
        name={t('director.margin')}
        figure={words.money(listed.margin)}
        note={t('director.ofSales', { value: words.money(listed.net_sales) }) + coverage}
        mark="us"
        second
      />
      <Lead name={t('director.roi')} figure={words.roi(listed.roi)} note={why('roi') ?? t('director.roiBasis') + mature} />
      <Lead
        second
        name={t('director.roas')}
        figure={words.factor(listed.roas)}
        note={why('roas') ?? t('director.breakEven', { value: words.factor(listed.break_even_roas) })}
      />
      <Lead
        second
        name={`${t('director.share')} ${quarter}`}
        figure={words.share(total.campaign_share)}
        note={[
          t('director.ofTarget', { value: words.share(total.campaign_share_of_target) }),
          t('director.ofFinal', {
            value: total.reasons.campaign_share_final === 'not_over' ? t('director.notOver') : words.share(total.campaign_share_final),
          }),
        ].join(' · ')}
      />
      <Lead
        name={t('director.lostTitle')}
        figure={flagged.count === 0 ? '0' : words.money(-flagged.lost)}
        note={t('director.lostCount', { count: flagged.count })}
        {...(flagged.count > 0 && { mark: 'amber' })}
      />
      <p className="lead-rule">
        {t('director.attribution', { version, rule: t(`director.rules.${rule}`), sales: words.share(sales), spend: words.share(spend) })}
      </p>
    </section>
  );
});
