/** Words about severity, for wall and desks, 简体中文. */
export const severityZhCN = {
  title: '严重度',
  grade: { blue: '蓝', yellow: '黄', orange: '橙', red: '红' },
  topic: { safety: '安全', quality: '质量', service: '服务', price: '价格', delivery: '物流', other: '其他' },
  part: { reach: '触达', speed: '扩散速度', source: '来源权重', topic: '话题', strength: '言辞强度' },
  score: '{{score}} 分',
  floor: '{{topic}}类不低于{{grade}}',
  override: '{{by}} 改为{{grade}}：{{reason}}',
  policy: { severity: '严重度规则', words: '词库', spike: '突增规则', grouping: '故事归并' },
} as const;
