/** What the page of channels sends: nothing for what is kept, null for what is removed, and no secret in what it says it changes. */
import { describe, expect, it } from 'vitest';
import { changesOf, documentOf, draftOf, newDraft } from '../../../client/settings/channels/draft.ts';
import { channelsDocument, type ChannelView } from '../../../shared/incidents/channels.ts';

const stored: ChannelView = {
  id: 'pr',
  kind: 'dingtalk',
  enabled: true,
  urlSet: true,
  urlShown: 'https://oapi.dingtalk.com',
  secretSet: true,
  options: { keyword: '告警' },
  readable: true,
};

describe('a channel that is edited', () => {
  it('keeps address and secret by not naming them', () => {
    const document = documentOf(draftOf(stored));
    expect(document).toEqual({ id: 'pr', kind: 'dingtalk', enabled: true, options: { keyword: '告警' } });
    expect(channelsDocument.safeParse({ channels: [document] }).success).toBe(true);
    expect(changesOf([stored], [draftOf(stored)])).toEqual([]);
  });

  it('replaces one and removes the other', () => {
    const draft = { ...draftOf(stored), urlPlan: 'replace' as const, url: ' https://oapi.dingtalk.com/x ', secretPlan: 'remove' as const };
    expect(documentOf(draft)).toMatchObject({ url: 'https://oapi.dingtalk.com/x', secret: null });
    expect(changesOf([stored], [draft]).map(({ what }) => what)).toEqual(['url', 'secretRemoved']);
    expect(JSON.stringify(changesOf([stored], [draft]))).not.toContain('/x');
  });

  it('says nothing by a field that was opened and left empty', () => {
    expect(documentOf({ ...draftOf(stored), secretPlan: 'replace', secret: ' ' })).not.toHaveProperty('secret');
  });

  it('has no address where its kind has none, and an id nobody has', () => {
    const push = newDraft('push', ['push', 'push-2']);
    expect(push.id).toBe('push-3');
    expect(documentOf({ ...push, url: 'https://x.example', secret: 'x' })).toEqual({
      id: 'push-3',
      kind: 'push',
      enabled: true,
      options: {},
    });
    expect(changesOf([stored], [push])).toEqual([
      { id: 'push-3', what: 'added' },
      { id: 'pr', what: 'removed' },
    ]);
  });

  it('tells that it was switched off and that an option changed', () => {
    const draft = { ...draftOf(stored), enabled: false, options: { keyword: '' } };
    expect(changesOf([stored], [draft]).map(({ what }) => what)).toEqual(['disabled', 'options']);
    expect(documentOf(draft).options).toEqual({});
  });
});
