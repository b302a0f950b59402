/** The one thing that needs somebody, in words whose parts lead to what they speak of. */
import type { ReactNode } from 'react';
import type { SentenceNeed } from '../../../shared/wire/views/sentence.ts';
import { clockText } from '../../format/duration.ts';
import { numberAddress } from '../../format/kpi.ts';
import { fittingText } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useScreen } from '../../state/screen-context.tsx';
import { FilledWords } from '../../ui/filled-words.tsx';
import { useMoney } from '../../ui/money.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { useStoryTitle } from '../../ui/story-title.tsx';

/** Widths in Chinese characters at which the longest sentence still has two lines. */
const ROOM = { title: 10, campaign: 6, channel: 8, owner: 4 } as const;

type Need<K extends SentenceNeed['kind']> = Extract<SentenceNeed, { kind: K }>;

function Outside({ text, room, href }: { readonly text: string; readonly room: number; readonly href: string }): ReactNode {
  return (
    <a className="sentence-name" href={href} title={text}>
      <OutsideText>{fittingText(text, room)}</OutsideText>
    </a>
  );
}

function Amount({ minor, href }: { readonly minor: number; readonly href: string }): ReactNode {
  const money = useMoney();
  return (
    <a className="figure" href={href} title={money.full(minor)}>
      {money.text(minor)}
    </a>
  );
}

function StoryWords({ need }: { readonly need: Need<'story'> }): ReactNode {
  const { t } = useWords();
  const { dueAt, breachedAt, clock, status, owner, campaign } = need;
  const over = useScreen((screen) => breachedAt !== null || screen.now >= dueAt);
  const left = useScreen((screen) => clockText(dueAt - screen.now));
  const href = `/incidents/${encodeURIComponent(need.incidentId)}`;
  const clockWord = (
    <a className="figure sentence-clock" href={href}>
      <span role="timer">{left}</span>
    </a>
  );
  const story = { title: <Outside text={useStoryTitle()(need.title)} room={ROOM.title} href={href} />, clock: clockWord };
  return (
    <>
      <FilledWords of={story} say={(marks) => (over ? t(`sentence.over.${clock}`, marks) : t(`sentence.running.${clock}`, marks))} />
      {clock === 'response' &&
        (owner === null || status === 'open' ? (
          t('sentence.nobody')
        ) : (
          <FilledWords
            of={{ owner: <OutsideText>{fittingText(owner, ROOM.owner)}</OutsideText> }}
            say={(marks) => t('sentence.claimed', marks)}
          />
        ))}
      {campaign && (
        <FilledWords
          of={{ campaign: <Outside text={campaign.name} room={ROOM.campaign} href={campaignAddress(campaign.campaignId)} /> }}
          say={(marks) => t('sentence.spending', marks)}
        />
      )}
    </>
  );
}

const campaignAddress = (id: string): string => `/campaigns/${encodeURIComponent(id)}`;

function GoalWords({ need }: { readonly need: Need<'goal'> }): ReactNode {
  const { t } = useWords();
  const { grain, period, short, channel } = need;
  const href = numberAddress({ kpi: 'net_sales', period, where: [] });
  return (
    <>
      <FilledWords of={{ short: <Amount minor={short} href={href} /> }} say={(marks) => t(`sentence.goal.${grain}`, marks)} />
      {channel && <ChannelWords period={period} channel={channel} />}
    </>
  );
}

function ChannelWords({ period, channel }: { readonly period: string; readonly channel: NonNullable<Need<'goal'>['channel']> }): ReactNode {
  const { t } = useWords();
  const href = numberAddress({ kpi: 'net_sales', period, where: [`channel:${channel.channel}`] });
  return (
    <FilledWords
      of={{
        channel: <Outside text={channel.channel} room={ROOM.channel} href={href} />,
        short: <Amount minor={channel.short} href={href} />,
      }}
      say={(marks) => t('sentence.channel', marks)}
    />
  );
}

function CampaignWords({ need }: { readonly need: Need<'campaign'> }): ReactNode {
  const { t } = useWords();
  const href = campaignAddress(need.campaignId);
  return (
    <FilledWords
      of={{ campaign: <Outside text={need.name} room={ROOM.campaign} href={href} />, lost: <Amount minor={need.lost} href={href} /> }}
      say={(marks) => t('sentence.campaign', marks)}
    />
  );
}

export function NeedWords({ need }: { readonly need: SentenceNeed }): ReactNode {
  switch (need.kind) {
    case 'story':
      return <StoryWords need={need} />;
    case 'goal':
      return <GoalWords need={need} />;
    case 'campaign':
      return <CampaignWords need={need} />;
  }
}
