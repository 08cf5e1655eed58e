import { eventsV1, resources, type Event, type JsonObject } from '@kubedrill/kube-model';
import { refuseInNamespace } from '../admission/namespace-lifecycle.ts';
import { admittedName } from '../admission/admitted-name.ts';
import { coreEvent, coreFieldLabel, eventsV1Schema, newerEvent } from '../kinds/event/events-v1.ts';
import { validateNewerEvent, validateNewerUpdate } from '../kinds/event/events-v1-validation.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import { badRequest, invalid, notFound } from '../status.ts';
import { withMetadata, type Backend } from './backend.ts';
import { decodeBody } from './decode-body.ts';
import { patchedJson } from './patch.ts';

/**
 * Requests for Events of events.k8s.io/v1. There is one store: each request becomes one for core/v1, and the answer is shown in the newer
 * form. What is created or updated in that form has to keep to more rules.
 */
export class NewerEvents {
  private readonly backend: Backend;
  private readonly answer: (request: ApiRequest) => ApiResponse;

  constructor(backend: Backend, answer: (request: ApiRequest) => ApiResponse) {
    this.backend = backend;
    this.answer = answer;
  }

  handle(request: ApiRequest): ApiResponse {
    const warnings: string[] = [];
    const translated = this.translated(request, warnings);
    if (!translated.ok) return { ...translated, warnings };
    const response = this.answer({ ...translated.object, resource: resources.Event });
    return shown({ ...response, warnings: [...warnings, ...response.warnings] });
  }

  private translated(request: ApiRequest, warnings: string[]): Outcome<ApiRequest> {
    switch (request.verb) {
      case 'get':
      case 'delete':
        return done(request);
      case 'list':
      case 'deletecollection': {
        const fields = coreFields(request.fieldSelector ?? '');
        return fields.ok ? done({ ...request, fieldSelector: fields.object }) : fields;
      }
      case 'create':
      case 'update': {
        const { body, fieldValidation = 'Strict' } = request;
        const decoded = decodeBody(eventsV1, eventsV1Schema, body, fieldValidation, { warnings });
        if (!decoded.ok) return decoded;
        return this.checked(request, decoded.object as unknown as JsonObject);
      }
      case 'patch':
        return this.patched(request, warnings);
    }
  }

  private patched(request: Extract<ApiRequest, { verb: 'patch' }>, warnings: string[]): Outcome<ApiRequest> {
    const { patchType, body, namespace, name, fieldValidation = 'Strict' } = request;
    if (patchType === 'apply') return done({ ...request, body: coreEvent(body as JsonObject) });
    const existing = this.backend.store.get('Event', namespace, name);
    if (!existing) return refused(notFound(resources.Event, name));
    const patch = { type: patchType, body, fieldValidation };
    const patched = patchedJson(newerEvent(existing), patch, eventsV1Schema, { warnings }, eventsV1);
    const { verb: _verb, patchType: _type, force: _force, ...rest } = request;
    return patched.ok ? this.checked({ ...rest, verb: 'update' }, patched.object) : patched;
  }

  /** The same request for core/v1. Its body has been decoded: nothing in it is unknown. */
  private checked(request: Extract<ApiRequest, { verb: 'create' | 'update' }>, newer: JsonObject): Outcome<ApiRequest> {
    const { namespace } = request;
    const core = coreEvent(newer);
    const sent = core as unknown as Event;
    const event = sent.metadata.namespace ? sent : withMetadata(sent, { namespace });
    const old = request.verb === 'update' ? this.backend.store.get('Event', namespace, request.name) : undefined;
    const refusal = refuseInNamespace(this.backend.store, resources.Event, namespace, admittedName(event.metadata));
    if (!old && refusal) return refused(refusal);
    const errors = old ? validateNewerUpdate(updated(event, old), old) : validateNewerEvent(named(event));
    if (errors.length > 0) return refused(invalid(resources.Event, event.metadata.name, errors));
    return done({ ...request, body: core, fieldValidation: 'Ignore' });
  }
}

/** A generated name is drawn later. */
function named(event: Event): Event {
  const { name, generateName } = event.metadata;
  return name || !generateName ? event : withMetadata(event, { name: `${generateName.slice(0, 58)}aaaaa` });
}

/** What an update may leave out, and what it cannot change: rest.BeforeUpdate. */
function updated(event: Event, { metadata: old }: Event): Event {
  const { uid, resourceVersion } = event.metadata;
  return withMetadata(event, {
    uid: uid || old.uid,
    creationTimestamp: old.creationTimestamp,
    resourceVersion: resourceVersion || old.resourceVersion,
  });
}

function shown(response: ApiResponse): ApiResponse {
  if (!response.ok) return response;
  if ('items' in response)
    return { ...response, items: response.items.map((item) => newerEvent(item as Event) as unknown as Event) };
  const { object } = response;
  return object.kind === 'Event' ? { ...response, object: newerEvent(object as Event) } : response;
}

/** The selector with the names that the stored form has. */
function coreFields(text: string): Outcome<string> {
  let unknown: string | undefined;
  const renamed = text.replace(/(^|,)([^=!,]+)(?=!?=)/g, (_match, separator: string, label: string) => {
    const core = coreFieldLabel(label);
    if (core === undefined) unknown ??= label;
    return `${separator}${core ?? label}`;
  });
  return unknown === undefined ? done(renamed) : refused(badRequest(`field label not supported: ${unknown}`));
}
