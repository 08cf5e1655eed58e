import type { Event } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, required } from '../../validation/field-error.ts';
import { pathSegment, validateCommonMetadata } from '../../validation/metadata.ts';
import { root } from '../../validation/path.ts';
import { formatted } from '../../validation/rule.ts';
import { byteLength, dns1123Subdomain, qualifiedName } from '../../validation/text-format.ts';

/** legacyValidateEvent of pkg/apis/core/validation/events.go, and what rest.BeforeCreate asks when that finds nothing. */

const maxWordBytes = 128;
const maxNoteBytes = 1024;

/** What the field of the reporting controller is called depends on the version in which the Event was sent. */
type ControllerField = 'reportingComponent' | 'reportingController';

export function validateEvent(event: Event, controller: ControllerField = 'reportingComponent'): readonly FieldError[] {
  const report: FieldError[] = [];
  // Events of the newer form have a time of their own.
  if (event.eventTime === null) sameNamespace(event, report);
  else newerForm(event, controller, report);
  formatted(dns1123Subdomain)(event.metadata.namespace ?? '', root.child('namespace'), report);
  return report;
}

/** Kinds that check nothing of their metadata leave it to rest.BeforeCreate, which comes after them. */
export function validateNewEvent(event: Event): readonly FieldError[] {
  const errors = validateEvent(event);
  if (errors.length > 0) return errors;
  const report: FieldError[] = [];
  validateCommonMetadata(event.metadata, true, pathSegment, report);
  return report;
}

/** What concerns no namespace is reported in "default". */
function sameNamespace({ metadata, involvedObject }: Event, report: FieldError[]): void {
  const [own = '', other = ''] = [metadata.namespace, involvedObject.namespace];
  const agrees = other === '' ? own === '' || own === 'default' : own === other;
  if (!agrees) report.push(foreignNamespace(other));
}

function newerForm(event: Event, controller: ControllerField, report: FieldError[]): void {
  const { metadata, involvedObject, reportingComponent, reportingInstance, action, reason, message = '' } = event;
  if (!involvedObject.namespace && metadata.namespace !== 'default' && metadata.namespace !== 'kube-system')
    report.push(foreignNamespace(''));
  const at = root.child(controller);
  if (reportingComponent === '') report.push(required(at));
  formatted(qualifiedName)(reportingComponent, at, report);
  word('reportingInstance', reportingInstance, report);
  word('action', action, report);
  word('reason', reason, report);
  if (byteLength(message) > maxNoteBytes) report.push(tooManyCharacters('message', maxNoteBytes));
}

function word(field: 'reportingInstance' | 'action' | 'reason', value: string | undefined, report: FieldError[]): void {
  if (value === undefined || value === '') report.push(required(root.child(field)));
  else if (byteLength(value) > maxWordBytes) report.push(tooManyCharacters(field, maxWordBytes));
}

function foreignNamespace(namespace: string): FieldError {
  return invalid(root.child('involvedObject').child('namespace'), namespace, 'does not match event.namespace');
}

function tooManyCharacters(field: string, limit: number): FieldError {
  return invalid(root.child(field), '', `can have at most ${limit} characters`);
}
