import { parseQuantity, quantityInFormat } from '@kubedrill/cluster-sim';
import type { LimitRangeItem, ResourceQuota, StringMap } from '@kubedrill/kube-model';
import type { Describer } from './describer.ts';
import { sortedEntries, type Sheet } from './sheet.ts';

const scopeHelp: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

/** describeQuota. */
export const describeQuota: Describer<'ResourceQuota'> = (sheet, quota) => {
  const { metadata, status } = quota;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  describeScopes(sheet, quota, 0, ' * ');
  sheet.row(['Resource', 'Used', 'Hard']);
  sheet.row(['--------', '----', '----']);
  for (const [name, hard] of sortedEntries(status.hard))
    sheet.row([name, inFormatOf(status.used?.[name] ?? '0', hard), hard]);
};

function describeScopes(sheet: Sheet, { spec }: ResourceQuota, level: number, bullet: string): void {
  const scopes = (spec.scopes ?? []).toSorted();
  if (scopes.length === 0) return;
  sheet.field('Scopes', scopes.join(', '), level);
  for (const scope of scopes) {
    const help = scopeHelp[scope];
    if (help !== undefined) sheet.line(bullet + help, level);
  }
}

function inFormatOf(used: string, hard: string): string {
  const [amount, bound] = [parseQuantity(used), parseQuantity(hard)];
  if (!amount.ok || !bound.ok) return used;
  const { quantity } = amount;
  const { format } = bound.quantity;
  return quantity.format === format ? quantity.text : quantityInFormat(quantity, format).text;
}

/** DescribeResourceQuotas: those of a namespace. */
export function describeQuotas(sheet: Sheet, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) {
    sheet.line('No resource quota.');
    return;
  }
  sheet.line('Resource Quotas');
  for (const quota of quotas.toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1))) {
    const { metadata, status } = quota;
    sheet.field('Name', metadata.name, 1);
    describeScopes(sheet, quota, 1, '* ');
    sheet.row(['Resource', 'Used', 'Hard'], 1);
    sheet.row(['--------', '---', '---'], 1);
    for (const [name, hard] of sortedEntries(status.hard)) sheet.row([name, status.used?.[name] ?? '0', hard], 1);
  }
}

/** describeLimitRange. */
export const describeLimitRange: Describer<'LimitRange'> = (sheet, { metadata, spec }) => {
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  describeLimits(sheet, spec.limits ?? [], '');
};

const limitColumns = ['Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio'];

/** describeLimitRangeSpec with its head; kubectl shows an item's resources in no order. */
export function describeLimits(sheet: Sheet, items: readonly LimitRangeItem[], indent: string): void {
  sheet.line(indent + limitColumns.join('\t'));
  sheet.line(indent + limitColumns.map((title) => '-'.repeat(title.length)).join('\t'));
  for (const item of items) {
    const columns = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
    for (const name of namesIn(columns))
      sheet.line(indent + [item.type, name, ...columns.map((amounts) => amounts?.[name] ?? '-')].join('\t'));
  }
}

function namesIn(columns: readonly (StringMap | undefined)[]): readonly string[] {
  return [...new Set(columns.flatMap((amounts) => Object.keys(amounts ?? {})))].sort();
}
