/** What screens report of what they painted, and what people ask about them. */
import * as z from 'zod';
import {
  paintReport,
  screenDocument,
  screenId,
  screenList,
  type PaintReport,
  type ScreenList,
} from '../../../../shared/screens/screen-report.ts';
import { screenMessage } from '../../../../shared/screens/screen-message.ts';
import { SCREENS_MAX } from '../../../../shared/screens/screen-limits.ts';
import { isRefusal, type Refusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { isReply, json, problem, refused, type Reply } from '../reply.ts';
import type { Route, RouteRequest } from '../route.ts';

const at = 1_795_414_200_000;
const exampleId = 'k3Jw0q9ZrT1x';
const reportExample: PaintReport = {
  ...{ scene: 'overview', positions: { overview: { epoch: 'f3a1', revision: 42 } }, paintedAt: at },
  ...{ visible: true, size: [1_920, 1_080, 1], build: '0.2.0+1a2b3c4d', red: [] },
};
const params = { id: { description: 'The screen’s own id', example: exampleId } };
const listed = { 200: { 'application/json': { description: 'Screens in the order they came', schema: screenList } } };

/** The id of the path, or the problem with it. */
function idOf(request: RouteRequest): string | Reply {
  const id = screenId.safeParse(request.params['id']);
  return id.success
    ? id.data
    : problem(422, 'invalid_screen_id', `an id has ${id.error.issues[0]?.message ?? 'another form'}`, { path: 'id' });
}

const listOr = (answer: ScreenList | Refusal): Reply => (isRefusal(answer) ? refused(answer) : json(200, answer));

export function screenReportRoutes(services: () => Pick<Services, 'screens'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/screens',
      tag: 'screens',
      operationId: 'listScreens',
      summary: 'The screens there are: what each painted last, whether it froze; and whether each red story was painted anywhere.',
      answers: listed,
      problems: [503],
      handle: async () => json(200, await services().screens.list()),
    },
    {
      method: 'POST',
      path: '/api/screens/:id/painted',
      tag: 'screens',
      operationId: 'reportPainted',
      summary: `A page of the wall says what it painted last while it was visible, at most once a second. At most ${SCREENS_MAX} screens are remembered.`,
      params,
      requestBody: { 'application/json': { description: 'What was painted', schema: paintReport, example: reportExample } },
      answers: { 200: { 'application/json': { description: 'What the screen is told of itself', schema: screenMessage } } },
      problems: [400, 409, 413, 415, 422, 429, 503, 507],
      async handle(request) {
        const id = idOf(request);
        if (isReply(id)) return id;
        const report = await readJson(request, paintReport);
        if (isReply(report)) return report;
        const answer = await services().screens.painted(id, report, request.receivedAt);
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'PUT',
      path: '/api/screens/:id',
      tag: 'screens',
      operationId: 'nameScreen',
      summary: 'Give a screen a name, or take its name away.',
      params,
      requestBody: { 'application/json': { description: 'The name', schema: screenDocument, example: { name: '前台大屏' } } },
      answers: listed,
      problems: [400, 404, 413, 415, 422, 503, 507],
      async handle(request) {
        const id = idOf(request);
        if (isReply(id)) return id;
        const document = await readJson(request, screenDocument);
        return isReply(document) ? document : listOr(await services().screens.rename(id, document));
      },
    },
    {
      method: 'POST',
      path: '/api/screens/:id/identify',
      tag: 'screens',
      operationId: 'identifyScreen',
      summary: 'The screen shows its name large for ten seconds.',
      params,
      requestBody: { 'application/json': { description: 'Nothing', schema: z.strictObject({}), example: {} } },
      optionalBody: true,
      answers: { 200: { 'application/json': { description: 'What the screen was told', schema: screenMessage } } },
      problems: [404, 422, 503],
      async handle(request) {
        const id = idOf(request);
        if (isReply(id)) return id;
        const answer = await services().screens.identify(id);
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'POST',
      path: '/api/screens/:id/forget',
      tag: 'screens',
      operationId: 'forgetScreen',
      summary: 'Forget a screen; a page that still reports comes back without a name.',
      params,
      requestBody: { 'application/json': { description: 'Nothing', schema: z.strictObject({}), example: {} } },
      optionalBody: true,
      answers: listed,
      problems: [404, 422, 503, 507],
      async handle(request) {
        const id = idOf(request);
        return isReply(id) ? id : listOr(await services().screens.forget(id));
      },
    },
  ];
}
