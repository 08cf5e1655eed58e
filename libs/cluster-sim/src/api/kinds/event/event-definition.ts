import type { KindDefinition } from '../kind-definition.ts';
import { validateEvent, validateNewEvent } from './event-validation.ts';
import { eventSchema } from './schema.ts';

/** core/v1 Event: pkg/registry/core/event. */
export const eventDefinition: KindDefinition<'Event'> = {
  kind: 'Event',
  schema: eventSchema,
  defaults: (event) => event,
  strategy: {
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: true,
    prepareForCreate: (event) => event,
    prepareForUpdate: (event) => event,
    validateCreate: validateNewEvent,
    validateUpdate: (event) => validateEvent(event),
  },
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent,
    source: ({ source, reportingComponent }) => source.component || reportingComponent,
    type: ({ type }) => type ?? '',
  },
  deletion: { ignoresDependents: true },
};
