/** `/campaigns`, the directors' first page: what each campaign cost and brought, and what was decided. `/campaigns/:id` opens one of them. */
import { Checkbox, Input, Segmented, Select } from 'antd';
import { memo, useCallback, useMemo, useRef, type ReactNode } from 'react';
import { campaignBases, campaignGroupings, OPEN_CAMPAIGNS } from '../../shared/kpi/campaign-choices.ts';
import type { CampaignBasis } from '../../shared/kpi/campaigns.ts';
import { DeskPage } from '../desk-kit/desk-page.tsx';
import { ExportButton } from '../desk-kit/export-button.tsx';
import { PageTitle } from '../desk-kit/page-title.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAddress } from '../desk-kit/use-address.ts';
import { dayOf, timeOfDay } from '../format/instant.ts';
import { grainOf, periodNameAt } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { CampaignHead } from './campaign-head.tsx';
import { hiddenAtFirst } from './campaign-columns.tsx';
import { ANY_PHASE } from './campaign-phases.ts';
import { CampaignTable, type CampaignTableProps } from './campaign-table.tsx';
import { useCampaigns } from './use-campaigns.ts';
import { useExport } from './use-export.ts';
import './campaigns.css';

const ALL = '';
/** In the address, where no column is hidden. */
const NOTHING = 'none';

/** Stands between names: the list reads the same as long as its names do. */
const BREAK = '\n';

interface ChoicesProps {
  readonly basis: CampaignBasis;
  readonly period: string;
  readonly owner: string | null;
  readonly owners: string;
  readonly flagged: boolean;
  /** Campaigns that are flagged. */
  readonly flags: number;
  readonly text: string;
  readonly choose: ReturnType<typeof useAddress>['choose'];
}

/** What narrows the list: not drawn anew with each reading of it. */
const Choices = memo(function Choices({ basis, period, owner, owners, flagged, flags, text, choose }: ChoicesProps): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const periods = [
    { value: ALL, label: t('director.all') },
    { value: periodNameAt('quarter', today), label: t('director.quarter') },
    { value: periodNameAt('month', today), label: t('director.month') },
  ];
  if (!periods.some(({ value }) => value === period)) periods.push({ value: period, label: period });
  const named = owners === '' ? [] : owners.split(BREAK);
  return (
    <>
      <span title={t('director.basisHint')}>
        <Segmented
          aria-label={t('director.basisHint')}
          value={basis}
          options={campaignBases.map((value) => ({ value, label: t(`director.${value}`) }))}
          onChange={(value) => choose({ basis: value === 'cash' ? null : value })}
        />
      </span>
      <Select
        aria-label={t('director.period')}
        value={period}
        options={periods}
        onChange={(value) => choose({ period: value === ALL ? null : value })}
      />
      <Select
        aria-label={t('director.owner')}
        value={owner ?? ALL}
        options={[{ value: ALL, label: t('director.anyOwner') }, ...named.map((value) => ({ value, label: value }))]}
        onChange={(value) => choose({ owner: value === ALL ? null : value })}
        popupMatchSelectWidth={false}
      />
      <Checkbox checked={flagged} onChange={({ target }) => choose({ flagged: target.checked ? 'true' : null })}>
        {t('director.flaggedOnly', { count: flags })}
      </Checkbox>
      <Input.Search
        aria-label={t('director.search')}
        placeholder={t('director.search')}
        defaultValue={text}
        allowClear
        onSearch={(value) => choose({ q: value.trim() === '' ? null : value.trim() })}
        className="campaign-search"
      />
    </>
  );
});

function Campaigns(): ReactNode {
  const { t } = useDeskWords();
  const { query, choose } = useAddress();
  const { timeZone } = useWorkspace();
  const basis: CampaignBasis = query.get('basis') === 'cohort' ? 'cohort' : 'cash';
  const period = query.get('period') ?? ALL;
  const grain = grainOf(period);
  const text = query.get('q') ?? '';
  const grouping = campaignGroupings.find((one) => one === query.get('group')) ?? null;
  // A link to one campaign shows that campaign, until somebody asks for another list.
  const linked = decodeURIComponent(/^\/campaigns\/([^/]+)/u.exec(window.location.pathname)?.[1] ?? '');
  const alone = linked !== '' && text === '' && ['phase', 'owner', 'flagged', 'group'].every((name) => !query.has(name));
  const opened = alone ? linked : query.get('open');
  // Directors decide about what is not over. Who follows a link, searches or asks about a period means what is over as well.
  const phase = query.get('phase') ?? (opened === null && text === '' && grain === undefined ? OPEN_CAMPAIGNS : ANY_PHASE);
  const filters = new URLSearchParams([
    ['basis', basis],
    ['sort', query.get('sort') ?? '-spend'],
    ...(grain === undefined
      ? []
      : [
          ['grain', grain],
          ['period', period],
        ]),
    ...(phase === ANY_PHASE ? [] : [['phase', phase]]),
    ...(alone ? [['id', linked]] : []),
    ...['owner', 'flagged'].flatMap((name) => (query.get(name) === null ? [] : [[name, query.get(name) ?? '']])),
    ...(text === '' ? [] : [['q', text]]),
    ...(grouping === null ? [] : [['group', grouping]]),
  ]);
  const list = useCampaigns(`/api/campaigns?${filters.toString()}`);
  const exported = useExport();
  // The same function for all readings of the list, which draw nothing anew that only leads to what is in it.
  const latest = useRef(() => exported([]));
  latest.current = () => exported(list.value?.rows ?? []);
  const table = useCallback(() => latest.current(), []);
  const inAddress = query.toString();
  const [hidden, pinned, folded] = useMemo(() => {
    const own = new URLSearchParams(inAddress);
    return [new Set(own.has('hide') ? own.getAll('hide') : hiddenAtFirst), new Set(own.getAll('pin')), new Set(own.getAll('fold'))];
  }, [inAddress]);
  const onChoose = useCallback<CampaignTableProps['onChoose']>(
    ({ hide, ...choice }) => choose({ ...choice, ...(hide && { hide: hide.length === 0 ? NOTHING : hide }) }),
    [choose],
  );
  const head = list.value?.head;
  const question = useMemo(() => ({ basis, period: grain === undefined ? null : { grain, name: period } }), [basis, grain, period]);
  return (
    <>
      <PageTitle
        title={t('director.title')}
        note={head && t('director.asOf', { time: timeOfDay(Date.parse(head.asOf), timeZone) })}
        actions={list.value && <ExportButton table={table} />}
      >
        <Choices
          {...{ basis, period, text, choose, owner: query.get('owner'), flagged: query.get('flagged') === 'true' }}
          owners={(head?.owners ?? []).join(BREAK)}
          flags={head?.flagged.count ?? 0}
        />
      </PageTitle>
      <Answered asked={list} rows={10}>
        {(found) => (
          <>
            <CampaignHead head={found.head} />
            {found.head.totalRows === 0 && found.head.owners.length === 0 ? (
              <Empty title={t('director.empty')} hint={t('director.emptyHint')} />
            ) : (
              <CampaignTable
                list={found}
                changed={list.changed}
                sortAgain={list.sortAgain}
                sort={query.get('sort') ?? '-spend'}
                hidden={hidden}
                pinned={pinned}
                grouping={grouping}
                folded={folded}
                phase={phase}
                alone={alone}
                opened={opened}
                onChoose={onChoose}
                query={question}
                again={list.again}
              />
            )}
          </>
        )}
      </Answered>
    </>
  );
}

export function CampaignsPage(): ReactNode {
  return (
    <DeskPage section="campaigns">
      <Campaigns />
    </DeskPage>
  );
}
