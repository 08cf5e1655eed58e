import type { ApiStatus, Cluster } from '@kubedrill/cluster-sim';
import type { Kind, ObjectOfKind } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';

export type ReadObject<K extends Kind> =
  { readonly ok: true; readonly object: ObjectOfKind[K] } | { readonly ok: false; readonly status: ApiStatus };

export type ReadObjects<K extends Kind> =
  | { readonly ok: true; readonly objects: readonly ObjectOfKind[K][] }
  | { readonly ok: false; readonly status: ApiStatus };

export interface Selectors {
  readonly labels?: string;
  readonly fields?: string;
}

/** The server does not let something be read without which nothing can be described. */
export class RefusedRead extends Error {
  readonly status: ApiStatus;

  constructor(status: ApiStatus) {
    super(status.message);
    this.status = status;
  }
}

/** What a description needs besides the object itself, as far as its reader may see it. */
export class ObjectReader {
  private readonly api: Cluster['api'];

  constructor({ api }: Pick<Cluster, 'api'>) {
    this.api = api;
  }

  get<K extends Kind>(kind: K, namespace: string, name: string): ReadObject<K> {
    const response = this.api.handle({ verb: 'get', resource: resources[kind], namespace, name });
    if (!response.ok) return response;
    if (!('object' in response)) throw new Error('the API server answered a get with a list');
    return { ok: true, object: response.object as ObjectOfKind[K] };
  }

  /** Of all namespaces where it is ''. */
  list<K extends Kind>(kind: K, namespace: string, { labels = '', fields = '' }: Selectors = {}): ReadObjects<K> {
    const resource = resources[kind];
    const response = this.api.handle({
      verb: 'list',
      resource,
      namespace,
      labelSelector: labels,
      fieldSelector: fields,
    });
    if (!response.ok) return response;
    if (!('items' in response)) throw new Error('the API server answered a list with an object');
    return { ok: true, objects: response.items as readonly ObjectOfKind[K][] };
  }

  needed<K extends Kind>(kind: K, namespace: string, selectors?: Selectors): readonly ObjectOfKind[K][] {
    const read = this.list(kind, namespace, selectors);
    if (!read.ok) throw new RefusedRead(read.status);
    return read.objects;
  }
}
