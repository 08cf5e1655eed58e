import type { Cluster } from '../../src/index.ts';

/** "Type Reason kind/name component: message", what chance gives written as "*", in the order in which it was said first. */
export function eventLines({ view }: Cluster, namespace = 'default'): readonly string[] {
  return view
    .list('Event', namespace)
    .toSorted((left, right) => (momentOf(left.metadata.name) < momentOf(right.metadata.name) ? -1 : 1))
    .map((event) => {
      const { type = '', reason = '', involvedObject, source, reportingComponent, message = '' } = event;
      const { kind = '', name = '' } = involvedObject;
      const component = source.component ?? reportingComponent;
      return withoutChance(`${type} ${reason} ${kind}/${name} ${component}: ${message}`);
    });
}

function momentOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Hashes of templates and suffixes of names. */
function withoutChance(text: string): string {
  return text.replace(/-[bcdfghjklmnpqrstvwxz2456789]{5,10}(?![a-z0-9])/g, '-*').replace(/node-\d/g, 'node-*');
}
