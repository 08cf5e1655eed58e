import type { StringMap } from '@kubedrill/kube-model';
import { invalid, type FieldError } from '../../validation/field-error.ts';
import { metadataPath } from '../../validation/path.ts';

/** What a namespace's labels ask of its pods: pod-security-admission/api/helpers.go. */

type Level = 'privileged' | 'baseline' | 'restricted';

/** `minor` of 1.x; undefined for "latest". */
export interface Standard {
  readonly level: Level;
  readonly minor: number | undefined;
}

export interface Policy {
  readonly enforce: Standard;
  /** Whose breach is a warning; audits leave no trace that anybody could read here. */
  readonly warn: Standard;
  readonly errors: readonly FieldError[];
}

const prefix = 'pod-security.kubernetes.io/';
const levels: readonly Level[] = ['privileged', 'baseline', 'restricted'];
const versionText = /^v1\.([0-9]|[1-9][0-9]*)$/;
const labelsPath = metadataPath.child('labels');

/** Undefined where the labels ask for nothing. */
export function policyOf(labels: StringMap | undefined): Policy | undefined {
  if (!labels || !asksForSomething(labels)) return undefined;
  const errors: FieldError[] = [];
  const enforce = readMode(labels, 'enforce', 'restricted', errors);
  readMode(labels, 'audit', 'privileged', errors);
  const warn = readMode(labels, 'warn', 'privileged', errors);
  const isWarnedAsEnforced = !warn.isGiven && enforce.isGiven && isStricter(enforce.standard, warn.standard);
  const { level, minor } = enforce.standard;
  const alike = { level, minor: `${prefix}warn-version` in labels ? warn.standard.minor : minor };
  return { enforce: enforce.standard, warn: isWarnedAsEnforced ? alike : warn.standard, errors };
}

/** As messages name it: "restricted:v1.30". */
export function standardText({ level, minor }: Standard): string {
  return `${level}:${minor === undefined ? 'latest' : `v1.${minor}`}`;
}

export function isStricter(left: Standard, right: Standard): boolean {
  return levels.indexOf(left.level) > levels.indexOf(right.level);
}

export function isSameStandard(left: Standard, right: Standard): boolean {
  return left.level === right.level && left.minor === right.minor;
}

function asksForSomething(labels: StringMap): boolean {
  for (const key in labels) if (key.startsWith(prefix)) return true;
  return false;
}

/** `fallback`: the level in place of one that cannot be read, which counts as given only where it would be too lax. */
function readMode(
  labels: StringMap,
  mode: 'enforce' | 'audit' | 'warn',
  fallback: Level,
  errors: FieldError[],
): { readonly standard: Standard; readonly isGiven: boolean } {
  const [levelKey, versionKey] = [`${prefix}${mode}`, `${prefix}${mode}-version`];
  const [text, version] = [labels[levelKey], labels[versionKey]];
  const level = levels.find((known) => known === text);
  if (text !== undefined && level === undefined)
    errors.push(invalid(labelsPath.key(levelKey), text, `must be one of ${levels.join(', ')}`));
  const match = version === undefined ? null : versionText.exec(version);
  if (version !== undefined && version !== 'latest' && !match)
    errors.push(invalid(labelsPath.key(versionKey), version, 'must be "latest" or "v1.x"'));
  return {
    standard: {
      level: level ?? (text === undefined ? 'privileged' : fallback),
      minor: match ? Number(match[1]) : undefined,
    },
    isGiven: text !== undefined && (mode !== 'enforce' || level !== undefined),
  };
}
