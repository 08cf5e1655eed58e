import type { AppliedDocument, KubectlOptions } from '@kubedrill/cluster-sim';
import type { ManifestDocument } from '@kubedrill/kube-model';
import { parseManifests } from '@kubedrill/kube-model';
import { dryRunOf } from './dry-run.ts';
import type { FlagSet, FlagSyntax } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';

export const fileFlag: FlagSyntax = { short: 'f', value: 'required' };

/** kubectl/pkg/cmd/util/helpers.go AddFilenameOptionFlags. */
export const fileFlags: FlagSet = {
  filename: fileFlag,
  kustomize: { short: 'k', value: 'required' },
  recursive: { short: 'R', value: 'none' },
};

/** The documents of `-f FILE` and `-f -`. A file that cannot be read to its end still gives the documents before the fault. */
export function readManifests(invocation: Invocation): readonly ManifestDocument[] {
  const { console, flags, stdin } = invocation;
  const files = flags.all('filename').map((path) => {
    if (path === '-') return { path: 'STDIN', content: stdin };
    const content = invocation.host.readFile(path);
    if (content === undefined) throw new CommandError(`error: the path "${path}" does not exist`);
    return { path, content };
  });
  const { documents, issues } = parseManifests(files);
  for (const issue of issues) console.fail(`error: error parsing ${issue.file}: ${issue.message}`);
  if (documents.length === 0 && issues.length === 0) throw new CommandError('error: no objects passed to apply');
  return documents;
}

export function manifestOptions({ flags, namespace, isNamespaceGiven }: Invocation): KubectlOptions {
  return { namespace, enforceNamespace: isNamespaceGiven, dryRun: dryRunOf(flags) };
}

/** What was done to standard output, refusals and warnings to standard error. */
export function reportDocuments({ console, flags }: Invocation, applied: readonly AppliedDocument[]): void {
  for (const { response, printed } of applied) {
    console.warn(response.warnings);
    if (!response.ok) console.fail(printed);
    else console.print(flags.text('output') === 'name' ? (printed.split(' ', 1)[0] ?? '') : printed);
  }
}
