/** The one sentence on top of a scene: its parts, joined in this order. */
export const sentenceZhCN = {
  landing: '照这样今天 {{range}}，{{against}}',
  against: { above: '超计划', near: '接近计划', below: '不到计划' },
  and: '；要管的就一件：',
  only: '要管的就一件：',
  calm: '；眼下没有要管的事',
  stopped: '停在 {{time}}：',
  running: { response: '{{title}}，{{clock}} 后超时', disposal: '{{title}}，{{clock}} 后处置超时' },
  over: { response: '{{title}}，已超时 {{clock}}', disposal: '{{title}}，处置超时 {{clock}}' },
  nobody: '，没人回应',
  claimed: '，{{owner}}未回应',
  spending: '，{{campaign}} 在花钱',
  goal: { day: '今天比计划少 {{short}}', month: '本月比计划少 {{short}}', quarter: '本季比计划少 {{short}}' },
  channel: '，其中{{channel}}少 {{short}}',
  campaign: '{{campaign}}高投入低产出，少赚 {{lost}}',
} as const;
