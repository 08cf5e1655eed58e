import type { Json, JsonObject, Kind, KubeObject, ResourceInfo } from '@kubedrill/kube-model';
import type { Propagation } from '../engine/controller.ts';
import type { UserInfo } from './authorization/access.ts';
import type { Outcome } from './outcome.ts';
import type { ListSelection } from './pipeline/list.ts';
import type { ObjectSchema } from './schema/schema.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export type PatchType = 'strategic' | 'merge' | 'json' | 'apply';

export type Subresource =
  'status' | 'scale' | 'ephemeralcontainers' | 'resize' | 'finalize' | 'binding' | 'eviction' | 'token';

interface Target {
  /** Who asks; absent: one who may do anything. What he may do has been looked at. */
  readonly user?: UserInfo;
  readonly resource: ResourceInfo;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
}

interface NamedTarget extends Target {
  readonly name: string;
}

interface WriteOptions {
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly fieldValidation?: FieldValidation;
}

/** One call to the API server, already routed: what would be method, path and query over HTTP. Bodies are untrusted JSON. */
export type ApiRequest =
  | (NamedTarget & { readonly verb: 'get'; readonly subresource?: Subresource })
  | (Target & { readonly verb: 'list'; readonly labelSelector?: string; readonly fieldSelector?: string })
  | (Target &
      WriteOptions & {
        readonly verb: 'create';
        readonly body: Json;
        readonly name?: string;
        readonly subresource?: Subresource;
      })
  | (NamedTarget & WriteOptions & { readonly verb: 'update'; readonly body: Json; readonly subresource?: Subresource })
  | (NamedTarget &
      WriteOptions & {
        readonly verb: 'patch';
        readonly patchType: PatchType;
        readonly body: Json;
        /** Server-side apply only. */
        readonly force?: boolean;
        readonly subresource?: Subresource;
      })
  | (NamedTarget & DeleteOptions & { readonly verb: 'delete'; readonly subresource?: Subresource })
  | (Target &
      DeleteOptions & {
        readonly verb: 'deletecollection';
        readonly labelSelector?: string;
        readonly fieldSelector?: string;
      });

export interface DeleteOptions {
  readonly dryRun?: boolean;
  readonly gracePeriodSeconds?: number;
  readonly propagation?: Propagation;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/** metav1.Status of a refused request, as Kubernetes shapes it. */
export interface ApiStatus {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly status: 'Failure';
  readonly message: string;
  readonly reason: StatusReason;
  readonly details?: StatusDetails;
  readonly code: number;
}

export type StatusReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Expired'
  | 'Invalid'
  | 'MethodNotAllowed'
  | 'UnsupportedMediaType'
  | 'RequestEntityTooLarge'
  | 'TooManyRequests'
  | 'InternalError'
  | 'ServiceUnavailable'
  /** StatusReasonUnknown: a server error without a reason of its own. */
  | '';

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause {
  /** Absent, as the field is, where there is none: both are omitempty. */
  readonly reason?: string;
  readonly message: string;
  readonly field?: string;
}

export type ApiResponse =
  | {
      readonly ok: true;
      readonly code: 200 | 201;
      readonly object: KubeObject | JsonObject;
      readonly warnings: readonly string[];
    }
  | {
      readonly ok: true;
      readonly code: 200;
      readonly items: readonly KubeObject[];
      readonly resourceVersion: string;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly status: ApiStatus; readonly warnings: readonly string[] };

export interface ApiServer {
  handle(request: ApiRequest): ApiResponse;
}

/** With what a server of the API needs besides: for watches, and for the description of kinds. */
export interface ServedApi extends ApiServer {
  /** What selectors say of an object of that kind, for who watches; a Status says why they cannot be read. */
  selects(kind: Kind, selection: ListSelection): Outcome<(object: KubeObject) => boolean>;
  /** The shape that objects of that kind are decoded by. */
  schemaOf(kind: Kind): ObjectSchema;
}
