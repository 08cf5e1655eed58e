import type { ApiStatus } from '../request.ts';
import { failure } from '../status.ts';
import { goQuote } from '../validation/go-quote.ts';
import type { FieldConflict } from './ownership.ts';
import { identityOf, type Manager } from './managers.ts';
import { pathText } from './path-element.ts';

/** apimachinery/pkg/util/managedfields/internal/conflict.go. The conflicts are sorted by manager. */
export function applyConflict(conflicts: readonly FieldConflict[]): ApiStatus {
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(manager)}`,
    field: pathText(path),
  }));
  return failure(409, 'Conflict', message(conflicts), { causes });
}

function message(conflicts: readonly FieldConflict[]): string {
  const [first] = conflicts;
  if (first && conflicts.length === 1)
    return `Apply failed with 1 conflict: conflict with ${managerText(first.manager)}: ${pathText(first.path)}`;
  const lines: string[] = [];
  let current: string | undefined;
  for (const { manager, path } of conflicts) {
    const identity = identityOf(manager);
    if (identity !== current) lines.push(`conflicts with ${managerText(manager)}:`);
    current = identity;
    lines.push(`- ${pathText(path)}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function managerText({ manager, operation, apiVersion, subresource }: Manager): string {
  const name =
    subresource === undefined ? goQuote(manager) : `${goQuote(manager)} with subresource ${goQuote(subresource)}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
