/** 简体中文 of what the frame of the wall says, whatever scene it shows. */
export const wallZhCN = {
  mode: {
    rotation: '轮播中',
    pinned: '已固定',
    fire: '因火急切入，认领后恢复',
    standup: '晨会时间',
  },
  say: {
    fire: '火急舆情：{{title}}。还有 {{minutes}} 分钟，没有人认领。',
    breached: '舆情超时：{{title}}。没有人认领。',
    check: '营销作战室，声音正常。',
  },
  sound: {
    untried: '试一下声音',
    works: '声音正常，再试一次',
    noVoice: '有提示音，没有语音',
    silent: '浏览器不许出声，再试一次',
  },
  moment: {
    today: '今日目标达成',
    month: '本月目标达成',
    quarter: '本季目标达成',
    reached: '{{net}}，目标 {{target}}',
  },
  nav: {
    pin: '固定这一幕',
    unpin: '恢复轮播',
    space: '空格',
    fullScreen: '全屏',
    incidents: '处理舆情',
    campaigns: '活动回报',
    numbers: '指标',
    standup: '主持晨会',
    settings: '设置',
  },
} as const;
