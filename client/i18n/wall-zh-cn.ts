/** 简体中文 of what the frame of the wall says, whatever scene it shows. */
export const wallZhCN = {
  mode: {
    rotation: '轮播中',
    pinned: '已固定',
    fire: '因火急切入，认领后恢复',
    standup: '晨会时间',
  },
} as const;
