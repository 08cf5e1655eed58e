import type { AppliedDocument, Cluster, Evidence } from '@kubedrill/cluster-sim';
import {
  isJsonObject,
  type FieldPath,
  type ManifestDocument,
  type ManifestFile,
  type Pod,
} from '@kubedrill/kube-model';
import type { SourceReference } from '../grading-result.ts';
import { formatFieldPath } from '../observe/field-path.ts';

const longestExcerpt = 200;

/** Leads from fields of stored objects back to the lines of the learner's files. */
export class LearnerDocuments {
  private readonly documents = new Map<string, ManifestDocument>();
  private readonly files: ReadonlyMap<string, ManifestFile>;
  private readonly cluster: Cluster;
  private readonly namespace: string;

  constructor(
    applied: readonly AppliedDocument[],
    files: readonly ManifestFile[],
    namespace: string,
    cluster: Cluster,
  ) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.files = new Map(files.map((file) => [file.path, file]));
    for (const { document } of applied) this.documents.set(keyOf(document, namespace), document);
  }

  /** The first piece of evidence that stands in one of the learner's files. */
  sourceOf(evidence: readonly Evidence[]): SourceReference | undefined {
    for (const piece of evidence) {
      const written = this.writtenBy(piece);
      if (written) return this.reference(written.document, written.path);
    }
    return undefined;
  }

  reference(document: ManifestDocument, path: FieldPath): SourceReference {
    const position = document.locate(path);
    const { kind, name, namespace } = identityOf(document, this.namespace);
    const where = namespace === '' ? name : `${namespace}/${name}`;
    return {
      ...position,
      field: `${kind} ${where} ${formatFieldPath(path)}`.trimEnd(),
      excerpt: this.excerpt(position.file, position.line),
    };
  }

  /** Pods are written by nobody: their fields come from the template of the workload that owns them. */
  private writtenBy({
    kind,
    namespace,
    name,
    path,
  }: Evidence): { document: ManifestDocument; path: FieldPath } | undefined {
    const document = this.documents.get(`${kind}/${namespace}/${name}`) ?? this.documents.get(`${kind}//${name}`);
    if (document) return { document, path };
    if (kind !== 'Pod') return undefined;
    const pod = this.cluster.view.get('Pod', namespace, name);
    const owner = pod && this.workloadOf(pod);
    return owner && { document: owner, path: ['spec', 'template', ...path] };
  }

  private workloadOf(pod: Pod): ManifestDocument | undefined {
    const { namespace = '' } = pod.metadata;
    const [owner] = pod.metadata.ownerReferences ?? [];
    if (!owner) return undefined;
    const direct = this.documents.get(`${owner.kind}/${namespace}/${owner.name}`);
    if (direct || owner.kind !== 'ReplicaSet') return direct;
    const [above] = this.cluster.view.get('ReplicaSet', namespace, owner.name)?.metadata.ownerReferences ?? [];
    return above && this.documents.get(`${above.kind}/${namespace}/${above.name}`);
  }

  private excerpt(file: string, line: number): string {
    const lines = this.files.get(file)?.content.split(/\r?\n/);
    return (lines?.[line - 1] ?? '').trimEnd().slice(0, longestExcerpt);
  }
}

interface Identity {
  readonly kind: string;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
}

function identityOf({ value }: ManifestDocument, fallback: string): Identity {
  const metadata = isJsonObject(value.metadata) ? value.metadata : {};
  const text = (field: unknown): string => (typeof field === 'string' ? field : '');
  const kind = text(value.kind);
  const namespace = kind === 'Namespace' || kind === 'Node' ? '' : text(metadata.namespace) || fallback;
  return { kind, namespace, name: text(metadata.name) };
}

function keyOf(document: ManifestDocument, fallback: string): string {
  const { kind, namespace, name } = identityOf(document, fallback);
  return `${kind}/${namespace}/${name}`;
}
