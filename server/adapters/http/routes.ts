/** The one list of routes: the router, `/openapi.json` and `/docs` are made from it. */
import type { KafkaConfig } from '../../config/kafka.ts';
import type { Services } from '../../pipeline/services/services.ts';
import type { Route } from './route.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { acknowledgeRoutes } from './routes/acknowledge.ts';
import { channelRoutes } from './routes/channels.ts';
import { backTestRoutes } from './routes/back-test.ts';
import { anomalyRoutes } from './routes/anomalies.ts';
import { documentRoutes } from './routes/documents.ts';
import { eventRoutes } from './routes/events.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { kpiInsightRoutes } from './routes/kpi-insights.ts';
import { kpiRoutes } from './routes/kpis.ts';
import { drillRoutes } from './routes/drills.ts';
import { messageRoutes } from './routes/messages.ts';
import { operationRoutes } from './routes/operations.ts';
import { periodRoutes } from './routes/periods.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { restatementRoutes } from './routes/restatements.ts';
import { rosterRoutes } from './routes/roster.ts';
import { screenReportRoutes } from './routes/screen-reports.ts';
import { screenRoutes } from './routes/screens.ts';
import { sourceRoutes } from './routes/sources.ts';
import { standupRoutes } from './routes/standup.ts';
import { targetRoutes } from './routes/targets.ts';

export interface RouteParts {
  /** The services of the workspace shown at the time of the call. */
  readonly services: () => Services;
  readonly exposition: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly build: string;
  readonly kafka: KafkaConfig | null;
  readonly origin: () => string;
  /** Font faces for pages made on the server, as CSS. */
  readonly fonts: () => string;
}

/** In the order they are tried: a fixed path before the pattern that would match it. */
export function allRoutes({ services, exposition, build, kafka, origin, fonts }: RouteParts): readonly Route[] {
  const described = [
    ...eventRoutes(services),
    ...kpiRoutes(services),
    ...campaignRoutes(services),
    ...anomalyRoutes(services),
    ...kpiInsightRoutes(services),
    ...targetRoutes(services),
    ...backTestRoutes(services),
    ...periodRoutes(services),
    ...restatementRoutes(services),
    ...incidentRoutes(services),
    ...channelRoutes(services),
    ...acknowledgeRoutes(services),
    ...messageRoutes(services),
    ...rosterRoutes(services),
    ...drillRoutes(services),
    ...standupRoutes(services),
    ...quarantineRoutes(services),
    ...sourceRoutes(services),
    ...screenRoutes(services),
    ...screenReportRoutes(services),
    ...operationRoutes({ services, build, exposition }),
  ];
  return [...described, ...documentRoutes(described, { build, kafka, origin, fonts })];
}
