/** 蓝 黄 橙 红, the mildest first. */
export const grades = ['blue', 'yellow', 'orange', 'red'] as const;
export type Grade = (typeof grades)[number];

/** Ordinal of a grade: 0 is the mildest. */
export const gradeRank = (grade: Grade): number => grades.indexOf(grade);
export const graver = (a: Grade, b: Grade): Grade => (gradeRank(a) >= gradeRank(b) ? a : b);
