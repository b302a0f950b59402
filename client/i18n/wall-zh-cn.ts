/** 简体中文 of what the frame of the wall says, whatever scene it shows. */
export const wallZhCN = {
  mode: {
    rotation: '轮播中',
    pinned: '已固定',
    fire: '因火急切入，认领后恢复',
    standup: '晨会时间',
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
