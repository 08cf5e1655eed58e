import { resources, type Json, type Kind, type KubeObject } from '@kubedrill/kube-model';
import { ClusterApiServer } from '../../src/api/api-server.ts';
import { bootstrapObjects } from '../../src/api/bootstrap.ts';
import { createKindRegistry } from '../../src/api/kinds/definitions.ts';
import type { ApiRequest, ApiResponse, PatchType, StatusCause, Subresource } from '../../src/api/request.ts';
import { createRandom } from '../../src/engine/random.ts';
import { ObjectStore } from '../../src/store/object-store.ts';

const serviceRange = '10.96.0.0/16';
const registry = createKindRegistry({ nodePortRange: { from: 30000, to: 32767 } });

export interface Answer {
  readonly code: number;
  readonly object?: KubeObject;
  readonly items?: readonly KubeObject[];
  readonly message?: string;
  readonly reason?: string;
  readonly causes?: readonly StatusCause[];
  readonly warnings: readonly string[];
}

type WriteOptions = Pick<Extract<ApiRequest, { verb: 'create' }>, 'dryRun' | 'fieldManager' | 'fieldValidation'>;

/** A cluster's API server with nothing behind it, as a fresh cluster has it, and short words to talk to it. */
export class TestServer {
  readonly store = new ObjectStore();
  readonly server: ClusterApiServer;
  now = Date.UTC(2026, 0, 1);

  constructor(bounds = { maxObjects: 1000, maxPods: 100 }) {
    const clock = { now: () => this.now };
    this.server = new ClusterApiServer({ store: this.store, registry, clock, random: createRandom(1), bounds });
    for (const change of bootstrapObjects({ serviceRange, apiServerAddress: '192.168.49.2' })) {
      const outcome = this.server.write(change);
      if (!outcome.ok) throw new Error(outcome.status.message);
    }
  }

  create(kind: Kind, body: Json, options: WriteOptions & { readonly namespace?: string } = {}): Answer {
    const { namespace = namespaceOf(kind), ...rest } = options;
    return answer(this.server.handle({ verb: 'create', resource: resources[kind], namespace, body, ...rest }));
  }

  replace(
    kind: Kind,
    name: string,
    body: Json,
    options: WriteOptions & { readonly subresource?: Subresource } = {},
  ): Answer {
    return answer(this.server.handle({ verb: 'update', ...this.target(kind, name), body, ...options }));
  }

  patch(
    kind: Kind,
    name: string,
    patchType: PatchType,
    body: Json,
    options: WriteOptions & { readonly subresource?: Subresource } = {},
  ): Answer {
    return answer(this.server.handle({ verb: 'patch', ...this.target(kind, name), patchType, body, ...options }));
  }

  apply(
    kind: Kind,
    name: string,
    body: Json,
    options: WriteOptions & { readonly force?: boolean; readonly subresource?: Subresource } = {},
  ): Answer {
    const target = this.target(kind, name);
    return answer(this.server.handle({ verb: 'patch', ...target, patchType: 'apply', body, ...options }));
  }

  get(kind: Kind, name: string): Answer {
    return answer(this.server.handle({ verb: 'get', ...this.target(kind, name) }));
  }

  list(kind: Kind, selection: { readonly labelSelector?: string; readonly fieldSelector?: string } = {}): Answer {
    const request = { verb: 'list', resource: resources[kind], namespace: namespaceOf(kind), ...selection } as const;
    return answer(this.server.handle(request));
  }

  delete(kind: Kind, name: string, options: Partial<Extract<ApiRequest, { verb: 'delete' }>> = {}): Answer {
    return answer(this.server.handle({ ...options, verb: 'delete', ...this.target(kind, name) }));
  }

  private target(kind: Kind, name: string): { resource: (typeof resources)[Kind]; namespace: string; name: string } {
    return { resource: resources[kind], namespace: namespaceOf(kind), name };
  }
}

function namespaceOf(kind: Kind): string {
  return resources[kind].namespaced ? 'default' : '';
}

function answer(response: ApiResponse): Answer {
  const { warnings } = response;
  if (!response.ok) {
    const { code, message, reason, details } = response.status;
    return { code, message, reason, warnings, ...(details?.causes ? { causes: details.causes } : {}) };
  }
  if ('items' in response) return { code: response.code, items: response.items, warnings };
  return { code: response.code, object: response.object as KubeObject, warnings };
}
