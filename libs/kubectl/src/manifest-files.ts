import type { FlagSet } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { CommandError, NotModelled } from './invocation.ts';

/** kubectl/pkg/cmd/util/helpers.go AddFilenameOptionFlags. */
export const filenameFlags: FlagSet = {
  filename: { short: 'f', value: 'required' },
  kustomize: { short: 'k', value: 'required' },
  recursive: { short: 'R', value: 'none' },
};

export interface ManifestText {
  /** The file's path; "STDIN". */
  readonly source: string;
  readonly content: string;
}

const extensions = /\.(json|yaml|yml)$/;
/** Directories inside each other are followed down to this depth. */
const deepest = 32;

export function hasFiles({ flags }: Invocation): boolean {
  return flags.list('filename').length > 0 || flags.text('kustomize') !== '';
}

/** What -f names: files, directories, patterns, "-" (cli-runtime/pkg/resource/builder.go FilenameParam). */
export function readManifestFiles(invocation: Invocation): readonly ManifestText[] {
  const { flags, host, stdin } = invocation;
  refuseKustomize(invocation);
  const texts: ManifestText[] = [];
  const missing: string[] = [];
  for (const path of flags.list('filename')) {
    if (path === '-') texts.push({ source: 'STDIN', content: stdin });
    else if (/^https?:\/\//.test(path)) throw new NotModelled('the internet');
    else {
      const matches = isThere(host, path) ? [path] : filesLike(host, path);
      if (matches.length === 0) missing.push(`the path ${JSON.stringify(path)} does not exist`);
      for (const match of matches) {
        const found = textsBelow(host, match, flags.isTrue('recursive'));
        if (found.length === 0)
          missing.push(`error reading [${match}]: recognized file extensions are [.json .yaml .yml]`);
        texts.push(...found);
      }
    }
  }
  if (missing.length > 0)
    throw new CommandError(missing.length > 1 ? missing.join('\n') : `error: ${missing.join('')}`);
  return texts;
}

function refuseKustomize(invocation: Invocation): void {
  const { flags } = invocation;
  if (flags.text('kustomize') === '') return;
  if (flags.has('filename')) throw new CommandError('error: only one of -f or -k can be specified');
  if (flags.isTrue('recursive')) throw new CommandError("error: the -k flag can't be used with -f or -R");
  throw refuseKustomization(invocation, flags.text('kustomize'));
}

/** sigs.k8s.io/kustomize/api/krusty: whether there is something to build, which cannot be done here. */
export function refuseKustomization({ host }: Invocation, directory: string): CommandError {
  const place = host.absolutePath(directory);
  if (host.listDirectory(directory) === undefined && host.readFile(directory) === undefined)
    return new CommandError(
      `error: must build at directory: not a valid directory: evalsymlink failure on '${directory}' : lstat ${place}: no such file or directory`,
    );
  if (host.listDirectory(directory) === undefined)
    return new CommandError(`error: must build at directory: '${place}': file is not directory`);
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
  if (names.every((name) => host.readFile(`${directory.replace(/\/$/, '')}/${name}`) === undefined))
    return new CommandError(
      `error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${place}'`,
    );
  return new NotModelled('kustomize');
}

type Host = Invocation['host'];

function isThere(host: Host, path: string): boolean {
  return host.readFile(path) !== undefined || host.listDirectory(path) !== undefined;
}

/** path/filepath.Glob, in the last part of a path. */
function filesLike(host: Host, path: string): readonly string[] {
  const slash = path.lastIndexOf('/');
  const [directory, pattern] = slash < 0 ? ['', path] : [path.slice(0, slash + 1), path.slice(slash + 1)];
  if (!/[*?[]/.test(pattern)) return [];
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const names = host.listDirectory(directory === '' ? '.' : directory) ?? [];
  return names.filter((name) => new RegExp(`^${source}$`).test(name)).map((name) => directory + name);
}

/** visitor.go ExpandPathsToFileVisitors: of a directory, what looks like manifests, in the order of names. */
function textsBelow(host: Host, path: string, isRecursive: boolean, depth = 0): readonly ManifestText[] {
  const names = host.listDirectory(path);
  if (names === undefined) return [{ source: path, content: host.readFile(path) ?? '' }];
  const inside = path === '.' ? '' : `${path.replace(/^\.\//, '').replace(/\/+$/, '')}/`;
  return names.flatMap((name) => {
    const content = host.readFile(inside + name);
    if (content !== undefined) return extensions.test(name) ? [{ source: inside + name, content }] : [];
    return isRecursive && depth < deepest ? textsBelow(host, inside + name, true, depth + 1) : [];
  });
}
