/** A channel while it is edited: what is kept, what is written anew, what is removed. Pure. */
import type { ChannelChange, ChannelDocument, ChannelView } from '../../../shared/incidents/channels.ts';

export type ChannelKind = ChannelView['kind'];
export const kinds = ['wecom', 'dingtalk', 'feishu', 'slack', 'webhook', 'email', 'push'] as const satisfies readonly ChannelKind[];

/** keep: what is stored stays · replace: what is written takes its place · remove: none from now on. */
export type SecretPlan = 'keep' | 'replace' | 'remove';

export interface ChannelDraft {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly enabled: boolean;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** What the server has; null of a channel that is new. */
  readonly stored: ChannelView | null;
  readonly urlPlan: SecretPlan;
  readonly url: string;
  readonly secretPlan: SecretPlan;
  readonly secret: string;
}

/** What each kind is made of. Nothing else is asked. */
export const needs: Readonly<
  Record<ChannelKind, { readonly url: boolean; readonly secret: boolean; readonly options: readonly string[] }>
> = {
  wecom: { url: true, secret: false, options: [] },
  dingtalk: { url: true, secret: true, options: ['keyword'] },
  feishu: { url: true, secret: true, options: [] },
  slack: { url: true, secret: false, options: [] },
  webhook: { url: true, secret: true, options: [] },
  email: { url: true, secret: true, options: ['from', 'to', 'user'] },
  push: { url: false, secret: false, options: [] },
};

export const draftOf = (stored: ChannelView): ChannelDraft => ({
  id: stored.id,
  kind: stored.kind,
  enabled: stored.enabled,
  options: stored.options,
  stored,
  urlPlan: stored.urlSet ? 'keep' : 'replace',
  url: '',
  secretPlan: stored.secretSet ? 'keep' : 'replace',
  secret: '',
});

export function newDraft(kind: ChannelKind, taken: readonly string[]): ChannelDraft {
  let number = 1;
  while (taken.includes(number === 1 ? kind : `${kind}-${String(number)}`)) number += 1;
  return {
    id: number === 1 ? kind : `${kind}-${String(number)}`,
    kind,
    enabled: true,
    options: {},
    stored: null,
    urlPlan: 'replace',
    url: '',
    secretPlan: 'replace',
    secret: '',
  };
}

/** Nothing for what is kept, null for what is removed, and for an empty field nothing either: an empty field says nothing. */
function written(plan: SecretPlan, text: string): string | null | undefined {
  if (plan === 'remove') return null;
  return plan === 'replace' && text.trim() !== '' ? text.trim() : undefined;
}

export function documentOf(draft: ChannelDraft): ChannelDocument {
  const { id, kind, enabled, options } = draft;
  const url = needs[kind].url ? written(draft.urlPlan, draft.url) : undefined;
  const secret = needs[kind].secret ? written(draft.secretPlan, draft.secret) : undefined;
  return {
    id: id.trim(),
    kind,
    enabled,
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== '')),
    ...(url === undefined ? {} : { url }),
    ...(secret === undefined ? {} : { secret }),
  };
}

/** What saving would change, channel by channel; no secret stands in it. */
export function changesOf(stored: readonly ChannelView[], drafts: readonly ChannelDraft[]): readonly ChannelChange[] {
  const kept = new Set(drafts.flatMap((draft) => (draft.stored === null ? [] : [draft.stored.id])));
  // The list may have been changed by somebody else since the draft was begun.
  const present = new Map(stored.map((view) => [view.id, view]));
  const removed = stored.filter(({ id }) => !kept.has(id)).map(({ id }): ChannelChange => ({ id, what: 'removed' }));
  return [
    ...drafts.flatMap((draft): readonly ChannelChange[] => {
      const { id } = draft;
      const before = draft.stored && present.get(draft.stored.id);
      if (!before) return [{ id, what: 'added' }];
      const { url, secret, options } = documentOf(draft);
      const changes: ChannelChange['what'][] = [];
      if (before.enabled !== draft.enabled) changes.push(draft.enabled ? 'enabled' : 'disabled');
      if (url !== undefined) changes.push(url === null ? 'urlRemoved' : 'url');
      if (secret !== undefined) changes.push(secret === null ? 'secretRemoved' : 'secret');
      if (!same(options ?? {}, before.options)) changes.push('options');
      return changes.map((what) => ({ id, what }));
    }),
    ...removed,
  ];
}

const same = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => a[key] === b[key]);
