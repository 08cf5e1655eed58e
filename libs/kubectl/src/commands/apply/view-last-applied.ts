import type { Json } from '@kubedrill/kube-model';
import { readRawDocuments } from '@kubedrill/kube-model';
import { fault, faultText, withSource } from '../../fault.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { usageError } from '../../invocation.ts';
import { filenameFlags } from '../../manifest-files.ts';
import { findVisits, visitAll } from '../../resource-visit.ts';
import { savedConfiguration } from '../../saved-configuration.ts';
import { formatYaml } from '../../yaml-text.ts';

/** kubectl/pkg/cmd/apply/apply_view_last_applied.go. */
export const viewLastApplied: KubectlCommand = {
  name: 'apply view-last-applied',
  flags: {
    ...filenameFlags,
    all: { value: 'none' },
    output: { short: 'o', value: 'required' },
    selector: { short: 'l', value: 'required' },
  },
  run(invocation) {
    const { console, flags, isNamespaceGiven } = invocation;
    const options = {
      labelSelector: flags.text('selector'),
      all: flags.isTrue('all'),
      allowsEmptySelector: isNamespaceGiven,
      latest: true,
      stopsAtFault: true,
    };
    const texts: string[] = [];
    const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
      const saved = savedConfiguration(target.object);
      if (saved === undefined) {
        const missing = `no last-applied-configuration annotation found on resource: ${target.name}\n`;
        return target.source === '' ? undefined : withSource(missing, target.source, fault('%!v(<nil>)'));
      }
      texts.push(saved);
      return undefined;
    });
    if (problem) {
      console.fail(faultText(problem));
      return;
    }
    const format = flags.has('output') ? flags.text('output') : 'yaml';
    for (const text of texts) console.stdout += shown(text, format);
  },
};

function shown(text: string, format: string): string {
  if (format === 'json') return indented(text);
  if (format === 'yaml') return formatYaml(readRawDocuments(text).values[0] ?? null);
  throw usageError(
    'apply view-last-applied',
    `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`,
  );
}

/** json.Indent: in the order in which it stands there, and with the line end behind it. */
function indented(text: string): string {
  return `${JSON.stringify(JSON.parse(text) as Json, undefined, 2)}${text.endsWith('\n') ? '\n' : ''}`;
}
