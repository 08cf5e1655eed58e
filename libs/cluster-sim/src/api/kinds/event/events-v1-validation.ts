import type { Event } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, required } from '../../validation/field-error.ts';
import { immutable, semanticallyEqual } from '../../validation/immutable.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { root } from '../../validation/path.ts';
import { dns1123Subdomain } from '../../validation/text-format.ts';
import { validateEvent } from './event-validation.ts';

/** ValidateEventCreate and ValidateEventUpdate of pkg/apis/core/validation/events.go for requests of events.k8s.io/v1. */

export function validateNewerEvent(event: Event): readonly FieldError[] {
  const report = [...validateEvent(event, 'reportingController')];
  validateMetadata(event.metadata, true, dns1123Subdomain, report);
  series(event, report);
  const { type = '', source, firstTimestamp, lastTimestamp, count = 0 } = event;
  if (event.eventTime === null) report.push(required(root.child('eventTime')));
  if (type !== 'Normal' && type !== 'Warning')
    report.push(invalid(root.child('type'), '', `has invalid value: ${type}`));
  if (firstTimestamp !== null) report.push(notUnset('firstTimestamp'));
  if (lastTimestamp !== null) report.push(notUnset('lastTimestamp'));
  if (count !== 0) report.push(notUnset('count'));
  if (source.component || source.host) report.push(notUnset('source'));
  return report;
}

function notUnset(field: string): FieldError {
  return invalid(root.child(field), '', 'needs to be unset');
}

const unchangeable = [
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'reason',
  'type',
  'eventTime',
  'action',
  'related',
  'reportingComponent',
  'reportingInstance',
] as const;

export function validateNewerUpdate(event: Event, old: Event): readonly FieldError[] {
  const report = [...validateEvent(event, 'reportingController')];
  validateMetadataUpdate(event.metadata, old.metadata, report);
  if (!semanticallyEqual(event.series, old.series)) series(event, report);
  for (const field of unchangeable) {
    const name = field === 'reportingComponent' ? 'reportingController' : field;
    immutable(event[field], old[field], root.child(name), report);
  }
  return report;
}

function series({ series: given }: Event, report: FieldError[]): void {
  if (!given) return;
  const at = root.child('series');
  if ((given.count ?? 0) < 2) report.push(invalid(at.child('count'), '', 'should be at least 2'));
  if (given.lastObservedTime === null) report.push(required(at.child('lastObservedTime')));
}
