import type { ObjectSchema, Schema } from '../schema/schema.ts';
import type { Path, PathElement } from './path-element.ts';
import { compareElements, encodeElement } from './path-element.ts';

interface Node {
  readonly element: PathElement;
  readonly isMember: boolean;
  /** Undefined where nothing below belongs to the set. */
  readonly below: FieldSet | undefined;
}

/**
 * Fields of an object, as a tree: structured-merge-diff/fieldpath/set.go. A field can belong to the set without those below it, and
 * the other way round. Sets are immutable.
 */
export class FieldSet {
  static readonly empty = new FieldSet(new Map());

  private readonly nodes: ReadonlyMap<string, Node>;

  private constructor(nodes: ReadonlyMap<string, Node>) {
    this.nodes = nodes;
  }

  static of(paths: Iterable<Path>): FieldSet {
    const root: Draft = new Map();
    for (const path of paths) insert(root, path);
    return frozen(root);
  }

  get isEmpty(): boolean {
    return this.nodes.size === 0;
  }

  has(path: Path): boolean {
    const [first, ...rest] = path;
    if (!first) return false;
    const node = this.nodes.get(encodeElement(first));
    if (!node) return false;
    return rest.length === 0 ? node.isMember : (node.below?.has(rest) ?? false);
  }

  /** Whether the element itself belongs to the set, and what of the set is below it. */
  at(element: PathElement): { readonly isMember: boolean; readonly below: FieldSet } {
    const node = this.nodes.get(encodeElement(element));
    return { isMember: node?.isMember ?? false, below: node?.below ?? FieldSet.empty };
  }

  union(other: FieldSet): FieldSet {
    if (this.isEmpty) return other;
    const nodes = new Map(this.nodes);
    for (const [text, right] of other.nodes) {
      const left = nodes.get(text);
      nodes.set(text, left ? unitedNodes(left, right) : right);
    }
    return new FieldSet(nodes);
  }

  intersection(other: FieldSet): FieldSet {
    return this.mapped((node, text) => {
      const right = other.nodes.get(text);
      const below = right?.below ? node.below?.intersection(right.below) : undefined;
      return { ...node, isMember: node.isMember && right?.isMember === true, below };
    });
  }

  /** Without the fields of the other set; what is below them stays. */
  difference(other: FieldSet): FieldSet {
    return this.mapped((node, text) => {
      const right = other.nodes.get(text);
      const below = right?.below ? node.below?.difference(right.below) : node.below;
      return { ...node, isMember: node.isMember && right?.isMember !== true, below };
    });
  }

  /** Without the fields of the other set and all below them. */
  recursiveDifference(other: FieldSet): FieldSet {
    return this.mapped((node, text) => {
      const right = other.nodes.get(text);
      if (right?.isMember) return { ...node, isMember: false, below: undefined };
      return right?.below ? { ...node, below: node.below?.recursiveDifference(right.below) } : node;
    });
  }

  /** With every declared field above a field of the set: EnsureNamedFieldsAreMembers. */
  withNamedFields(schema: Schema | undefined): FieldSet {
    return this.mapped((node) => {
      const { element } = node;
      const member = schema && memberSchema(schema, element);
      const isNamed = element.kind === 'field' && schema?.type === 'object' && member !== undefined;
      const isMember = node.isMember || (isNamed && node.below !== undefined);
      return { ...node, isMember, below: node.below?.withNamedFields(member) };
    });
  }

  /** All fields, in Kubernetes' order: those of a level before those below it. */
  paths(above: Path = []): readonly Path[] {
    const nodes = this.sortedNodes();
    const members = nodes.filter(({ isMember }) => isMember).map(({ element }): Path => [...above, element]);
    return [...members, ...nodes.flatMap(({ element, below }) => below?.paths([...above, element]) ?? [])];
  }

  sortedNodes(): readonly Node[] {
    return [...this.nodes.values()].sort((left, right) => compareElements(left.element, right.element));
  }

  private mapped(change: (node: Node, text: string) => Node): FieldSet {
    const nodes = new Map<string, Node>();
    for (const [text, node] of this.nodes) {
      const changed = change(node, text);
      const below = changed.below?.isEmpty === true ? undefined : changed.below;
      if (changed.isMember || below) nodes.set(text, { ...changed, below });
    }
    return nodes.size === 0 ? FieldSet.empty : new FieldSet(nodes);
  }

  /** From nodes in any order, as FieldsV1 has them. */
  static ofNodes(entries: readonly Node[]): FieldSet {
    const kept = entries.filter(({ isMember, below }) => isMember || (below !== undefined && !below.isEmpty));
    return new FieldSet(new Map(kept.map((node) => [encodeElement(node.element), node] as const)));
  }
}

/** What an element leads to; undefined where the schema declares nothing. */
export function memberSchema(schema: Schema, element: PathElement): Schema | undefined {
  if (element.kind !== 'field') return schema.type === 'list' ? schema.items : undefined;
  if (schema.type === 'map') return schema.values;
  return schema.type === 'object' ? declared(schema, element.name) : undefined;
}

export function declared(schema: ObjectSchema, name: string): Schema | undefined {
  return Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
}

function unitedNodes(left: Node, right: Node): Node {
  const below = left.below && right.below ? left.below.union(right.below) : (left.below ?? right.below);
  return { element: left.element, isMember: left.isMember || right.isMember, below };
}

interface DraftNode {
  readonly element: PathElement;
  isMember: boolean;
  readonly below: Draft;
}

type Draft = Map<string, DraftNode>;

function insert(root: Draft, path: Path): void {
  let level = root;
  for (const [index, element] of path.entries()) {
    const text = encodeElement(element);
    let node = level.get(text);
    if (!node) {
      node = { element, isMember: false, below: new Map() };
      level.set(text, node);
    }
    if (index === path.length - 1) node.isMember = true;
    level = node.below;
  }
}

function frozen(draft: Draft): FieldSet {
  return FieldSet.ofNodes(
    [...draft.values()].map(({ element, isMember, below }) => ({
      element,
      isMember,
      below: below.size === 0 ? undefined : frozen(below),
    })),
  );
}
