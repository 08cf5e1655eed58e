export type FileFault = 'noSuchFile' | 'isDirectory' | 'notDirectory' | 'noSpace';

/** Bounds of what one container may write: files and characters in all of them. */
const maxFiles = 256;
const maxCharacters = 1_048_576;

const standardDirectories = [
  '/bin',
  '/dev',
  '/etc',
  '/home',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/var',
  '/var/log',
];

/** Files below those that a container writes, by absolute path. */
export type FileLayer = Pick<ReadonlyMap<string, string>, 'get' | 'keys'>;

/** A directory whose content belongs to the Pod. */
export interface MountedVolume {
  readonly path: string;
  /** By path below it: "a/b". */
  readonly files: Map<string, string>;
}

/** A container's files: layers from the image and from volumes below, what was written on top. Directories follow from the paths. */
export class FileSystem {
  private readonly layers: readonly FileLayer[];
  private readonly written: Map<string, string>;
  private readonly removed = new Set<string>();
  private readonly directories: Set<string>;
  private readonly volumes: readonly MountedVolume[];

  /** Later layers hide earlier ones. `written` is where changes go; the caller keeps it to keep them. */
  constructor(
    layers: readonly FileLayer[],
    written: Map<string, string> = new Map(),
    volumes: readonly MountedVolume[] = [],
  ) {
    this.layers = [...layers].reverse();
    this.written = written;
    this.directories = new Set(standardDirectories);
    this.volumes = volumes;
    for (const { path } of volumes) this.directories.add(path);
  }

  /** '' for what is no file: see `isFile` and `readFault`. */
  read(path: string): string {
    return path === '/dev/null' ? '' : (this.content(path) ?? '');
  }

  /** Why a path cannot be read. */
  readFault(path: string): FileFault | undefined {
    if (this.isFile(path)) return undefined;
    return this.isDirectory(path) ? 'isDirectory' : 'noSuchFile';
  }

  write(path: string, content: string, append = false): FileFault | undefined {
    if (path === '/dev/null') return undefined;
    if (this.isDirectory(path)) return 'isDirectory';
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (parent !== '' && !this.isDirectory(parent))
      return this.content(parent) === undefined ? 'noSuchFile' : 'notDirectory';
    const volume = this.volumeOf(path);
    const [files, key] = volume ? [volume.files, below(volume, path)] : [this.written, path];
    if (!files.has(key) && files.size >= maxFiles) return 'noSpace';
    const next = append ? (this.content(path) ?? '') + content : content;
    if (next.length > maxCharacters) return 'noSpace';
    files.set(key, next);
    this.removed.delete(path);
    return undefined;
  }

  remove(path: string): FileFault | undefined {
    if (this.content(path) === undefined) return this.isDirectory(path) ? 'isDirectory' : 'noSuchFile';
    const volume = this.volumeOf(path);
    if (volume) {
      volume.files.delete(below(volume, path));
      return undefined;
    }
    this.written.delete(path);
    this.removed.add(path);
    return undefined;
  }

  makeDirectory(path: string): void {
    if (this.directories.size < maxFiles) this.directories.add(path);
  }

  exists(path: string): boolean {
    return this.isFile(path) || this.isDirectory(path);
  }

  isFile(path: string): boolean {
    return path === '/dev/null' || this.content(path) !== undefined;
  }

  isDirectory(path: string): boolean {
    if (path === '/' || this.directories.has(path)) return true;
    const prefix = `${path}/`;
    for (const file of this.paths()) if (file.startsWith(prefix)) return true;
    for (const directory of this.directories) if (directory.startsWith(prefix)) return true;
    return false;
  }

  /** The names directly under a directory, sorted. */
  list(directory: string): readonly string[] {
    const prefix = directory === '/' ? '/' : `${directory}/`;
    const names = new Set<string>();
    for (const paths of [this.paths(), this.directories]) {
      for (const path of paths) {
        if (path.startsWith(prefix) && path.length > prefix.length)
          names.add(path.slice(prefix.length).split('/', 1)[0] ?? '');
      }
    }
    return [...names].sort();
  }

  /** The files at or under a path, sorted. */
  below(path: string): readonly string[] {
    if (this.isFile(path)) return [path];
    const prefix = path === '/' ? '/' : `${path}/`;
    return [...new Set(this.paths())].filter((file) => file.startsWith(prefix)).sort();
  }

  /** What was written since the start. */
  changes(): ReadonlyMap<string, string> {
    return this.written;
  }

  private volumeOf(path: string): MountedVolume | undefined {
    if (this.volumes.length === 0) return undefined;
    return this.volumes.find((volume) => path.startsWith(`${volume.path}/`));
  }

  private content(path: string): string | undefined {
    const volume = this.volumeOf(path);
    if (volume) return volume.files.get(below(volume, path));
    const own = this.written.get(path);
    if (own !== undefined || this.removed.has(path)) return own;
    for (const layer of this.layers) {
      const content = layer.get(path);
      if (content !== undefined) return content;
    }
    return undefined;
  }

  private *paths(): Iterable<string> {
    yield* this.written.keys();
    for (const { path, files } of this.volumes) for (const name of files.keys()) yield `${path}/${name}`;
    for (const layer of this.layers) for (const path of layer.keys()) if (!this.removed.has(path)) yield path;
  }
}

function below({ path }: MountedVolume, file: string): string {
  return file.slice(path.length + 1);
}

/** An absolute path without ".", ".." and doubled slashes. */
export function absolutePath(path: string, workingDirectory: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${workingDirectory}/${path}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** strerror(3) of a fault. */
export const faultTexts: { readonly [F in FileFault]: string } = {
  noSuchFile: 'No such file or directory',
  isDirectory: 'Is a directory',
  notDirectory: 'Not a directory',
  noSpace: 'No space left on device',
};
