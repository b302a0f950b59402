/** The page a link from a chat leads to. GET shows it and changes nothing; its one button sends the POST that claims. */
import type { AckAnswer, Services } from '../../../pipeline/services/services.ts';
import { ackPage } from '../ack-page.ts';
import type { Reply } from '../reply.ts';
import type { Route, RouteRequest } from '../route.ts';

const params = { token: { description: 'As the message has it', example: 'eyJs….c2ln' } };
const page = (description: string) => ({ 'text/html': { description, schema: { type: 'string' } } });
const pages = {
  200: page('Ready to claim, or claimed'),
  404: page('Not a link of this workspace'),
  409: page('Somebody else has it, or it is over'),
  410: page('Used or expired'),
  503: page('Nothing changed'),
};

export function acknowledgeRoutes(services: () => Pick<Services, 'acknowledge'>): readonly Route[] {
  const show = (request: RouteRequest, answer: AckAnswer): Reply => ackPage(answer, request.header('accept-language') ?? '');
  return [
    {
      method: 'GET',
      path: '/ack/:token',
      tag: 'channels',
      operationId: 'lookAtAcknowledgement',
      summary: 'What a link from a chat would claim, and for whom.',
      params,
      answers: pages,
      problems: [503],
      handle: async (request) => show(request, await services().acknowledge.look(request.params['token'] ?? '', request.receivedAt)),
    },
    {
      method: 'POST',
      path: '/ack/:token',
      tag: 'channels',
      operationId: 'acknowledge',
      summary: 'Claim the incident of the link for its person; once.',
      params,
      answers: pages,
      problems: [503, 507],
      handle: async (request) => show(request, await services().acknowledge.claim(request.params['token'] ?? '', request.receivedAt)),
    },
  ];
}
