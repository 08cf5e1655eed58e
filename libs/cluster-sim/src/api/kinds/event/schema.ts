import { objectMeta, objectReference } from '../../schema/object-meta.ts';
import { always, int32, microTime, object, string, time } from '../../schema/schema.ts';

/** core/v1 Event. */
export const eventSchema = object('Event', {
  metadata: objectMeta,
  involvedObject: always(objectReference),
  reason: string,
  message: string,
  source: always(object('EventSource', { component: string, host: string })),
  firstTimestamp: always(time),
  lastTimestamp: always(time),
  count: int32,
  type: string,
  eventTime: always(microTime),
  series: object('EventSeries', { count: int32, lastObservedTime: always(microTime) }),
  action: string,
  related: objectReference,
  reportingComponent: always(string),
  reportingInstance: always(string),
});
