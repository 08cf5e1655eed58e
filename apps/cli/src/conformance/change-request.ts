import type { ApiRequest, PatchType, Propagation, Subresource } from '@kubedrill/cluster-sim';
import { resources, type Json, type ResourceInfo } from '@kubedrill/kube-model';

/** What a case means by "svc/web", "deployment/web@shop". */
export interface ResolvedTarget {
  readonly resource: ResourceInfo;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
}

/** Undefined: no such kind. */
export function resolveName(text: string, caseNamespace: string): ResolvedTarget | undefined {
  const [path = '', namespace = caseNamespace] = text.split('@');
  const [kind = '', name = ''] = path.split('/');
  const resource = resourceNamed(kind.toLowerCase());
  return resource && { resource, namespace: resource.namespaced ? namespace : '', name };
}

function resourceNamed(word: string): ResourceInfo | undefined {
  return Object.values(resources).find(
    ({ plural, singular, shortNames }) => plural === word || singular === word || shortNames.includes(word),
  );
}

export interface PatchChange {
  readonly type: PatchType;
  readonly subresource?: Subresource;
  readonly body: Json;
}

/** Metadata changes and scaling are merge patches in the recordings. */
export function metadataChange(part: 'annotations' | 'labels', set: Json): PatchChange {
  return { type: 'merge', body: { metadata: { [part]: set } } };
}

export function scaleChange(replicas: Json): PatchChange {
  return { type: 'merge', subresource: 'scale', body: { spec: { replicas } } };
}

export function patchRequest(target: ResolvedTarget, { type, subresource, body }: PatchChange): ApiRequest {
  return { ...target, verb: 'patch', patchType: type, body, ...(subresource ? { subresource } : {}) };
}

export function deleteRequest(target: ResolvedTarget, propagation: Propagation, grace?: number): ApiRequest {
  return {
    ...target,
    verb: 'delete',
    propagation,
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
  };
}
