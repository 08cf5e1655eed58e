import type { ServicePort, ServiceSpec } from '@kubedrill/kube-model';

/** A Service's spec while the server is still working on its own copy of it. */
export type SpecDraft = { -readonly [F in keyof Omit<ServiceSpec, 'ports'>]: ServiceSpec[F] } & { ports?: PortDraft[] };

export type PortDraft = { -readonly [F in keyof ServicePort]: ServicePort[F] };

export function draftOf(spec: ServiceSpec): SpecDraft {
  const { ports, ...rest } = spec;
  return { ...rest, ...(ports === undefined ? {} : { ports: ports.map((port) => ({ ...port })) }) };
}
