/** The place of a field, printed as apimachinery's field.Path does: `spec.ports[0].name`, `metadata.labels[app]`. */
export class Path {
  private readonly parent: Path | undefined;
  private readonly part: string;

  constructor(parent: Path | undefined, part: string) {
    this.parent = parent;
    this.part = part;
  }

  child(name: string): Path {
    return new Path(this, this.isRoot() ? name : `.${name}`);
  }

  index(index: number): Path {
    return new Path(this, `[${index}]`);
  }

  key(key: string): Path {
    return new Path(this, `[${key}]`);
  }

  toString(): string {
    return this.parent ? this.parent.toString() + this.part : this.part;
  }

  private isRoot(): boolean {
    return this.parent === undefined && this.part === '';
  }
}

export const root = new Path(undefined, '');
export const metadataPath = root.child('metadata');
export const specPath = root.child('spec');
export const statusPath = root.child('status');
