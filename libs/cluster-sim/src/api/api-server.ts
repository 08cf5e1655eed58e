import { autoscalingV1, eventsV1, type JsonObject, type Kind, type KubeObject } from '@kubedrill/kube-model';
import type { ChangeWriter } from '../engine/change-writer.ts';
import type { Change, Draft } from '../engine/controller.ts';
import { done, type Outcome, type Refusal } from './outcome.ts';
import type { Backend, ObjectBounds, Write } from './pipeline/backend.ts';
import { createObject } from './pipeline/create.ts';
import { deleteObject } from './pipeline/delete.ts';
import { answerRequest } from './pipeline/handlers.ts';
import { selects, type ListSelection } from './pipeline/list.ts';
import { NewerEvents } from './pipeline/newer-events.ts';
import { OlderAutoscalers } from './pipeline/older-autoscalers.ts';
import { bindPod } from './pipeline/pod-binding.ts';
import { updateObject, type Update } from './pipeline/update.ts';
import { withAlways } from './schema/empty-values.ts';
import type { ObjectSchema } from './schema/schema.ts';
import type { ApiRequest, ApiResponse, ServedApi } from './request.ts';

const subresources = { update: undefined, updateStatus: 'status', finalize: 'finalize' } as const;

/**
 * The API server over an object store. `handle` is what a client reaches: untrusted bodies, all checks. `write` is the way of
 * controllers: typed objects, the same defaults, strategies and validation, no decoding.
 */
export class ClusterApiServer implements ServedApi, ChangeWriter {
  private readonly backend: Backend;
  private readonly newerEvents: NewerEvents;
  private readonly olderAutoscalers: OlderAutoscalers;
  private exceeded: keyof ObjectBounds | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
    const answer = (request: ApiRequest): ApiResponse => answerRequest(backend, request);
    this.newerEvents = new NewerEvents(backend, answer);
    this.olderAutoscalers = new OlderAutoscalers(backend, answer);
  }

  /** The bound that refused a write since the last look, if any. */
  takeExceededBound(): keyof ObjectBounds | undefined {
    const bound = this.exceeded;
    this.exceeded = undefined;
    return bound;
  }

  handle(request: ApiRequest): ApiResponse {
    const response = this.answer(request);
    if (!response.ok) this.noteBound(response);
    return response;
  }

  private answer(request: ApiRequest): ApiResponse {
    const { group, version } = request.resource;
    if (group === eventsV1.group) return this.newerEvents.handle(request);
    if (group === autoscalingV1.group && version === autoscalingV1.version)
      return this.olderAutoscalers.handle(request);
    return answerRequest(this.backend, request);
  }

  selects(kind: Kind, selection: ListSelection): Outcome<(object: KubeObject) => boolean> {
    return selects(this.backend, kind, selection);
  }

  schemaOf(kind: Kind): ObjectSchema {
    return this.backend.registry.of(kind).schema;
  }

  write(change: Change): Outcome<KubeObject> {
    const outcome = this.execute(change);
    if (!outcome.ok) this.noteBound(outcome);
    return outcome;
  }

  private execute(change: Change): Outcome<KubeObject> {
    const write: Write = { backend: this.backend, dryRun: false, fieldManager: undefined, warnings: undefined };
    switch (change.verb) {
      case 'create':
        return createObject(write, change.object.metadata.namespace ?? '', this.complete(change.object));
      case 'update':
      case 'updateStatus':
      case 'finalize':
        return this.update(write, change.object, subresources[change.verb]);
      case 'bind':
        return bindPod(write, change.key, { metadata: {}, target: { kind: 'Node', name: change.node } });
      case 'delete': {
        const { key, uid, gracePeriodSeconds, propagation } = change;
        const preconditions = uid === undefined ? undefined : { uid };
        const deleted = deleteObject(write, key, { preconditions, gracePeriodSeconds, propagation });
        return deleted.ok ? done(deleted.object.object) : deleted;
      }
    }
  }

  /** A draft has no status; the decoder would have written what is always there. */
  private complete(draft: Draft): KubeObject {
    const { schema } = this.backend.registry.of(draft.kind);
    return withAlways(schema, draft as unknown as JsonObject) as unknown as KubeObject;
  }

  private update(write: Write, object: KubeObject, subresource: Update['subresource']): Outcome<KubeObject> {
    const definition = this.backend.registry.of(object.kind);
    const { namespace, name } = object.metadata;
    const updated = updateObject(write, {
      key: { kind: object.kind, namespace: namespace ?? '', name },
      subresource,
      uid: object.metadata.uid,
      updated: () => done(definition.defaults(object)),
    });
    return updated.ok ? done(updated.object.object) : updated;
  }

  private noteBound(refusal: Refusal): void {
    const cause = refusal.status.details?.causes?.[0];
    if (cause?.reason !== 'ClusterBoundExceeded') return;
    this.exceeded = cause.field === 'maxPods' ? 'maxPods' : 'maxObjects';
  }
}
