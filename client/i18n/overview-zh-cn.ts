/** Words of the 总览 scene alone: the like day, promises due, the first steps of a new workspace. */
export const overviewZhCN = {
  ghost: { yesterday: '昨日', weekday: '上{{weekday}}', node: '去年{{node}}', now: '{{day}}此刻' },
  promises: {
    tally: '欠 {{owed}} 兑现 {{kept}}',
    left: '欠 {{owed}} 另有 {{count}}',
    tallyTitle: '欠 {{owed}}，兑现 {{kept}}，未兑现 {{missed}}',
    empty: '今天没有到期的承诺',
    emptyHint: '在晨会里记下：谁、做什么、何时',
    state: { kept: '兑现', missed: '未兑现', moved: '改期' },
    overdue: '过期',
  },
  firstSteps: {
    title: '还差几步，大屏就有数',
    hint: '在电脑上打开 /settings，做完的一步这里会打勾',
    name: { brands: '自有品牌', plan: '目标', source: '数据来源', calls: '告警与值班' },
    why: {
      brands: '负面舆情才会计时',
      plan: '日、月、季或年，有一个就能看差距与落点',
      source: 'Kafka、HTTP 或导入文件，第一条到了就出数',
      calls: '火急时叫得到人',
    },
    done: '已完成',
    open: '待设置',
  },
} as const;
