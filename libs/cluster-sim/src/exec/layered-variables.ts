type Variables = ReadonlyMap<string, string>;

/**
 * A container's own variables over those of the Services. A namespace may have thousands of the latter and as many containers that
 * share them, so they are not copied.
 */
export class LayeredVariables implements Variables {
  private readonly own: Variables;
  private readonly shared: Variables;

  constructor(own: Variables, shared: Variables) {
    this.own = own;
    this.shared = shared;
  }

  get size(): number {
    let size = this.own.size;
    for (const name of this.shared.keys()) if (!this.own.has(name)) size += 1;
    return size;
  }

  get(name: string): string | undefined {
    return this.own.get(name) ?? this.shared.get(name);
  }

  has(name: string): boolean {
    return this.own.has(name) || this.shared.has(name);
  }

  *entries(): MapIterator<[string, string]> {
    for (const entry of this.shared) if (!this.own.has(entry[0])) yield entry;
    yield* this.own;
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  forEach(visit: (value: string, name: string, map: Variables) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }
}
