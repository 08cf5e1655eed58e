import { isJsonObject, type ManifestDocument } from '@kubedrill/kube-model';

/** The documents of a submission in another order than they were sent in. */
export interface DocumentOrder {
  /** "in the order Service api, Deployment api". */
  readonly text: string;
  readonly documents: readonly ManifestDocument[];
}

const mostOrders = 8;

/**
 * Backwards, and with each of the documents in front of the others. Namespaces stay first: what lies in one cannot be created
 * before it.
 */
export function otherOrders(documents: readonly ManifestDocument[]): readonly DocumentOrder[] {
  const orders = [documents.toReversed(), ...documents.map((_, index) => inFront(documents, index))];
  const sent = namespacesFirst(documents).map(nameOf).join(', ');
  const distinct = new Map<string, DocumentOrder>();
  for (const order of orders.map(namespacesFirst)) {
    const names = order.map(nameOf).join(', ');
    if (names !== sent) distinct.set(names, { text: `in the order ${names}`, documents: order });
  }
  return [...distinct.values()].slice(0, mostOrders);
}

function inFront(documents: readonly ManifestDocument[], index: number): readonly ManifestDocument[] {
  return [...documents.slice(index, index + 1), ...documents.toSpliced(index, 1)];
}

function namespacesFirst(documents: readonly ManifestDocument[]): readonly ManifestDocument[] {
  const isNamespace = ({ value }: ManifestDocument): boolean => value.kind === 'Namespace';
  return [...documents.filter(isNamespace), ...documents.filter((document) => !isNamespace(document))];
}

function nameOf({ value: { kind, metadata } }: ManifestDocument): string {
  const name = isJsonObject(metadata) ? metadata.name : undefined;
  return [kind, name].filter((part) => typeof part === 'string').join(' ');
}
