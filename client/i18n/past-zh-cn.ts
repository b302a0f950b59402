/** 简体中文 of the board as it was. */
export const pastZhCN = {
  title: '回看',
  known: { before: '当时所知', after: '现在所知' },
  choose: '按哪个时候知道的数字',
  other: { before: '当时 {{value}}', after: '现 {{value}}' },
  changed: { before: '当时不同', after: '现已不同' },
  same: '两者一致',
  differ: '{{count}} 处不同',
  minute: '这一天的时刻',
  previousDay: '前一天',
  nextDay: '后一天',
  live: '回到现在',
  loading: '正在取 {{time}}',
  unreachable: '服务器没有回答，稍后自动再取',
  badTime: '看不懂这个时刻',
  badTimeHint: '地址里的 at 要写成 2026-11-23T14:35:00+08:00 这样。',
  refused: { future: '这个时刻还没有到', too_long_ago: '只能回看最近 {{days}} 天', other: '这个时刻看不了' },
  gap: { not_kept: '这一刻的内容没有留存', before_workspace: '那时还没有这个工作区' },
  gapHint: {
    not_kept: '只保存了现在的样子，不拿现在的数字代替当时的。',
    before_workspace: '大屏当时什么也没有显示；切到“现在所知”看后来补入的数字。',
  },
} as const;
