import { apiVersionOf, eventsV1, resources, type Event, type Json, type JsonObject } from '@kubedrill/kube-model';
import { objectMeta, objectReference } from '../../schema/object-meta.ts';
import { always, int32, microTime, object, string, time } from '../../schema/schema.ts';

/** events.k8s.io/v1: the same Events with other names for some fields (pkg/apis/events/v1/conversion.go). */
export const eventsV1Schema = object('Event', {
  metadata: objectMeta,
  eventTime: always(microTime),
  series: object('EventSeries', { count: always(int32), lastObservedTime: always(microTime) }),
  reportingController: string,
  reportingInstance: string,
  action: string,
  reason: string,
  regarding: always(objectReference),
  related: objectReference,
  note: string,
  type: string,
  deprecatedSource: always(object('EventSource', { component: string, host: string })),
  deprecatedFirstTimestamp: always(time),
  deprecatedLastTimestamp: always(time),
  deprecatedCount: int32,
});

/** Names of events.k8s.io/v1 and of core/v1. */
const renamed: readonly (readonly [newer: string, core: string])[] = [
  ['reportingController', 'reportingComponent'],
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];
const toCore: ReadonlyMap<string, string> = new Map(renamed);
const toNewer: ReadonlyMap<string, string> = new Map(renamed.map(([newer, core]) => [core, newer]));
/** Left out here where they are empty; core/v1 writes them all the same. */
const omittedWhenEmpty: ReadonlySet<string> = new Set(['reportingController', 'reportingInstance']);

/** A whole Event, or part of one. */
export function coreEvent(newer: JsonObject): JsonObject {
  return { ...withNames(newer, toCore), apiVersion: apiVersionOf(resources.Event) };
}

export function newerEvent(event: Event): JsonObject {
  const entries = Object.entries(withNames(event as unknown as JsonObject, toNewer));
  const kept = entries.filter(([name, value]) => value !== '' || !omittedWhenEmpty.has(name));
  return { ...Object.fromEntries(kept), apiVersion: apiVersionOf(eventsV1) };
}

function withNames(object: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]): [string, Json | undefined] => [names.get(name) ?? name, value]),
  );
}

/** AddFieldLabelConversionsForEvent: what can be selected by, under the names that the stored form has for it. */
const selectable: ReadonlyMap<string, string> = new Map([
  ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map(
    (field) => [`regarding.${field}`, `involvedObject.${field}`] as const,
  ),
  ['reportingController', 'reportingComponent'],
  ...['reason', 'type', 'metadata.namespace', 'metadata.name'].map((field) => [field, field] as const),
]);

export function coreFieldLabel(label: string): string | undefined {
  return selectable.get(label);
}
