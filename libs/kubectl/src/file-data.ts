import { environmentVariableName, fileKey } from '@kubedrill/cluster-sim';
import type { FlagSet } from './flags.ts';
import type { CommandHost, Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';

export const dataFlags: FlagSet = {
  'append-hash': { value: 'none' },
  'from-env-file': { value: 'required' },
  'from-file': { value: 'required' },
  'from-literal': { value: 'required' },
};

/** How a kind speaks of what cannot be one of its keys. */
export interface DataWords {
  invalidKey(key: string, problems: readonly string[]): string;
  doubledKey(key: string): string;
  readonly isDirectory: string;
}

/** The data that --from-file, --from-literal and --from-env-file give a ConfigMap or a Secret. */
export class FileData {
  readonly entries = new Map<string, string>();
  private readonly host: CommandHost;
  private readonly words: DataWords;

  constructor({ host }: Invocation, words: DataWords) {
    this.host = host;
    this.words = words;
  }

  /** kubectl/pkg/util ParseLiteralSource. */
  addLiterals(sources: readonly string[]): void {
    for (const source of sources) {
      const equals = source.indexOf('=');
      if (equals <= 0) throw new CommandError(`error: invalid literal source ${source}, expected key=value`);
      this.add(source.slice(0, equals), source.slice(equals + 1));
    }
  }

  addFiles(sources: readonly string[]): void {
    for (const source of sources) {
      const { key, path } = readFileSource(source);
      const names = this.host.listDirectory(path);
      if (names !== undefined) this.addDirectory(source, path, names);
      else this.add(key, this.read(path));
    }
  }

  private addDirectory(source: string, path: string, names: readonly string[]): void {
    if (source.includes('=')) throw new CommandError('error: cannot give a key name for a directory path');
    for (const name of names) {
      const content = this.host.readFile(`${path.replace(/\/$/, '')}/${name}`);
      if (content !== undefined) this.add(name, content);
    }
  }

  /** kubectl/pkg/cmd/util/env_file.go. */
  addEnvironmentFiles(paths: readonly string[]): void {
    for (const path of paths) {
      if (this.host.listDirectory(path) !== undefined) throw new CommandError(`error: ${this.words.isDirectory}`);
      for (const line of this.read(path)
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/))
        this.addEnvironmentLine(line);
    }
  }

  private addEnvironmentLine(line: string): void {
    const text = line.trimStart();
    if (text === '' || text.startsWith('#')) return;
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    const problems = environmentVariableName(key);
    if (problems.length > 0)
      throw new CommandError(`error: ${JSON.stringify(key)} is not a valid key name: ${problems.join(';')}`);
    this.add(key, equals < 0 ? this.host.variable(key) : text.slice(equals + 1));
  }

  private read(path: string): string {
    const content = this.host.readFile(path);
    if (content === undefined) throw new CommandError(`error: error reading ${path}: no such file or directory`);
    return content;
  }

  private add(key: string, value: string): void {
    const problems = fileKey(key);
    if (problems.length > 0) throw new CommandError(`error: ${this.words.invalidKey(key, problems)}`);
    if (this.entries.has(key)) throw new CommandError(`error: ${this.words.doubledKey(key)}`);
    this.entries.set(key, value);
  }
}

/** kubectl/pkg/util ParseFileSource. */
function readFileSource(source: string): { readonly key: string; readonly path: string } {
  const parts = source.split('=');
  const [first = '', second = ''] = parts;
  if (parts.length === 1) return { key: source.replace(/\/+$/, '').split('/').at(-1) ?? '', path: source };
  if (parts.length > 2) throw new CommandError("error: key names or file paths cannot contain '='");
  if (first === '') throw new CommandError(`error: key name for file path ${second} missing`);
  if (second === '') throw new CommandError(`error: file path for key name ${first} missing`);
  return { key: first, path: second };
}
