import { kinds, otherVersions, resources, type Kind, type ResourceInfo } from '@kubedrill/kube-model';
import type { ApiRequest } from '../api/request.ts';
import type { ExecTarget } from '../cluster.ts';
import type { Duration, Instant } from '../engine/time.ts';
import type { SessionRequest } from '../exec/session/session.ts';
import type { Probe } from '../network/flow.ts';

/** A request whose resource is named instead of described. */
type Named<Request> = Request extends ApiRequest
  ? Omit<Request, 'resource'> & { readonly kind: Kind; readonly group: string; readonly version?: string }
  : never;

export type RecordedRequest = Named<ApiRequest>;

/** What was done to a cluster. */
export type Deed =
  | { readonly do: 'request'; readonly request: RecordedRequest }
  /** Somebody read Events, which made some (ADR 0009). */
  | { readonly do: 'lookAtEvents' }
  | { readonly do: 'exec'; readonly target: ExecTarget; readonly argv: readonly string[] }
  | {
      readonly do: 'openSession';
      readonly session: number;
      readonly target: Required<ExecTarget>;
      /** Absent: the container's own process. */
      readonly argv?: readonly string[];
      readonly request: SessionRequest;
    }
  | { readonly do: 'type'; readonly session: number; readonly text: string }
  | { readonly do: 'endInput' | 'carryOn'; readonly session: number }
  | { readonly do: 'connect'; readonly probe: Probe }
  | { readonly do: 'powerOff' | 'powerOn'; readonly node: string }
  | { readonly do: 'settle'; readonly quiet?: Duration };

/** One deed, and when on the cluster's clock. Plain data: one line of JSON. */
export type JournalEntry = Deed & { readonly at: Instant };

export function recordedRequest({ resource, ...request }: ApiRequest): RecordedRequest {
  const { kind, group, version } = resource;
  return { ...request, kind, group, ...(version === resources[kind].version ? {} : { version }) };
}

/** Throws for a kind that this build does not know: the journal is another build's. */
export function requestOf({ kind, group, version, ...request }: RecordedRequest): ApiRequest {
  if (!kinds.includes(kind)) throw new Error(`the journal names a kind that there is none of: ${kind}`);
  const own = resources[kind];
  const isAsked = (other: ResourceInfo): boolean =>
    other.kind === kind && other.group === group && other.version === (version ?? own.version);
  const resource = otherVersions.find(isAsked) ?? own;
  return { ...request, resource };
}
