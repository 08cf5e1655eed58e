/** A question about a name of the cluster's zone, taken apart: coredns plugin/kubernetes/parse.go. Absent parts are ''. */
export interface RecordRequest {
  readonly kind: 'pod' | 'svc';
  readonly namespace: string;
  readonly service: string;
  /** The label before a Service's name: a pod's hostname or its address with dashes. */
  readonly endpoint: string;
  readonly port: string;
  readonly protocol: string;
}

/** 'apex': the zone itself and its two subtrees, which exist without records. 'invalid': no name of this scheme. */
export type ParsedName = RecordRequest | 'apex' | 'invalid';

/** `labels`: those before the zone, from left to right, in lower case. */
export function parseName(labels: readonly string[]): ParsedName {
  const kind = labels.at(-1);
  if (kind === undefined) return 'apex';
  if (kind !== 'pod' && kind !== 'svc') return 'invalid';
  if (labels.length === 1) return 'apex';
  const [namespace = '', service = '', ...rest] = labels.slice(0, -1).reverse();
  const empty: RecordRequest = { kind, namespace, service, endpoint: '', port: '', protocol: '' };
  const [last = '', beforeLast = ''] = rest;
  switch (rest.length) {
    case 0:
      return empty;
    case 1:
      return { ...empty, endpoint: last };
    case 2:
      return { ...empty, protocol: withoutUnderscore(last), port: withoutUnderscore(beforeLast) };
    default:
      return 'invalid';
  }
}

function withoutUnderscore(label: string): string {
  return label.startsWith('_') ? label.slice(1) : label;
}
