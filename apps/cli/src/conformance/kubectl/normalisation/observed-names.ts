import type { ObjectView } from '@kubedrill/cluster-sim';
import type { Kind, KubeObject } from '@kubedrill/kube-model';

/** Kinds whose names are given by chance, and those whose names such names begin with. */
const generated: readonly Kind[] = ['Pod', 'EndpointSlice'];
const generators: readonly Kind[] = ['ReplicaSet', 'DaemonSet', 'Job'];

/** The letters of apimachinery's util/rand. */
export const randomLetters = '[bcdfghjklmnpqrstvwxz2456789]';
const randomEnd = new RegExp(`^${randomLetters}{5}$`);

/** The names given by chance that have come up in a cluster, whether what bore them is still there or not. */
export class ObservedNames {
  /** Names to their placeholders: "web-<rand>". */
  readonly randomised = new Map<string, string>();
  /** Names that generated ones begin with, without the hyphen. */
  readonly prefixes = new Set<string>();
  /** pod-template-hash to its placeholder. */
  readonly hashes = new Map<string, string>();
  private readonly sets = new Map<string, number>();
  private version = 0;

  observe(view: ObjectView): void {
    const events = view.eventsSince(this.version);
    this.version = view.resourceVersion;
    const fresh: readonly KubeObject[] =
      events === 'tooOld'
        ? [...generated, ...generators].flatMap((kind): readonly KubeObject[] => view.list(kind))
        : events.filter(({ type }) => type === 'ADDED').map(({ object }) => object);
    for (const object of fresh) this.note(object);
  }

  private note({ kind, metadata }: KubeObject): void {
    const { name, namespace = '', generateName = '', ownerReferences = [] } = metadata;
    if (generated.includes(kind) && generateName !== '' && name.startsWith(generateName)) {
      if (randomEnd.test(name.slice(generateName.length))) this.randomised.set(name, `${generateName}<rand>`);
    }
    if (!generators.includes(kind)) return;
    this.prefixes.add(name);
    const owner = ownerReferences.find(({ controller }) => controller === true);
    if (kind !== 'ReplicaSet' || owner?.kind !== 'Deployment' || !name.startsWith(`${owner.name}-`)) return;
    this.noteHash(name.slice(owner.name.length + 1), `${namespace}/${owner.name}`);
  }

  private noteHash(hash: string, deployment: string): void {
    if (this.hashes.has(hash)) return;
    const number = (this.sets.get(deployment) ?? 0) + 1;
    this.sets.set(deployment, number);
    this.hashes.set(hash, number === 1 ? '<hash>' : `<hash#${number}>`);
  }
}
