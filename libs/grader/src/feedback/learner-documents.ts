import type { AppliedDocument, Evidence } from '@kubedrill/cluster-sim';
import { isJsonObject, type FieldPath, type ManifestDocument, type ManifestFile } from '@kubedrill/kube-model';
import type { SourceReference } from '../grading-result.ts';
import { formatFieldPath } from '../observe/field-path.ts';

const longestExcerpt = 200;

/** Leads from fields of stored objects back to the lines of the learner's files. */
export class LearnerDocuments {
  private readonly documents = new Map<string, ManifestDocument>();
  private readonly files: ReadonlyMap<string, ManifestFile>;
  private readonly namespace: string;

  constructor(applied: readonly AppliedDocument[], files: readonly ManifestFile[], namespace: string) {
    this.namespace = namespace;
    this.files = new Map(files.map((file) => [file.path, file]));
    for (const { document } of applied) this.documents.set(keyOf(document, namespace), document);
  }

  /** The first piece of evidence that stands in one of the learner's files. */
  sourceOf(evidence: readonly Evidence[]): SourceReference | undefined {
    for (const { kind, namespace, name, path } of evidence) {
      const document = this.documents.get(`${kind}/${namespace}/${name}`) ?? this.documents.get(`${kind}//${name}`);
      if (document) return this.reference(document, path);
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
