/** Title of the story that collects scattered complaints, as it is stored; whoever shows it words it for the reader. */
export const DAILY_TITLE = '日常零星差评';
